"""Takes what was checked: draws its fate, counts its segments, stores it, and says so."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection

from emulators.foundation.clock import Clock
from emulators.foundation.database import Database
from emulators.foundation.journal import Journal
from emulators.foundation.randomness import hex_digits
from emulators.foundation.waiting import Arrivals
from emulators.sms import storage
from emulators.sms.admission import Checked
from emulators.sms.carrier_rules import CarrierProfile
from emulators.sms.delivery import Status
from emulators.sms.fault_catalogue import FILTERED_FATE, Fate, Trouble
from emulators.sms.ladder import Ladder
from emulators.sms.messages import Message
from emulators.sms.segments import segments_of
from emulators.sms.troubles import Troubles

RANDOM = 24
"""Digits of a sid that nobody can guess, of its 32."""


class Intake:
    """The one place where messages come into the store, whatever door they came by."""

    def __init__(
        self,
        database: Database,
        journal: Journal,
        clock: Clock,
        source: random.Random,
        profile: CarrierProfile,
        arrivals: Arrivals,
        ladder: Ladder,
        troubles: Troubles,
        taken: Callable[[], None],
    ) -> None:
        """`taken()` is told after each commit that stored messages."""
        self._database = database
        self._journal = journal
        self._clock = clock
        self._source = source
        self._profile = profile
        self._arrivals = arrivals
        self._ladder = ladder
        self._troubles = troubles
        self._taken = taken

    def store(self, connection: Connection, many: Sequence[Checked]) -> list[str]:
        """Store messages of any door inside the caller's transaction; their sids, in order.

        Once it is committed, the carrier finds them, and whoever waits for their numbers is told.
        """
        return [row["sid"] for row in self._store(connection, many, storage.highest_id(connection))]

    def take(self, connection: Connection, many: Sequence[Checked]) -> list[Message]:
        """The same; the messages as they were stored."""
        before = storage.highest_id(connection)
        return storage.inserted(connection, self._store(connection, many, before), before)

    def _store(self, connection: Connection, many: Sequence[Checked], before: int) -> list[dict[str, Any]]:
        """The rows of the messages, in order, without the second deliveries of others."""
        now = self._clock.now()
        sids = self._sids(before, len(many))
        by_machine = self._ladder.machine_millis()
        rows = [
            row for checked, sid in zip(many, sids, strict=True) for row in self._rows(checked, sid, now, by_machine)
        ]
        if not rows:
            return []
        numbers = list({row["to_number"] for row in rows})
        storage.let_go(connection, numbers, Trouble.OUT_OF_ORDER, storage.millis(now))
        storage.insert(connection, rows, before)
        taken = [row for row in rows if row["copy_of"] is None]
        self._journal.write_all(connection, [("accepted", row["sid"], _facts(row)) for row in taken], now)
        self._database.after_commit(partial(self._arrivals.tell, numbers))
        self._database.after_commit(self._taken)
        return taken

    def _sids(self, before: int, count: int) -> list[str]:
        """So many new sids: eight digits that grow with `before`, the rest chance.

        An index of names without order is written to everywhere; those that grow are written at its end. The operating
        system is asked for chance once, because each question costs as much.
        """
        chance = hex_digits(self._source, RANDOM * count) if count else ""
        return [
            f"SM{(before + at + 1) & 0xFFFFFFFF:08x}{chance[RANDOM * at : RANDOM * (at + 1)]}" for at in range(count)
        ]

    def _rows(self, checked: Checked, sid: str, now: datetime, by_machine: int) -> Iterator[dict[str, Any]]:
        fate = self._fate(checked)
        at = storage.millis(now)
        row = self._row(checked, sid, fate, at)
        if checked.send_at is not None:
            row |= {"status": Status.SCHEDULED.value, "hold_until": storage.millis(checked.send_at)}
        elif fate.hold_seconds is not None:
            row["hold_until"] = storage.millis(now + timedelta(seconds=fate.hold_seconds))
        elif fate.error_code is None:
            row |= {"received": at, "arrived": by_machine}
        yield row
        if fate.again_seconds is not None and checked.send_at is None:
            again = storage.millis(now + timedelta(seconds=fate.again_seconds))
            waiting = {"status": Status.SENT.value, "sent": at, "hold_until": again, "received": None, "arrived": None}
            told = {"status_callback": None, "callback_secret": None, "copy_of": row["sid"]}
            yield {**row, **waiting, **told, "sid": f"{sid[:10]}{hex_digits(self._source, RANDOM)}"}

    def _row(self, checked: Checked, sid: str, fate: Fate, at: int) -> dict[str, Any]:
        cost = checked.cost or segments_of(self._profile.prefix + checked.body)
        return {
            "sid": sid,
            "account_sid": checked.account_sid,
            "to_number": checked.to,
            "sender": checked.sender,
            "messaging_service_sid": checked.messaging_service_sid,
            "status_callback": checked.status_callback,
            "callback_secret": checked.callback_secret,
            "body": checked.body,
            "encoding": cost.encoding.value,
            "units": cost.units,
            "segments": cost.parts,
            "status": (Status.ACCEPTED if checked.messaging_service_sid else Status.QUEUED).value,
            "created": at,
            "updated": at,
            "sent": None,
            "via": checked.via.value,
            "error_code": fate.error_code,
            "fault": fate.fault,
            "hold_until": None,
            "received": None,
            "arrived": None,
            "copy_of": None,
        }

    def _fate(self, checked: Checked) -> Fate:
        fate = self._troubles.fate(checked.to, checked.sender, checked.account_sid, checked.via, checked.asked)
        if fate.error_code is None and self._profile.stopped(checked.body, checked.sender):
            return FILTERED_FATE
        return fate


def _facts(row: Mapping[str, Any]) -> dict[str, Any]:
    facts = {"to": row["to_number"], "segments": row["segments"]}
    return {**facts, "fault": row["fault"]} if row["fault"] else facts
