"""What each request of a client asks for, and what it is answered (SMPP 3.4 section 4, confidence high)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from emulators.foundation.clock import Clock
from emulators.sms.fault_catalogue import Trouble
from emulators.sms.smpp.answers import Place
from emulators.sms.smpp.bodies import standing_body, stored_answer
from emulators.sms.smpp.faults import hindered
from emulators.sms.smpp.gate import Gate
from emulators.sms.smpp.inquiries import Inquiries, Standing
from emulators.sms.smpp.orders import Order, OrderRules, read_order
from emulators.sms.smpp.questions import read_cancel, read_query, read_replace
from emulators.sms.smpp.requests import Submit, read_data, read_submit
from emulators.sms.smpp.session import Session
from emulators.sms.smpp.states import BINDS, move
from emulators.sms.smpp.statuses import CommandStatus, Refused
from emulators.sms.smpp.wire import GENERIC_NACK, KNOWN, RESPONSE, Command, Pdu, pdu
from emulators.sms.smpp.writer import Task, Writer
from emulators.sms.troubles import Troubles

_SUBMISSIONS: dict[int, Callable[[bytes], Submit]] = {
    Command.SUBMIT_SM: read_submit,
    Command.SUBMIT_MULTI: partial(read_submit, multi=True),
    Command.DATA_SM: read_data,
}
_IGNORED = frozenset((Command.OUTBIND, Command.ALERT_NOTIFICATION))
"""What a centre sends and no client does; there is no answer to them."""
_S = CommandStatus
Late = Callable[[float, Callable[[], None]], Any]


class Counter:
    """Serves the requests of all sessions; lives on the listener's loop."""

    def __init__(
        self,
        clock: Clock,
        rules: OrderRules,
        gate: Gate,
        inquiries: Inquiries,
        writer: Writer,
        troubles: Troubles,
        answered: Callable[[Session, Pdu], None],
    ) -> None:
        """`answered`: told of what a client answers."""
        self._clock = clock
        self._rules = rules
        self._gate = gate
        self._inquiries = inquiries
        self._writer = writer
        self._troubles = troubles
        self._answered = answered

    def serve(self, session: Session, found: list[Pdu], now: float, late: Late) -> None:
        """Do what these PDUs ask for; what has to be stored is handed on together.

        `now`: seconds of the machine; `late(seconds, act)`: acts after so many of them.
        """
        tasks: list[Task] = []
        for each in found:
            if session.leaving:
                break
            session.timing.hear(now, active=each.command != Command.ENQUIRE_LINK and each.command < RESPONSE)
            if each.command >= RESPONSE:
                self._answered(session, each)
            elif each.command not in KNOWN:
                refused = Refused(_S.RINVCMDID, f"there is no command {each.command:#x}")
                self._refuse(session, GENERIC_NACK, each.sequence, refused)
            elif each.command not in _IGNORED:
                self._request(session, Command(each.command), each, tasks, late)
        if tasks:
            self._writer.put(tasks)

    def _request(self, session: Session, command: Command, each: Pdu, tasks: list[Task], late: Late) -> None:
        try:
            to = move(session.state, command)
            if command in _SUBMISSIONS:
                self._submit(session, command, each, tasks, late)
            elif command in BINDS:
                self._gate.bind(session, to, command, each)
            elif command is Command.ENQUIRE_LINK:
                session.answer(command | RESPONSE, _S.ROK, each.sequence)
            elif command is Command.UNBIND:
                session.answer(command | RESPONSE, _S.ROK, each.sequence)
                session.leave("the client unbound")
            else:
                tasks.append(self._question(session, command, each))
        except Refused as refused:
            self._refuse(session, command | RESPONSE, each.sequence, refused)
            if command in BINDS and not session.bound:
                session.leave("the bind was refused")

    def _submit(self, session: Session, command: Command, each: Pdu, tasks: list[Task], late: Late) -> None:
        wish = _SUBMISSIONS[command](each.body)
        order = read_order(wish, self._rules, session.system_id, session.number, self._clock.now())
        fault = hindered(self._troubles, order)
        if fault is None:
            place = session.answers.place()
            tasks.append(Task(order, partial(_stored, session, place, command, each.sequence, order), session))
        elif fault.name == Trouble.SLOW:
            task = Task(order, partial(_stored, session, None, command, each.sequence, order))
            late(float(fault.values["seconds"]), partial(self._writer.put, (task,)))
        elif fault.values["taken"]:
            tasks.append(Task(order, lambda _result: session.drop("a fault"), session))
        else:
            session.drop("a fault")

    def _question(self, session: Session, command: Command, each: Pdu) -> Task:
        ask: Callable[[], Any]
        if command is Command.QUERY_SM:
            ask = partial(self._inquiries.query, session.system_id, read_query(each.body))
        elif command is Command.CANCEL_SM:
            ask = partial(self._inquiries.cancel, session.system_id, read_cancel(each.body))
        else:
            ask = partial(self._inquiries.replace, session.system_id, read_replace(each.body))
        return Task(
            ask, partial(self._told, session, session.answers.place(), command | RESPONSE, each.sequence), session
        )

    def _told(self, session: Session, place: Place, command: int, sequence: int, result: Any) -> None:
        """A question was answered."""
        if isinstance(result, Refused):
            place.data = pdu(command, result.status, sequence)
            self._note(session, command, result)
        else:
            body = standing_body(result) if isinstance(result, Standing) else b""
            place.data = pdu(command, _S.ROK, sequence, body)

    def _refuse(self, session: Session, command: int, sequence: int, refused: Refused) -> None:
        session.answer(command, refused.status, sequence)
        self._note(session, command, refused)

    def _note(self, session: Session, command: int, refused: Refused) -> None:
        facts = {"command": f"{command:#010x}", "status": refused.status.name, "why": refused.sentence}
        self._writer.note("smpp_refused", session.system_id, **facts)


def _stored(session: Session, place: Place | None, command: int, sequence: int, order: Order, result: Any) -> None:
    """A submission was stored (its message_id), or was not (the status)."""
    data = stored_answer(command, sequence, order, result)
    if place is None:
        session.answer_late(data)
    else:
        place.data = data
