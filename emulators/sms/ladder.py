"""Moves messages along their delivery, and tells whoever must know: journal, callbacks, receipts, waiting readers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection

from emulators.foundation.clock import Clock
from emulators.foundation.database import Database
from emulators.foundation.journal import Journal
from emulators.foundation.waiting import Arrivals
from emulators.sms import storage
from emulators.sms.delivery import UNKNOWN, UNREACHABLE, Event, IllegalMove, Status, move
from emulators.sms.errors import BadStep, NoSuchMessage
from emulators.sms.messages import Message
from emulators.sms.settings import SmsSettings

Reporter = Callable[[Connection, Message], None]
"""Told of a message in its new state, inside the transaction that moved it."""
_CODES = {Event.LOSE: UNREACHABLE, Event.REFUSE: UNKNOWN}
"""Why a message was lost that nothing was wrong with before: somebody said so at the control door."""


class Ladder:
    """The one place where a message changes its state."""

    def __init__(
        self,
        database: Database,
        journal: Journal,
        clock: Clock,
        settings: SmsSettings,
        arrivals: Arrivals,
        machine_clock: Callable[[], float],
    ) -> None:
        """`machine_clock()`: seconds since 1970 by the machine, whatever the sandbox's clock says."""
        self._database = database
        self._journal = journal
        self._clock = clock
        self._settings = settings
        self._arrivals = arrivals
        self._machine_clock = machine_clock
        self.reporters: list[Reporter] = []

    def machine_millis(self) -> int:
        """Now, by the machine."""
        return int(self._machine_clock() * 1000)

    def happen(self, connection: Connection, messages: Sequence[Message], event: Event, at: datetime) -> Status:
        """Move messages that are all in one state, inside the caller's transaction; their state afterwards.

        Raises:
            IllegalMove: the table has no such move.
        """
        to = move(messages[0].status, event)
        changes = self._changes(messages, event, to)
        storage.advance(connection, messages, to, at, changes)
        facts = {"event": event.value}
        self._journal.write_all(connection, [(to.value, each.sid, facts) for each in messages])
        if to is Status.SENT:
            changes = {**changes, "sent": at}
        for message in messages:
            moved = message._replace(status=to, updated=at, **changes)
            if _reaches_the_handset(moved, event):
                storage.arrive(connection, moved, at, self.machine_millis())
                self._database.after_commit(partial(self._arrivals.tell, [message.to]))
            for report in self.reporters:
                report(connection, moved)
        return to

    def step(self, sid: str, event: Event) -> Status:
        """Make a delivery event happen to one message; its state afterwards.

        Raises:
            NoSuchMessage: nothing has that sid.
            BadStep: the message is in a state the event cannot happen in.
        """
        with self._database.write() as connection:
            message = storage.by_sid(connection, sid)
            if message is None:
                raise NoSuchMessage(f"no message has the sid {sid}")
            try:
                return self.happen(connection, [message], event, self._clock.now())
            except IllegalMove as error:
                raise BadStep(f"{sid}: {error}") from error

    def _changes(self, messages: Sequence[Message], event: Event, to: Status) -> dict[str, Any]:
        """What changes besides the state, alike for all of them."""
        if event in _CODES and messages[0].error_code is None:
            return {"error_code": _CODES[event]}
        if to is Status.QUEUED and messages[0].sender is None:
            return {"sender": self._settings.service_sender}
        return {}


def _reaches_the_handset(message: Message, event: Event) -> bool:
    """Whether a message that was held back is held back no longer."""
    held = message.received is None and message.error_code is None
    return held and (event is Event.CONFIRM or (event is Event.ENQUEUE and message.fault is None))
