"""An FPX room on a real socket, and a merchant of a few lines who knows only its keys and the room's address."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509 import load_pem_x509_certificate
from flask import Flask, request

from emulators.foundation.clock import Clock
from emulators.foundation.randomness import random_source
from emulators.foundation.room import Room
from emulators.foundation.serving import Server
from emulators.fpx.app import create_room
from emulators.fpx.identity import switch_identity
from emulators.fpx.settings import FpxSettings

VECTORS = Path(__file__).parents[2] / "vectors"
AR_ORDER = [
    "buyerAccNo",
    "buyerBankBranch",
    "buyerBankId",
    "buyerEmail",
    "buyerIban",
    "buyerId",
    "buyerName",
    "makerName",
    "msgToken",
    "msgType",
    "productDesc",
    "sellerBankCode",
    "sellerExId",
    "sellerExOrderNo",
    "sellerId",
    "sellerOrderNo",
    "sellerTxnTime",
    "txnAmount",
    "txnCurrency",
    "version",
]
AC_ORDER = [
    "buyerBankBranch",
    "buyerBankId",
    "buyerIban",
    "buyerId",
    "buyerName",
    "creditAuthCode",
    "creditAuthNo",
    "debitAuthCode",
    "debitAuthNo",
    "fpxTxnId",
    "fpxTxnTime",
    "makerName",
    "msgToken",
    "msgType",
    "sellerExId",
    "sellerExOrderNo",
    "sellerId",
    "sellerOrderNo",
    "sellerTxnTime",
    "txnAmount",
    "txnCurrency",
]


@pytest.fixture(name="test_key", scope="session")
def _test_key() -> dict[str, str]:
    """The published test key of the vectors; the merchant signs with it."""
    return dict(json.loads((VECTORS / "test_key.json").read_text()))


@pytest.fixture(name="merchant_key", scope="session")
def _merchant_key(test_key: dict[str, str]) -> rsa.RSAPrivateKey:
    """The private half, loaded once."""
    key = load_pem_private_key(test_key["private_key"].encode(), None)
    assert isinstance(key, rsa.RSAPrivateKey)
    return key


@pytest.fixture(name="switch_folder", scope="session")
def _switch_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A switch identity made once, so that not every test waits for a key."""
    folder = tmp_path_factory.mktemp("identity") / "fpx"
    switch_identity(folder)
    return folder


@dataclass
class World:
    """A data directory, a clock, and the room that is running on them at the moment."""

    data_dir: Path
    clock: Clock
    settings: dict[str, Any] = field(default_factory=dict)
    room: Room | None = None
    server: Server | None = None

    def start(self) -> str:
        """Start (again) on the same data; the address."""
        told = FpxSettings(data_dir=self.data_dir, port=0, **self.settings)
        self.room = create_room(told, self.clock, random_source("7", "fpx", self.data_dir))
        self.server = Server("127.0.0.1", 0)
        self.server.serve(self.room.app)
        for worker in self.room.workers:
            worker.start()
        return self.server.url

    def stop(self) -> None:
        """Stop what runs."""
        if self.room and self.server:
            self.server.stop()
            for worker in self.room.workers:
                worker.stop()
            self.room.close()
        self.room = self.server = None

    def journal(self, kind: str) -> list[dict[str, Any]]:
        """The journal's entries of one kind."""
        assert self.room is not None
        return [entry for entry in self.room.journal(0, 1000) if entry["kind"] == kind]


@pytest.fixture(name="world")
def _world(tmp_path: Path, switch_folder: Path) -> Iterator[World]:
    """A world that is not started yet."""
    own = tmp_path / "fpx"
    own.mkdir(mode=0o700)
    (own / "switch.pem").write_bytes((switch_folder / "switch.pem").read_bytes())
    world = World(tmp_path, Clock())
    yield world
    world.stop()


