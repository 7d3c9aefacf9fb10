"""The delivery table is the only thing that moves a message."""

from __future__ import annotations

import itertools

import pytest

from emulators.sms.delivery import FINAL, MOVES, Event, IllegalMove, Status, move


@pytest.mark.parametrize(("status", "event"), list(itertools.product(Status, Event)))
def test_only_the_moves_of_the_table_happen(status: Status, event: Event) -> None:
    """Every pair is either in the table or refused by name."""
    if (status, event) in MOVES:
        assert move(status, event) is MOVES[status, event]
    else:
        with pytest.raises(IllegalMove, match=f"{event} cannot happen to a message that is {status}"):
            move(status, event)


@pytest.mark.parametrize("final", [Status.DELIVERED, Status.UNDELIVERED, Status.FAILED, Status.CANCELED])
def test_a_final_state_has_no_way_out(final: Status) -> None:
    """A message that is delivered, undelivered, failed or canceled stays so."""
    assert final in FINAL
    assert not [event for status, event in MOVES if status is final]


def test_every_state_can_be_reached() -> None:
    """No state of the enumeration is decoration."""
    assert set(Status) == {Status.SCHEDULED, Status.ACCEPTED, *MOVES.values()}
