"""L07: Ungkapan Rahsia and Kata Laluan; afterwards the account exists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from flask import Blueprint

from reference_portal.account_state import AccountState
from reference_portal.errors import RuleBroken
from reference_portal.first_secrets import Secrets
from reference_portal.guide.fields import SecretField, TypedField
from reference_portal.guide.form import REFUSED, PageForm
from reference_portal.guide.visit import Answer, forget, go, portal, remembered, show, tell
from reference_portal.notices import Notice, Tone
from reference_portal.speech import _
from reference_portal.storage.accounts import Account

blueprint = Blueprint("set_secrets", __name__, url_prefix="/set-secrets")


class SetSecretsForm(PageForm):
    """The phrase, the password and the password again."""

    blames: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("E-PHR", "E-PHR-02", "E-PHR-03"), "secret_phrase"),
        **dict.fromkeys(("E-PWD-01", "E-PWD-03", "E-PWD-04"), "password"),
        "E-PWD-02": "password_confirm",
    }

    secret_phrase = TypedField(_("Ungkapan Rahsia"), longest=200)
    password = SecretField(_("Kata Laluan"))
    password_confirm = SecretField(_("Pengesahan Kata Laluan"))

    def __init__(self, account: Account) -> None:
        super().__init__()
        self._account = account

    def faults(self) -> Iterator[RuleBroken]:
        """The rules of the phrase and of the password, and E-PWD-02 when the two passwords differ."""
        for broken in portal().first_secrets.faults(self._account, self.chosen()):
            if not self[self.blames[broken.code]].errors:
                yield broken
        if self.password_confirm.data and self.password.data != self.password_confirm.data:
            yield RuleBroken("E-PWD-02")

    def chosen(self) -> Secrets:
        """What was typed."""
        return Secrets(secret_phrase=self.secret_phrase.value or "", password=self.password.data or "")


def _activating() -> Account | None:
    account_id = remembered("activating")
    account = portal().accounts.find(account_id) if account_id else None
    return account if account and account.state is AccountState.AWAITING_SECRETS else None


def _gone() -> bool:
    """Whether this browser opened the link of an account that was begun anew since."""
    account_id = remembered("activating")
    return account_id is not None and portal().accounts.find(account_id) is None


def _nothing_to_set() -> Answer:
    """Log in, when the secrets are set; the way to start again, when there is nothing left to set them for."""
    if _gone():
        return show("activate", 410, refusal="E-ACT-02", renewable=False)
    return go("sign_in.page")


@blueprint.get("")
def page() -> Answer:
    """The empty form, for the browser that opened the link."""
    account = _activating()
    return _nothing_to_set() if account is None else show("set_secrets", form=SetSecretsForm(account))


@blueprint.post("")
def submit() -> Answer:
    """Finish the account."""
    account = _activating()
    if account is None:
        return _nothing_to_set()
    form = SetSecretsForm(account)
    done = form.attempt(lambda: portal().first_secrets.set(account.id, form.chosen()))
    if done is REFUSED:
        return show("set_secrets", 422, form=form)
    if not done and _gone():
        return _nothing_to_set()
    forget("activating", "registering")
    tell(Notice(Tone.SUCCESS, "I-ACT"))
    return go("sign_in.page")
