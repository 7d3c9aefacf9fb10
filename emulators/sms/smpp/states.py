"""The states of a session, as a table (SMPP 3.4 sections 2.2 and 2.3, confidence high).

Theory of operation. A client opens a connection and binds it as transmitter, receiver or both; only then may it do what
its kind allows; an unbind ends it. What a state does not allow is answered with RINVBNDSTS and changes nothing. A link
may be enquired about in any state, because clients do.
"""

from __future__ import annotations

from enum import StrEnum

from emulators.sms.smpp.statuses import CommandStatus, Refused
from emulators.sms.smpp.wire import Command


class State(StrEnum):
    """Where a session is."""

    OPEN = "open"
    TRANSMITTER = "transmitter"
    RECEIVER = "receiver"
    TRANSCEIVER = "transceiver"
    UNBOUND = "unbound"


BOUND = frozenset((State.TRANSMITTER, State.RECEIVER, State.TRANSCEIVER))
LISTENING = frozenset((State.RECEIVER, State.TRANSCEIVER))
"""The states in which a client takes receipts."""
BINDS = frozenset((Command.BIND_TRANSMITTER, Command.BIND_RECEIVER, Command.BIND_TRANSCEIVER))

MOVES: dict[tuple[State, Command], State] = {
    (State.OPEN, Command.BIND_TRANSMITTER): State.TRANSMITTER,
    (State.OPEN, Command.BIND_RECEIVER): State.RECEIVER,
    (State.OPEN, Command.BIND_TRANSCEIVER): State.TRANSCEIVER,
    **{(state, Command.UNBIND): State.UNBOUND for state in BOUND},
    **{(state, Command.ENQUIRE_LINK): state for state in State},
    **{
        (state, command): state
        for state in (State.TRANSMITTER, State.TRANSCEIVER)
        for command in (
            Command.SUBMIT_SM,
            Command.SUBMIT_MULTI,
            Command.DATA_SM,
            Command.QUERY_SM,
            Command.CANCEL_SM,
            Command.REPLACE_SM,
        )
    },
}


def move(state: State, command: Command) -> State:
    """The state after a request.

    Raises:
        Refused: the table has no such move: RALYBND for a second bind, else RINVBNDSTS.
    """
    to = MOVES.get((state, command))
    if to is None:
        again = state in BOUND and command in BINDS
        status = CommandStatus.RALYBND if again else CommandStatus.RINVBNDSTS
        raise Refused(status, f"{command.name.lower()} in a session that is {state}")
    return to
