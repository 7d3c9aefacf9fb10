"""**Lupa kata laluan?**: whose. What follows is the same for a number with an account and for one without."""

from __future__ import annotations

from typing import ClassVar

from flask import Blueprint

from reference_portal.guide.fields import TypedField
from reference_portal.guide.form import REFUSED, PageForm
from reference_portal.guide.register import identity_card
from reference_portal.guide.visit import Answer, address, go, portal, remember, show, tell
from reference_portal.notices import Notice, Tone
from reference_portal.speech import _

blueprint = Blueprint("forgot_password", __name__, url_prefix="/forgot-password")


class ForgotPasswordForm(PageForm):
    """One field."""

    blames: ClassVar[dict[str, str]] = {"E-OTP-03": "identity_number"}

    identity_number = TypedField(_("Nombor kad pengenalan"), identity_card)

    def begin(self) -> str:
        """Have the code sent."""
        return portal().forgotten.begin(self.identity_number.value.digits, address())


@blueprint.get("")
def page() -> Answer:
    """Ask for the number."""
    return show("forgot_password", form=ForgotPasswordForm())


@blueprint.post("")
def submit() -> Answer:
    """Go on to the code, whether the number is known or not."""
    form = ForgotPasswordForm()
    who = form.attempt(form.begin)
    if who is REFUSED:
        return show("forgot_password", 422, form=form)
    remember("forgot", who)
    tell(Notice(Tone.INFO, "I-OTP-03", {"m": portal().settings.otp_minutes}))
    return go("reset_code.page")
