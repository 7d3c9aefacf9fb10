"""The state machine: a table, and nothing beside it."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

import emulators.fpx
from emulators.fpx.errors import IllegalMove
from emulators.fpx.response_codes import CODES as TABLE
from emulators.fpx.transaction import CODES, MOVES, WITH_BUYER, Event, State, diagram, move


@pytest.mark.parametrize(("state", "event"), list(itertools.product(State, Event)))
def test_a_move_is_in_the_table_or_raises(state, event):
    """There is no third way, and the error names state and event."""
    if (state, event) in MOVES:
        assert MOVES[state, event] is move(state, event)
    else:
        with pytest.raises(IllegalMove, match=f"{event} is not allowed for a transaction in {state}"):
            move(state, event)


def test_money_is_taken_by_three_rows_and_never_twice():
    """After the TAC, by the approver, or by a settling enquiry; no row leaves APPROVED or leads back a page."""
    assert {
        (State.TAC_GIVEN, Event.APPROVE),
        (State.AUTHORISING, Event.APPROVE),
        (State.PENDING, Event.SETTLE),
    } == {row for row, state in MOVES.items() if state is State.APPROVED}
    assert not [row for row in MOVES if row[0] is State.APPROVED]
    assert [row for row, state in MOVES.items() if state is State.SIGNED_IN] == [(State.AT_BANK, Event.SIGN_IN)]
    assert [row for row, state in MOVES.items() if state is State.TAC_GIVEN] == [(State.ACCOUNT_CHOSEN, Event.GIVE_TAC)]


def test_every_stage_has_codes_of_its_own_for_cancel_and_time_out():
    """1A to 1L by stage, 1M for the whole session."""
    codes = [CODES[stage, event] for stage in sorted(WITH_BUYER) for event in (Event.CANCEL, Event.EXPIRE)]
    assert sorted(codes) == ["1A", "1C", "1D", "1F", "1G", "1I", "1J", "1L"]
    assert {CODES[stage, Event.END_SESSION] for stage in WITH_BUYER} == {"1M"}


def test_every_code_of_the_machine_is_in_the_response_code_table():
    """Each move with a code is a move of the table and the code has a meaning."""
    assert set(CODES) <= set(MOVES)
    assert set(CODES.values()) <= set(TABLE)


def test_every_open_visit_can_be_cancelled_and_can_expire():
    """A buyer is never stuck."""
    for state in WITH_BUYER:
        assert State.CANCELLED is move(state, Event.CANCEL)
        assert State.EXPIRED is move(state, Event.EXPIRE)


def test_the_diagram_of_the_readme_is_drawn_from_the_table():
    """The picture cannot lie."""
    readme = Path(emulators.fpx.__path__[0]) / "README.md"

    assert diagram() in readme.read_text()
