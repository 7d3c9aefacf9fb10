"""L07: Ungkapan Rahsia and Kata Laluan; afterwards the account exists."""

from __future__ import annotations

from typing import ClassVar

from flask import Blueprint

from reference_portal.account_state import AccountState
from reference_portal.accounts import Secrets
from reference_portal.errors import RuleBroken
from reference_portal.guide.form import REFUSED, PageForm, SecretField, TypedField
from reference_portal.guide.visit import Answer, forget, go, portal, remembered, show, tell
from reference_portal.notices import Notice, Tone
from reference_portal.storage.accounts import Account

blueprint = Blueprint("set_secrets", __name__, url_prefix="/set-secrets")


class SetSecretsForm(PageForm):
    """The phrase, the password and the password again."""

    blames: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("E-PHR", "E-PHR-02", "E-PHR-03"), "secret_phrase"),
        **dict.fromkeys(("E-PWD-01", "E-PWD-03", "E-PWD-04"), "password"),
        "E-PWD-02": "password_confirm",
    }

    secret_phrase = TypedField("Ungkapan Rahsia", longest=200)
    password = SecretField("Kata Laluan")
    password_confirm = SecretField("Pengesahan Kata Laluan")

    def chosen(self) -> Secrets:
        """What was typed; E-PWD-02 when the two passwords differ."""
        if self.password.data != self.password_confirm.data:
            raise RuleBroken("E-PWD-02")
        return Secrets(secret_phrase=self.secret_phrase.value, password=self.password.data or "")


def _activating() -> Account | None:
    account_id = remembered("activating")
    account = portal().accounts.find(account_id) if account_id else None
    return account if account and account.state is AccountState.AWAITING_SECRETS else None


@blueprint.get("")
def page() -> Answer:
    """The empty form, for the browser that opened the link."""
    if _activating() is None:
        return go("sign_in.page")
    return show("set_secrets", form=SetSecretsForm())


@blueprint.post("")
def submit() -> Answer:
    """Finish the account."""
    account = _activating()
    if account is None:
        return go("sign_in.page")
    form = SetSecretsForm()
    done = form.attempt(lambda: portal().accounts.set_secrets(account.id, form.chosen()))
    if done is REFUSED:
        return show("set_secrets", 422, form=form)
    forget("activating", "registering")
    tell(Notice(Tone.SUCCESS, "I-ACT"))
    return go("sign_in.page")
