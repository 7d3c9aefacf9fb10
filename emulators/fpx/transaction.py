"""The life of one payment in the switch. Everything that moves a transaction is in this file's tables.

Theory of operation. An accepted AR opens a transaction (RECEIVED) and hands its buyer over to the bank at once
(AT_BANK). The buyer signs in (SIGNED_IN) and then confirms or cancels. Only the row (SIGNED_IN, APPROVE) debits the
account, and no row leads back to SIGNED_IN, so that a second click, the back button or a refresh finds no row and
changes nothing. A bank that leaves its answer open makes the payment PENDING (09): an enquiry of the seller, later,
settles it. Every state that ends the buyer's visit owes the seller a direct AC; `settlement` writes both at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from emulators.fpx.errors import IllegalMove


class State(StrEnum):
    """Where a payment stands."""

    RECEIVED = "RECEIVED"
    AT_BANK = "AT_BANK"
    SIGNED_IN = "SIGNED_IN"
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
    CANCEL = "CANCEL"
    EXPIRE = "EXPIRE"
    APPROVE = "APPROVE"
    DECLINE = "DECLINE"
    LEAVE_PENDING = "LEAVE_PENDING"
    SETTLE = "SETTLE"


MOVES: dict[tuple[State, Event], State] = {
    (State.RECEIVED, Event.HAND_OVER): State.AT_BANK,
    (State.AT_BANK, Event.FAIL_SIGN_IN): State.AT_BANK,
    (State.AT_BANK, Event.LOCK_OUT): State.DECLINED,
    (State.AT_BANK, Event.SIGN_IN): State.SIGNED_IN,
    (State.AT_BANK, Event.CANCEL): State.CANCELLED,
    (State.AT_BANK, Event.EXPIRE): State.EXPIRED,
    (State.SIGNED_IN, Event.CANCEL): State.CANCELLED,
    (State.SIGNED_IN, Event.EXPIRE): State.EXPIRED,
    (State.SIGNED_IN, Event.APPROVE): State.APPROVED,
    (State.SIGNED_IN, Event.DECLINE): State.DECLINED,
    (State.SIGNED_IN, Event.LEAVE_PENDING): State.PENDING,
    (State.PENDING, Event.SETTLE): State.APPROVED,
}

CODES: dict[tuple[State, Event], str] = {
    (State.AT_BANK, Event.LOCK_OUT): "1B",
    (State.AT_BANK, Event.CANCEL): "1C",
    (State.AT_BANK, Event.EXPIRE): "1A",
    (State.SIGNED_IN, Event.CANCEL): "1L",
    (State.SIGNED_IN, Event.EXPIRE): "1J",
    (State.SIGNED_IN, Event.APPROVE): "00",
    (State.SIGNED_IN, Event.LEAVE_PENDING): "09",
    (State.PENDING, Event.SETTLE): "00",
}
"""The debitAuthCode a move brings; a decline brings the code its trigger chose."""

WITH_BUYER = frozenset({State.AT_BANK, State.SIGNED_IN})
"""The buyer is at the bank: an enquiry is answered 09, and the visit ends by the clock."""


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
    asked: str = ""
    """What a tester asked of this payment, by whichever door (`outcomes.asked`); blank: nothing."""

    @property
    def amount(self) -> str:
        """The amount as the wire writes it: `157.20`."""
        return f"{self.amount_sen // 100}.{self.amount_sen % 100:02d}"
