"""What a client asks about its submissions, and what it changes in them: query_sm, cancel_sm, replace_sm, and time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection

from emulators.foundation.clock import Clock
from emulators.foundation.database import Database
from emulators.sms.delivery import Event, Status
from emulators.sms.ladder import Ladder
from emulators.sms.settings import SmsSettings
from emulators.sms.smpp import storage
from emulators.sms.smpp.addresses import AddressBook
from emulators.sms.smpp.alphabets import Alphabet
from emulators.sms.smpp.numbering import Numbering
from emulators.sms.smpp.orders import read_times
from emulators.sms.smpp.questions import Question, Replacement
from emulators.sms.smpp.receipts import MessageState
from emulators.sms.smpp.replacing import put_in_place, replaceable
from emulators.sms.smpp.standing import done_at, error_of, moving, state_of
from emulators.sms.smpp.statuses import CommandStatus, Refused
from emulators.sms.smpp.times import write_time
from emulators.sms.storage import by_sid

_S = CommandStatus


class Standing(NamedTuple):
    """The answer to query_sm."""

    message_id: str
    final_date: str
    """Empty while the message is on its way."""
    state: MessageState
    error: int


class Inquiries:
    """The centre as far as it concerns what was submitted before; every call is one transaction."""

    def __init__(
        self,
        ladder: Ladder,
        database: Database,
        clock: Clock,
        settings: SmsSettings,
        book: AddressBook,
        numbering: Numbering,
    ) -> None:
        self._ladder = ladder
        self._database = database
        self._clock = clock
        self._settings = settings
        self._book = book
        self._numbering = numbering

    def query(self, system_id: str, question: Question) -> Standing:
        """Where a message is; Refused when it is not this client's, here and below."""
        with self._database.read() as connection:
            row = self._known(connection, system_id, question, _S.RQUERYFAIL)
        final = "" if moving(row) else write_time(done_at(row))
        return Standing(question.message_id, final, state_of(row), error_of(row))

    def cancel(self, system_id: str, question: Question) -> None:
        """Call a message back, or all from one address to another."""
        with self._database.write() as connection:
            if question.message_id:
                rows: list[Any] = [self._known(connection, system_id, question, _S.RCANCELFAIL)]
            else:
                rows = self._all_between(connection, system_id, question)
            going = [row for row in rows if moving(row)]
            if not going:
                raise Refused(_S.RCANCELFAIL, "nothing is on its way that could be called back")
            for row in going:
                self._end(connection, row, Event.WITHDRAW, MessageState.DELETED)

    def replace(self, system_id: str, wish: Replacement) -> None:
        """Put another text, schedule and validity in the place of those of a message that is on its way."""
        now = self._clock.now()
        with self._database.write() as connection:
            row = self._known(connection, system_id, wish.question, _S.RREPLACEFAIL)
            if not replaceable(row):
                raise Refused(_S.RREPLACEFAIL, f"{wish.question.message_id} has ended, or is a part of a text")
            schedule, expires = read_times(wish.schedule, wish.validity, now)
            put_in_place(
                connection,
                row,
                Alphabet(self._settings.smpp_alphabet),
                octets=wish.octets,
                data_coding=row.data_coding,
                registered=wish.registered,
                schedule=schedule,
                expires=expires,
            )

    def expire(self) -> None:
        """End what has not arrived within its validity."""
        now = self._clock.now()
        with self._database.read() as connection:
            if not storage.overdue(connection, now):
                return
        with self._database.write() as connection:
            for row in storage.overdue(connection, now):
                if not self._arrives_in_time(row):
                    self._end(connection, row, Event.EXPIRE, MessageState.EXPIRED)

    def _arrives_in_time(self, row: Any) -> bool:
        """Whether the carrier, which may only be late in saying so, has a delivery before the validity ended."""
        if row.status is None or row.hold_until is not None or row.error_code is not None:
            return False
        ahead = self._settings.delivered_after + (0 if row.status == Status.SENT else self._settings.sent_after)
        return bool(row.updated + timedelta(seconds=ahead) / timedelta(milliseconds=1) <= row.expires)

    def _end(self, connection: Connection, row: Any, event: Event, state: MessageState) -> None:
        """End a submission: its message climbs down the ladder, unless it has none yet."""
        storage.change(connection, [row.key], ended=int(state), waits_for=None)
        message = by_sid(connection, row.sid) if row.sid else None
        if message is not None:
            self._ladder.happen(connection, [message], event, self._clock.now())

    def _known(self, connection: Connection, system_id: str, question: Question, mismatch: CommandStatus) -> Any:
        number = self._numbering.read(question.message_id)
        row = None if number is None else storage.by_number(connection, system_id, number)
        if row is None:
            raise Refused(_S.RINVMSGID, f"no message of {system_id} has the id {question.message_id[:20]!r}")
        if question.source.digits and self._book.sender(question.source) != row.sender:
            raise Refused(mismatch, f"{question.message_id} was not sent by {question.source.digits}")
        return row

    def _all_between(self, connection: Connection, system_id: str, question: Question) -> list[Any]:
        if question.destination is None or not question.destination.digits:
            raise Refused(_S.RINVDSTADR, "cancel_sm names neither a message nor a destination")
        sender, to = self._book.sender(question.source), self._book.recipient(question.destination)
        return list(storage.between(connection, system_id, sender, to, question.service_type))
