"""Receipts between the store and the clients: which session gets one, what it answered, what is sent again."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

from emulators.sms.smpp.gate import Gate
from emulators.sms.smpp.receipts import Notice, receipt_body
from emulators.sms.smpp.session import Session
from emulators.sms.smpp.statuses import CommandStatus
from emulators.sms.smpp.wire import Command

_LATER = frozenset((CommandStatus.RX_T_APPN, CommandStatus.RMSGQFUL, CommandStatus.RTHROTTLED, CommandStatus.RSYSERR))
"""Answers of a client that wants the receipt again; any other error is final (section 5.1.3, confidence medium)."""
RETRY_SECONDS = 5.0


class Delivery:
    """Hands receipts to sessions; lives on the listener's loop."""

    def __init__(
        self,
        gate: Gate,
        window: int,
        seconds: Callable[[], float],
        later: Callable[[float, Callable[[], None]], Any],
        settled: Callable[[Notice], None],
        note: Callable[..., None],
    ) -> None:
        """`settled`: told of each receipt that was answered for good; `note`: writes into the journal."""
        self._gate = gate
        self._window = window
        self._seconds = seconds
        self._later = later
        self._settled = settled
        self._note = note
        self._known: set[int] = set()
        self._backlog: dict[str, deque[Notice]] = {}
        self._under_way: dict[int, dict[int, tuple[Notice, float]]] = {}
        self._turn = 0

    def offer(self, notices: Iterable[Notice]) -> None:
        """Send what is new of these to whoever listens; what nobody listens for stays owed in the store."""
        touched = set()
        for notice in notices:
            if notice.key not in self._known:
                self._known.add(notice.key)
                self._backlog.setdefault(notice.system_id, deque()).append(notice)
                touched.add(notice.system_id)
        for system_id in touched:
            self._pump(system_id)

    def forget(self, keys: Iterable[int]) -> None:
        """The store knows that these were told."""
        self._known.difference_update(keys)

    def answered(self, session: Session, sequence: int, status: int) -> None:
        """A client has answered a deliver_sm, or refused it by generic_nack."""
        notice, _ = self._under_way.get(session.number, {}).pop(sequence, (None, 0.0))
        if notice is None:
            return
        if status in _LATER:
            self._known.discard(notice.key)
            self._later(RETRY_SECONDS, lambda: self.offer([notice]))
        else:
            if status:
                self._note("smpp_receipt_refused", notice.message_id, status=f"{status:#010x}")
            self._settled(notice)
        self._pump(notice.system_id)

    def ended(self, session: Session) -> None:
        """A session has gone; what it did not answer goes to another, or waits in the store."""
        self._again(session, [notice for notice, _ in self._under_way.pop(session.number, {}).values()])

    def look(self, session: Session, patience: float) -> None:
        """Send again what a session has not answered for so long."""
        mine, before = self._under_way.get(session.number, {}), self._seconds() - patience
        late = [sequence for sequence, (_, since) in mine.items() if since <= before]
        if late:
            self._again(session, [mine.pop(sequence)[0] for sequence in late])

    def _again(self, session: Session, notices: list[Notice]) -> None:
        if notices:
            self._backlog.setdefault(session.system_id, deque()).extendleft(reversed(notices))
            self._pump(session.system_id)

    def _pump(self, system_id: str) -> None:
        backlog = self._backlog.get(system_id, deque())
        listening = [each for each in self._gate.sessions.values() if each.system_id == system_id and each.listening]
        if not listening:
            self._known.difference_update(notice.key for notice in backlog)
            self._backlog.pop(system_id, None)
            return
        written = set()
        while backlog and (session := self._session(listening, backlog[0])) is not None:
            notice = backlog.popleft()
            sequence = session.request(Command.DELIVER_SM, receipt_body(notice))
            self._under_way.setdefault(session.number, {})[sequence] = (notice, self._seconds())
            written.add(session)
        for session in written:
            session.flush()

    def _session(self, listening: list[Session], notice: Notice) -> Session | None:
        """The session that submitted it, else the next one with room; None when all have enough to answer."""
        own = next((each for each in listening if each.number == notice.bind), None)
        if own is not None:
            return own if self._has_room(own) else None
        self._turn += 1
        for offset in range(len(listening)):
            session = listening[(self._turn + offset) % len(listening)]
            if self._has_room(session):
                return session
        return None

    def _has_room(self, session: Session) -> bool:
        return len(self._under_way.get(session.number, ())) < self._window
