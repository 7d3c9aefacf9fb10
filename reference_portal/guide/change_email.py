"""Another mailbox: the password again, then a code sent there (`confirm_change.py`)."""

from __future__ import annotations

from typing import ClassVar

from flask import Blueprint

from reference_portal.guide.confirm_change import EMAIL
from reference_portal.guide.fields import SecretField, TypedField
from reference_portal.guide.form import REFUSED, PageForm
from reference_portal.guide.visit import Answer, address, go, me, portal, show, sign_in_required, tell
from reference_portal.notices import Notice
from reference_portal.rules import contact
from reference_portal.rules.one_time_password import Purpose
from reference_portal.speech import _

blueprint = Blueprint("change_email", __name__, url_prefix="/change-email")


class ChangeEmailForm(PageForm):
    """The new address and the password."""

    blames: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("E-EML-03", "E-EML-04", "E-OTP-03"), "email"),
        **dict.fromkeys(("E-PWD-05", "E-LOG-02"), "password"),
    }

    email = TypedField(_("Emel baharu"), contact.email)
    password = SecretField(_("Kata Laluan"))

    def ask(self) -> Notice:
        """Have the code sent."""
        password = self.password.data or ""
        return portal().account_changes.ask(me(), Purpose.NEW_EMAIL, self.email.value, password, address())


def _show(form: ChangeEmailForm, status: int = 200) -> Answer:
    return show("change_email", status, form=form, present=contact.masked_email(me().email))


@blueprint.get("")
@sign_in_required
def page() -> Answer:
    """The empty form."""
    return _show(ChangeEmailForm())


@blueprint.post("")
@sign_in_required
def submit() -> Answer:
    """Send the code to the new mailbox; the present one counts until it is typed."""
    form = ChangeEmailForm()
    notice = form.attempt(form.ask)
    if notice is REFUSED:
        return _show(form, 422)
    tell(notice)
    return go("confirm_change.page", what=EMAIL)
