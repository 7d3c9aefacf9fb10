"""The thread that makes the rounds: what time has ended, what has moved, what was told, who has come to listen."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from emulators.sms.smpp.centre import Centre
from emulators.sms.smpp.delivery import Delivery
from emulators.sms.smpp.inquiries import Inquiries
from emulators.sms.smpp.notices import Notices
from emulators.sms.smpp.receipts import Notice

ROUND_SECONDS = 0.1
_LOG = logging.getLogger(__name__)


class Rounds:
    """Looks into the store for the loop, which must not wait for it."""

    def __init__(
        self, centre: Centre, inquiries: Inquiries, notices: Notices, take_news: Callable[[], set[str]]
    ) -> None:
        """`take_news()`: the clients that have come to listen since it was called last."""
        self._centre = centre
        self._inquiries = inquiries
        self._notices = notices
        self._take_news = take_news
        self._settled: deque[Notice] = deque()
        self._stopping = threading.Event()
        self._looked = 0.0
        self._thread: threading.Thread | None = None

    def settle(self, notice: Notice) -> None:
        """A receipt was answered for good; heard on the loop."""
        self._settled.append(notice)
        self._notices.news.set()

    def start(self, call: Callable[..., Any], delivery: Delivery) -> None:
        """Begin; `call(act, *words)` acts on the loop."""
        words = (call, delivery)
        self._thread = threading.Thread(target=self._work, args=words, name="smpp-rounds", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Note what was told, and return."""
        self._stopping.set()
        self._notices.news.set()
        if self._thread is not None:
            self._thread.join()

    def _work(self, call: Callable[..., Any], delivery: Delivery) -> None:
        while not self._stopping.is_set():
            self._notices.news.wait(ROUND_SECONDS)
            self._notices.news.clear()
            try:
                self._round(call, delivery)
            except SQLAlchemyError:
                _LOG.exception("the store could not be asked for receipts; it will be asked again")
                self._stopping.wait(ROUND_SECONDS)

    def _round(self, call: Callable[..., Any], delivery: Delivery) -> None:
        if time.monotonic() - self._looked >= ROUND_SECONDS:
            self._looked = time.monotonic()
            self._centre.give_up_waiting()
            self._inquiries.expire()
        told = [self._settled.popleft() for _ in range(len(self._settled))]
        if told:
            self._notices.told(told)
            call(delivery.forget, [notice.key for notice in told])
        found = self._notices.due()
        if found:
            call(delivery.offer, found)
        for system_id in self._take_news():
            for page in self._notices.owed_to(system_id):
                call(delivery.offer, page)
