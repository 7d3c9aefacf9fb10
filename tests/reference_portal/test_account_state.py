"""The states of an account: the table and nothing else."""

from __future__ import annotations

import itertools

import pytest

from reference_portal.account_state import MOVES, AccountEvent, AccountState, move
from reference_portal.errors import IllegalMove


def test_the_way_of_the_guide_leads_to_an_active_account() -> None:
    """L04, L06, L07 in their order."""
    state = AccountState.AWAITING_OTP
    for event in (AccountEvent.CONFIRM_MOBILE, AccountEvent.OPEN_LINK, AccountEvent.SET_SECRETS):
        state = move(state, event)

    assert state is AccountState.ACTIVE


@pytest.mark.parametrize(
    ("state", "event"),
    [pair for pair in itertools.product(AccountState, AccountEvent) if pair not in MOVES],
)
def test_any_other_move_is_refused(state: AccountState, event: AccountEvent) -> None:
    """Nothing skips a step, and an active account moves nowhere."""
    with pytest.raises(IllegalMove, match=f"{event} is not allowed for an account in {state}"):
        move(state, event)
