"""Every fault of the catalogue, met by a merchant that keeps books: what is on the wire, and what may be believed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from cryptography.exceptions import InvalidSignature
from flask import Flask, request

from emulators.foundation.serving import Server
from emulators.fpx.misbehaviour import Misbehaviour
from emulators.fpx.outcomes.catalogue import CATALOGUE
from emulators.fpx.outcomes.stages import Stage
from emulators.fpx.response_codes import CODES
from tests.emulators.fpx.conftest import Buyer


@dataclass
class Books:
    """A merchant that believes an AC only when it is whole, genuine and about the amount it asked for."""

    merchant: Any = None
    amounts: dict[str, str] = field(default_factory=dict)
    orders: dict[str, str] = field(default_factory=dict)
    arrived: list[tuple[str, str]] = field(default_factory=list)
    """Order number and answer of each direct AC, as they came."""

    def take(self, ac: dict[str, str]) -> str:
        """Book an AC if it can be believed; the answer to it."""
        order = ac.get("fpx_sellerExOrderNo", "")
        try:
            believed = self.merchant.believes(ac) and ac["fpx_txnAmount"] == self.amounts[order]
        except (KeyError, InvalidSignature):
            believed = False
        if not believed:
            return "NOK"
        code = ac["fpx_debitAuthCode"]
        if self.orders.get(order) != "paid":
            self.orders[order] = "paid" if code == "00" else "pending" if code in ("09", "99") else "failed"
        return "OK"

    def answers(self, order: str) -> list[str]:
        """What the direct ACs of an order were answered."""
        return [said for known, said in self.arrived if known == order]


@pytest.fixture(name="till", scope="module")
def _till(open_desk: Callable[..., Any]) -> Iterator[tuple[Any, Books]]:
    """A room whose courier works, and a merchant's direct address on a real socket; the clock is held."""
    books, app, server = Books(), Flask("books"), Server("127.0.0.1", 0)

    @app.post("/direct")
    def direct() -> str:
        order = request.form.get("fpx_sellerExOrderNo", "")
        said = books.take(request.form.to_dict())
        books.arrived.append((order, said))
        return said

    server.serve(app)
    desk = open_desk()
    books.merchant = desk.merchant
    assert desk.merchant.introduce(direct_url=f"{server.url}/direct").status_code == 200
    courier = desk.room.workers[0]
    courier.start()
    yield desk, books
    courier.stop()
    server.stop()


@dataclass
class Sale:
    """One order of the till, from AR to what the books say."""

    desk: Any
    books: Books
    until: Callable[..., Any]
    ar: dict[str, str]
    buyer: Any
    indirect: str | None = None

    @property
    def order(self) -> str:
        """The exchange's order number."""
        return self.ar["fpx_sellerExOrderNo"]

    @property
    def txn_id(self) -> str:
        """The payment's id."""
        return str(self.books.merchant.enquire(self.ar)["fpx_fpxTxnId"])

    def pay(self) -> None:
        """Confirm at the bank and go back to the merchant, where the page has a way."""
        self.buyer.sign_in()
        self.buyer.confirm()
        if "Continue with Transaction" in self.buyer.text:
            address, ac = self.buyer.form("Continue with Transaction")
            if address.startswith("/bank/"):
                passed_on = self.buyer.http.post(f"{self.buyer.fpx}{address}", data=ac)
                assert (passed_on.status_code, passed_on.headers["Location"]) == (307, "http://shop.invalid/indirect")
            self.indirect = self.books.take(ac)

    def letters(self) -> list[dict[str, Any]]:
        """The payment's direct ACs as the console's API tells of them."""
        told = self.desk.merchant.http.get(f"{self.desk.merchant.fpx}/api/v1/transactions/{self.known_id}").json()
        return list(told["callbacks"])

    def quiet(self) -> bool:
        """Nothing that is due is still to be delivered."""
        now = self.desk.room.clock.now().timestamp()
        waiting = [letter for letter in self.letters() if letter["state"] in ("owed", "claimed")]
        return not [letter for letter in waiting if letter["state"] == "claimed" or letter["due"] <= now]

    @property
    def known_id(self) -> str:
        """The payment's id as the bank's page shows it, without an enquiry."""
        return str(self.buyer.page.text.partition("ID transaksi FPX</dt><dd>")[2][:16])

    def delivered(self, seconds: float = 0) -> list[str]:
        """The answers to all direct ACs that are due after so many seconds more."""
        self.desk.later(seconds)
        self.until(self.quiet, f"nothing is due for {self.order}")
        return self.books.answers(self.order)


