"""One client's connection: PDUs come in, answers go out in the order of the requests, receipts go out beside them.

Theory of operation. A client with many requests outstanding is answered in its order (`Answers`). While more are
unanswered than the window allows, or the client does not read what it is told, no more is read of it: its own socket
makes it wait. What a request means, `Counter` knows.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from emulators.sms.smpp.answers import Answers
from emulators.sms.smpp.states import BOUND, LISTENING, State
from emulators.sms.smpp.statuses import CommandStatus
from emulators.sms.smpp.timing import Timing
from emulators.sms.smpp.wire import GENERIC_NACK, Command, Cutter, Pdu, pdu


class Session(asyncio.Protocol):
    """A connection from its first octet to its last; everything happens on the listener's loop."""

    def __init__(
        self,
        number: int,
        window: int,
        timing: Timing,
        serve: Callable[[Session, list[Pdu]], None],
        ended: Callable[[Session, str], None],
    ) -> None:
        """`serve`: does what PDUs ask for; `ended`: told of the end and its reason."""
        self.number = number
        self.state = State.OPEN
        self.system_id = ""
        self.timing = timing
        self._window = window
        self._serve = serve
        self._ended = ended
        self._cutter = Cutter()
        self.answers = Answers()
        self._transport: Any = None
        self._paused = False
        self._choked = False
        self._leaving = False
        self._sequence = 0
        self._reason = "the client hung up"

    @property
    def listening(self) -> bool:
        """Whether the client takes receipts now."""
        return self.state in LISTENING and not self._leaving

    @property
    def leaving(self) -> bool:
        """Whether no request is served any more."""
        return self._leaving

    @property
    def bound(self) -> bool:
        """Whether the client has bound and not unbound."""
        return self.state in BOUND

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  asyncio's signature
        """End; whatever was submitted is stored all the same."""
        self.state = State.UNBOUND
        self.answers.clear()
        self._transport = None
        self._ended(self, self._reason)

    def pause_writing(self) -> None:
        """The client does not read what it is told: read nothing more of it meanwhile."""
        self._choked = True
        self._pause_or_go_on()

    def resume_writing(self) -> None:
        """It reads again."""
        self._choked = False
        self._pause_or_go_on()

    def data_received(self, data: bytes) -> None:
        """Cut, serve, answer."""
        if self._leaving:
            return
        found, wrong = self._cutter.feed(data)
        if found:
            self._serve(self, found)
        if wrong is not None:
            self.answer(GENERIC_NACK, CommandStatus.RINVCMDLEN, wrong.sequence)
            self.leave(str(wrong))
        self.flush()

    def answer(self, command: int, status: int, sequence: int, body: bytes = b"") -> None:
        """Answer a request whose turn it is, or as soon as it is."""
        self.answers.add(pdu(command, status, sequence, body))

    def answer_late(self, data: bytes) -> None:
        """Send an answer that has no place, because it was to be late and hold back no other."""
        self.answers.interject(data)
        self.flush()

    def request(self, command: Command, body: bytes = b"") -> int:
        """Ask the client something; the sequence number its answer will have."""
        self._sequence = self._sequence % 0x7FFFFFFF + 1
        self.answers.interject(pdu(command, 0, self._sequence, body))
        return self._sequence

    def flush(self) -> None:
        """Send what is ready, in one write; hang up when a session that ends has said everything."""
        if self._transport is None:
            return
        data = self.answers.take()
        if data:
            self._transport.write(data)
        self._pause_or_go_on()
        if self._leaving and not self.answers:
            self._transport.close()

    def send_away(self, reason: str) -> None:
        """Unbind the client once every answer owed was given; it hangs up, or is dropped in time."""
        if self.state in BOUND:
            self._reason = reason
            self.state = State.UNBOUND
            self._sequence = self._sequence % 0x7FFFFFFF + 1
            self.answers.add(pdu(Command.UNBIND, 0, self._sequence))
            self.flush()

    def _pause_or_go_on(self) -> None:
        if self._paused and not self._choked and len(self.answers) < max(1, self._window // 2):
            self._paused = False
            self._transport.resume_reading()
        elif not self._paused and (self._choked or len(self.answers) >= self._window):
            self._paused = True
            self._transport.pause_reading()

    def leave(self, reason: str) -> None:
        """Read no further and hang up once every answer owed was given."""
        self._reason = reason
        self._leaving = True
        self.state = State.UNBOUND

    def drop(self, reason: str) -> None:
        """Hang up at once."""
        self._reason = reason
        if self._transport is not None:
            self._transport.abort()
