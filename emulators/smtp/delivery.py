"""From an accepted message to a stored one: at once, or as a fault says: later, twice, behind the next one, never.

What was acknowledged and is held back lies in the store, so that it arrives even if the process is killed meanwhile.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, or_, select

from emulators.foundation.clock import Clock
from emulators.foundation.database import Database
from emulators.foundation.faults import Drawn
from emulators.foundation.journal import Journal
from emulators.smtp.header_text import storable
from emulators.smtp.mailbox import Mailbox
from emulators.smtp.mishaps import Stage
from emulators.smtp.sorting import Sorted
from emulators.smtp.suffering import Suffering
from emulators.smtp.tables import HELD
from emulators.smtp.trace import Arrival

LOOK_SECONDS = 0.2
AT_ONCE = 50
LIGHT = 262_144
"""Octets that are taken apart and stored within milliseconds."""
HOLDING = frozenset({"late", "out_of_order", "never"})
"""Faults with which a message is acknowledged and not stored at once."""
ENVELOPE = ("sender", "greeting", "peer", "username", "uid")
_H = HELD.c
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Consignment:
    """An arrival, and the fault it meets, if any."""

    arrival: Arrival
    fault: Drawn | None = None


class Delivery:
    """Brings arrivals into the mailbox; as a worker it brings those that were held back."""

    def __init__(
        self,
        mailbox: Mailbox,
        database: Database,
        journal: Journal,
        clock: Clock,
        suffering: Suffering,
        *,
        power_cuts: bool,
    ) -> None:
        """`power_cuts`: whether what was acknowledged survives one; the end of the process it survives in any case."""
        self._mailbox = mailbox
        self._database = database
        self._journal = journal
        self._clock = clock
        self._suffering = suffering
        self._power_cuts = power_cuts
        self._overtaken = True  # an earlier process may have left some
        self._news = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="smtp-held", daemon=True)

    def start(self) -> None:
        """Begin to look for what is due."""
        self._thread.start()

    def stop(self) -> None:
        """Return once nothing is under way; what is held back stays in the store."""
        self._stopping.set()
        self._news.set()
        if self._thread.is_alive():
            self._thread.join(1.0)

    def take(self, arrival: Arrival) -> str:
        """Deliver one message; its ID."""
        return self.take_all([Consignment(arrival, self._suffering.drawn(Stage.DELIVERY, arrival))])[0]

    def take_all(self, consignments: Sequence[Consignment], *, patient: bool = True) -> list[str]:
        """Deliver messages in one transaction, all or none; their IDs. They survive the end of the process.

        Raises:
            StoreBusy: somebody else is writing, at once if the caller is not `patient`; nothing is delivered.
        """
        named = [replace(each.arrival, uid=self._mailbox.new_uid()) for each in consignments]
        stored: list[Arrival] = []
        for arrival, consignment in zip(named, consignments, strict=True):
            name = consignment.fault.name if consignment.fault else ""
            stored += [] if name in HOLDING else [arrival]
            stored += [replace(arrival, uid="")] if name == "twice" else []
        found = self._mailbox.sort(stored)
        with self._database.write(lasting=self._power_cuts, patient=patient) as connection:
            if found:
                self._mailbox.keep(connection, found)
                found += self._overtake(connection)
            for arrival, consignment in zip(named, consignments, strict=True):
                if consignment.fault is not None:
                    self._note(connection, arrival, consignment.fault)
        if found:
            self._mailbox.tell(found)
        return [arrival.uid for arrival in named]

    def light(self, consignments: Sequence[Consignment]) -> bool:
        """Whether to take these takes a moment only: they are small, nobody here is storing, no disk is waited for."""
        octets = sum([len(consignment.arrival.raw) for consignment in consignments])
        return not self._power_cuts and octets <= LIGHT and self._database.free()

    def _note(self, connection: Connection, arrival: Arrival, fault: Drawn) -> None:
        recipients = [storable(recipient) for recipient in arrival.recipients]
        facts = {"sender": storable(arrival.sender), "recipients": recipients, "by": fault.by}
        self._journal.write(connection, f"fault {fault.name}", arrival.uid, **facts)
        if fault.name == "never":
            self._mailbox.tally.ignore()
        elif fault.name in HOLDING:
            now = self._clock.now().timestamp()
            envelope = {field: storable(str(getattr(arrival, field))) for field in ENVELOPE}
            row = {
                "due": now + float(fault.values["seconds"]),
                "noted": now,
                "overtaken": fault.name == "out_of_order",
                "envelope": {**envelope, "recipients": recipients, "scanned": arrival.scanned},
                "raw": arrival.raw,
            }
            connection.execute(HELD.insert(), row)
            self._overtaken = True

    def _overtake(self, connection: Connection) -> list[Sorted]:
        """Store what waited for the messages that were stored just now; looked for only if there may be something."""
        if not self._overtaken:
            return []
        found = self._release(connection, overtaken=True)
        self._overtaken = bool(found)
        return found

    def _release(self, connection: Connection, *, overtaken: bool) -> list[Sorted]:
        """Store what is due, or what was waiting to be overtaken, inside the caller's transaction."""
        now = self._clock.now().timestamp()
        # noted in the future: the clock was taken back, and nothing must wait for it to come round again
        where = _H.overtaken.is_(True) if overtaken else or_(_H.due <= now, _H.noted > now)
        rows = connection.execute(select(HELD).where(where).order_by(_H.due, _H.id).limit(AT_ONCE)).all()
        if not rows:
            return []
        connection.execute(HELD.delete().where(_H.id.in_([row.id for row in rows])))
        found = self._mailbox.sort([Arrival(**_whole(row.envelope), raw=bytes(row.raw)) for row in rows])
        self._mailbox.keep(connection, found)
        return found

    def _work(self) -> None:
        while not self._stopping.is_set():
            try:
                found = self._due()
            except Exception:  # noqa: BLE001  a store that is away for a moment must not end the deliveries
                _LOG.exception("mail that was held back could not be delivered; it is tried again")
                found = []
            if not found:
                self._news.wait(LOOK_SECONDS)

    def _due(self) -> list[Sorted]:
        now = self._clock.now().timestamp()
        with self._database.read() as connection:
            waiting = select(_H.id).where(or_(_H.due <= now, _H.noted > now)).limit(1)
            if connection.execute(waiting).first() is None:
                return []
        with self._database.write() as connection:
            found = self._release(connection, overtaken=False)
        if found:
            self._mailbox.tell(found)
        return found


def _whole(envelope: dict[str, Any]) -> dict[str, Any]:
    """What was kept of an envelope, as the fields of an arrival."""
    return {**envelope, "recipients": tuple(envelope["recipients"])}
