"""The buyer at the bank's own pages, between the portal and the way back."""

from __future__ import annotations

from features.browser import Browser
from features.errors import WhatThePageSaid
from features.page import Page

APPROVED_CARD = "1234"
"""The buyer whose payment the bank approves (00)."""

PASSWORD = "1234"  # noqa: S105  the simulator prints it on its page


class Bank:
    """What a buyer can do from the bank's sign-in page on."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    def sign_in(self, card: str = APPROVED_CARD, password: str = PASSWORD) -> Page:
        """Type the card number and password, press **Sign in**."""
        self._browser.fill(CardNum=card, HPin=password)
        return self._browser.press("Sign in")

    def confirm(self) -> Page:
        """Keep the account the bank proposes, type the TAC the token shows, press **Confirm**."""
        token = self._browser.page.testid("bank-token")
        if token:
            self._browser.fill(TAC=token)
        return self._browser.press("Confirm")

    def cancel(self) -> Page:
        """Press **Cancel**, on whichever page it stands."""
        return self._browser.press("Cancel")

    def go_back_to_the_portal(self) -> Page:
        """Press **Continue with Transaction** on the bank's result page."""
        return self._browser.press("Continue with Transaction")

    def pay(self, card: str = APPROVED_CARD) -> Page:
        """Sign in, confirm, and come back."""
        self.sign_in(card)
        if self._browser.page.pressable("Confirm") is None:
            raise WhatThePageSaid(self._browser.step, "the bank to show account and amount", self._browser.page)
        self.confirm()
        return self.go_back_to_the_portal()
