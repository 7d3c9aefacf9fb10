"""Somebody at the portal: browser, phone, mailbox, and the looking and checking between the steps."""

from __future__ import annotations

import random
from collections.abc import Callable

from features import documents
from features.addresses import Addresses
from features.bank import Bank
from features.browser import Browser
from features.documents import Paper
from features.errors import NotRefused, Refused, WhatThePageSaid
from features.inbox import Inbox, Letter
from features.page import Page
from features.people import Application, Person
from features.phone import Phone
from features.seen import Cover
from features.steps import BY_NAME
from features.transport import Transport

BANK = "UJIAN001"
"""An invented bank that is online and decides by the card number."""


class Visitor:
    """One person with a browser, a phone and a mailbox, at the addresses of one sandbox."""

    def __init__(
        self,
        addresses: Addresses,
        person: Person,
        application: Application | None = None,
        transport: Transport | None = None,
        source: random.Random | None = None,
    ) -> None:
        self.addresses = addresses
        self.application = application or Application()
        self.browser = Browser(transport)
        self.be(person)
        self.bank = Bank(self.browser)
        self.letter: Letter | None = None
        """The activation mail, once L05 has happened."""
        self.source = source or random.Random(person.identity_number)  # noqa: S311  invents document numbers
        self._done = 0

    def be(self, person: Person) -> None:
        """Whose name, phone and mailbox these are."""
        self.person = person
        self.phone = Phone(self.browser.transport, self.addresses.sms, person.mobile_e164)
        self.inbox = Inbox(self.browser.transport, self.addresses.inbox, person.email)

    @property
    def page(self) -> Page:
        """What is on the screen."""
        return self.browser.page

    def choose_bank(self, bank: str = BANK) -> Page:
        """The portal's half of L13: choose a bank, press **Bayar dengan FPX**, arrive at the bank."""
        self._begin("pay_by_fpx")
        self.browser.fill(bank=bank)
        self.browser.press("Bayar dengan FPX")
        if self.page.name == "pay_by_fpx" or self.page.pressable("Sign in") is None:
            raise self._other("the sign-in page of the bank")
        return self.page

    def press_renew(self) -> str:
        """L11b alone: **Memperbaharui** shows the form of a renewal."""
        self._begin("renew")
        self.browser.press("Memperbaharui")
        return self._on("renew")

    def cover_on_the_dashboard(self) -> Cover:
        """What the dashboard, which must be on the screen, says of cover and history."""
        if self.page.name != "dashboard":
            raise self._other("the dashboard")
        return Cover.of(self.page)

    def sign_out(self) -> Page:
        """Press **Log keluar**."""
        return self.browser.press("Log keluar")

    def refused(self, deed: Callable[..., object], **how: object) -> Page:
        """Do what the portal must say no to; returns the page that says so.

        Raises:
            NotRefused: it went through.
        """
        try:
            deed(**how)
        except Refused as refusal:
            return refusal.page
        raise NotRefused(f"{self.browser.step} with {how}", self.page)

    def papers(self) -> tuple[Paper, ...]:
        """The documents the guide asks of this applicant, as samples."""
        return self.papers_of(*documents.needed(self.application.category, self.application.region))

    def papers_of(self, *kinds: str) -> tuple[Paper, ...]:
        """Samples of the kinds named."""
        return documents.papers(kinds, self.source)

    def phrase_shown(self) -> str | None:
        """The secret phrase on the second log-in page."""
        return self.page.testid("ungkapan-rahsia")

    def payment_status(self) -> str | None:
        """The status word on the receipt page."""
        return self.page.testid("payment-status")

    def _begin(self, name: str) -> None:
        self.browser.step = f"{BY_NAME[name].id} {name}"

    def _on(self, page: str) -> str:
        """Check that the page is `page` and that it is in order; count the step as done."""
        if self.page.name != page or self.page.status >= 400:
            raise self._other(f"the page {page!r}")
        step = BY_NAME[self.browser.step.partition(" ")[2]]
        self._done = max(self._done, step.number)
        return self.page.title

    def _see(self, wording: str, meaning: str) -> None:
        if wording.casefold() not in self.page.text.casefold():
            raise self._other(f"{meaning} ({wording!r})")

    def _other(self, expected: str) -> WhatThePageSaid:
        said_no = self.page.is_html and (400 <= self.page.status < 500 or bool(self.page.alerts))
        kind = Refused if said_no and self.page.status < 500 else WhatThePageSaid
        return kind(self.browser.step, expected, self.page)
