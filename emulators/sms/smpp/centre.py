"""The heart of SMPP: keeps what clients submit, joins what they cut, answers what they ask about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection

from emulators.foundation.clock import Clock
from emulators.foundation.database import Database
from emulators.foundation.journal import Journal
from emulators.sms.intake import Intake
from emulators.sms.settings import SmsSettings
from emulators.sms.smpp import storage
from emulators.sms.smpp.alphabets import Alphabet
from emulators.sms.smpp.joining import joined, single
from emulators.sms.smpp.numbering import Numbering
from emulators.sms.smpp.orders import Order
from emulators.sms.smpp.replacing import replaced
from emulators.sms.smpp.rows import row_of
from emulators.sms.smpp.statuses import CommandStatus


class Note(NamedTuple):
    """Something to be written into the journal."""

    kind: str
    ref: str
    facts: dict[str, Any]


class Centre:
    """What the short message centre can do; every call is one transaction."""

    def __init__(
        self,
        intake: Intake,
        database: Database,
        journal: Journal,
        clock: Clock,
        settings: SmsSettings,
        numbering: Numbering,
    ) -> None:
        self._intake = intake
        self._database = database
        self._journal = journal
        self._clock = clock
        self._settings = settings
        self._numbering = numbering

    def keep(self, entries: Sequence[Order | Note]) -> list[str | CommandStatus]:
        """Store what was submitted, many at once: for each its message_id, or why it was not taken; "" for a note."""
        with self._database.write(lasting=self._settings.survive_power_cuts) as connection:
            orders = [entry for entry in entries if isinstance(entry, Order)]
            answers = iter(self._keep(connection, orders) if orders else ())
            given: list[str | CommandStatus] = []
            for entry in entries:
                if isinstance(entry, Note):
                    self._journal.write(connection, entry.kind, entry.ref, **entry.facts)
                    given.append("")
                else:
                    given.append(next(answers))
        return given

    def give_up_waiting(self) -> None:
        """Send on the texts whose missing parts have not come for too long."""
        before = self._clock.now() - timedelta(seconds=self._settings.smpp_parts_seconds)
        with self._database.read() as connection:
            groups = storage.stale(connection, before)
        if groups:
            with self._database.write() as connection:
                for group in groups:
                    self._join(connection, group, whole=False)

    def _keep(self, connection: Connection, orders: Sequence[Order]) -> list[str | CommandStatus]:
        now = self._clock.now()
        room = self._room(connection, orders)
        answers: list[str | CommandStatus] = []
        rows: list[dict[str, Any]] = []
        for order in orders:
            if order.replaces:
                self._store(connection, rows)  # what it replaces may have come just before
                rows = []
                number = replaced(connection, order, Alphabet(self._settings.smpp_alphabet))
                if number is not None:
                    answers.append(self._numbering.answered(number))
                    continue
            room[order.system_id] -= 1
            if self._settings.smpp_queue_limit is not None and room[order.system_id] < 0:
                answers.append(CommandStatus.RMSGQFUL)
                continue
            number = self._numbering.take(connection, len(order.recipients))
            rows += [row_of(order, at, number, now) for at in range(len(order.recipients))]
            answers.append(self._numbering.answered(number))
        self._store(connection, rows)
        return answers

    def _room(self, connection: Connection, orders: Sequence[Order]) -> Counter[str]:
        """How many more messages of each client may be under way."""
        limit, room = self._settings.smpp_queue_limit, Counter[str]()
        if limit is not None:
            for system_id in {order.system_id for order in orders}:
                room[system_id] = limit - storage.unfinished(connection, system_id)
        return room

    def _store(self, connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
        if not rows:
            return
        whole = [row for row in rows if not row["waits_for"]]
        sids = self._intake.store(connection, [single(row, self._settings) for row in whole])
        for row, sid in zip(whole, sids, strict=True):
            row["sid"] = sid
        storage.insert(connection, rows)
        for group in dict.fromkeys(row["waits_for"] for row in rows if row["waits_for"]):
            self._join(connection, group, whole=True)

    def _join(self, connection: Connection, group: str, *, whole: bool) -> None:
        """Make one message of the parts that are here; of a part that came twice, the last."""
        parts = storage.waiting(connection, group)
        by_place = {part.part: part for part in parts}
        if not parts or (whole and len(by_place) < parts[0].parts):
            return
        sid = self._intake.store(connection, [joined(by_place, self._settings)])[0]
        storage.join(connection, [part.key for part in parts], sid)
        if not whole:
            self._journal.write(connection, "smpp_incomplete", sid, parts=len(by_place), of=parts[0].parts)
