"""What a person is told of an order: by its state, and by the code FPX gave when it failed."""

from __future__ import annotations

from reference_portal.notices import Notice, Tone
from reference_portal.receipt_facts import ReceiptFacts
from reference_portal.rules.order import OPEN, OrderState, message_of
from reference_portal.storage.orders import Order


def notice_of(order: Order, facts: ReceiptFacts | None = None) -> Notice:
    """One sentence for the page of this order, whose receipt says `facts`."""
    if facts is not None and facts.cover_start is None:
        return Notice(Tone.WARNING, "E-PAY-11", {"hubungi": facts.contact, "pesanan": order.order_number})
    if order.state is OrderState.PAID:
        return Notice(Tone.SUCCESS, "I-PAY-S")
    if order.state in OPEN:
        return Notice(Tone.INFO, "I-PAY-P")
    if order.state is OrderState.CANCELLED:
        return Notice(Tone.ERROR, "E-PAY-03")
    if order.state is OrderState.TIMED_OUT:
        return Notice(Tone.ERROR, "E-PAY-04")
    return Notice(Tone.ERROR, message_of(order.debit_code or ""))


def shown_state(order: Order) -> OrderState:
    """The state a buyer is shown: an order FPX has not answered for is waiting, whether FPX said so or nothing."""
    return OrderState.PENDING if order.state is OrderState.SENT else order.state