@pytest.fixture(name="sell")
def _sell(till: tuple[Any, Books], until: Callable[..., Any]) -> Callable[..., Sale]:
    """`sell("direct-lost")`: an order whose AR asks for that in the header."""

    def sell(asked: str = "", **changes: str) -> Sale:
        desk, books = till
        ar = desk.ar(**changes)
        books.amounts[ar["fpx_sellerExOrderNo"]] = ar["fpx_txnAmount"]
        buyer = Buyer(desk.merchant.http, desk.merchant.fpx)
        headers = {"Accept": "text/html", **({"X-Sandbox-Fault": asked} if asked else {})}
        at = f"{buyer.fpx}/FPXMain/seller2DReceiver.jsp"
        buyer.page = buyer.http.post(at, data=ar, headers=headers, follow_redirects=True)
        return Sale(desk, books, until, ar, buyer)

    return sell


def told(desk: Any, kind: str, ref: str) -> list[dict[str, Any]]:
    """The facts of the journal's entries of one kind about one payment or order."""
    entries: list[dict[str, Any]] = []
    while page := desk.room.journal(entries[-1]["id"] if entries else 0, 1000):
        entries += page
    return [entry["facts"] for entry in entries if (entry["kind"], entry["ref"]) == (kind, ref)]


ON_THE_WIRE = [
    # asked for, answers to the direct ACs at once and ten minutes later, answer to the indirect AC, then what AE finds
    ("", ["OK"], ["OK"], "OK", "paid"),
    ("code-00", ["OK"], ["OK"], "OK", "paid"),
    ("code-51", ["OK"], ["OK"], "OK", "failed"),
    ("code-09", ["OK"], ["OK"], "OK", "pending"),
    ("pending-then-paid; enquiries=1", ["OK"], ["OK"], "OK", "paid"),
    ("pending-then-failed; enquiries=1; code=57", ["OK"], ["OK"], "OK", "failed"),
    ("pending-for-good", ["OK"], ["OK"], "OK", "pending"),
    ("debited-callback-lost", [], [], None, "paid"),
    ("direct-lost", [], [], "OK", "paid"),
    ("direct-delayed; seconds=300", [], ["OK"], "OK", "paid"),
    ("direct-twice; seconds=5", ["OK"], ["OK", "OK"], "OK", "paid"),
    ("direct-repeated; times=4; seconds=0", ["OK"] * 4, ["OK"] * 4, "OK", "paid"),
    ("direct-after-indirect; seconds=3", [], ["OK"], "OK", "paid"),
    ("direct-altered-amount", ["NOK"], ["NOK"], "OK", "paid"),
    ("direct-wrong-amount; genuine_after=5", ["NOK"], ["NOK", "OK"], "OK", "paid"),
    ("direct-bad-signature", ["NOK"], ["NOK"], "OK", "paid"),
    ("direct-retired-certificate", ["NOK"], ["NOK"], "OK", "paid"),
    ("direct-missing-field", ["NOK"], ["NOK"], "OK", "paid"),
    ("direct-forged, code-51", ["NOK"], ["NOK", "OK"], "OK", "failed"),
    ("browser-never-returns", ["OK"], ["OK"], None, "paid"),
    ("indirect-altered-amount", ["OK"], ["OK"], "NOK", "paid"),
    ("indirect-bad-signature", ["OK"], ["OK"], "NOK", "paid"),
    ("indirect-retired-certificate", ["OK"], ["OK"], "NOK", "paid"),
    ("indirect-missing-field; field=fpx_txnAmount", ["OK"], ["OK"], "NOK", "paid"),
    ("indirect-forged, code-51, direct-lost", [], [], "NOK", "failed"),
]


@pytest.mark.parametrize(("asked", "now", "later", "indirect", "enquired"), ON_THE_WIRE)
def test_each_fault_is_on_the_wire_as_its_row_says_and_honest_books_end_true(
    sell, asked, now, later, indirect, enquired
):
    """Direct and indirect AC arrive, or not, as asked; whoever checks what arrives never books more than is true."""
    sale = sell(asked)
    before = sale.desk.room.totals()["debits"]["count"]
    sale.pay()
    first = sale.delivered()
    second = sale.delivered(600)
    believed = sale.books.orders.get(sale.order, "pending")
    truth = sale.books.merchant.enquire(sale.ar)
    sale.books.take(truth)
    debited = sale.desk.room.totals()["debits"]["count"] - before

    assert (now, later, indirect) == (first, second, sale.indirect)
    assert believed in ("pending", enquired)
    assert enquired == sale.books.orders[sale.order]
    assert debited == (1 if enquired == "paid" else 0)


