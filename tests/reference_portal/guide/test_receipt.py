"""L14: the order's page, the receipt after success and only then, for its owner and only them."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from reference_portal.rules.order import OrderState
from tests.reference_portal.fakes import FakeFpx, HeldClock
from tests.reference_portal.visitor import Page, Visitor


@pytest.fixture(name="buyer")
def _buyer(visitor: Visitor) -> Visitor:
    """Somebody whose order is placed."""
    visitor.have_an_order()
    return visitor


def test_success_offers_the_receipt(buyer: Visitor) -> None:
    """BERJAYA, the facts, the PDF and its twin."""
    page = buyer.pay()

    assert page.testid("payment-status") == "BERJAYA"
    assert page.find("//title/text()") == ["[SANDBOX] Resit Bayaran Caruman"]
    assert "850312-17-***1" in page.words
    assert "SBX-SPS-2019-0000001" in page.words
    (href,) = page.find("//a[normalize-space()='Muat turun resit']/@href")
    answer = buyer.client.get(href)
    assert answer.data.startswith(b"%PDF-")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="SBX-SPS-2019-0000001.pdf"'
    twin = buyer.client.get(href.replace(".pdf", ".json"))
    assert twin.headers["Content-Disposition"] == 'attachment; filename="SBX-SPS-2019-0000001.json"'
    facts = json.loads(twin.data)
    assert (facts["receipt_number"], facts["amount"]) == ("SBX-SPS-2019-0000001", "RM157.20")
    assert facts["cover"] == {"start": "2019-05-15T09:00:00+08:00", "end": "2020-05-14T23:59:59+08:00"}


def test_the_receipt_is_the_same_to_the_byte_for_ever(
    buyer: Visitor, held_clock: HeldClock, make_portal: Callable[[], object]
) -> None:
    """A year and a restart later."""
    buyer.pay()
    path = f"/receipt/{buyer.order_number()}/resit"
    before = [buyer.client.get(f"{path}.{kind}").data for kind in ("pdf", "json")]

    held_clock.advance(days=365)
    buyer.app = make_portal()  # type: ignore[assignment]  # the fixture's type says less than it makes
    buyer.client = buyer.app.test_client()
    buyer.sign_in()

    assert [buyer.client.get(f"{path}.{kind}").data for kind in ("pdf", "json")] == before


@pytest.mark.parametrize(
    ("code", "status", "sentence"),
    [
        ("51", "GAGAL", "Bayaran ditolak: baki tidak mencukupi."),
        ("1C", "DIBATALKAN", "Bayaran dibatalkan."),
        ("OF", "TAMAT MASA", "Masa transaksi telah tamat."),
        ("1B", "GAGAL", "Bank tidak mengenali anda: log masuk atau TAC tidak betul."),
        ("1K", "GAGAL", "Akaun bank yang dipilih tidak boleh membuat bayaran ini."),
        ("XW", "GAGAL", "FPX tidak menerima bayaran ini daripada portal."),
        ("96", "GAGAL", "Bayaran tidak berjaya. Tiada amaun ditolak."),
        ("48", "GAGAL", "Had transaksi melebihi had bank anda."),
        ("09", "MENUNGGU", "Bayaran sedang diproses."),
        ("99", "MENUNGGU", "Bayaran sedang diproses."),
    ],
)
def test_anything_else_has_no_receipt(buyer: Visitor, code: str, status: str, sentence: str) -> None:
    """The status in a word, the reason in a sentence, 409 at the receipt's address."""
    page = buyer.pay(code)

    assert page.testid("payment-status") == status
    assert page.find("//title/text()") == ["[SANDBOX] Status bayaran"]
    assert sentence in page.words
    assert page.find("//a[normalize-space()='Muat turun resit']") == []
    for kind in ("pdf", "json"):
        refused = buyer.look(f"/receipt/{buyer.order_number()}/resit.{kind}")
        assert refused.status == 409
    assert buyer.portal.totals()["receipts"] == {"count": 0, "sen": 0}


@pytest.mark.parametrize("number", ["SBX0", "%00", "sbx'--", "A" * 300])
def test_a_number_that_cannot_be_one_is_not_found(buyer: Visitor, number: str) -> None:
    """404, without a question to the store."""
    assert buyer.look(f"/receipt/{number}").status == 404


@pytest.mark.parametrize("path", ["", "/resit.pdf", "/resit.json"])
def test_nobody_else_sees_anything_of_it(buyer: Visitor, somebody: Callable[[], Visitor], path: str) -> None:
    """404, as for an order that never was."""
    buyer.pay()
    other = somebody().be_signed_in()
    there, nowhere = (other.look(f"/receipt/{number}{path}") for number in (buyer.order_number(), "SBX0"))

    assert there.status == nowhere.status == 404
    assert there.words == nowhere.words
    assert "Halaman tidak dijumpai." in there.words
    assert other.send(f"/receipt/{buyer.order_number()}/check").status == 404
    assert other.send(f"/receipt/{buyer.order_number()}/retry").status == 404


