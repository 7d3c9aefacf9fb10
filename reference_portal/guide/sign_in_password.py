"""L09: the Ungkapan Rahsia is shown, Kata Laluan is asked for."""

from __future__ import annotations

from typing import ClassVar

from flask import Blueprint

from reference_portal.guide.fields import SecretField
from reference_portal.guide.form import REFUSED, PageForm
from reference_portal.guide.visit import Answer, address, begin_stay, go, portal, remembered, show, want_again
from reference_portal.speech import _
from reference_portal.storage.accounts import Account

blueprint = Blueprint("sign_in_password", __name__, url_prefix="/sign-in-password")


class SignInPasswordForm(PageForm):
    """One field."""

    blames: ClassVar[dict[str, str]] = {"E-LOG-01": "password", "E-LOG-02": "password"}

    password = SecretField(_("Kata Laluan"))

    def account(self, who: str) -> Account:
        """Whose password it is."""
        return portal().signing_in.sign_in(who, self.password.data or "", address())


def _show(who: str, form: SignInPasswordForm, status: int = 200) -> Answer:
    return show("sign_in_password", status, form=form, phrase=portal().signing_in.phrase(who))


@blueprint.get("")
def page() -> Answer:
    """Show the phrase of the number that was typed."""
    who = remembered("typed")
    return go("sign_in.page") if who is None else _show(who, SignInPasswordForm())


@blueprint.post("")
def submit() -> Answer:
    """Sign in, and go to the page that was asked for."""
    who = remembered("typed")
    if who is None:
        return go("sign_in.page")
    form = SignInPasswordForm()
    account = form.attempt(lambda: form.account(who))
    if account is REFUSED:
        return _show(who, form, 422)
    want_again(begin_stay(account))
    return go("choose_mode.page")