def test_the_table_above_leaves_no_fault_of_a_payment_out():
    """A new row of the catalogue needs a line on the wire."""
    met = {name.partition(";")[0].strip() for line in ON_THE_WIRE for name in line[0].split(",")}
    named = {row.name for row in CATALOGUE if row.stage in (Stage.BANK, Stage.DIRECT, Stage.RETURN)}

    assert {name for name in named - met if name.removeprefix("code-") not in CODES} == set()


def test_every_response_code_can_be_brought_about(open_desk):
    """As debitAuthCode of the bank's answer, by the buyer's user id: the whole table, one payment each."""
    desk = open_desk(tac_asked=False)
    buyer = desk.room.app.test_client()
    for code in CODES:
        visit = buyer.post("/FPXMain/seller2DReceiver.jsp", data=desk.ar()).headers["Location"]
        buyer.post(f"{visit}/sign-in", data={"CardNum": f"sandbox:code-{code}", "HPin": "1234"})
        buyer.post(f"{visit}/confirm", data={"account": "1234-01"})
    owed = [entry["facts"]["code"] for entry in desk.room.journal(0, 1000) if entry["kind"] == "AC owed"]

    assert owed == list(CODES)
    assert desk.room.totals()["debits"]["count"] == 1


@pytest.mark.parametrize(
    ("change", "card", "door"),
    [
        ({"txnAmount": "704.07"}, "1234", "txnAmount"),
        ({"buyerName": "sandbox:debited-callback-lost"}, "1234", "buyerName"),
        ({"buyerEmail": "sandbox+debited-callback-lost@example.com"}, "1234", "buyerEmail"),
        ({}, "sandbox:debited-callback-lost", "CardNum"),
    ],
)
def test_a_magic_value_asks_for_money_debited_and_callback_lost(desk, change, card, door):
    """One name through every value a buyer or a merchant can type: approved, nothing sent, the journal says why."""
    ar, buyer = desk.arrive(**change)
    buyer.sign_in(card)
    buyer.confirm()

    assert "Continue with Transaction" not in buyer.text
    assert desk.merchant.enquire(ar)["fpx_debitAuthCode"] == "00"
    struck = told(desk, "fault", desk.merchant.enquire(ar)["fpx_fpxTxnId"])
    assert {(facts["fault"], facts["door"]) for facts in struck} == {("debited-callback-lost", door)}
    assert {facts["stage"] for facts in struck} == {"bank", "direct", "return"}


def test_doors_win_in_the_documented_order_and_stages_do_not_compete(desk):
    """Chooser before user id before header before name before e-mail before amount before plan before habit."""
    http, fpx = desk.merchant.http, desk.merchant.fpx
    plan = http.post(f"{fpx}/_control/faults", json={"name": "code-90"}).json()["id"]
    values = {"buyerName": "sandbox:code-85", "buyerEmail": "sandbox:code-79", "txnAmount": "958.07"}

    def outcome(header: str = "", card: str = "1234", chosen: str = "", **kept: str) -> str:
        ar = desk.ar(**({"buyerBankId": "TEST0022"} | kept))
        at = f"{fpx}/FPXMain/seller2DReceiver.jsp"
        buyer = Buyer(http, fpx)
        headers = {"Accept": "text/html", **({"X-Sandbox-Fault": header} if header else {})}
        buyer.page = http.post(at, data=ar, headers=headers, follow_redirects=True)
        if chosen:
            buyer.press("Pilih", name=chosen)
        buyer.sign_in(card)
        buyer.confirm()
        return buyer.code

    assert outcome("code-53", "sandbox:code-20", "code-14", **values) == "14"
    assert outcome("code-53", "sandbox:code-20", **values) == "20"
    assert outcome("code-53", **values) == "53"
    assert outcome(**values) == "85"
    assert outcome(**values | {"buyerName": "Aminah"}) == "79"
    assert outcome(txnAmount="958.07") == "58"
    assert outcome() == "90"
    http.delete(f"{fpx}/_control/faults/{plan}")
    assert outcome(card="5757") == "51"
    assert outcome(card="5757", buyerBankId="UJIAN001") == "57"
    assert outcome(chosen="direct-lost", txnAmount="951.07") == "51"


