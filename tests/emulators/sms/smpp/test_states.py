"""The states of a session are a table."""

from __future__ import annotations

from itertools import product

import pytest

from emulators.sms.smpp.states import BOUND, MOVES, State, move
from emulators.sms.smpp.statuses import CommandStatus, Refused
from emulators.sms.smpp.wire import Command


def test_every_state_answers_every_command() -> None:
    """With a state of the table, or a refusal that says a second bind from anything else."""
    for state, command in product(State, Command):
        if (state, command) in MOVES:
            assert move(state, command) is MOVES[state, command]
            continue
        with pytest.raises(Refused) as refused:
            move(state, command)
        again = state in BOUND and command.name.startswith("BIND_")

        assert refused.value.status is (CommandStatus.RALYBND if again else CommandStatus.RINVBNDSTS), (state, command)


def test_only_who_transmits_may_submit() -> None:
    """A receiver and a stranger may not."""
    may = {state for state in State if (state, Command.SUBMIT_SM) in MOVES}

    assert may == {State.TRANSMITTER, State.TRANSCEIVER}
