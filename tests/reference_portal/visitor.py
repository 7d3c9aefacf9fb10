"""The driver the page tests speak through: a browser without wires, and the journey up to any page."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import Any

from flask import Flask
from lxml import html
from PIL import Image
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import TestResponse, encode_multipart

from reference_portal.portal import Portal
from reference_portal.storage import accounts, orders
from reference_portal.storage.orders import Order
from tests.reference_portal.fakes import FakeFpx, FakeMail, FakeSms, confirmation
from tests.reference_portal.remembered import remembered

PASSWORD = "Roda#2019kereta"
PHRASE = "payung biru 21"
BOUNDARY = "antara-medan-borang-ujian"
"""Between the fields of a form with files; one for all, because the parser compiles a pattern for each new one."""


def picture() -> bytes:
    """A small PNG."""
    kept = BytesIO()
    Image.new("RGB", (8, 8), "#FEF9C3").save(kept, "PNG")
    return kept.getvalue()


PICTURE = picture()


class Page:
    """An answer, read as a page."""

    def __init__(self, answer: TestResponse) -> None:
        self.answer = answer
        self.status = answer.status_code
        self.location = answer.headers.get("Location")
        self.text = answer.get_data(as_text=True) if answer.mimetype.startswith(("text/", "application/json")) else ""
        self.tree = html.fromstring(self.text) if answer.mimetype == "text/html" and self.text else None

    def find(self, path: str) -> list[Any]:
        """Whatever the XPath names."""
        return [] if self.tree is None else list(self.tree.xpath(path))

    @property
    def name(self) -> str:
        """Which page of the guide it is."""
        return next(iter(self.find("//main/@data-page")), "")

    @property
    def words(self) -> str:
        """Everything a person reads on it."""
        return " ".join(self.tree.text_content().split()) if self.tree is not None else self.text

    def error(self, field: str) -> str:
        """What is said beside a field."""
        return " ".join(self.find(f"//*[@id='{field}-error']/text()"))

    def testid(self, name: str) -> str:
        """The text of a marked element."""
        return " ".join(" ".join(self.find(f"//*[@data-testid='{name}']//text()")).split())

    def value(self, field: str) -> str:
        """What stands in a field."""
        return next(iter(self.find(f"//*[@name='{field}']/@value")), "")


class Visitor:
    """One person with a browser; `fields` are what they type."""

    def __init__(self, app: Flask, sms: FakeSms, mail: FakeMail, fpx: FakeFpx, number: int = 1) -> None:
        self.app = app
        self.client = app.test_client()
        self.portal: Portal = app.extensions["portal"]
        self.sms, self.mail, self.fpx = sms, mail, fpx
        self.identity_number = f"850312-17-5{number:03d}"
        self.email = f"pemohon.{number}@example.com"
        self.mobile = f"011-0{number:03d} 4567"
        self._tokens: dict[str | None, str] = {}

    def open(self, path: str) -> Page:
        """GET, redirects followed."""
        return Page(self.client.get(path, follow_redirects=True))

    def look(self, path: str) -> Page:
        """GET, and no further."""
        return Page(self.client.get(path))

    def send(self, path: str, follow: bool = True, **fields: Any) -> Page:
        """POST a form with the token of this browser's session; a field that is None is left out."""
        token = {"csrf_token": self.token()}
        data = MultiDict({**token, **{name: as_part(value) for name, value in fields.items() if value is not None}})
        if not any(isinstance(value, FileStorage) for value in data.values()):
            return Page(self.client.post(path, data=data, follow_redirects=follow))
        # encoded here, because the test client would leave a large body's temporary file open
        _, body = encode_multipart(data, boundary=BOUNDARY)
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        return Page(self.client.post(path, data=body, content_type=kind, follow_redirects=follow))

    def token(self) -> str:
        """A CSRF token as any page of ours carries one; it is good for as long as the session keeps its half."""
        half = self._half_of_the_token()
        if half is None or half not in self._tokens:
            page = self.client.get("/register").get_data(as_text=True)
            found = re.search(r'name="csrf_token" value="([^"]+)"', page)
            assert found
            half = self._half_of_the_token()
            self._tokens[half] = found[1]
        return self._tokens[half]

    def _half_of_the_token(self) -> str | None:
        with self.client.session_transaction() as session:
            half: str | None = session.get("csrf_token")
        return half

    # the journey -------------------------------------------------------------------------------------------------

    def register(self, **changes: Any) -> Page:
        """L03."""
        form = {
            "full_name": "Ujian bin Contoh",
            "identity_number": self.identity_number,
            "email": self.email,
            "email_confirm": self.email,
            "mobile": self.mobile,
            "consent": "ya",
        }
        return self.send("/register", **(form | changes))

    def otp(self) -> str:
        """The code in the newest SMS."""
        found = re.search(r"\b(\d{6})\b", self.sms.sent[-1][1])
        assert found
        return found[1]

    def confirm_mobile(self) -> Page:
        """L04."""
        return self.send("/confirm-mobile", otp=self.otp())

    def link(self) -> str:
        """The path behind the newest link."""
        return str(self.mail.sent[-1][2]["link"]).removeprefix(self.portal.settings.public_url)

    def activate(self) -> Page:
        """L06."""
        return self.send(self.link())

    def set_secrets(self, **changes: Any) -> Page:
        """L07."""
        form = {"secret_phrase": PHRASE, "password": PASSWORD, "password_confirm": PASSWORD}
        return self.send("/set-secrets", **(form | changes))

    @remembered
    def have_an_account(self) -> Visitor:
        """L03 to L07."""
        self.register()
        self.confirm_mobile()
        self.activate()
        assert self.set_secrets().name == "sign_in"
        return self

    def sign_in(self, password: str = PASSWORD) -> Page:
        """L08 and L09."""
        self.send("/sign-in", identity_number=self.identity_number)
        return self.send("/sign-in-password", password=password)

    @remembered
    def be_signed_in(self) -> Visitor:
        """L03 to L10."""
        self.have_an_account()
        self.sign_in()
        assert self.send("/choose-mode", mode="self_employed").name == "dashboard"
        return self

    @remembered
    def have_an_order(self) -> Visitor:
        """L03 to L12."""
        self.be_signed_in()
        assert self.apply().name == "pay_by_fpx"
        return self

    def form(self, **changes: Any) -> dict[str, Any]:
        """What somebody types in L12; files are fresh ones."""
        answers: dict[str, Any] = {
            "citizenship": "warganegara",
            "address_1": "No. 1, Jalan Contoh",
            "postcode": "62000",
            "town": "Putrajaya",
            "state": "W.P. Putrajaya",
            "category": "teksi",
            "region": "semenanjung",
            "vehicle_number": "ZZX 1234",
            "start_date": "2016-01-04",
            "plan": "1",
            "period": "tahunan",
            "declaration": "ya",
        }
        return answers | paper("lesen_memandu", "SBX0000123") | paper("kad_psv", "SBX-PSV-000123") | changes

    def apply(self, follow: bool = True, **changes: Any) -> Page:
        """L12."""
        return self.send("/apply", follow, **self.form(**changes))

    def order_number(self) -> str:
        """The number of this person's newest order."""
        return self.orders()[0].order_number

    def orders(self) -> list[Order]:
        """Every order of this person, newest first."""
        with self.portal.database.read() as connection:
            account = accounts.with_identity(connection, self.identity_number.replace("-", ""))
            return orders.history(connection, account.id) if account else []

    def pay(self, code: str = "00") -> Page:
        """L13: send the order and bring back what the bank said."""
        self.send("/pay-by-fpx", bank="UJIAN001")
        return self.come_back(code)

    def come_back(self, code: str = "00", **changes: str) -> Page:
        """The indirect AC of the newest order, as the browser brings it."""
        order = self.orders()[0]
        form = confirmation(order.order_number, order.amount_sen, code, self.portal.clock.now(), **changes)
        return Page(self.client.post("/fpx/indirect", data=form, follow_redirects=True))

    @remembered
    def be_covered(self) -> Visitor:
        """L03 to L14."""
        self.have_an_order()
        assert self.pay().testid("payment-status") == "BERJAYA"
        return self


def as_part(typed: Any) -> Any:
    """A file as (stream, name), anything else as it is."""
    return FileStorage(typed[0], typed[1]) if isinstance(typed, tuple) else typed


def paper(
    kind: str, number: str, expires: date | None = date(2027, 12, 31), content: bytes = PICTURE
) -> dict[str, Any]:
    """The three fields of one document."""
    expiry = expires.isoformat() if expires else ""
    return {f"{kind}_file": (BytesIO(content), f"{kind}.png"), f"{kind}_number": number, f"{kind}_expiry": expiry}