def test_a_buyer_who_cancels_is_told_of_though_a_silence_was_asked_for(desk):
    """`debited-callback-lost` is about money debited: without a debit the AC goes out and the page has its way back."""
    ar, buyer = desk.arrive(txnAmount="704.07")
    buyer.press("Cancel")
    txn_id = desk.merchant.enquire(ar)["fpx_fpxTxnId"]
    (letter,) = desk.merchant.http.get(f"{desk.merchant.fpx}/api/v1/transactions/{txn_id}").json()["callbacks"]

    assert (buyer.code, letter["state"], letter["fault"]) == ("1C", "owed", "")


def test_magic_amounts_can_be_ordinary_amounts(open_desk):
    """With the setting off, RM 704.07 is a payment like any other."""
    desk = open_desk(magic_amounts=False)
    _, buyer = desk.arrive(txnAmount="704.07")

    assert buyer.pay()["fpx_debitAuthCode"] == "00"


def test_what_was_asked_survives_a_restart(open_desk):
    """Asked before, done after: the decision, the way back, and the enquiries already counted."""
    first = open_desk()
    ar, buyer = first.arrive(
        buyerName="sandbox:browser-never-returns", buyerEmail="sandbox:pending-then-failed; enquiries=3; code=1k"
    )
    again = open_desk(first.world.data_dir)
    again.room.clock.set(first.room.clock.now())
    buyer.http = again.merchant.http
    buyer.sign_in()
    buyer.confirm()

    assert "no-way-back" in buyer.page.text
    assert [again.merchant.enquire(ar)["fpx_debitAuthCode"] for _ in range(2)] == ["09", "09"]
    third = open_desk(first.world.data_dir)
    assert [third.merchant.enquire(ar)["fpx_debitAuthCode"] for _ in range(2)] == ["1K", "1K"]


def test_the_chooser_shows_what_is_asked_and_takes_it_back(desk):
    """On both pages of the bank; a choice for the same stage replaces, a blank one takes everything back."""
    _, buyer = desk.arrive(txnAmount="951.07")
    assert "<code>code-51</code> (txnAmount)" in buyer.page.text
    buyer.press("Pilih", name="direct-delayed", **{"with": "seconds=7"})
    assert "<code>direct-delayed</code> (bank page)" in buyer.page.text
    assert "saat 7" in buyer.text
    buyer.press("Pilih", name="code-1A")
    assert "code-51" not in buyer.page.text.partition("<form")[0]
    buyer.sign_in()
    assert "<code>code-1A</code> (bank page)" in buyer.page.text
    buyer.press("Pilih", name="")
    assert 'data-testid="asked"' not in buyer.page.text
    chooser = buyer.form("Pilih")[0]
    buyer.confirm()

    assert buyer.code == "00"
    assert buyer.post(chooser, {"name": "code-51"}).status_code == 200
    assert buyer.code == "00"
    assert buyer.post(chooser, {"name": "switch-slow"}).status_code == 400


def test_the_console_plans_lists_and_lifts(desk):
    """The form says what is wrong beside what was typed; a plan strikes once, is shown as spent, and can be lifted."""
    http, page = desk.merchant.http, f"{desk.merchant.fpx}/faults"
    wrong = {"name": "direct-delayed", "count": "1", "with": "minutes=3"}
    for field_name, value in (("count", "often"), ("probability", "2"), ("match", "AE"), ("with", "minutes=3")):
        answer = http.post(page, data=wrong | {field_name: value})
        assert (answer.status_code, f'value="{value}"' in answer.text) == (422, True)
    http.post(page, data={"name": "code-51", "count": "1", "match": "sellerOrderNo=NOT-*", "with": ""})
    planned = http.post(
        page, data={"name": "code-12", "count": "1", "seed": "7", "ttl_seconds": "60"}, follow_redirects=True
    )
    assert planned.text.count('data-testid="plan"') == 2 + 1  # two rows and the button
    _, buyer = desk.arrive()
    buyer.pay()
    assert buyer.code == "12"
    assert "habis" in http.get(page).text
    assert http.post(f"{page}/lift", data={}, follow_redirects=True).text.count('data-testid="lift"') == 0
    assert http.post(page, data={"name": "code-51"}, headers={"Origin": "http://elsewhere.invalid"}).status_code == 401