@dataclass
class Merchant:
    """A seller: signs AR, AE and BE, takes direct ACs on a real socket and answers them as told."""

    key: rsa.RSAPrivateKey
    certificate: str
    http: httpx.Client
    fpx: str = ""
    url: str = ""
    answers: list[tuple[str, int]] = field(default_factory=list)
    direct: list[dict[str, str]] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    orders: int = 0
    judge: Callable[[dict[str, str]], tuple[str, int]] | None = None
    """Who answers a direct AC; without one the `answers` in turn, and then OK."""

    def introduce(self, **changes: str | bool) -> httpx.Response:
        """Register with the room."""
        told = {
            "exchange_id": "EX00000789",
            "seller_id": "SE00000789",
            "name": "Portal Caruman SANDBOX",
            "certificate": self.certificate,
            "direct_url": f"{self.url}/direct",
            "indirect_url": f"{self.url}/indirect",
        }
        return self.http.post(f"{self.fpx}/_control/sellers", json=told | changes)

    def sign(self, text: str) -> str:
        """The seller's signature."""
        return self.key.sign(text.encode(), padding.PKCS1v15(), SHA1()).hex().upper()

    def signed(self, fields: dict[str, str], order: list[str]) -> dict[str, str]:
        """Wire fields with their checksum."""
        wire = {f"fpx_{name}": value for name, value in fields.items()}
        text = "|".join(fields.get(name, "") for name in order)
        return {**wire, "fpx_checkSum": self.sign(text)}

    def ar(self, **changes: str) -> dict[str, str]:
        """A good AR with a fresh order number, changed before it is signed."""
        self.orders += 1
        fields = {
            "msgType": "AR",
            "msgToken": "01",
            "sellerExId": "EX00000789",
            "sellerExOrderNo": f"ORDER-{self.orders}",
            "sellerTxnTime": "20190515090000",
            "sellerOrderNo": f"SBX-{self.orders}",
            "sellerId": "SE00000789",
            "sellerBankCode": "01",
            "txnCurrency": "MYR",
            "txnAmount": "157.20",
            "buyerEmail": "aminah@example.com",
            "buyerName": "Aminah O'Sandbox",
            "buyerBankId": "UJIAN001",
            "productDesc": "Caruman",
            "version": "7.0",
        }
        return self.signed(fields | changes, AR_ORDER)

    def ae(self, ar: dict[str, str], **changes: str) -> dict[str, str]:
        """An enquiry about an AR."""
        fields = {name[4:]: value for name, value in ar.items() if name != "fpx_checkSum"}
        return self.signed(fields | {"msgType": "AE"} | changes, AR_ORDER)

    def be(self, **changes: str) -> dict[str, str]:
        """A bank list enquiry."""
        fields = {"msgType": "BE", "msgToken": "01", "sellerExId": "EX00000789", "version": "7.0"} | changes
        return self.signed(fields, ["msgToken", "msgType", "sellerExId", "version"])

    def believes(self, ac: dict[str, str]) -> bool:
        """Whether an AC is genuine: checked with the published certificate, over exactly its 21 fields."""
        pem = self.http.get(f"{self.fpx}/certificates/fpxuat_current.cer").content
        public = load_pem_x509_certificate(pem).public_key()
        assert isinstance(public, rsa.RSAPublicKey)
        text = "|".join(ac[f"fpx_{name}"] for name in AC_ORDER)
        public.verify(bytes.fromhex(ac["fpx_checkSum"]), text.encode(), padding.PKCS1v15(), SHA1())
        return set(ac) == {f"fpx_{name}" for name in [*AC_ORDER, "checkSum"]}

    def post(self, path: str, fields: dict[str, str], **headers: str) -> httpx.Response:
        """Post a message to the switch."""
        return self.http.post(f"{self.fpx}/FPXMain/{path}", data=fields, headers=headers)

    def enquire(self, ar: dict[str, str], **changes: str) -> dict[str, str]:
        """The reply to an AE, as pairs."""
        return pairs(self.post("sellerNVPTxnStatus.jsp", self.ae(ar, **changes)).text)


def pairs(line: str) -> dict[str, str]:
    """A reply's pairs, in order."""
    return dict(parse_qsl(line, keep_blank_values=True, strict_parsing=True))


@dataclass
class Shop:
    """The merchant's web server, running for all tests; whoever's test it is takes what arrives."""

    url: str = ""
    owner: Merchant | None = None


