"""Telling the owner of an account that something was changed: by mail, and at the old phone or mailbox as well."""

from __future__ import annotations

from collections.abc import Callable

from reference_portal import messages
from reference_portal.afterwards import Afterwards
from reference_portal.clock import Clock
from reference_portal.errors import GatewayError
from reference_portal.settings import PortalSettings
from reference_portal.storage.accounts import Account
from reference_portal.storage.journal import Journal
from reference_portal.wires import MailWire, SmsWire

MESSAGE = "account_changed"


class AccountNotices:
    """Sends after the answer; a gateway that is down is noted in the journal and keeps nobody from anything."""

    def __init__(
        self,
        settings: PortalSettings,
        clock: Clock,
        journal: Journal,
        sms: SmsWire,
        mail: MailWire,
        afterwards: Afterwards,
    ) -> None:
        # the address comes from the settings, never from the request: a forged Host header must not reach a mail
        self._forgot_url = f"{settings.public_url.rstrip('/')}/forgot-password"
        self._clock = clock
        self._journal = journal
        self._sms = sms
        self._mail = mail
        self._afterwards = afterwards

    def password_changed(self, account: Account) -> None:
        """By mail."""
        self._write(account, account.email, "T-CHG-01")

    def phone_changed(self, account: Account) -> None:
        """To the phone of before (`account` as it was) and by mail: whoever lost it to somebody else hears of it."""
        self._write(account, account.email, "T-CHG-02")
        said = messages.text("SMS-CHG", perubahan=messages.text("T-CHG-02"))
        self._later(account, lambda: self._sms.send(account.mobile, said))

    def email_changed(self, account: Account, new: str) -> None:
        """To the mailbox of before (`account` as it was) and to the new one."""
        for address in (account.email, new):
            self._write(account, address, "T-CHG-03")

    def _write(self, account: Account, to: str, change: str) -> None:
        told = {"full_name": account.full_name, "change": messages.text(change), "at": self._clock.now()}
        self._later(account, lambda: self._mail.send(to, MESSAGE, forgot_url=self._forgot_url, **told))

    def _later(self, account: Account, send: Callable[[], object]) -> None:
        def try_to() -> None:
            try:
                send()
            except GatewayError as trouble:
                self._journal.note("notice.not_sent", account.id, reason=str(trouble))

        self._afterwards.later(try_to)