@pytest.mark.parametrize(
    ("path", "make"), [("sellerNVPTxnStatus.jsp", "ae"), ("RetrieveBankList", "be"), ("seller2DReceiver.jsp", "ar")]
)
def test_the_switch_answers_each_message_as_asked(desk, path, make):
    """5xx and ERROR by header, for this one request only, journalled with the message and the fault's name."""
    fields = desk.merchant.ae(desk.ar()) if make == "ae" else desk.merchant.be() if make == "be" else desk.ar()
    broken = desk.merchant.post(path, fields, **{"X-Sandbox-Fault": "switch-5xx; status=502"})
    errored = desk.merchant.post(path, fields, **{"X-Sandbox-Fault": "switch-error"})
    usual = desk.merchant.post(path, fields)

    assert (broken.status_code, broken.text) == (502, "")
    assert (errored.status_code, errored.text) == (200, "ERROR")
    assert usual.status_code in (200, 303)
    struck = told(desk, "fault", fields.get("fpx_sellerExOrderNo", ""))
    assert [(facts["fault"], facts["message"]) for facts in struck][-2:] == [
        ("switch-5xx", make.upper()),
        ("switch-error", make.upper()),
    ]


def test_a_header_that_cannot_mean_anything_here_is_refused(desk):
    """A typo, or a fault of the payment on an enquiry: told, and the message is not acted on."""
    typo = desk.merchant.post(
        "seller2DReceiver.jsp", desk.ar(), **{"X-Sandbox-Fault": "direct-lots", "Accept": "application/json"}
    )
    late = desk.merchant.post("sellerNVPTxnStatus.jsp", desk.merchant.ae(desk.ar()), **{"X-Sandbox-Fault": "code-51"})

    assert (typo.status_code, "direct-lost" in typo.json()["error"]) == (400, True)
    assert (late.status_code, "code-51" in late.text) == (400, True)


def test_the_switch_hangs_up_before_or_after_it_acted(running, merchant):
    """Over a real socket: the connection ends without an answer; `switch-answer-lost` has opened the payment."""
    for fault, opened in (("switch-hangs-up", "76"), ("switch-answer-lost", "09")):
        ar = merchant.ar()
        with pytest.raises(httpx.RemoteProtocolError):
            merchant.post("seller2DReceiver.jsp", ar, **{"X-Sandbox-Fault": fault})
        assert merchant.enquire(ar)["fpx_debitAuthCode"] == opened


def test_a_slow_answer_comes_and_does_not_hold_up_others_or_the_end(running, merchant):
    """A fraction of a second is waited for in real time; a long one is answered at once when the room closes."""
    began = time.monotonic()
    answer = merchant.post("RetrieveBankList", merchant.be(), **{"X-Sandbox-Fault": "switch-slow; seconds=0.2"})

    assert answer.text.startswith("fpx_msgToken=")
    assert 0.2 <= time.monotonic() - began < 5
    with ThreadPoolExecutor(1) as waiting:
        slow = {"X-Sandbox-Fault": "switch-slow; seconds=300"}
        late = waiting.submit(merchant.post, "RetrieveBankList", merchant.be(), **slow)
        next(worker for worker in running.room.workers if isinstance(worker, Misbehaviour)).stop()
        assert late.result(5).text.startswith("fpx_msgToken=")


def test_a_bank_goes_offline_for_the_list_and_for_an_ar(desk):
    """Status B for the one named, or for all; an AR to it is refused with BB while the plan lasts."""
    control = f"{desk.merchant.fpx}/_control/faults"
    one = desk.merchant.post(
        "RetrieveBankList", desk.merchant.be(), **{"X-Sandbox-Fault": "bank-offline; bank=UJIAN001"}
    )
    every = desk.merchant.post("RetrieveBankList", desk.merchant.be(), **{"X-Sandbox-Fault": "bank-offline"})
    desk.merchant.http.post(control, json={"name": "bank-offline", "count": 1, "match": {"message": "AR"}})

    assert "UJIAN001%7EB" in one.text
    assert "UJIAN002%7EA" in one.text
    assert "%7EA" not in every.text
    assert desk.refusal() == ("bank-status", "BB")
    assert desk.refusal() == ("", "")


