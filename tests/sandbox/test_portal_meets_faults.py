"""The portal against everything FPX can be asked to do to a payment: what the buyer sees, and what the books say.

Both rooms live in this process and speak over sockets; only the buyer's clicks on the portal go without one. All
payments are made first, each with its own faults; then FPX's messages come, time passes, and the portal asks.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from emulators.foundation.clock import Clock
from emulators.foundation.room import Room
from emulators.foundation.serving import Server
from emulators.fpx.app import create_room as create_fpx
from emulators.fpx.settings import FpxSettings
from features.bank import Bank
from features.browser import Browser
from features.errors import NobodyAnswers
from features.page import Page as Seen
from features.transport import HttpTransport, Response
from reference_portal.portal import Portal
from reference_portal.settings import PortalSettings
from sandbox.introduction import introduce
from sandbox.portal_room import create_room as create_portal
from tests.reference_portal.fakes import MORNING, FakeFpx, FakeMail, FakeSms
from tests.reference_portal.visitor import Visitor

NO_WAY_BACK, NOT_FOR_US, NO_BANK = "the bank has no way back", "the portal refuses it", "FPX does not answer"


@dataclass(frozen=True)
class Case:
    """Faults of one payment, and what must come of it."""

    faults: tuple[str, ...]
    back: str = "BERJAYA"
    """The status on the page the buyer comes back to, or why there is none."""
    heard: str = "PAID"
    """The order once FPX's own messages have come."""
    end: str = "PAID"
    """The order after the portal has asked for some minutes."""
    told: str = ""
    """A kind of entry the journal must have about it."""
    card: str = "1234"


SPOILED = ("altered-amount", "wrong-amount", "bad-signature", "retired-certificate", "missing-field", "forged")
CASES = (
    Case(()),
    Case((), card="5151", back="GAGAL", heard="FAILED", end="FAILED"),
    Case(("pending-then-paid",), back="MENUNGGU", heard="PENDING"),
    Case(("pending-then-failed",), back="MENUNGGU", heard="PENDING", end="FAILED"),
    Case(("pending-for-good",), back="MENUNGGU", heard="PENDING", end="PENDING"),
    Case(("code-99",), back="MENUNGGU", heard="PENDING"),
    Case(("debited-callback-lost",), back=NO_WAY_BACK, heard="SENT"),
    Case(("direct-lost",)),
    Case(("direct-lost", "browser-never-returns"), back=NO_WAY_BACK, heard="SENT"),
    Case(("direct-delayed", "browser-never-returns"), back=NO_WAY_BACK, heard="SENT"),
    Case(("direct-twice",), told="ac.repeated"),
    Case(("direct-repeated",), told="ac.repeated"),
    Case(("direct-after-indirect",)),
    Case(("direct-forged",), told="ac.forged"),
    *(Case((f"direct-{how}", "browser-never-returns"), back=NO_WAY_BACK, heard="SENT") for how in SPOILED[:-1]),
    Case(("browser-never-returns",), back=NO_WAY_BACK),
    *(Case((f"indirect-{how}",), back=NOT_FOR_US, told="ac.forged") for how in SPOILED if how != "wrong-amount"),
    Case(("indirect-forged",), card="5151", back=NOT_FOR_US, heard="FAILED", end="FAILED", told="ac.forged"),
    Case(("indirect-forged", "direct-lost"), card="5151", back=NOT_FOR_US, heard="SENT", end="FAILED"),
    *(Case((f"switch-{how}",), back=NO_BANK, heard="SENT", end="SENT") for how in ("5xx", "error", "hangs-up")),
    Case(("bank-offline",), back=NO_BANK, heard="SENT", end="SENT"),
    Case(("switch-answer-lost",), back=NO_BANK, heard="SENT", end="PENDING"),
)


class Rooms:
    """FPX and the portal, introduced to each other; the portal's reconciler works when it is told to."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock(folder / "clock.json", MORNING)
        self.clock.hold()
        fpx, portal = Server("127.0.0.1", 0), Server("127.0.0.1", 0)
        self.fpx = create_fpx(FpxSettings(data_dir=folder, port=fpx.port), self.clock, random.Random(1))
        self._servers = (portal, fpx)
        for worker in self.fpx.workers:
            worker.start()
        fpx.serve(self.fpx.app)
        settings = PortalSettings(
            data_dir=folder,
            public_url=portal.url,
            fpx_browser_url=fpx.url,
            fpx_server_url=fpx.url,
            password_hashing="fast",
        )
        self.room: Room = create_portal(settings, self.clock, random.Random(2))
        introduce(settings)
        portal.serve(self.room.app)
        self.portal: Portal = self.room.app.extensions["portal"]
        self.wire = HttpTransport()

    def plan(self, wish: dict[str, object]) -> None:
        """What POST /_control/faults does."""
        answer = self.fpx.app.test_client().post("/_control/faults", json=wish)
        assert answer.status_code == 200, answer.text

    def states(self) -> dict[str, str]:
        """Of every order, by its number."""
        with self.portal.database.read() as connection:
            return dict(connection.exec_driver_sql("SELECT order_number, state FROM orders").all())

    def close(self) -> None:
        """Everything, in order."""
        self.wire.close()
        for server in self._servers:
            server.stop()
        for worker in self.fpx.workers:
            worker.stop()
        self.room.close()
        self.fpx.close()


class Wire:
    """A buyer's browser: the portal in this process, FPX over its socket."""

    def __init__(self, client: FlaskClient, portal: str, fpx: HttpTransport) -> None:
        self._client, self._portal, self._fpx = client, urlsplit(portal).netloc, fpx

    def request(self, method: str, url: str, *, data: bytes | None, headers: Mapping[str, str], name: str) -> Response:
        """To whomever the address belongs."""
        place = urlsplit(url)
        if place.netloc != self._portal:
            return self._fpx.request(method, url, data=data, headers=headers, name=name)
        answer = self._client.open(f"{place.path}?{place.query}", method=method, data=data, headers=dict(headers))
        return Response(answer.status_code, url, {key.lower(): value for key, value in answer.headers}, answer.data)


