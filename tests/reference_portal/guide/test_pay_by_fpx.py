"""L13: today's banks, one AR for one order, whatever is pressed how often."""

from __future__ import annotations

import pytest

from reference_portal.gateways.fpx import Bank
from reference_portal.rules.order import OrderState
from tests.reference_portal.fakes import FakeFpx
from tests.reference_portal.visitor import Page, Visitor


@pytest.fixture(name="buyer")
def _buyer(visitor: Visitor) -> Visitor:
    """Somebody whose order is placed."""
    visitor.have_an_order()
    return visitor


def request_of(page: Page) -> dict[str, str]:
    """The AR's fields in the self-posting form."""
    return {field.get("name"): field.get("value") for field in page.find("//form[@data-self-post]/input")}


def test_banks_are_listed_and_an_offline_one_cannot_be_chosen(buyer: Visitor) -> None:
    """Marked "(Offline)", as PayNet demands, and disabled."""
    page = buyer.open("/pay-by-fpx")

    assert page.find("//input[@name='bank' and not(@disabled)]/@value") == ["UJIAN001"]
    assert page.find("//input[@name='bank' and @disabled]/@value") == ["UJIAN003"]
    assert "Bank Ujian C (Offline)" in page.words
    assert page.find("//a[@href='http://fpx.invalid/terms']")


def test_paying_hands_the_browser_the_signed_request(buyer: Visitor) -> None:
    """A form that posts itself and has a button for those without scripts."""
    page = buyer.send("/pay-by-fpx", bank="UJIAN001")

    assert page.find("//form[@data-self-post]/@action") == ["http://fpx.invalid/ar"]
    assert page.find("//form[@data-self-post]//button")
    assert request_of(page) == {"fpx_sellerOrderNo": buyer.order_number(), "fpx_buyerBankId": "UJIAN001"}
    (order,) = buyer.orders()
    assert (order.state, order.bank_id, order.bank_name) == (OrderState.SENT, "UJIAN001", "Bank Ujian A")


def test_a_second_press_hands_over_the_very_same_request(buyer: Visitor) -> None:
    """Also with another bank chosen in another tab: one order is one FPX transaction."""
    buyer.fpx.banks = [*buyer.fpx.banks, *[type(buyer.fpx.banks[0])("CONTOH01", "Bank Contoh Nusa", True)]]
    first = request_of(buyer.send("/pay-by-fpx", bank="UJIAN001"))

    assert request_of(buyer.send("/pay-by-fpx", bank="UJIAN001")) == first
    assert request_of(buyer.send("/pay-by-fpx", bank="CONTOH01")) == first
    assert len(buyer.orders()) == 1


@pytest.mark.parametrize(
    ("bank", "message"),
    [
        (None, "Sila pilih satu pilihan."),
        ("", "Sila pilih satu pilihan."),
        ("UJIAN003", "Bank tidak tersedia buat masa ini."),
        ("LAIN0001", "Sila pilih satu pilihan."),
    ],
)
def test_a_bank_that_cannot_be_chosen_is_refused(buyer: Visitor, bank: str | None, message: str) -> None:
    """The order stays placed."""
    page = buyer.send("/pay-by-fpx", bank=bank)

    assert page.status == 422
    assert message in page.error("bank")
    assert [order.state for order in buyer.orders()] == [OrderState.PLACED]


def test_while_fpx_is_down_the_order_waits(buyer: Visitor, fpx: FakeFpx) -> None:
    """A sentence and a link, to GET and to POST; afterwards the payment goes on."""
    fpx.down = True
    for page in (buyer.open("/pay-by-fpx"), buyer.send("/pay-by-fpx", bank="UJIAN001")):
        assert page.status == 503
        assert "FPX tidak dapat dihubungi." in page.words

    fpx.down = False
    assert request_of(buyer.send("/pay-by-fpx", bank="UJIAN001"))


def test_an_order_that_was_sent_offers_its_status_and_the_same_bank(buyer: Visitor) -> None:
    """Coming back from the bank by the back button: no other bank can be chosen, nothing is paid twice."""
    buyer.send("/pay-by-fpx", bank="UJIAN001")
    page = buyer.open("/pay-by-fpx")

    assert "Jangan bayar semula." in page.words
    assert page.find("//button[normalize-space()='Semak status']")
    assert page.find("//button[normalize-space()='Teruskan ke bank']")
    assert page.find("//input[@type='radio']") == []