def test_deliveries_that_are_lost_count_as_attempts(sell):
    """The third attempt of `deliveries=2` arrives when the schedule says so; the journal has all three attempts."""
    sale = sell("direct-lost; deliveries=2")
    sale.pay()

    assert (sale.delivered(), sale.delivered(2), sale.delivered(5)) == ([], [], ["OK"])
    attempts = told(sale.desk, "AC delivery", sale.known_id)
    assert [(a["number"], a["status"], a["verdict"]) for a in attempts] == [
        (1, 0, "to be sent again"),
        (2, 0, "to be sent again"),
        (3, 200, "acknowledged"),
    ]
    assert attempts[0]["answer"] == "lost on its way: direct-lost"
    assert attempts[0]["next_due"] > "2019-05-15T"
    assert attempts[2]["body"].startswith("fpx_debitAuthCode=00&")
    assert (attempts[2]["answer"], attempts[2]["fault"]) == ("OK", "direct-lost")
    assert 0 <= attempts[2]["milliseconds"] < 5000


def test_a_companys_payment_meets_the_fault_in_both_direct_acs(desk):
    """B2B1: the 99 and what the approver decides are sent alike; a bank asked for 99 submits."""
    ar, buyer = desk.arrive(msgToken="02", buyerName="sandbox:direct-twice, code-99")
    assert buyer.pay()["fpx_debitAuthCode"] == "99"
    txn_id = desk.merchant.enquire(ar)["fpx_fpxTxnId"]
    given = {"fpxTxnId": txn_id, "CardNum": "1234", "HPin": "1234", "decision": "approve"}
    desk.merchant.http.post(f"{desk.merchant.fpx}/bank/B2BAuth.jsp", data=given)
    callbacks = desk.merchant.http.get(f"{desk.merchant.fpx}/api/v1/transactions/{txn_id}").json()["callbacks"]

    assert desk.owed(ar) == ["99", "00"]
    assert len(callbacks) == 4


def test_a_direct_ac_is_sent_again_by_api_and_console_whatever_became_of_it(sell):
    """Lost, or answered OK long ago: it goes out once more as the payment stands, or spoiled when that is asked."""
    sale = sell("direct-lost")
    sale.pay()
    http, fpx = sale.desk.merchant.http, sale.desk.merchant.fpx
    said = http.post(f"{fpx}/_control/resend", json={"order_no": sale.ar["fpx_sellerOrderNo"]}).json()
    assert (said["resent"], said["code"]) == (sale.known_id, "00")
    sale.desk.room.workers[0].look_now()
    assert sale.delivered() == ["OK"]
    http.post(f"{fpx}/transactions/{sale.known_id}/resend")
    assert sale.delivered() == ["OK", "OK"]
    http.post(
        f"{fpx}/_control/resend",
        json={"fpx_txn_id": sale.known_id, "which": "direct", "fault": "direct-forged; genuine_after=0"},
    )

    assert sale.delivered() == ["OK", "OK", "NOK"]
    owed = told(sale.desk, "AC owed", sale.known_id)
    assert [(facts.get("resent", False), facts.get("fault", "")) for facts in owed] == [
        (False, "direct-lost"),
        (True, ""),
        (True, ""),
        (True, "direct-forged"),
    ]


@pytest.mark.parametrize(
    ("wish", "status"),
    [
        ({}, 400),
        ({"fpx_txn_id": "1", "order_no": "2"}, 400),
        ({"fpx_txn_id": 7}, 400),
        ({"order_no": "x", "to": "http://elsewhere.invalid"}, 400),
        ({"order_no": "NOBODYS"}, 404),
        ({"fpx_txn_id": "'; --"}, 404),
        ({"order_no": "TWICE"}, 400),
        ({"order_no": "OPEN"}, 409),
        ({"order_no": "OPEN", "which": "indirect"}, 400),
        ({"order_no": "OPEN", "fault": "code-51"}, 400),
    ],
)
def test_a_resend_that_cannot_be_says_why(desk, wish, status):
    """Which payment, which AC, which fault: never guessed; nothing is owed before the buyer is done."""
    desk.arrive(sellerOrderNo="TWICE")
    desk.arrive(sellerOrderNo="TWICE")
    if not desk.merchant.http.get(f"{desk.merchant.fpx}/api/v1/transactions?q=OPEN").json()["transactions"]:
        desk.arrive(sellerOrderNo="OPEN")
    answer = desk.merchant.http.post(f"{desk.merchant.fpx}/_control/resend", json=wish)

    assert answer.status_code == status
    assert len(answer.json()["error"]) > 20