class Buyer(Visitor):
    """Somebody who renews, with the faults of a case waiting for the payment."""

    def __init__(self, rooms: Rooms, case: Case, person: Mapping[str, str]) -> None:
        super().__init__(rooms.room.app, FakeSms(), FakeMail(), FakeFpx())
        self.case, self.identity_number = case, person["identity_number"]
        for fault in case.faults:
            rooms.plan({"name": fault, "count": 1, "match": {"buyerEmail": person["email"]}})
        self.send("/sign-in", follow=False, identity_number=self.identity_number)
        self.send("/sign-in-password", follow=False, password=person["password"])
        self.send("/choose-mode", follow=False, mode="self_employed")
        assert self.send("/renew", False, plan="1", period="tahunan", declaration="ya").location == "/pay-by-fpx"
        self.browser = Browser(Wire(self.client, self.portal.settings.public_url, rooms.wire))

    def choose_bank_and_pay(self) -> str:
        """From the chosen bank to the page the buyer comes back to: its status, or why there is none."""
        hand_over = self.client.post("/pay-by-fpx", data={"csrf_token": self.token(), "bank": "UJIAN001"})
        address = f"{self.portal.settings.public_url}/pay-by-fpx"
        self.browser.page = Seen(Response(200, address, {"content-type": "text/html"}, hand_over.data))
        return self.press_and_pay("Teruskan ke FPX")

    def press_and_pay(self, button: str) -> str:
        """The same from the page with that button on."""
        try:
            self.browser.press(button)
        except NobodyAnswers:
            return NO_BANK
        bank = Bank(self.browser)
        if self.browser.page.pressable("Sign in") is None:
            return NO_BANK
        bank.sign_in(self.case.card)
        bank.confirm()
        if self.browser.page.pressable("Continue with Transaction") is None:
            return NO_WAY_BACK
        page = bank.go_back_to_the_portal()
        return NOT_FOR_US if page.status == 400 else page.testid("payment-status") or page.text

    def look_at(self, path: str) -> str | None:
        """Open a page of the portal; the payment's status on it."""
        return self.browser.open(f"{self.portal.settings.public_url}{path}").testid("payment-status")


WORDS = {"PAID": "BERJAYA", "FAILED": "GAGAL", "PENDING": "MENUNGGU"}


@pytest.fixture(name="rooms")
def _rooms(tmp_path: Path) -> Iterator[Rooms]:
    rooms = Rooms(tmp_path)
    yield rooms
    rooms.close()


def test_every_fault_ends_well(rooms: Rooms, until: Callable[[Callable[[], bool], str], object]) -> None:
    """No payment is believed that was not made, none that was made is lost, none is booked twice."""
    people = rooms.portal.prepare_contributors({"count": len(CASES)})["contributors"]
    buyers = [Buyer(rooms, case, person) for case, person in zip(CASES, people, strict=True)]

    assert {each.case: each.choose_bank_and_pay() for each in buyers} == {case: case.back for case in CASES}
    of = {each.case: each.order_number() for each in buyers}
    heard = {of[case]: case.heard for case in CASES}
    until(lambda: rooms.states() == heard, "every message of FPX has come")

    for minutes in (1, 1, 2, 4):
        rooms.clock.advance(timedelta(minutes=minutes))
        assert rooms.portal.reconciler.run_once()
    states = rooms.states()
    assert {case: states[of[case]] for case in CASES} == {case: case.end for case in CASES}
    happened = rooms.portal.journal(limit=10_000)
    for each in buyers:
        kinds = [entry["kind"] for entry in happened if entry["ref"] == of[each.case]]
        assert each.case.told in ("", *kinds), each.case
        assert kinds.count("receipt.issued") == (each.case.end == "PAID"), each.case
        if each.case.back in (NO_WAY_BACK, NOT_FOR_US):
            assert each.look_at(f"/receipt/{of[each.case]}") == WORDS[each.case.end]
    paid = sum(case.end == "PAID" for case in CASES)
    the_books_agree(rooms, paid)

    unseen = [each for each in buyers if each.case.end == "SENT"]
    for each in unseen:
        offline = each.case.faults == ("bank-offline",)
        each.look_at("/pay-by-fpx?bank=lain" if offline else "/pay-by-fpx")
        each.browser.fill(**({"bank": "CONTOH01"} if offline else {}))
        assert each.press_and_pay("Bayar dengan FPX" if offline else "Teruskan ke bank") == "BERJAYA"
    the_books_agree(rooms, paid + len(unseen))

    (left,) = [number for case, number in of.items() if case.faults == ("switch-answer-lost",)]
    rooms.clock.advance(timedelta(minutes=45))
    until(lambda: rooms.states()[left] == "TIMED_OUT", "FPX has told that the buyer never came to the bank")


def the_books_agree(rooms: Rooms, count: int) -> None:
    """Debits at the banks, paid orders and receipts: as many, and as much."""
    sum_of_all = {"count": count, "sen": count * 157_20}

    assert rooms.fpx.totals()["debits"] == sum_of_all
    assert rooms.portal.totals() == {"paid_orders": sum_of_all, "receipts": sum_of_all}
