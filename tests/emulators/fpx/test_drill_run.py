"""Whole merchants against the whole room: an honest one passes the drill, one that believes everything does not."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature

from emulators.fpx.drill.scenarios import scenarios


@dataclass
class Honest:
    """A merchant as it should be: believes what FPX signed over its own orders, and asks when FPX is silent."""

    world: Any
    merchant: Any
    arrive: Callable[[dict[str, str]], Any]
    until: Callable[..., Any]
    orders: dict[str, str] = field(default_factory=dict)
    paid: set[str] = field(default_factory=set)

    def answer(self, ac: dict[str, str]) -> tuple[str, int]:
        """OK to a genuine AC of an order of its own over the order's amount."""
        known = self.orders.get(ac.get("fpx_sellerExOrderNo", "")) == ac.get("fpx_txnAmount")
        if not known or not self._signed(ac):
            return "NOT OK", 400
        if ac["fpx_debitAuthCode"] == "00":
            self.paid.add(ac["fpx_sellerExOrderNo"])
        return "OK", 200

    def order(self, **changes: str) -> Any:
        """The payment page: the bank list, then a browser that brings the AR."""
        model = changes.get("msgToken", "01")
        listed = self.merchant.post("RetrieveBankList", self.merchant.be(msgToken=model)).text
        assert "fpx_bankList=" in listed
        ar = self.merchant.ar(**changes)
        self.orders[ar["fpx_sellerExOrderNo"]] = ar["fpx_txnAmount"]
        buyer = self.arrive(ar)
        buyer.ar = ar
        return buyer

    def pay(self, card: str, **changes: str) -> Any:
        """An order whose buyer signs in as `card` and confirms."""
        buyer = self.order(**changes)
        buyer.sign_in(card)
        buyer.confirm()
        return buyer

    def ask(self, buyer: Any) -> str:
        """AE about the order; the code of the reply."""
        told = self.merchant.enquire(buyer.ar)
        assert self._signed(told)
        return str(told["fpx_debitAuthCode"])

    def later(self, seconds: float) -> None:
        """Time passes on the sandbox's clock, once what is due has been sent."""
        self.settled()
        self.world.clock.advance(timedelta(seconds=seconds))
        self.settled()

    def settled(self) -> None:
        """Nothing that is due now is still to be sent."""
        query = "SELECT count(*) FROM letters WHERE state = 'claimed' OR (state = 'owed' AND due <= ?)"

        def idle() -> bool:
            with closing(sqlite3.connect(self.world.data_dir / "fpx.sqlite3")) as store:
                now = self.world.clock.now().timestamp()
                return store.execute(query, (now,)).fetchone() == (0,)

        self.until(idle, "every callback that is due has been sent")

    def board(self) -> dict[str, dict[str, Any]]:
        """The drill's rows by id."""
        told = self.merchant.http.get(f"{self.merchant.fpx}/drill/EX00000789/report.json").json()
        return {row["id"]: row for row in told["scenarios"]}

    def _signed(self, ac: dict[str, str]) -> bool:
        try:
            return bool(self.merchant.believes(ac))
        except InvalidSignature:
            return False


@pytest.fixture(name="honest")
def _honest(running, merchant, arrive, until) -> Honest:
    running.clock.hold()
    honest = Honest(running, merchant, arrive, until)
    merchant.judge = honest.answer
    return honest


def test_an_honest_merchant_passes_the_whole_drill(honest, merchant):
    """Each scenario is brought about as the board says, and every one of them is passed, the optional ones too."""
    for card in ("1234", "sandbox:code-57", "5151", "sandbox:direct-twice", "sandbox:direct-lost; deliveries=1"):
        honest.pay(card)
    for fault in ("forged", "bad-signature", "altered-amount", "wrong-amount", "retired-certificate"):
        honest.pay(f"sandbox:direct-{fault}")
    honest.order().press("Cancel")
    late = honest.order()
    late.sign_in()
    late.press("Cancel")
    locked = honest.order()
    for _ in range(3):
        locked.sign_in("1234", "0000")
    honest.pay("sandbox:direct-after-indirect").press("Continue with Transaction")
    waiting = [honest.pay("0909"), honest.pay("sandbox:pending-then-failed")]
    lost = honest.pay("sandbox:debited-callback-lost")
    honest.pay("sandbox:browser-never-returns")
    honest.later(10)
    for buyer in (*waiting, *waiting, lost):
        honest.ask(buyer)
    abandoned = honest.order()
    assert honest.ask(abandoned) == "09"
    honest.later(700)
    abandoned.reload()
    assert merchant.enquire(merchant.ar())["fpx_debitAuthCode"] == "76"
    for decision in ("approve", "decline"):
        company = honest.pay("1234", msgToken="02")
        txn_id = honest.merchant.enquire(company.ar)["fpx_fpxTxnId"]
        address = f"{merchant.fpx}/transactions/{txn_id}/decide"
        assert merchant.http.post(address, data={"decision": decision, "code": "80"}).status_code == 303
    honest.settled()
    for wish in ({"publish": "next"}, {"switch": True}):
        assert merchant.http.post(f"{merchant.fpx}/_control/certificates", json=wish).status_code == 200
    honest.pay("1234")
    honest.settled()
    board = honest.board()

    assert {name: row["saw"] for name, row in board.items() if row["state"] not in ("passed",) and "saw" in row} == {}
    assert [name for name, row in board.items() if row["state"] != "passed"] == []
    assert merchant.http.get(f"{merchant.fpx}/drill/EX00000789/report.json").json()["passed"] is True


def test_a_merchant_that_believes_everything_is_seen_wrong(honest, merchant):
    """A forged AC answered OK was believed: the board says what was seen and what was expected."""
    merchant.judge = None
    for fault in ("forged", "bad-signature", "altered-amount", "retired-certificate"):
        honest.pay(f"sandbox:direct-{fault}")
    honest.settled()
    board = honest.board()

    for name in ("forged", "bad-signature", "altered-amount", "retired-certificate"):
        assert board[name]["state"] == "seen wrong"
        assert "answered OK, so it was believed" in board[name]["saw"]["english"]
        assert board[name]["expected"]["english"] == "any answer but OK"
    page = merchant.http.get(f"{merchant.fpx}/drill/EX00000789").text
    assert page.count('data-state="seen wrong"') == 4


def test_every_scenario_that_names_a_fault_names_one_of_the_catalogue(honest, merchant):
    """What the board tells an integrator to enter exists."""
    catalogue = merchant.http.get(f"{merchant.fpx}/_control/faults").json()["catalogue"]
    known = {row["name"] for row in catalogue}
    told = " ".join(scenario.how.english for scenario in scenarios())
    named = {word.partition("sandbox:")[2].rstrip(";,.") for word in told.split() if "sandbox:" in word}

    assert len(named) >= 10
    assert named <= known
