"""Believing FPX: three ways in, any number of times, in any order; and nothing that is not its word about our order."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from reference_portal.errors import GatewayDown
from reference_portal.portal import Portal
from reference_portal.rules.order import OrderState
from tests.reference_portal.fakes import MORNING, FakeFpx, HeldClock, confirmation
from tests.reference_portal.visitor import Page, Visitor


@pytest.fixture(name="buyer")
def _buyer(visitor: Visitor) -> Visitor:
    """Somebody whose order is on its way: a year of plan 1."""
    visitor.have_an_order()
    visitor.send("/pay-by-fpx", bank="UJIAN001")
    return visitor


def direct(buyer: Visitor, code: str = "00", **changes: str) -> Page:
    """FPX posts the AC from server to server, without a cookie."""
    form = confirmation(buyer.order_number(), 157_20, code, buyer.portal.clock.now(), **changes)
    return Page(buyer.app.test_client().post("/fpx/direct", data=form))


def states(buyer: Visitor) -> list[OrderState]:
    """Of every order, newest first."""
    return [order.state for order in buyer.orders()]


ONE = {"paid_orders": {"count": 1, "sen": 157_20}, "receipts": {"count": 1, "sen": 157_20}}
NONE = {"paid_orders": {"count": 0, "sen": 0}, "receipts": {"count": 0, "sen": 0}}


def test_the_direct_message_alone_pays_the_order(buyer: Visitor) -> None:
    """`OK`, and nothing else, so that FPX stops sending; no cookie is set."""
    answer = direct(buyer)

    assert (answer.status, answer.text) == (200, "OK")
    assert "Set-Cookie" not in answer.answer.headers
    assert buyer.portal.totals() == ONE


def test_repeated_in_any_order_it_is_settled_once(buyer: Visitor) -> None:
    """Direct, indirect, direct, direct: `OK` each time, one receipt, one period of cover."""
    assert direct(buyer).text == "OK"
    assert buyer.come_back().testid("payment-status") == "BERJAYA"
    assert [direct(buyer).text for _ in range(2)] == ["OK", "OK"]

    assert buyer.portal.totals() == ONE
    assert len(buyer.open("/dashboard").find("//table//a[contains(@href, '/resit.pdf')]")) == 1


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"checkSum": "tampered"}, "the checksum is not FPX's"),
        ({"txnAmount": "1.00"}, "100 sen, but the order is over 15720"),
        ({"txnCurrency": "USD"}, "currency 'USD'"),
        ({"sellerExOrderNo": "SBX0"}, "exchange order number 'SBX0' is not the order's"),
        ({"sellerOrderNo": "SBX0"}, "no order 'SBX0'"),
    ],
)
@pytest.mark.parametrize("way", ["direct", "indirect"])
def test_what_is_not_about_our_order_changes_nothing_and_is_journalled(
    buyer: Visitor, changes: dict[str, str], reason: str, way: str
) -> None:
    """Forged, or genuine and about something else: no `OK`, a page in Malay, an entry that says why."""
    form = confirmation(buyer.order_number(), 157_20, when=MORNING, **changes)
    answer = Page(buyer.app.test_client().post(f"/fpx/{way}", data=form))

    assert answer.status == 400
    assert answer.text != "OK"
    assert states(buyer) == [OrderState.SENT]
    assert buyer.portal.totals() == NONE
    (entry,) = [entry for entry in buyer.portal.journal() if entry["kind"] == "ac.forged"]
    assert entry["facts"] == {"told_by": f"{way} AC", "reason": reason}


@pytest.mark.parametrize("form", [{}, {"fpx_checkSum": "x" * 5000}, {"fpx_sellerOrderNo": "é\x00'"}])
def test_nonsense_is_not_ok_and_no_error_of_ours(buyer: Visitor, form: dict[str, str]) -> None:
    """Whatever is posted; the number the sender claims is kept only if it can be one."""
    assert buyer.app.test_client().post("/fpx/direct", data=form).status_code == 400
    assert buyer.app.test_client().get("/fpx/direct").status_code == 405
    assert [entry["ref"] for entry in buyer.portal.journal() if entry["kind"] == "ac.forged"] == [""]


def test_a_success_after_a_failure_is_a_success(buyer: Visitor) -> None:
    """Money taken is money taken, however late it is told."""
    direct(buyer, "51")
    assert states(buyer) == [OrderState.FAILED]

    assert direct(buyer, "00").text == "OK"

    assert states(buyer) == [OrderState.PAID]
    assert buyer.portal.totals() == ONE


@pytest.mark.parametrize("code", ["51", "09", "1C", "76"])
def test_a_failure_after_the_success_changes_nothing(buyer: Visitor, code: str) -> None:
    """PAID is for ever; the message is genuine, so that it is acknowledged."""
    direct(buyer)

    assert direct(buyer, code).text == "OK"
    assert states(buyer) == [OrderState.PAID]


def test_many_at_once_settle_once(buyer: Visitor) -> None:
    """Eight threads bring the same AC; one receipt comes of it."""
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: direct(buyer).text, range(8)))

    assert answers == ["OK"] * 8
    assert buyer.portal.totals() == ONE


def test_receipt_numbers_have_no_gap_when_many_pay_at_once(somebody: Callable[[], Visitor]) -> None:
    """Six buyers, six threads: numbers 1 to 6 of the year."""
    buyers = [somebody().be_signed_in() for _ in range(6)]
    for buyer in buyers:
        buyer.apply()
        buyer.send("/pay-by-fpx", bank="UJIAN001")
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(direct, buyers))

    numbers = {
        entry["facts"]["receipt_number"]
        for entry in buyers[0].portal.journal(limit=1000)
        if entry["kind"] == "receipt.issued"
    }
    assert numbers == {f"SBX-SPS-2019-{number:07d}" for number in range(1, 7)}


def test_numbers_begin_anew_each_year(buyer: Visitor, held_clock: HeldClock) -> None:
    """By the year of payment."""
    held_clock.instant = held_clock.instant.replace(year=2020, month=1, day=1)

    direct(buyer)

    issued = [entry for entry in buyer.portal.journal(limit=1000) if entry["kind"] == "receipt.issued"]
    assert [entry["facts"]["receipt_number"] for entry in issued] == ["SBX-SPS-2020-0000001"]


def test_cover_starts_when_the_buyer_confirmed(buyer: Visitor, held_clock: HeldClock) -> None:
    """C-2, C-3: fpxTxnTime is when the buyer left for the bank; four minutes there are not sold as cover."""
    left = held_clock.now()
    held_clock.advance(minutes=4, seconds=12)
    form = confirmation(buyer.order_number(), 157_20, "00", left)
    buyer.app.test_client().post("/fpx/direct", data=form)
    held_clock.advance(minutes=1)
    page = Page(buyer.client.post("/fpx/indirect", data=form, follow_redirects=True))

    (order,) = buyer.orders()
    assert order.paid_at == left + timedelta(minutes=4, seconds=12)
    assert page.words.count("15 Mei 2019, 9:04:12 pagi") == 2  # paid, and cover starts


def test_a_late_word_costs_nobody_cover(buyer: Visitor, held_clock: HeldClock) -> None:
    """C-2: a message that was lost for hours keeps FPX's time."""
    paid = held_clock.now()
    held_clock.advance(hours=5)
    form = confirmation(buyer.order_number(), 157_20, "00", paid)
    buyer.app.test_client().post("/fpx/direct", data=form)

    (order,) = buyer.orders()
    assert order.paid_at == paid
    assert order.settled_at == paid + timedelta(hours=5)


