"""One contribution, two payments: prevented where the portal can, and said aloud where it cannot."""

from __future__ import annotations

import json

import pytest

from reference_portal.rules.order import OrderState
from tests.reference_portal.fakes import FakeFpx, HeldClock, confirmation
from tests.reference_portal.visitor import Page, Visitor


@pytest.fixture(name="buyer")
def _buyer(visitor: Visitor) -> Visitor:
    """Somebody whose order is on its way: a year of plan 1."""
    visitor.have_an_order()
    visitor.send("/pay-by-fpx", bank="UJIAN001")
    return visitor


def told(buyer: Visitor, number: str, code: str = "00") -> Page:
    """FPX says directly what became of an order."""
    form = confirmation(number, 157_20, code, buyer.portal.clock.now())
    return Page(buyer.app.test_client().post("/fpx/direct", data=form))


def kinds(buyer: Visitor, number: str) -> list[str]:
    """What the journal tells of an order."""
    return [entry["kind"] for entry in buyer.portal.journal(limit=1000) if entry["ref"] == number]


@pytest.fixture(name="twice")
def _twice(buyer: Visitor) -> str:
    """The number of an order that failed, was replaced by a paid one, and was approved after all."""
    first = buyer.order_number()
    told(buyer, first, "51")
    buyer.send(f"/receipt/{first}/retry")
    assert buyer.pay().testid("payment-status") == "BERJAYA"
    assert told(buyer, first).text == "OK"
    return first


def test_the_second_payment_is_booked_with_its_receipt(buyer: Visitor, twice: str) -> None:
    """Money taken is money taken: paid orders and receipts agree with what the banks debited."""
    both = {"count": 2, "sen": 2 * 157_20}

    assert [order.state for order in buyer.orders()] == [OrderState.PAID, OrderState.PAID]
    assert buyer.portal.totals() == {"paid_orders": both, "receipts": both}
    assert "order.paid_twice" in kinds(buyer, twice)


def test_it_buys_no_second_cover(buyer: Visitor, twice: str) -> None:
    """One period in the history; the renewal is open as after one payment."""
    page = buyer.open("/dashboard")

    assert len(page.find("//table//tbody/tr")) == 1
    assert "akan bermula" not in page.words.lower()
    assert buyer.open("/renew").name == "renew"


def test_the_person_is_told_wherever_they_look(buyer: Visitor, twice: str) -> None:
    """Receipt page, dashboard, PDF's rows and JSON: a second payment, to be refunded, and whom to ask."""
    page = buyer.open(f"/receipt/{twice}")
    assert page.testid("payment-status") == "BERJAYA"
    for words in (page.words, buyer.open("/dashboard").testid("paid-twice")):
        assert "bayaran kali kedua" in words
        assert "dipulangkan" in words
        assert "bantuan@iperkeso.sandbox.invalid" in words
        assert twice in words

    assert json.loads(buyer.open(f"/receipt/{twice}/resit.json").text)["cover"] is None
    assert buyer.look(f"/receipt/{twice}/resit.pdf").status == 200


def test_the_first_payment_is_shown_as_ever(buyer: Visitor, twice: str) -> None:
    """Nothing of the second one touches its receipt."""
    paid = buyer.orders()[0].order_number

    assert "kali kedua" not in buyer.open(f"/receipt/{paid}").words
    assert json.loads(buyer.open(f"/receipt/{paid}/resit.json").text)["cover"]["start"].startswith("2019-05-15T09:00")


def test_a_form_filled_in_anew_is_the_same_purchase(buyer: Visitor) -> None:
    """Given up, applied again with another plan, paid; then the old approval: no second cover either."""
    first = buyer.order_number()
    told(buyer, first, "1C")
    buyer.apply(plan="2")
    buyer.pay()

    assert told(buyer, first).text == "OK"
    assert "order.paid_twice" in kinds(buyer, first)
    assert len(buyer.open("/dashboard").find("//table//tbody/tr")) == 1