def test_a_pending_order_leads_to_its_page(buyer: Visitor) -> None:
    """There is nothing to do but to wait."""
    buyer.pay("09")

    assert buyer.open("/pay-by-fpx").testid("payment-status") == "MENUNGGU"
    assert buyer.send("/pay-by-fpx", bank="UJIAN001").testid("payment-status") == "MENUNGGU"


def test_without_an_order_it_leads_to_the_dashboard(visitor: Visitor) -> None:
    """Opened or posted out of order."""
    visitor.be_signed_in()

    assert visitor.open("/pay-by-fpx").name == "dashboard"
    assert visitor.send("/pay-by-fpx", bank="UJIAN001").name == "dashboard"


def test_an_order_given_up_in_another_window_is_paid_no_more(buyer: Visitor) -> None:
    """The page that was open still has its button; pressing it says why nothing was paid."""
    buyer.send("/pay-by-fpx/give-up")
    page = buyer.send("/pay-by-fpx", bank="UJIAN001")

    assert page.name == "dashboard"
    assert "Tiada pesanan yang menunggu bayaran" in page.words


def test_the_page_may_post_to_fpx_and_nowhere_else(buyer: Visitor) -> None:
    """The policy names FPX's address as the only other form target."""
    policy = buyer.look("/pay-by-fpx").answer.headers["Content-Security-Policy"]

    assert "form-action 'self' http://127.0.0.1:8010" in policy


@pytest.fixture(name="sent")
def _sent(buyer: Visitor, fpx: FakeFpx) -> Visitor:
    """Somebody whose order was sent to a bank that went offline, while another one came."""
    buyer.send("/pay-by-fpx", bank="UJIAN001")
    fpx.banks = [Bank("CONTOH01", "Bank Contoh Nusa", True), Bank("UJIAN001", "Bank Ujian A", False)]
    return buyer


def test_another_bank_can_be_chosen_once_fpx_says_that_it_never_saw_the_order(sent: Visitor, fpx: FakeFpx) -> None:
    """Still one order, with its number and its time, so that FPX takes whichever request comes first and no second."""
    (link,) = sent.open("/pay-by-fpx").find("//a[contains(., 'Pilih bank lain')]/@href")
    page = sent.open(link)
    assert page.find("//input[@name='bank' and not(@disabled)]/@value") == ["CONTOH01"]
    (before,) = sent.orders()

    page = sent.send("/pay-by-fpx", bank="CONTOH01", another=page.value("another"))

    (order,) = sent.orders()
    assert request_of(page) == {"fpx_sellerOrderNo": before.order_number, "fpx_buyerBankId": "CONTOH01"}
    assert (order.bank_id, order.state, order.sent_at) == ("CONTOH01", OrderState.SENT, before.sent_at)
    assert sent.come_back().testid("payment-status") == "BERJAYA"


@pytest.mark.parametrize("code", ["09", "00", "51"])
def test_an_order_fpx_knows_goes_to_no_other_bank(sent: Visitor, fpx: FakeFpx, code: str) -> None:
    """The buyer is at the bank in another tab, or was: nothing is sent, and the order keeps its bank."""
    fpx.answers = [code]
    page = sent.send("/pay-by-fpx", bank="CONTOH01", another="ya")

    assert page.status == 422
    assert "Jangan bayar semula." in page.words
    assert not page.find("//form[@data-self-post]")
    assert [order.bank_id for order in sent.orders()] == ["UJIAN001"]


def test_without_an_answer_of_fpx_no_other_bank_is_tried(sent: Visitor, fpx: FakeFpx) -> None:
    """Nobody can say that the first request did not arrive."""
    fpx.down = True
    page = sent.send("/pay-by-fpx", bank="CONTOH01", another="ya")

    assert page.status == 503
    assert "FPX tidak dapat dihubungi." in page.words
    assert [order.bank_id for order in sent.orders()] == ["UJIAN001"]


def test_an_offline_bank_cannot_be_the_other_one(sent: Visitor) -> None:
    """As on the first page."""
    sent.fpx.banks.append(Bank("UJIAN003", "Bank Ujian C", False))
    page = sent.send("/pay-by-fpx", bank="UJIAN003", another="ya")

    assert page.status == 422
    assert "Bank tidak tersedia buat masa ini." in page.error("bank")
