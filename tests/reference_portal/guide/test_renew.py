"""L16: the same person and work, a new period, documents that are good today."""

from __future__ import annotations

import pytest

from tests.reference_portal.fakes import HeldClock
from tests.reference_portal.visitor import Page, Visitor, paper


def renew(visitor: Visitor, **changes: object) -> Page:
    """Press **Hantar & bayar** on the renewal form, documents left as they are."""
    return visitor.send("/renew", **({"plan": "1", "period": "bulanan", "declaration": "ya"} | changes))


def come_again(visitor: Visitor) -> Visitor:
    """Sign in once more."""
    visitor.sign_in()
    visitor.send("/choose-mode", mode="self_employed")
    return visitor


@pytest.fixture(name="ended")
def _ended(visitor: Visitor, held_clock: HeldClock) -> Visitor:
    """Somebody whose monthly cover ended ten days ago."""
    visitor.be_signed_in()
    visitor.apply(period="bulanan")
    visitor.pay()
    held_clock.advance(days=41)
    return come_again(visitor)


def test_a_renewal_needs_no_upload_and_makes_a_new_receipt(ended: Visitor) -> None:
    """Another plan, the next number, cover from the moment of payment."""
    page = renew(ended, plan="2", period="tahunan")
    assert page.testid("amount") == "RM232.80"

    paid = ended.pay()

    assert paid.testid("payment-status") == "BERJAYA"
    assert "SBX-SPS-2019-0000002" in paid.words
    assert "25 Jun 2019, 9:00:00 pagi" in paid.words


def test_an_early_renewal_queues_and_only_one_may_wait(visitor: Visitor) -> None:
    """The new period starts the second after the present one; a second renewal is refused (E-COV-02)."""
    visitor.be_covered()
    renew(visitor)
    paid = visitor.pay()

    assert "15 Mei 2020, 12:00:00 pagi" in paid.words
    for page in (visitor.open("/renew"), renew(visitor)):
        assert page.name == "dashboard"
        assert "Anda sudah mempunyai caruman yang akan bermula pada 15 Mei 2020." in page.words


def test_before_the_first_contribution_it_is_shut(visitor: Visitor) -> None:
    """E-COV-01, to GET and to a forged post."""
    visitor.be_signed_in()

    for page in (visitor.open("/renew"), renew(visitor)):
        assert page.name == "dashboard"
        assert "Anda belum berdaftar. Sila klik Daftar dahulu." in page.words
    assert visitor.orders() == []


def test_a_document_that_has_ended_has_to_be_replaced(visitor: Visitor, held_clock: HeldClock) -> None:
    """The stored licence ended meanwhile: said beside it; a new one goes through."""
    visitor.be_signed_in()
    visitor.apply(period="bulanan", lesen_memandu_expiry="2019-06-01")
    visitor.pay()
    held_clock.advance(days=41)
    come_again(visitor)
    refused = renew(visitor)
    assert "Lesen Memandu telah tamat tempoh." in refused.error("lesen_memandu_expiry")

    assert renew(visitor, **paper("lesen_memandu", "SBX0000999")).name == "pay_by_fpx"


def test_the_form_shows_what_is_kept(ended: Visitor) -> None:
    """Last plan chosen, stored files named, numbers filled."""
    page = ended.open("/renew")

    assert page.find("//input[@name='plan' and @checked]/@value") == ["1"]
    assert "Telah disimpan: lesen_memandu.png" in page.words
    assert page.value("lesen_memandu_number") == "SBX0000123"
    assert "850312-17-***1" in page.words
    assert ended.identity_number not in page.text


@pytest.mark.parametrize(
    ("field", "typed"), [("plan", "9"), ("period", ""), ("declaration", None), ("declaration", "no")]
)
def test_what_is_missing_is_named(ended: Visitor, field: str, typed: str | None) -> None:
    """422 beside the field, no order."""
    page = renew(ended, **{field: typed})

    assert page.status == 422
    assert page.error(field)
    assert len(ended.orders()) == 1


def test_what_is_missing_is_named_with_the_documents(visitor: Visitor, held_clock: HeldClock) -> None:
    """Plan, licence and declaration in one answer, in the order of the page."""
    visitor.be_signed_in()
    visitor.apply(period="bulanan", lesen_memandu_expiry="2019-06-01")
    visitor.pay()
    held_clock.advance(days=41)
    page = renew(come_again(visitor), plan=None, declaration=None)

    links = page.find("//*[@data-testid='error-summary']//a/@href")
    assert links == ["#plan", "#lesen_memandu_expiry", "#declaration"]


def test_pressing_twice_makes_one_order(ended: Visitor) -> None:
    """As in the first contribution."""
    renew(ended)
    renew(ended)

    assert len(ended.orders()) == 2