@pytest.fixture(name="shop", scope="session")
def _shop() -> Iterator[Shop]:
    """A real socket for direct ACs."""
    shop = Shop()
    app = Flask("merchant")

    @app.post("/direct")
    def direct() -> tuple[str, int]:
        assert shop.owner is not None
        shop.owner.bodies.append(request.get_data(as_text=True))
        shop.owner.direct.append(pairs(shop.owner.bodies[-1]))
        if shop.owner.judge is not None:
            return shop.owner.judge(shop.owner.direct[-1])
        return shop.owner.answers.pop(0) if shop.owner.answers else ("OK", 200)

    server = Server("127.0.0.1", 0)
    server.serve(app)
    shop.url = server.url
    yield shop
    server.stop()


@pytest.fixture(name="http", scope="session")
def _http() -> Iterator[httpx.Client]:
    """A client without cookies or memory, shared because making one is dear."""
    with httpx.Client() as client:
        yield client


@pytest.fixture(name="merchant")
def _merchant(
    test_key: dict[str, str], merchant_key: rsa.RSAPrivateKey, shop: Shop, http: httpx.Client
) -> Iterator[Merchant]:
    """A merchant listening on a real socket; it answers OK unless told otherwise."""
    shop.owner = Merchant(merchant_key, test_key["certificate"], http, url=shop.url)
    yield shop.owner
    shop.owner = None


@dataclass
class Buyer:
    """A browser at the bank: follows redirects, finds forms by their button."""

    http: httpx.Client
    fpx: str
    page: httpx.Response = field(init=False)

    def post(self, address: str, fields: dict[str, str]) -> httpx.Response:
        """Post to an address of the room; the page this ends on."""
        accept = {"Accept": "text/html,*/*;q=0.8"}
        self.page = self.http.post(f"{self.fpx}{address}", data=fields, headers=accept, follow_redirects=True)
        return self.page

    @property
    def text(self) -> str:
        """The page's text, entities resolved."""
        return unescape(self.page.text)

    def form(self, button: str) -> tuple[str, dict[str, str]]:
        """Address and hidden fields of the form that has this button."""
        for form in re.findall(r"<form.*?</form>", self.page.text, re.S):
            if re.search(rf"<button[^>]*>{re.escape(button)}</button>", form):
                action = re.search(r'action="([^"]*)"', form)
                assert action is not None
                hidden = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', form)
                return unescape(action[1]), {unescape(name): unescape(value) for name, value in hidden}
        raise AssertionError(f"no form with the button {button!r} on {self.page.url}: {self.text}")

    def press(self, button: str, **typed: str) -> httpx.Response:
        """Press a button, with what was typed beside it."""
        action, hidden = self.form(button)
        return self.post(action, hidden | typed)

    def sign_in(self, card: str = "1234", password: str = "1234") -> httpx.Response:
        """Sign in at the bank."""
        return self.press("Sign in", CardNum=card, HPin=password)

    def reload(self) -> httpx.Response:
        """Look at the same address again."""
        self.page = self.http.get(self.page.url)
        return self.page

    @property
    def token(self) -> str:
        """What the token on the page shows; blank when no TAC is asked for."""
        shown = re.search(r'data-testid="bank-token">([0-9]+)<', self.page.text)
        return shown[1] if shown else ""

    def choose(self, suffix: str = "01") -> dict[str, str]:
        """The account of the page that ends so, as the form sends it."""
        numbers = re.findall(r'name="account" value="([^"]*)"', self.page.text)
        return {"account": next((number for number in numbers if number.endswith(suffix)), "")}

    def filled(self, suffix: str = "01") -> dict[str, str]:
        """What Confirm sends with the account that ends so and the token's TAC."""
        return self.form("Confirm")[1] | self.choose(suffix) | {"TAC": self.token}

    def confirm(self, suffix: str = "01") -> httpx.Response:
        """Choose an account, type the token's TAC, confirm."""
        return self.press("Confirm", **self.filled(suffix))

    def next(self, **typed: str) -> httpx.Response:
        """Press Next, with what was typed beside it."""
        action, hidden = self.form("Confirm")
        return self.post(action.replace("/confirm", "/next"), hidden | typed)

    @property
    def code(self) -> str:
        """The debitAuthCode on the result page."""
        return self.form("Continue with Transaction")[1]["fpx_debitAuthCode"]

    def pay(self, card: str = "1234") -> dict[str, str]:
        """Sign in and confirm; the indirect AC waiting on the result page."""
        self.sign_in(card)
        self.confirm()
        return self.form("Continue with Transaction")[1]


