"""One client's connection: PDUs come in, answers go out in the order of the requests, receipts go out beside them.

Theory of operation. Every request gets a place in a queue of answers at once; an answer that is not ready holds back
those behind it, so a client with many requests outstanding is answered in its order. While more are unanswered than the
window allows, no more are read: the client's own socket makes it wait. What a request means, `Counter` knows.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any

from emulators.sms.smpp.states import BOUND, LISTENING, State
from emulators.sms.smpp.statuses import CommandStatus
from emulators.sms.smpp.timing import Timing
from emulators.sms.smpp.wire import GENERIC_NACK, Command, Cutter, Pdu, pdu


class Place:
    """The place of one answer in the queue."""

    __slots__ = ("data",)

    def __init__(self) -> None:
        self.data: bytes | None = None


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
        self._places: deque[Place] = deque()
        self._out: list[bytes] = []
        self._transport: Any = None
        self._paused = False
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

    @property
    def owes(self) -> bool:
        """Whether an answer is still to be given."""
        return bool(self._places)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  asyncio's signature
        """End; whatever was submitted is stored all the same."""
        self.state = State.UNBOUND
        self._places.clear()
        self._transport = None
        self._ended(self, self._reason)

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

    def place(self) -> Place:
        """Take a place in the queue of answers."""
        place = Place()
        self._places.append(place)
        return place

    def answer(self, command: int, status: int, sequence: int, body: bytes = b"") -> None:
        """Answer a request whose turn it is, or as soon as it is."""
        if self._places:
            self.place().data = pdu(command, status, sequence, body)
        else:
            self._out.append(pdu(command, status, sequence, body))

    def answer_late(self, data: bytes) -> None:
        """Send an answer that has no place, because it was to be late and hold back no other."""
        self._out.append(data)
        self.flush()

    def request(self, command: Command, body: bytes = b"") -> int:
        """Ask the client something; the sequence number its answer will have."""
        self._sequence = self._sequence % 0x7FFFFFFF + 1
        self._out.append(pdu(command, 0, self._sequence, body))
        return self._sequence

    def flush(self) -> None:
        """Send what is ready, in one write; hang up when a session that ends has said everything."""
        if self._transport is None:
            return
        places, out = self._places, self._out
        while places and places[0].data is not None:
            out.append(places.popleft().data)  # type: ignore[arg-type]  # just looked
        if out:
            self._transport.write(b"".join(out))
            out.clear()
        if self._paused and len(places) < self._window // 2:
            self._paused = False
            self._transport.resume_reading()
        elif not self._paused and len(places) >= self._window:
            self._paused = True
            self._transport.pause_reading()
        if self._leaving and not places:
            self._transport.close()

    def send_away(self, reason: str) -> None:
        """Unbind the client once every answer owed was given; it hangs up, or is dropped in time."""
        if self.state in BOUND:
            self._reason = reason
            self.state = State.UNBOUND
            self._sequence = self._sequence % 0x7FFFFFFF + 1
            self.place().data = pdu(Command.UNBIND, 0, self._sequence)
            self.flush()

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
