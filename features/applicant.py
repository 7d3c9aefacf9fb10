"""The applicant: one verb for each step of the guide.

A verb does what the guide has the applicant do, checks what the guide has the system do, and returns what was seen.
It raises `Refused` when the portal said no, and `WhatThePageSaid` when something else is on the screen.
"""

from __future__ import annotations

from collections.abc import Sequence

from features.bank import APPROVED_CARD
from features.documents import Paper
from features.errors import Refused, WhatThePageSaid
from features.forms import Typed
from features.page import Page
from features.people import Person
from features.seen import Cover, Receipt
from features.steps import BY_NAME, STEPS
from features.visitor import BANK, Visitor

__all__ = ["BANK", "PAID", "Applicant"]

PAID = "BERJAYA"


class Applicant(Visitor):
    """One person and the sixteen steps, in the guide's order."""

    # The sixteen steps -----------------------------------------------------------------------------------------

    def home(self) -> str:
        """L01: open the portal and press **Log masuk**."""
        self._begin("home")
        self.browser.open(f"{self.addresses.portal}/")
        self._on("home")
        self.browser.press("Log masuk")
        return self._on("sign_in")

    def first_time(self) -> str:
        """L02: press **Kali pertama? Daftar akaun iPERKESO?**."""
        self._begin("first_time")
        self.browser.press("Kali pertama? Daftar akaun iPERKESO?")
        return self._on("register")

    def register(self, **changes: Typed) -> str:
        """L03: fill the account form and press **Seterusnya**."""
        self._begin("register")
        who = self.person
        form: dict[str, Typed] = {
            "full_name": who.full_name,
            "identity_number": who.identity_number,
            "email": who.email,
            "email_confirm": who.email,
            "mobile": who.mobile,
            "consent": "ya",
        }
        self.browser.fill(**(form | changes))
        self.browser.press("Seterusnya")
        return self._on("confirm_mobile")

    def confirm_mobile(self, otp: str | None = None) -> str:
        """L04: type the OTP received on the phone and press **Seterusnya**."""
        self._begin("confirm_mobile")
        self.browser.fill(otp=otp or self.phone.one_time_password())
        self.browser.press("Seterusnya")
        return self._on("registered")

    def registered(self) -> str:
        """L05: read that registration succeeded; the verification link has been sent by mail."""
        self._begin("registered")
        self._on("registered")
        self._see("Pendaftaran berjaya", "the message that registration succeeded")
        self.letter = self.inbox.new_letter()
        return f"{self.page.title}; mail {self.letter.subject!r} to {self.person.email}"

    def activate(self, by: str = "disini") -> str:
        """L06: open the mail and press **disini** (L06a), or go to the address `printed` under it (L06b)."""
        self._begin("activate")
        letter = self.letter or self.inbox.new_letter()
        self.browser.open(letter.printed() if by == "printed" else letter.behind(by))
        self._on("activate")
        self.browser.press("Teruskan pengaktifan")
        return self._on("set_secrets")

    def set_secrets(self, **changes: Typed) -> str:
        """L07: choose **Ungkapan Rahsia** and **Kata Laluan**, press **Seterusnya**."""
        self._begin("set_secrets")
        who = self.person
        form: dict[str, Typed] = {
            "secret_phrase": who.secret_phrase,
            "password": who.password,
            "password_confirm": who.password,
        }
        self.browser.fill(**(form | changes))
        self.browser.press("Seterusnya")
        return self._on("sign_in")

    def sign_in(self, identity_number: str | None = None) -> str:
        """L08: type the registered identity-card number and press **Seterusnya**."""
        self._begin("sign_in")
        self.browser.fill(identity_number=self.person.identity_number if identity_number is None else identity_number)
        self.browser.press("Seterusnya")
        return self._on("sign_in_password")

    def sign_in_password(self, password: str | None = None) -> str:
        """L09: check that the **Ungkapan Rahsia** shown is one's own, type **Kata Laluan**, press **Log Masuk**."""
        self._begin("sign_in_password")
        if self.phrase_shown() != self.person.secret_phrase:
            raise WhatThePageSaid(self.browser.step, f"the phrase {self.person.secret_phrase!r} to be shown", self.page)
        self.browser.fill(password=self.person.password if password is None else password)
        self.browser.press("Log Masuk")
        return self._on("choose_mode")

    def choose_mode(self) -> str:
        """L10: choose the mode **Saya bekerja sendiri**."""
        self._begin("choose_mode")
        self.browser.press("Saya bekerja sendiri")
        return self._on("dashboard")

    def dashboard(self) -> str:
        """L11a: press **Daftar** on the panel *Pendaftaran dan Caruman*."""
        self._begin("dashboard")
        self._see("Pendaftaran dan Caruman", "the panel of registration and contribution")
        self.browser.press("Daftar")
        return self._on("apply")

    def apply(self, papers: Sequence[Paper] | None = None, **changes: Typed) -> str:
        """L12: fill the form, upload the documents required, press **Hantar & bayar**."""
        self._begin("apply")
        form: dict[str, Typed] = {**self.application.fields(), "declaration": "ya"}
        for paper in self.papers() if papers is None else papers:
            form |= paper.fields()
        self.browser.fill(**(form | changes))
        self.browser.press("Hantar & bayar")
        return self._on("pay_by_fpx")

    def pay_by_fpx(self, bank: str = BANK, card: str = APPROVED_CARD) -> str:
        """L13: choose a bank, pay with **FPX**, come back with the payment successful."""
        self.choose_bank(bank)
        self.bank.pay(card)
        self._on("receipt")
        if self.payment_status() != PAID:
            raise Refused(self.browser.step, f"payment {PAID}, not {self.payment_status()}", self.page)
        return f"payment {self.payment_status()} at {bank}"

    def receipt(self) -> Receipt:
        """L14: download the contribution receipt."""
        self._begin("receipt")
        self._on("receipt")
        pdf = self.browser.download("Muat turun resit")
        if pdf.status != 200 or not pdf.response.body.startswith(b"%PDF-"):
            raise WhatThePageSaid(self.browser.step, "the receipt as a PDF", pdf)
        return Receipt.of(pdf, self.browser.fetch(f"{self.page.url.rstrip('/')}/resit.json"))

    def covered(self) -> Cover:
        """L15: see cover, receipt and history on the dashboard."""
        self._begin("covered")
        self.browser.press("Papan pemuka")
        self._on("dashboard")
        cover = Cover.of(self.page)
        if cover.status not in ("AKTIF", "AKAN TAMAT") or not (cover.start and cover.end and cover.receipts):
            raise WhatThePageSaid(self.browser.step, f"an active cover with its receipt, not {cover}", self.page)
        return cover

    def renew(self, plan: str | None = None, period: str | None = None, papers: Sequence[Paper] = ()) -> str:
        """L11b and L12 of a renewal: press **Memperbaharui**, fill the form, press **Hantar & bayar**."""
        self._begin("renew")
        if self.page.name != "renew":
            self.press_renew()
        form: dict[str, Typed] = {
            "plan": plan or self.application.plan,
            "period": period or self.application.period,
            "declaration": "ya",
        }
        for paper in papers:
            form |= paper.fields()
        self.browser.fill(**form)
        self.browser.press("Hantar & bayar")
        return self._on("pay_by_fpx")

    # Several steps in a row ------------------------------------------------------------------------------------

    def sign_in_again(self) -> str:
        """L01 and L08 to L10, as somebody who has an account: ends at the dashboard."""
        self.home()
        self.sign_in()
        self.sign_in_password()
        return self.choose_mode()

    def come_with_an_account(self, person: Person) -> str:
        """L01 as somebody for whom L02 to L07 have been done: the steps go on from the log-in page."""
        self.be(person)
        self.home()
        self._done = BY_NAME["set_secrets"].number
        return self.page.title

    def reach(self, step: str) -> Page:
        """Do every step not yet done before the one named, in the guide's order."""
        for before in STEPS[self._done : BY_NAME[step].number - 1]:
            getattr(self, before.name)()
        return self.page
