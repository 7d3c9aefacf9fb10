"""An order's life, and what FPX's debit code means for it.

PLACED is written when **Hantar & bayar** is pressed, SENT when the signed AR is handed to the browser. From then on
only FPX knows: a confirmation (AC), an answer to our enquiry (AE's reply), or nothing until the order is too old.
Three truths shape the table. Money taken is money taken: an approval leads to PAID from every state, however late.
PAID is for ever: what comes after changes nothing. TIMED_OUT may be our own guess, so that whatever FPX says later is
believed over it.

Codes: FPX response codes, seven and more sources agree; 09 and 99 pending is PayNet's own receipt rule.
"""

from __future__ import annotations

from enum import StrEnum

from reference_portal.errors import IllegalMove


class OrderState(StrEnum):
    """Where an order stands."""

    PLACED = "PLACED"
    SENT = "SENT"
    PENDING = "PENDING"
    PAID = "PAID"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"
    TIMED_OUT = "TIMED_OUT"


class Event(StrEnum):
    """What can happen to an order."""

    SEND = "SEND"
    APPROVE = "APPROVE"
    PEND = "PEND"
    DECLINE = "DECLINE"
    CANCEL = "CANCEL"
    EXPIRE = "EXPIRE"
    NOT_FOUND = "NOT_FOUND"


_S, _E = OrderState, Event

MOVES: dict[tuple[OrderState, Event], OrderState] = {
    (_S.PLACED, _E.SEND): _S.SENT,
    (_S.PLACED, _E.APPROVE): _S.PAID,
    (_S.PLACED, _E.PEND): _S.PENDING,
    (_S.PLACED, _E.DECLINE): _S.FAILED,
    (_S.PLACED, _E.CANCEL): _S.CANCELLED,
    (_S.PLACED, _E.EXPIRE): _S.TIMED_OUT,
    (_S.PLACED, _E.NOT_FOUND): _S.PLACED,
    (_S.SENT, _E.SEND): _S.SENT,
    (_S.SENT, _E.APPROVE): _S.PAID,
    (_S.SENT, _E.PEND): _S.PENDING,
    (_S.SENT, _E.DECLINE): _S.FAILED,
    (_S.SENT, _E.CANCEL): _S.CANCELLED,
    (_S.SENT, _E.EXPIRE): _S.TIMED_OUT,
    (_S.SENT, _E.NOT_FOUND): _S.SENT,
    (_S.PENDING, _E.APPROVE): _S.PAID,
    (_S.PENDING, _E.PEND): _S.PENDING,
    (_S.PENDING, _E.DECLINE): _S.FAILED,
    (_S.PENDING, _E.CANCEL): _S.CANCELLED,
    (_S.PENDING, _E.EXPIRE): _S.TIMED_OUT,
    (_S.PENDING, _E.NOT_FOUND): _S.PENDING,
    (_S.TIMED_OUT, _E.APPROVE): _S.PAID,
    (_S.TIMED_OUT, _E.PEND): _S.PENDING,
    (_S.TIMED_OUT, _E.DECLINE): _S.FAILED,
    (_S.TIMED_OUT, _E.CANCEL): _S.CANCELLED,
    (_S.TIMED_OUT, _E.EXPIRE): _S.TIMED_OUT,
    (_S.TIMED_OUT, _E.NOT_FOUND): _S.TIMED_OUT,
    **{
        (state, event): _S.PAID if event is _E.APPROVE else state
        for state in (_S.PAID, _S.FAILED, _S.CANCELLED)
        for event in (_E.APPROVE, _E.PEND, _E.DECLINE, _E.CANCEL, _E.EXPIRE, _E.NOT_FOUND)
    },
}

OPEN = frozenset({_S.PLACED, _S.SENT, _S.PENDING})
"""States in which the outcome is not known: no second payment may be started."""

RETRYABLE = frozenset({_S.FAILED, _S.CANCELLED, _S.TIMED_OUT})
"""States from which **Cuba lagi** places a new order."""

APPROVED_CODE = "00"
PENDING_CODES = frozenset({"09", "99"})
NOT_FOUND_CODE = "76"
CANCEL_CODES = frozenset({"1C", "1F", "1I", "1L", "BC", "80"})
TIMEOUT_CODES = frozenset({"1A", "1D", "1G", "1J", "1M", "OF"})
NO_FUNDS_CODES = frozenset({"51"})
BANK_DOWN_CODES = frozenset({"31", "79", "90", "92", "BB", "OE"})
LIMIT_CODES = frozenset({"48", "49"})
WHO_CODES = frozenset({"1B", "1H"})
"""The bank did not recognise the buyer: wrong log-in or wrong TAC."""
ACCOUNT_CODES = frozenset({"14", "53", "57", "1E", "1K"})
"""The account the buyer chose cannot pay this."""
MERCHANT_CODES = frozenset(
    {
        *("03", "05", "12", "13", "20", "30", "39", "45", "46", "47", "50", "58", "70", "77", "78", "83", "84"),
        *("2A", "2X", "SB", "XA", "XB", "XC", "XE", "XF", "XI", "XM", "XN", "XO", "XS", "XT", "XW"),
    }
)
"""FPX would not take the payment as the portal sent it: nothing the buyer can mend."""
DISPUTED_CODES = frozenset({"87", "88", "89"})
"""Exception handling between the banks: nobody can promise the buyer that nothing was debited."""


def move(state: OrderState, event: Event) -> OrderState:
    """The state after `event`; IllegalMove when the table has no such row."""
    try:
        return MOVES[state, event]
    except KeyError:
        raise IllegalMove(f"{event} is not allowed for an order in {state}") from None


def event_of(debit_code: str) -> Event:
    """What a debitAuthCode says happened; a code nobody listed is a failure."""
    if debit_code == APPROVED_CODE:
        return Event.APPROVE
    if debit_code in PENDING_CODES:
        return Event.PEND
    if debit_code == NOT_FOUND_CODE:
        return Event.NOT_FOUND
    if debit_code in CANCEL_CODES:
        return Event.CANCEL
    if debit_code in TIMEOUT_CODES:
        return Event.EXPIRE
    return Event.DECLINE


_BUYERS_WORDS: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset({APPROVED_CODE}), "I-PAY-S"),
    (PENDING_CODES, "I-PAY-P"),
    (frozenset({NOT_FOUND_CODE}), "E-PAY-07"),
    (CANCEL_CODES, "E-PAY-03"),
    (TIMEOUT_CODES, "E-PAY-04"),
    (NO_FUNDS_CODES, "E-PAY-02"),
    (BANK_DOWN_CODES, "E-PAY-05"),
    (LIMIT_CODES, "E-PAY-06"),
    (WHO_CODES, "E-PAY-13"),
    (ACCOUNT_CODES, "E-PAY-14"),
    (MERCHANT_CODES, "E-PAY-15"),
    (DISPUTED_CODES, "E-PAY-08"),
)


def message_of(debit_code: str) -> str:
    """The code of the sentence that tells the buyer what became of the payment."""
    return next((message for codes, message in _BUYERS_WORDS if debit_code in codes), "E-PAY-01")
