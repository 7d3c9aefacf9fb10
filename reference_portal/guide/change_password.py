"""Another password for somebody who knows the present one."""

from __future__ import annotations

from typing import ClassVar

from flask import Blueprint

from reference_portal.guide.fields import SecretField
from reference_portal.guide.form import REFUSED
from reference_portal.guide.reset_password import NewPasswordForm
from reference_portal.guide.visit import Answer, address, go, leave, me, portal, show, sign_in_required, tell
from reference_portal.notices import Notice, Tone
from reference_portal.speech import _

blueprint = Blueprint("change_password", __name__, url_prefix="/change-password")


class ChangePasswordForm(NewPasswordForm):
    """The present one, then the new one twice."""

    blames: ClassVar[dict[str, str]] = {
        **NewPasswordForm.blames,
        **dict.fromkeys(("E-PWD-05", "E-LOG-02"), "present"),
    }
    leading = ("present",)

    present = SecretField(_("Kata Laluan sekarang"))

    def __init__(self) -> None:
        super().__init__(lambda password: portal().account_changes.password_faults(me(), password))

    def change(self) -> None:
        """Do it."""
        present, chosen = self.present.data or "", self.password.data or ""
        portal().account_changes.change_password(me(), present, chosen, address())


@blueprint.get("")
@sign_in_required
def page() -> Answer:
    """The empty form."""
    return show("change_password", form=ChangePasswordForm())


@blueprint.post("")
@sign_in_required
def submit() -> Answer:
    """Replace the password; every stay ends."""
    form = ChangePasswordForm()
    if form.attempt(form.change) is REFUSED:
        return show("change_password", 422, form=form)
    leave()
    tell(Notice(Tone.SUCCESS, "I-PWD"))
    return go("sign_in.page")
