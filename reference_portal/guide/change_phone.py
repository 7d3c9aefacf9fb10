"""Another phone: the password again, then a code sent to it (`confirm_change.py`)."""

from __future__ import annotations

from typing import ClassVar

from flask import Blueprint

from reference_portal.guide.confirm_change import PHONE
from reference_portal.guide.fields import SecretField, TypedField
from reference_portal.guide.form import REFUSED, PageForm
from reference_portal.guide.visit import Answer, address, go, me, portal, show, sign_in_required, tell
from reference_portal.notices import Notice
from reference_portal.rules import contact
from reference_portal.rules.one_time_password import Purpose
from reference_portal.speech import _

blueprint = Blueprint("change_phone", __name__, url_prefix="/change-phone")


class ChangePhoneForm(PageForm):
    """The new number and the password."""

    blames: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("E-TEL-02", "E-OTP-03"), "mobile"),
        **dict.fromkeys(("E-PWD-05", "E-LOG-02"), "password"),
    }

    mobile = TypedField(_("Nombor telefon bimbit baharu"), contact.mobile)
    password = SecretField(_("Kata Laluan"))

    def ask(self) -> Notice:
        """Have the code sent."""
        password = self.password.data or ""
        return portal().account_changes.ask(me(), Purpose.NEW_PHONE, self.mobile.value, password, address())


def _show(form: ChangePhoneForm, status: int = 200) -> Answer:
    return show("change_phone", status, form=form, present=contact.masked_mobile(me().mobile))


@blueprint.get("")
@sign_in_required
def page() -> Answer:
    """The empty form."""
    return _show(ChangePhoneForm())


@blueprint.post("")
@sign_in_required
def submit() -> Answer:
    """Send the code to the new phone; the present one counts until it is typed."""
    form = ChangePhoneForm()
    notice = form.attempt(form.ask)
    if notice is REFUSED:
        return _show(form, 422)
    tell(notice)
    return go("confirm_change.page", what=PHONE)
