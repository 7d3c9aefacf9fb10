"""L11 and L15: what the panel offers, cover today, and the history."""

from __future__ import annotations

from tests.reference_portal.fakes import HeldClock
from tests.reference_portal.visitor import Page, Visitor


def offered(page: Page, label: str) -> bool:
    """Whether the link is there and can be followed."""
    return bool(page.find(f"//a[@href and normalize-space()='{label}']"))


def test_a_new_person_may_register_and_not_renew(visitor: Visitor) -> None:
    """BELUM MENCARUM; **Memperbaharui** is there, shut, with its reason."""
    page = visitor.be_signed_in().open("/dashboard")

    assert page.testid("cover-status") == "BELUM MENCARUM"
    assert offered(page, "Daftar")
    assert not offered(page, "Memperbaharui")
    assert "Anda belum berdaftar. Sila klik Daftar dahulu." in page.words
    assert "Belum ada caruman" in page.words


def test_a_covered_person_may_renew_and_not_register(visitor: Visitor) -> None:
    """AKTIF, both ends of the cover, and the receipt in the history."""
    page = visitor.be_covered().open("/dashboard")

    assert page.testid("cover-status") == "AKTIF"
    assert page.testid("cover-start") == "15 Mei 2019, 9:00:00 pagi"
    assert page.testid("cover-end") == "14 Mei 2020, 11:59:59 malam"
    assert not offered(page, "Daftar")
    assert offered(page, "Memperbaharui")
    file, details = page.find("//table//a/@href")
    assert visitor.look(file).answer.data.startswith(b"%PDF-")
    assert visitor.open(details).name == "receipt"


def test_an_order_not_paid_can_be_taken_up_again(visitor: Visitor) -> None:
    """**Teruskan bayaran** leads to the choice of bank."""
    visitor.be_signed_in()
    visitor.apply()
    page = visitor.open("/dashboard")

    (href,) = page.find("//a[normalize-space()='Teruskan bayaran']/@href")
    assert visitor.open(href).name == "pay_by_fpx"


def test_a_failed_attempt_is_listed_and_no_receipt(visitor: Visitor) -> None:
    """The history of cover stays empty; the attempt leads to its page."""
    visitor.be_signed_in()
    visitor.apply()
    visitor.pay("51")
    page = visitor.open("/dashboard")

    assert page.find("//table//a") == []
    assert "GAGAL" in page.testid("order")
    assert visitor.open(page.find("//*[@data-testid='order']//a/@href")[0]).testid("payment-status") == "GAGAL"


def test_statuses_follow_the_clock(visitor: Visitor, held_clock: HeldClock) -> None:
    """Thirty days before the end of a yearly cover, its last second, and the second after."""
    visitor.be_covered()
    seen = []
    for days, seconds in ((334, 0), (1, 0), (30, 14 * 3600 + 3599), (0, 60)):
        held_clock.advance(days=days, seconds=seconds)
        visitor.sign_in()
        visitor.send("/choose-mode", mode="self_employed")
        seen.append(visitor.open("/dashboard").testid("cover-status"))

    assert seen == ["AKTIF", "AKAN TAMAT", "AKAN TAMAT", "TAMAT TEMPOH"]


def test_a_gap_between_two_periods_is_shown(visitor: Visitor, held_clock: HeldClock) -> None:
    """Tiada perlindungan, with its first and last second."""
    visitor.be_signed_in()
    visitor.apply(period="bulanan")
    visitor.pay()
    held_clock.advance(days=40)
    visitor.sign_in()
    visitor.send("/choose-mode", mode="self_employed")
    visitor.send("/renew", plan="1", period="bulanan", declaration="ya")
    visitor.pay()

    words = visitor.open("/dashboard").words
    assert "Tiada perlindungan: 15 Jun 2019, 12:00:00 pagi hingga 24 Jun 2019, 8:59:59 pagi" in words


def test_nobody_sees_it_without_signing_in(visitor: Visitor) -> None:
    """And it is never kept by a browser or a proxy."""
    assert visitor.open("/dashboard").name == "sign_in"
    visitor.be_signed_in()
    assert visitor.look("/dashboard").answer.headers["Cache-Control"] == "no-store"
