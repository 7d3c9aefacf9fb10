"""Which fault strikes a message: one it asked for, one its number asks for, one that was planned; and the real rate."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping

from emulators.foundation.fault_wishes import Asked
from emulators.foundation.faults import Drawn, Faults
from emulators.sms.fault_catalogue import DELIVERY, REQUEST, Fate, Trouble, fate
from emulators.sms.fault_numbers import magic
from emulators.sms.messages import Via
from emulators.sms.refusals import QueueFull, Rejected, TooManyRequests


class Troubles:
    """The faults of this room as its doors and its heart meet them."""

    def __init__(
        self, faults: Faults, magic_block: str, rate_limit: float | None, seconds: Callable[[], float]
    ) -> None:
        """`magic_block`: beginning of the numbers that ask for faults; `seconds()`: a clock that never goes back."""
        self.faults = faults
        self._magic_block = magic_block
        self._rate_limit = rate_limit
        self._rates = Rates(seconds)

    def asked(self, text: str | None) -> tuple[Asked, ...]:
        """What a request asks for in its header or parameter.

        Raises:
            CallersMistake: no fault of that name, or no such parameter.
        """
        return self.faults.asked(text)

    def calm(self) -> bool:
        """Whether nothing was planned and no rate is kept: only a message itself can ask for faults."""
        return self._rate_limit is None and not self.faults.any_planned()

    def asks(self, number: str) -> bool:
        """Whether a recipient's number (E.164) asks for a fault."""
        return bool(magic(number, self._magic_block))

    def at_request(self, subject: Mapping[str, str], asked: tuple[Asked, ...] = ()) -> Drawn | None:
        """What happens to the call that hands a message in: `slow` or `dropped`, for its door to act out.

        `subject`: to (E.164), from, account, via.

        Raises:
            Refusal: rejected, throttled, or the queue is full.
        """
        account = subject.get("account", "")
        if self._rate_limit is not None and not self._rates.take(account, self._rate_limit):
            raise TooManyRequests("Too Many Requests")
        drawn = self._draw(REQUEST, subject, asked)
        if drawn is None:
            return None
        if drawn.name == Trouble.REJECTED:
            raise Rejected("The sandbox was asked to refuse this message.", int(drawn.values["code"]))
        if drawn.name == Trouble.QUEUE_FULL:
            raise QueueFull("This 'From' number has exceeded the maximum number of queued messages.")
        if drawn.name == Trouble.THROTTLED:
            if not self._rates.take(f"{drawn.by} {account}", float(drawn.values["per_second"])):
                raise TooManyRequests("Too Many Requests")
            return None
        return drawn

    def fate(self, to: str, sender: str | None, account: str, via: Via, asked: tuple[Asked, ...]) -> Fate:
        """What becomes of a message that was taken."""
        subject = {"to": to, "from": sender or "", "account": account, "via": via}
        drawn = self._draw(DELIVERY, subject, asked)
        return Fate() if drawn is None else fate(drawn.name, drawn.values)

    def _draw(self, stage: str, subject: Mapping[str, str], asked: tuple[Asked, ...]) -> Drawn | None:
        by_number = magic(subject.get("to", ""), self._magic_block)
        return self.faults.draw(stage, subject, (*asked, *self.faults.asked(by_number)) if by_number else asked)


class Rates:
    """How much of a rate each account has left: a bucket that holds a second's worth, and at least one."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._buckets: dict[str, tuple[float, float]] = {}

    def take(self, key: str, per_second: float) -> bool:
        """Whether one more is within the rate; it is counted if so."""
        if per_second <= 0:
            return False
        with self._lock:
            now, most = self._seconds(), max(1.0, per_second)
            left, since = self._buckets.get(key, (most, now))
            left = min(most, left + (now - since) * per_second)
            self._buckets[key] = (left - 1 if left >= 1 else left, now)
            return left >= 1