def test_only_one_order_is_ever_open(buyer: Visitor, somebody: Callable[[], Visitor]) -> None:
    """Eight tabs send the form at once: one order, by constraint."""
    other = somebody().be_signed_in()
    token = other.token()
    cookie = other.client.get_cookie(other.app.config["SESSION_COOKIE_NAME"], domain="localhost")
    assert cookie

    def tab(_number: int) -> str:
        tab = Visitor(other.app, other.sms, other.mail, other.fpx)
        tab.client.set_cookie(cookie.key, cookie.value, domain="localhost")
        tab.token = lambda: token  # type: ignore[method-assign]  # one token, taken before the tabs race
        return tab.apply(follow=False).location or ""

    with ThreadPoolExecutor(8) as pool:
        places = list(pool.map(tab, range(8)))

    assert set(places) == {"/pay-by-fpx"}
    assert len(other.orders()) == 1


def test_a_restart_between_the_bank_and_the_message_loses_nothing(
    buyer: Visitor, make_portal: Callable[[], object], held_clock: HeldClock
) -> None:
    """What was handed over is stored; the message that comes after the restart finds its order."""
    number = buyer.order_number()
    restarted = make_portal()
    form = confirmation(number, 157_20, "00", held_clock.now())

    assert restarted.test_client().post("/fpx/direct", data=form).data == b"OK"  # type: ignore[attr-defined]
    assert buyer.portal.totals() == ONE


def test_until_the_certificate_of_fpx_is_here_nobody_can_tell(
    buyer: Visitor, fpx: FakeFpx, monkeypatch: pytest.MonkeyPatch
) -> None:
    """503 and no `OK`: FPX sends it again."""

    def unable(_form: object) -> None:
        raise GatewayDown("FPX", "no certificate")

    monkeypatch.setattr(fpx, "read_confirmation", unable)

    assert direct(buyer).status == 503
    assert states(buyer) == [OrderState.SENT]


def test_the_journal_names_nobody(buyer: Visitor, portal: Portal) -> None:
    """Orders and account ids, but no identity number, e-mail, phone or name."""
    direct(buyer)
    told = str(portal.journal(limit=1000))

    for private in (buyer.identity_number.replace("-", ""), buyer.email, "01100014567", "Ujian bin Contoh"):
        assert private not in told