def test_an_order_that_has_not_left_is_withdrawn(buyer: Visitor) -> None:
    """The old order is paid while the new one waits for a bank: nothing is left to pay."""
    first = buyer.order_number()
    told(buyer, first, "51")
    buyer.send(f"/receipt/{first}/retry")
    told(buyer, first)

    assert [order.state for order in buyer.orders()] == [OrderState.CANCELLED, OrderState.PAID]
    assert "order.withdrawn" in kinds(buyer, buyer.order_number())
    assert buyer.open("/pay-by-fpx").name == "dashboard"
    assert "order.paid_twice" not in kinds(buyer, first)


def test_an_order_that_has_left_is_not_handed_over_again(buyer: Visitor) -> None:
    """Paid by the old order while the new one is at the bank: the page says not to pay, and a payment buys no cover."""
    first = buyer.order_number()
    told(buyer, first, "51")
    buyer.send(f"/receipt/{first}/retry")
    buyer.send("/pay-by-fpx", bank="UJIAN001")
    told(buyer, first)

    page = buyer.send("/pay-by-fpx", bank="UJIAN001")
    assert page.status == 422
    assert "Jangan bayar semula" in page.words
    assert not page.find("//form[@data-self-post]")

    second = buyer.order_number()
    told(buyer, second)
    assert "order.paid_twice" in kinds(buyer, second)


def test_a_renewal_is_no_double_payment(buyer: Visitor) -> None:
    """Another purchase, though an attempt before it came to nothing."""
    told(buyer, buyer.order_number())
    for code in ("51", "00"):
        assert buyer.send("/renew", plan="1", period="tahunan", declaration="ya").name == "pay_by_fpx"
        buyer.pay(code)

    assert "order.paid_twice" not in {entry["kind"] for entry in buyer.portal.journal(limit=1000)}
    assert len(buyer.open("/dashboard").find("//table//tbody/tr")) == 2


def test_an_order_is_kept_while_fpx_still_takes_its_ar(buyer: Visitor, held_clock: HeldClock) -> None:
    """Handed over anew after half an hour with the time of that hand-over: the hour starts again."""
    sent = buyer.orders()[0].sent_at
    held_clock.advance(minutes=10)
    assert buyer.send("/pay-by-fpx", bank="UJIAN001").find("//form[@data-self-post]")
    assert buyer.orders()[0].sent_at == sent

    held_clock.advance(minutes=30)
    buyer.sign_in()
    buyer.send("/choose-mode", mode="self_employed")
    assert buyer.send("/pay-by-fpx", bank="UJIAN001").find("//form[@data-self-post]")
    assert buyer.orders()[0].sent_at == held_clock.now()

    held_clock.advance(minutes=59)
    buyer.portal.reconciler.run_once()
    assert buyer.orders()[0].state is OrderState.SENT
    held_clock.advance(minutes=1)
    buyer.portal.reconciler.run_once()
    assert buyer.orders()[0].state is OrderState.TIMED_OUT


@pytest.mark.parametrize("answer", ["09", "00", "51"])
def test_what_fpx_knows_is_not_signed_anew(buyer: Visitor, fpx: FakeFpx, held_clock: HeldClock, answer: str) -> None:
    """A second AR for an order at the bank could be a second debit."""
    sent = buyer.orders()[0].sent_at
    fpx.answers = [answer]
    held_clock.advance(minutes=-1)

    page = buyer.send("/pay-by-fpx", bank="UJIAN001")

    assert page.status == 422
    assert "Jangan bayar semula" in page.words
    assert buyer.orders()[0].sent_at == sent


def test_while_fpx_cannot_be_asked_nothing_is_signed_anew(buyer: Visitor, fpx: FakeFpx, held_clock: HeldClock) -> None:
    """E-PAY-10, and the order stays as it was."""
    sent = buyer.orders()[0].sent_at
    fpx.down = True
    held_clock.advance(minutes=-1)

    assert "FPX tidak dapat dihubungi" in buyer.send("/pay-by-fpx", bank="UJIAN001").words
    assert buyer.orders()[0].sent_at == sent


def test_an_order_handed_over_anew_while_we_asked_is_not_given_up(buyer: Visitor, held_clock: HeldClock) -> None:
    """The answer was about the old AR; the new one is young."""
    before = buyer.orders()[0]
    held_clock.advance(minutes=-1)
    buyer.send("/pay-by-fpx", bank="UJIAN001")

    buyer.portal.settlement.expire(before)

    assert buyer.orders()[0].state is OrderState.SENT