@pytest.fixture(name="running")
def _running(world: World, merchant: Merchant) -> World:
    """The room running, with the merchant introduced."""
    merchant.fpx = world.start()
    assert merchant.introduce().status_code == 200
    return world


@pytest.fixture(name="arrive")
def _arrive(merchant: Merchant) -> Callable[[dict[str, str]], Buyer]:
    """`arrive(ar)`: a browser brings the AR and is handed over to the bank."""

    def arrive(ar: dict[str, str]) -> Buyer:
        buyer = Buyer(merchant.http, merchant.fpx)
        buyer.post("/FPXMain/seller2DReceiver.jsp", ar)
        return buyer

    return arrive


@dataclass
class Desk:
    """A room in this process, its workers at rest and its clock held, with a merchant and its buyers; cheap to make."""

    world: World
    merchant: Merchant
    room: Room

    def ar(self, **changes: str) -> dict[str, str]:
        """An AR of the room's present moment."""
        return self.merchant.ar(**({"sellerTxnTime": f"{self.room.clock.now():%Y%m%d%H%M%S}"} | changes))

    def arrive(self, **changes: str) -> tuple[dict[str, str], Buyer]:
        """An AR, changed before it was signed, and the browser it brought to the bank."""
        ar = self.ar(**changes)
        buyer = Buyer(self.merchant.http, self.merchant.fpx)
        buyer.post("/FPXMain/seller2DReceiver.jsp", ar)
        return ar, buyer

    def refusal(self, **changes: str) -> tuple[str, str]:
        """Check and code of an AR that is refused; blank when it is taken."""
        answer = self.merchant.post("seller2DReceiver.jsp", self.ar(**changes), Accept="application/json")
        if answer.status_code == 303:
            return "", ""
        told = answer.json()
        return told["check"], told["code"]

    def owed(self, ar: dict[str, str]) -> list[str]:
        """The debitAuthCode of every direct AC owed for an AR, oldest first."""
        order = ar["fpx_sellerExOrderNo"]
        owed = [entry["facts"]["fields"] for entry in self.room.journal(0, 1000) if entry["kind"] == "AC owed"]
        return [ac["fpx_debitAuthCode"] for ac in owed if ac["fpx_sellerExOrderNo"] == order]

    def later(self, seconds: float) -> None:
        """Move the held clock."""
        self.room.clock.advance(timedelta(seconds=seconds))


@pytest.fixture(name="open_desk", scope="session")
def _open_desk(
    test_key: dict[str, str],
    merchant_key: rsa.RSAPrivateKey,
    switch_folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[..., Desk]]:
    """`open_desk(**settings)`: a room in this process; `data_dir` opens one on what another one kept."""
    opened: list[Room] = []

    def open_desk(data_dir: Path | None = None, **settings: Any) -> Desk:
        folder = data_dir or tmp_path_factory.mktemp("desk")
        if data_dir is None:
            shutil.copytree(switch_folder, folder / "fpx")
        clock = Clock()
        clock.hold()
        world = World(folder, clock, settings)
        room = create_room(FpxSettings(data_dir=folder, port=0, **settings), clock, random_source("7", "fpx", folder))
        opened.append(room)
        http = httpx.Client(transport=httpx.WSGITransport(app=room.app))
        merchant = Merchant(merchant_key, test_key["certificate"], http, "http://127.0.0.1", "http://shop.invalid")
        assert merchant.introduce().status_code == 200
        return Desk(world, merchant, room)

    yield open_desk
    for room in opened:
        room.close()


@pytest.fixture(name="desk", scope="module")
def _desk(open_desk: Callable[..., Desk]) -> Desk:
    """One room for all tests of a module, with the settings as they come."""
    return open_desk()
