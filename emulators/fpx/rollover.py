"""The switch's certificates over time: a next one is published, then signed with; the former one stays as retired.

Theory of operation. Merchants are given `fpxuat_current.cer` and, ahead of a change, `fpxuat.cer`: the kits verify with
the first and promote the second when the first has expired. Two ways lead to the change: by hand, and by the clock,
when the next one was published with the instant at which the current one ends. The current certificate is then issued
again with that end, under its key, so that what merchants already have still verifies. Nothing leads back.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from emulators.foundation.clock import MALAYSIA, Clock, check_instant
from emulators.foundation.errors import CallersMistake
from emulators.foundation.journal import Journal
from emulators.fpx.certificates import paper
from emulators.fpx.checksum import Signer
from emulators.fpx.errors import NothingPublished
from emulators.fpx.identity import Identity, Stage, kept_identity, shorten, succeed, switch_identity


class Rollover:
    """The switch's certificates, and the signer that always signs with the current one."""

    def __init__(self, folder: Path, clock: Clock, journal: Journal) -> None:
        """`folder` keeps the pairs; the current one is made when it has none."""
        self._folder = folder
        self._clock = clock
        self._journal = journal
        self._changing = threading.Lock()
        self._next: Identity | None = None
        self._load()

    def current(self) -> Identity:
        """The pair that signs now; the next one, once the clock is past the end of the former."""
        if self._next is not None and self._clock.now() > self._current.ends:
            with self._changing:
                if self._next is not None and self._clock.now() > self._current.ends:
                    self._succeed()
        return self._current

    def newest(self) -> Identity:
        """The pair merchants should be ready for: the next one when it is published, else the current one."""
        self.current()
        return self._next or self._current

    def signed(self, fields: Mapping[str, str], order: Sequence[str]) -> dict[str, str]:
        """`fields` with `fpx_checkSum` filled in, where the wire order has it."""
        return self.signer().signed(fields, order)

    def signer(self) -> Signer:
        """The signer of the current pair."""
        self.current()
        return self._signer

    def retired_signer(self) -> Signer:
        """The signer of the pair retired last, for faults; one is made when none was ever retired."""
        with self._changing:
            return Signer(switch_identity(self._folder, Stage.RETIRED).key)

    def publish(self, switch_at: datetime | None = None) -> None:
        """Publish a next certificate, which stands until it is switched to; with the current one's end, if given.

        Raises:
            CallersMistake: the end has passed already.
        """
        if switch_at is not None and switch_at <= self._clock.now():
            raise CallersMistake(
                "switch_at: that instant has passed; leave it out and switch by hand, or say a later one"
            )
        self.current()
        with self._changing:
            self._next = switch_identity(self._folder, Stage.NEXT)
            if switch_at is not None:
                self._current = shorten(self._folder, switch_at.astimezone(UTC))
        self._journal.note("certificate published", certificate=self.told()["next"])

    def switch(self) -> None:
        """Sign with the next certificate from now on.

        Raises:
            NothingPublished: there is none.
        """
        self.current()
        with self._changing:
            if self._next is None:
                raise NothingPublished('publish a next certificate first: {"publish": "next"}')
            self._succeed()
        self._journal.note("certificate switched", certificate=self.told()["current"])

    def told(self) -> dict[str, Any]:
        """The certificates by their stage, each as `certificates.paper` tells of it; None where there is none."""
        standing: dict[str, Identity | None] = {
            "current": self.current(),
            "next": self._next,
            "retired": kept_identity(self._folder, Stage.RETIRED),
        }
        return {stage: paper(pair.certificate_pem).told() if pair else None for stage, pair in standing.items()}

    def verb(self, wish: dict[str, Any]) -> dict[str, Any]:
        """`POST /_control/certificates`: `{}` tells, `{"publish": "next"}` and `{"switch": true}` change.

        Raises:
            CallersMistake: the wish is none of these, or its instant is not one.
            NothingPublished: there is nothing to switch to.
        """
        if wish.get("publish") == "next" and set(wish) <= {"publish", "switch_at"}:
            self.publish(_instant(wish["switch_at"]) if "switch_at" in wish else None)
        elif wish == {"switch": True}:
            self.switch()
        elif wish:
            raise CallersMistake(
                'say {"publish": "next"}, {"publish": "next", "switch_at": "2019-06-01"} or {"switch": true}'
            )
        return self.told()

    def _succeed(self) -> None:
        succeed(self._folder)
        self._load()

    def _load(self) -> None:
        self._current = switch_identity(self._folder)
        self._signer = Signer(self._current.key)
        self._next = kept_identity(self._folder, Stage.NEXT)


def _instant(text: object) -> datetime:
    """An instant in Malaysia time unless it says otherwise, to the second as certificates have it."""
    try:
        told = datetime.fromisoformat(str(text)).replace(microsecond=0)
        return check_instant(told if told.tzinfo else told.replace(tzinfo=MALAYSIA))
    except ValueError as error:
        raise CallersMistake(f"switch_at: {error}") from None
