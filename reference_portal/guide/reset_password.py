"""The new password of somebody whose code was right. The phrase is shown, because it stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from flask import Blueprint

from reference_portal.errors import RuleBroken
from reference_portal.guide.fields import SecretField
from reference_portal.guide.form import REFUSED, PageForm
from reference_portal.guide.visit import Answer, forget, go, leave, portal, remembered, show, tell
from reference_portal.notices import Notice, Tone
from reference_portal.speech import _
from reference_portal.storage.accounts import Account

blueprint = Blueprint("reset_password", __name__, url_prefix="/reset-password")

Judge = Callable[[str], list[RuleBroken]]


class NewPasswordForm(PageForm):
    """The password and the password again; `judge` says what speaks against it."""

    blames: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("E-PWD-01", "E-PWD-03", "E-PWD-04"), "password"),
        "E-PWD-02": "password_confirm",
    }

    password = SecretField(_("Kata Laluan baharu"))
    password_confirm = SecretField(_("Pengesahan Kata Laluan baharu"))

    def __init__(self, judge: Judge) -> None:
        super().__init__()
        self._judge = judge

    def faults(self) -> Iterator[RuleBroken]:
        """The rules of the password, and E-PWD-02 when the two differ."""
        if self.password.data:
            yield from self._judge(self.password.data)
        if self.password_confirm.data and self.password.data != self.password_confirm.data:
            yield RuleBroken("E-PWD-02")


def _owner() -> Account | None:
    token = remembered("resetting")
    return portal().forgotten.owner(token) if token else None


def _too_late() -> Answer:
    forget("resetting")
    tell(Notice(Tone.WARNING, "E-PWD-06"))
    return go("forgot_password.page")


def _form(account: Account) -> NewPasswordForm:
    return NewPasswordForm(lambda password: portal().forgotten.faults(account, password))


@blueprint.get("")
def page() -> Answer:
    """The empty form, for the browser whose code was right."""
    account = _owner()
    return _too_late() if account is None else show("reset_password", form=_form(account), phrase=account.secret_phrase)


@blueprint.post("")
def submit() -> Answer:
    """Replace the password; whoever was signed in anywhere is not any more."""
    account, token = _owner(), remembered("resetting") or ""
    if account is None:
        return _too_late()
    form = _form(account)
    done = form.attempt(lambda: portal().forgotten.choose(token, form.password.data or ""))
    if done is REFUSED:
        return show("reset_password", 422, form=form, phrase=account.secret_phrase)
    if not done:
        return _too_late()
    leave()
    tell(Notice(Tone.SUCCESS, "I-PWD"))
    return go("sign_in.page")
