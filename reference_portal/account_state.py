"""How an account comes to be: the guide's steps L03 to L07 as states.

An account begins as what somebody typed. The one-time password proves the phone (L04), opening the link proves the
mailbox (L06), and only the two secrets make it an account that can sign in (L07). Until then it may be begun again, so
that a wrong address typed once does not shut a person out; when, and by whom, `claims.py` says. A new link may be sent,
and opened, as long as the secrets are not set.
"""

from __future__ import annotations

from enum import StrEnum

from reference_portal.errors import IllegalMove


class AccountState(StrEnum):
    """What an account waits for."""

    AWAITING_OTP = "AWAITING_OTP"
    AWAITING_LINK = "AWAITING_LINK"
    AWAITING_SECRETS = "AWAITING_SECRETS"
    ACTIVE = "ACTIVE"


class AccountEvent(StrEnum):
    """What the applicant did."""

    CONFIRM_MOBILE = "CONFIRM_MOBILE"
    OPEN_LINK = "OPEN_LINK"
    SET_SECRETS = "SET_SECRETS"


_S, _E = AccountState, AccountEvent

MOVES: dict[tuple[AccountState, AccountEvent], AccountState] = {
    (_S.AWAITING_OTP, _E.CONFIRM_MOBILE): _S.AWAITING_LINK,
    (_S.AWAITING_LINK, _E.OPEN_LINK): _S.AWAITING_SECRETS,
    (_S.AWAITING_SECRETS, _E.OPEN_LINK): _S.AWAITING_SECRETS,
    (_S.AWAITING_SECRETS, _E.SET_SECRETS): _S.ACTIVE,
}


def move(state: AccountState, event: AccountEvent) -> AccountState:
    """The state after `event`; IllegalMove when the table has no such row."""
    try:
        return MOVES[state, event]
    except KeyError:
        raise IllegalMove(f"{event} is not allowed for an account in {state}") from None
