"""The states of a session are a table."""

from __future__ import annotations

import pytest

from emulators.sms.smpp.states import BOUND, MOVES, State, move
from emulators.sms.smpp.statuses import CommandStatus, Refused
from emulators.sms.smpp.wire import Command


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("command", Command)
def test_every_state_answers_every_command(state: State, command: Command) -> None:
    """With a state of the table, or a refusal that says a second bind from anything else."""
    if (state, command) in MOVES:
        assert move(state, command) is MOVES[state, command]
        return
    with pytest.raises(Refused) as refused:
        move(state, command)
    again = state in BOUND and command.name.startswith("BIND_")

    assert refused.value.status is (CommandStatus.RALYBND if again else CommandStatus.RINVBNDSTS)


def test_only_who_transmits_may_submit() -> None:
    """A receiver and a stranger may not."""
    may = {state for state in State if (state, Command.SUBMIT_SM) in MOVES}

    assert may == {State.TRANSMITTER, State.TRANSCEIVER}
