"""The life of one payment in the switch. Everything that moves a transaction is in this file's tables.

Theory of operation. An accepted AR (or AD) opens a transaction (RECEIVED) and hands its buyer over to the bank at once
(AT_BANK). The buyer signs in (SIGNED_IN), chooses an account (ACCOUNT_CHOSEN), gives the TAC (TAC_GIVEN) and confirms,
or cancels at any of these. Only a confirmation after the TAC debits the account, and no row leads from an end back to
the bank, so that a second click, the back button or a refresh finds no row and changes nothing. Another account than
the one chosen before asks for another TAC. A company's maker (B2B1) only submits (AUTHORISING, 99): the approver's act
debits. A bank that leaves its answer open makes the payment PENDING (09): an enquiry of the seller, later, settles it.
Every state that ends the buyer's visit owes the seller a direct AC; `settlement` writes both at once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from emulators.fpx.errors import IllegalMove


class State(StrEnum):
    """Where a payment stands."""

    RECEIVED = "RECEIVED"
    AT_BANK = "AT_BANK"
    SIGNED_IN = "SIGNED_IN"
    ACCOUNT_CHOSEN = "ACCOUNT_CHOSEN"
    TAC_GIVEN = "TAC_GIVEN"
    AUTHORISING = "AUTHORISING"
    PENDING = "PENDING"
    APPROVED = "APPROVED"
    DECLINED = "DECLINED"
    CANCELLED = "CANCELLED"
    EXPIRED = "EXPIRED"


class Event(StrEnum):
    """What can happen to a payment."""

    HAND_OVER = "HAND_OVER"
    FAIL_SIGN_IN = "FAIL_SIGN_IN"
    LOCK_OUT = "LOCK_OUT"
    SIGN_IN = "SIGN_IN"
    CHOOSE_ACCOUNT = "CHOOSE_ACCOUNT"
    FAIL_TAC = "FAIL_TAC"
    GIVE_TAC = "GIVE_TAC"
    CANCEL = "CANCEL"
    EXPIRE = "EXPIRE"
    END_SESSION = "END_SESSION"
    APPROVE = "APPROVE"
    DECLINE = "DECLINE"
    LEAVE_PENDING = "LEAVE_PENDING"
    SUBMIT = "SUBMIT"
    REJECT = "REJECT"
    SETTLE = "SETTLE"


_STAGES = {
    State.AT_BANK: ("1C", "1A"),
    State.SIGNED_IN: ("1F", "1D"),
    State.ACCOUNT_CHOSEN: ("1I", "1G"),
    State.TAC_GIVEN: ("1L", "1J"),
}
"""The codes of a cancel and of a time-out at each stage of the visit."""

WITH_BUYER = frozenset(_STAGES)
"""The buyer is at the bank: an enquiry is answered 09, and the visit ends by the clock."""

TIMED = WITH_BUYER | {State.AUTHORISING}
"""What ends by the clock when nobody acts."""

MOVES: dict[tuple[State, Event], State] = {
    (State.RECEIVED, Event.HAND_OVER): State.AT_BANK,
    (State.AT_BANK, Event.FAIL_SIGN_IN): State.AT_BANK,
    (State.AT_BANK, Event.LOCK_OUT): State.DECLINED,
    (State.AT_BANK, Event.SIGN_IN): State.SIGNED_IN,
    (State.SIGNED_IN, Event.CHOOSE_ACCOUNT): State.ACCOUNT_CHOSEN,
    (State.ACCOUNT_CHOSEN, Event.CHOOSE_ACCOUNT): State.ACCOUNT_CHOSEN,
    (State.ACCOUNT_CHOSEN, Event.FAIL_TAC): State.ACCOUNT_CHOSEN,
    (State.ACCOUNT_CHOSEN, Event.LOCK_OUT): State.DECLINED,
    (State.ACCOUNT_CHOSEN, Event.GIVE_TAC): State.TAC_GIVEN,
    (State.TAC_GIVEN, Event.CHOOSE_ACCOUNT): State.ACCOUNT_CHOSEN,
    (State.TAC_GIVEN, Event.APPROVE): State.APPROVED,
    (State.TAC_GIVEN, Event.LEAVE_PENDING): State.PENDING,
    (State.TAC_GIVEN, Event.SUBMIT): State.AUTHORISING,
    **{(stage, Event.DECLINE): State.DECLINED for stage in _STAGES},
    **{(stage, Event.CANCEL): State.CANCELLED for stage in _STAGES},
    **{(stage, Event.EXPIRE): State.EXPIRED for stage in _STAGES},
    **{(stage, Event.END_SESSION): State.EXPIRED for stage in _STAGES},
    (State.AUTHORISING, Event.APPROVE): State.APPROVED,
    (State.AUTHORISING, Event.DECLINE): State.DECLINED,
    (State.AUTHORISING, Event.REJECT): State.DECLINED,
    (State.AUTHORISING, Event.EXPIRE): State.EXPIRED,
    (State.PENDING, Event.SETTLE): State.APPROVED,
    (State.PENDING, Event.DECLINE): State.DECLINED,
}

CODES: dict[tuple[State, Event], str] = {
    (State.AT_BANK, Event.LOCK_OUT): "1B",
    (State.ACCOUNT_CHOSEN, Event.LOCK_OUT): "1H",
    **{(stage, Event.CANCEL): cancelled for stage, (cancelled, _) in _STAGES.items()},
    **{(stage, Event.EXPIRE): late for stage, (_, late) in _STAGES.items()},
    **{(stage, Event.END_SESSION): "1M" for stage in _STAGES},
    (State.TAC_GIVEN, Event.APPROVE): "00",
    (State.TAC_GIVEN, Event.SUBMIT): "99",
    (State.AUTHORISING, Event.APPROVE): "00",
    (State.AUTHORISING, Event.EXPIRE): "OF",
    (State.PENDING, Event.SETTLE): "00",
}
"""The debitAuthCode a move brings; a decline or an open answer brings its own, a rejection that of the settings."""


def move(state: State, event: Event) -> State:
    """The state `event` leads to.

    Raises:
        IllegalMove: the table has no such row; nothing was changed.
    """
    try:
        return MOVES[state, event]
    except KeyError:
        raise IllegalMove(f"{event} is not allowed for a transaction in {state}") from None


def diagram() -> str:
    """The table as a Mermaid state diagram, for the README."""
    rows = [f"    {old} --> {new}: {event}" for (old, event), new in MOVES.items()]
    return "\n".join(["stateDiagram-v2", "    [*] --> RECEIVED", *rows])


@dataclass(frozen=True)
class Transaction:
    """One payment as the switch knows it: what the AR asked, where it stands, what the bank said."""

    fpx_txn_id: str
    """yyMMddHHmmss and four digits; assigned when the AR is accepted (proved: an enquiry meanwhile shows it)."""
    fpx_txn_time: str
    session: str
    """The unguessable name of the buyer's visit, part of the bank page's address."""
    state: State
    received_at: str
    expires_at: float
    seller_ex_id: str
    seller_ex_order_no: str
    seller_id: str
    seller_order_no: str
    seller_txn_time: str
    msg_token: str
    amount_sen: int
    txn_currency: str
    buyer_bank_id: str
    buyer_email: str
    buyer_id: str
    buyer_iban: str
    product_desc: str
    version: str
    debit_auth_code: str = ""
    debit_auth_no: str = ""
    credit_auth_code: str = ""
    credit_auth_no: str = ""
    account_name: str = ""
    maker_name: str = ""
    card: str = ""
    wrong_sign_ins: int = 0
    enquiries: int = 0
    msg_type: str = "AR"
    """AR, or AD for an e-Mandate."""
    session_ends_at: float = 0.0
    """When the bank ends the visit, however busy the buyer is."""
    account: str = ""
    """The account chosen, by its number at the bank."""
    wrong_tacs: int = 0
    submitted: bool = False
    """Whether a company's maker has submitted it (B2B1)."""
    approver: str = ""
    """The user id that approved or rejected (B2B1)."""
    number_use: int = 0
    """How often the exchange had used its order number before, when the settings let it be used again."""
    asked: str = ""
    """What a tester asked of this payment, by whichever door (`outcomes.asked`); blank: nothing."""

    @property
    def amount(self) -> str:
        """The amount as the wire writes it: `157.20`."""
        return f"{self.amount_sen // 100}.{self.amount_sen % 100:02d}"

    @property
    def as_submitted(self) -> Transaction:
        """The payment as the maker's browser may tell of it: 99, though an approver (or the clock) decided since."""
        if not self.submitted:
            return self
        then = replace(self, state=State.AUTHORISING, debit_auth_code="99", debit_auth_no="")
        return replace(then, credit_auth_code="", credit_auth_no="")
