"""All sixteen steps of the guide, by a person's hands and eyes, in a real browser on a whole sandbox."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, ViewportSize, expect
from pypdf import PdfReader

from features import documents
from features.addresses import Addresses
from features.documents import Paper
from features.people import Application, People, Person
from features.steps import STEPS
from tests.browser.hands import Hands, Pointing, Typing

DESK: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
BANK = "Bank Ujian A"


class Eyes(Protocol):
    """What `eyes_of` in conftest.py makes of a window: pages are opened in it, and looked at."""

    window: BrowserContext
    complaints: list[str]

    def __init__(self, window: BrowserContext) -> None: ...

    def look_at(self, page: Page) -> None:
        """Fail unless the page is marked, has one heading, and fits the window."""


class Walker:
    """A person with a browser window; one method for each step, in the guide's own words."""

    def __init__(self, eyes: Eyes, hands: Hands, addresses: Addresses, person: Person, *, scripts: bool) -> None:
        self._hands = hands
        self._addresses = addresses
        self._person = person
        self._scripts = scripts
        self._form = Application()
        self._source = random.Random(person.identity_number)
        self._eyes = eyes
        self.page = eyes.window.new_page()
        self.receipts: list[str] = []

    def walk(self) -> Iterator[str]:
        """Do every step; yields its name when it has happened."""
        for step in STEPS:
            getattr(self, step.name)()
            yield step.name

    def home(self) -> None:
        """L01: open the portal, press Log masuk."""
        self.page.goto(self._addresses.portal)
        self._arrived("home")
        self._press("Log masuk")
        self._arrived("sign_in")

    def first_time(self) -> None:
        """L02: press the link for those who come for the first time."""
        self._press("Kali pertama? Daftar akaun iPERKESO?")
        self._arrived("register")

    def register(self) -> None:
        """L03: fill the account form."""
        self._type("Nama penuh (seperti dalam kad pengenalan)", self._person.full_name)
        self._type("Nombor kad pengenalan", self._person.identity_number)
        self._type("Emel", self._person.email)
        self._type("Sahkan emel", self._person.email)
        self._type("Nombor telefon bimbit", self._person.mobile)
        self._fill_in("consent", "ya")
        self._press("Seterusnya")
        self._arrived("confirm_mobile")

    def confirm_mobile(self) -> None:
        """L04: type the code that the telephone shows."""
        self._type("Nombor OTP", self._read_otp_on_the_phone())
        self._press("Seterusnya")
        self._arrived("registered")

    def registered(self) -> None:
        """L05: read that it succeeded."""
        expect(self.page.get_by_text("Pendaftaran berjaya").first).to_be_visible()

    def activate(self) -> None:
        """L06: press disini in the mail, and the button behind it."""
        self.page = self._open_link_in_the_mail()
        self._arrived("activate")
        self._press("Teruskan pengaktifan")
        self._arrived("set_secrets")

    def set_secrets(self) -> None:
        """L07: choose phrase and password."""
        self._type("Ungkapan Rahsia", self._person.secret_phrase)
        self._type("Kata Laluan", self._person.password)
        self._type("Pengesahan Kata Laluan", self._person.password)
        self._press("Seterusnya")
        self._arrived("sign_in")
        expect(self.page.get_by_text("Akaun anda telah diaktifkan.")).to_be_visible()

    def sign_in(self) -> None:
        """L08: type the identity number."""
        self._type("Nombor kad pengenalan", self._person.identity_number)
        self._press("Seterusnya")
        self._arrived("sign_in_password")

    def sign_in_password(self) -> None:
        """L09: recognise one's own phrase, type the password."""
        expect(self.page.get_by_test_id("ungkapan-rahsia")).to_have_text(self._person.secret_phrase)
        self._type("Kata Laluan", self._person.password)
        self._press("Log Masuk")
        self._arrived("choose_mode")

    def choose_mode(self) -> None:
        """L10: choose the mode."""
        self._press("Saya bekerja sendiri")
        self._arrived("dashboard")

    def dashboard(self) -> None:
        """L11: press Daftar on the panel."""
        expect(self.page.get_by_role("heading", name="Pendaftaran dan Caruman")).to_be_visible()
        self._press("Daftar")
        self._arrived("apply")

    def apply(self) -> None:
        """L12: fill the form, attach the documents, submit."""
        answers: dict[str, Callable[[], None]] = {}
        for name, value in {**self._form.fields(), "declaration": "ya"}.items():
            answers[name] = partial(self._fill_in, name, value)
        for paper in documents.papers(documents.needed(self._form.category, self._form.region), self._source):
            answers[f"{paper.kind}_file"] = partial(self._attach, paper)
            answers[f"{paper.kind}_number"] = partial(self._fill_in, f"{paper.kind}_number", paper.number)
            expiry = paper.expiry.isoformat() if paper.expiry else ""
            answers[f"{paper.kind}_expiry"] = partial(self._fill_in, f"{paper.kind}_expiry", expiry)
        for name in self._hands.in_order(self.page, answers):
            answers[name]()
        self._press("Hantar & bayar")
        self._arrived("pay_by_fpx")

    def pay_by_fpx(self) -> None:
        """L13: choose a bank, pay there, come back."""
        offline = self.page.get_by_label(re.compile(r"\(Offline\)"))
        expect(offline.first).to_be_disabled()
        self._fill_in("bank", self.page.get_by_label(BANK, exact=True).get_attribute("value") or "")
        self._press("Bayar dengan FPX")
        if not self._scripts:
            self._press("Teruskan ke FPX")
        self._reads("Log masuk (Sign in)", BANK)
        self._type("ID pengguna", "1234")
        self._type("Kata laluan", "1234")
        self._press("Sign in")
        self._reads("Sahkan bayaran (Confirm)", "157.20")
        self._type("TAC", self.page.get_by_test_id("bank-token").inner_text())
        self._press("Confirm")
        self._reads("Keputusan transaksi", "Bayaran berjaya.")
        self._press("Continue with Transaction")
        self._arrived("receipt")
        expect(self.page.get_by_test_id("payment-status")).to_have_text("BERJAYA")

    def receipt(self) -> None:
        """L14: download the receipt and read it."""
        with self.page.expect_download() as coming:
            self._press("Muat turun resit")
        text = _words_of(Path(coming.value.path()))
        assert "SANDBOX" in text
        assert "157.20" in text
        number = re.search(r"SBX-SPS-\d{4}-\d{7}", text)
        assert number is not None, f"the receipt has no number: {text}"
        self.receipts.append(number.group())

    def covered(self) -> None:
        """L15: see cover and receipt on the dashboard."""
        self._press("Papan pemuka")
        self._arrived("dashboard")
        expect(self.page.get_by_test_id("cover-status")).to_contain_text("AKTIF")
        expect(self.page.get_by_text(self.receipts[0]).first).to_be_visible()

    def renew(self) -> None:
        """L16: sign in again and renew; no code, no link, no new account."""
        self._press("Log keluar")
        self._arrived("home")
        self.home()
        self.sign_in()
        self.sign_in_password()
        self.choose_mode()
        self._press("Memperbaharui")
        self._arrived("renew")
        self._fill_in("plan", self._form.plan)
        self._fill_in("period", self._form.period)
        self._fill_in("declaration", "ya")
        self._press("Hantar & bayar")
        self._arrived("pay_by_fpx")
        self.pay_by_fpx()
        self.receipt()
        self.covered()
        assert len(set(self.receipts)) == 2

    # How a person does it --------------------------------------------------------------------------------------

    def _press(self, words: str) -> None:
        """Press the button or link that reads so and can be pressed."""
        button = self.page.get_by_role("button", name=words, exact=True)
        link = self.page.get_by_role("link", name=words, exact=True)
        self._hands.press(button.or_(link).first)

    def _type(self, label: str, words: str) -> None:
        self._hands.type(self.page.get_by_label(label, exact=True), words)

    def _fill_in(self, name: str, value: str) -> None:
        """Answer the question `name`: choose, tick or type, whichever the page asks."""
        field = self.page.locator(f"[name={name}]").first
        kind = field.evaluate("field => field.type")
        if kind in ("radio", "select-one", "checkbox"):
            self._hands.choose(self.page, name, value)
        elif kind == "date" and value:
            self._hands.date(field, value)
        else:
            self._hands.type(field, value)

    def _attach(self, paper: Paper) -> None:
        upload = paper.upload
        file: FilePayload = {"name": upload.filename, "mimeType": upload.content_type, "buffer": upload.content}
        self._hands.attach(self.page.locator(f"[name={paper.kind}_file]"), file)

    def _read_otp_on_the_phone(self) -> str:
        with self._tab(self._addresses.sms) as phone:
            self._hands.press(phone.get_by_role("link", name=self._person.mobile_e164))
            body = phone.get_by_test_id("message-body").first.inner_text()
        code = re.search(r"\b\d{6}\b", body)
        assert code is not None, f"no code in {body!r}"
        return code.group()

    def _open_link_in_the_mail(self) -> Page:
        with self._tab(self._addresses.inbox) as inbox:
            letters = inbox.get_by_test_id("message-row").filter(has_text=self._person.email)
            self._hands.press(letters.get_by_role("link").first)
            with inbox.expect_popup() as opened:
                self._hands.press(inbox.frame_locator("[data-testid=mail-html]").get_by_role("link", name="disini"))
            return opened.value

    @contextmanager
    def _tab(self, address: str) -> Iterator[Page]:
        tab = self._eyes.window.new_page()
        tab.goto(address)
        self._eyes.look_at(tab)
        yield tab
        self._eyes.look_at(tab)
        tab.close()

    def _reads(self, heading: str, words: str) -> None:
        """A page of the bank's: its heading, and something it must say."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        expect(self.page.get_by_text(words).first).to_be_visible()
        self._eyes.look_at(self.page)

    def _arrived(self, page: str) -> None:
        expect(self.page.locator(f"main[data-page={page}]")).to_be_visible()
        self._eyes.look_at(self.page)


@pytest.mark.parametrize(
    ("hands", "scripts", "size"),
    [(Typing(), True, DESK), (Pointing(), False, PHONE)],
    ids=["by keyboard alone, with scripts, at a desk", "by touch, without scripts, on a phone"],
)
def test_a_person_walks_all_sixteen_steps(
    chromium: Browser, eyes_of: type[Eyes], addresses: Addresses, hands: Hands, scripts: bool, size: ViewportSize
) -> None:
    """What is on the screen leads from Log masuk to the second receipt, and no page complains on the way."""
    window = chromium.new_context(java_script_enabled=scripts, viewport=size, locale="ms-MY")
    eyes = eyes_of(window)
    walker = Walker(eyes, hands, addresses, People(random.Random(7)).somebody(), scripts=scripts)
    done = list(walker.walk())
    window.close()

    assert done == [step.name for step in STEPS]
    assert eyes.complaints == []


def _words_of(receipt: Path) -> str:
    reader = PdfReader(io.BytesIO(receipt.read_bytes()))
    return "\n".join(page.extract_text() for page in reader.pages)