def test_after_the_session_ended_the_way_leads_back_to_it(buyer: Visitor) -> None:
    """The bank's page may bring back a browser whose cookie is gone: log in, and the receipt is there."""
    buyer.send("/pay-by-fpx", bank="UJIAN001")
    buyer.client = buyer.app.test_client()
    assert buyer.come_back().name == "sign_in"
    assert buyer.portal.totals()["paid_orders"]["count"] == 1

    buyer.sign_in()
    assert buyer.send("/choose-mode", mode="self_employed").testid("payment-status") == "BERJAYA"


def test_checking_the_status_asks_fpx(buyer: Visitor, fpx: FakeFpx) -> None:
    """Pending, pending, then paid; each press is one enquiry (AE)."""
    fpx.answers = ["09", "00"]
    buyer.pay("09")
    check = f"/receipt/{buyer.order_number()}/check"

    assert [buyer.send(check).testid("payment-status") for _ in range(3)] == ["MENUNGGU", "BERJAYA", "BERJAYA"]
    assert len(fpx.asked) == 2


def test_each_press_is_answered_with_when_it_was_checked(buyer: Visitor, fpx: FakeFpx, held_clock: HeldClock) -> None:
    """Asked at once, not again within five seconds, then again; the page says when and how soon."""
    fpx.answers = ["09"]
    buyer.pay("09")
    check = f"/receipt/{buyer.order_number()}/check"
    before = buyer.open(f"/receipt/{buyer.order_number()}")
    assert "Disemak dengan FPX" in before.words

    first = buyer.send(check)
    held_clock.advance(seconds=2)
    second = buyer.send(check)
    assert "Disemak dengan FPX pada 15 Mei 2019, 9:00:00 pagi: bayaran masih menunggu." in first.words
    assert "Boleh disemak semula selepas 5 saat." in first.words
    assert "Disemak dengan FPX pada 15 Mei 2019, 9:00:00 pagi" in second.words
    assert "Boleh disemak semula selepas 3 saat." in second.words
    assert len(fpx.asked) == 1

    held_clock.advance(seconds=3)
    assert "9:00:05 pagi: bayaran masih menunggu" in buyer.send(check).words
    assert len(fpx.asked) == 2


def test_an_order_fpx_has_never_seen_can_be_continued(buyer: Visitor, fpx: FakeFpx) -> None:
    """76: the buyer left before the bank; the page says so and offers to go on."""
    buyer.send("/pay-by-fpx", bank="UJIAN001")
    page = buyer.send(f"/receipt/{buyer.order_number()}/check")

    assert page.testid("payment-status") == "MENUNGGU"
    assert "FPX belum menerima transaksi ini. Sila teruskan bayaran." in page.words
    assert page.find("//a[normalize-space()='Teruskan bayaran']/@href") == ["/pay-by-fpx"]


def test_a_check_while_fpx_is_down_is_a_sentence(buyer: Visitor, fpx: FakeFpx) -> None:
    """And the order is as it was."""
    buyer.pay("09")
    fpx.down = True

    assert "FPX tidak dapat dihubungi." in buyer.send(f"/receipt/{buyer.order_number()}/check").words
    assert [order.state for order in buyer.orders()] == [OrderState.PENDING]


def retried(buyer: Visitor, number: str) -> Page:
    """Press **Cuba lagi** on that order's page."""
    return buyer.send(f"/receipt/{number}/retry")


def test_trying_again_is_a_new_order_for_the_same_application(buyer: Visitor) -> None:
    """Its own number, the same plan; pressing twice makes one."""
    buyer.pay("51")
    failed = buyer.order_number()

    assert retried(buyer, failed).name == "pay_by_fpx"
    assert retried(buyer, failed).name == "pay_by_fpx"
    new, old = buyer.orders()
    assert old.order_number == failed
    assert (new.application_id, new.amount_sen) == (old.application_id, old.amount_sen)
    assert buyer.pay().testid("payment-status") == "BERJAYA"


def test_what_is_paid_is_not_tried_again(buyer: Visitor) -> None:
    """The failed attempt offers no button once its application is paid, and a forged post is refused."""
    buyer.pay("51")
    failed = buyer.order_number()
    retried(buyer, failed)
    buyer.pay()

    assert buyer.open(f"/receipt/{failed}").find("//button[normalize-space()='Cuba lagi']") == []
    assert retried(buyer, failed).name == "dashboard"
    assert retried(buyer, buyer.order_number()).name == "dashboard"
    assert len(buyer.orders()) == 2


def test_trying_again_later_needs_documents_that_are_still_good(buyer: Visitor, held_clock: HeldClock) -> None:
    """Judged on the day the button is pressed."""
    buyer.pay("51")
    failed = buyer.order_number()
    held_clock.advance(days=365 * 10)
    buyer.sign_in()
    buyer.send("/choose-mode", mode="self_employed")
    page = retried(buyer, failed)

    assert page.name == "dashboard"
    assert "telah tamat tempoh" in page.words
    assert len(buyer.orders()) == 1


def test_a_placed_order_leads_to_the_banks(buyer: Visitor) -> None:
    """Its page has nothing to say yet."""
    assert buyer.open(f"/receipt/{buyer.order_number()}").name == "pay_by_fpx"
