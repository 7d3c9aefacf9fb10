"""The code that was sent for a forgotten password. The page never says to which phone, or whether to one."""

from __future__ import annotations

from flask import Blueprint

from reference_portal.guide.confirm_mobile import ConfirmMobileForm
from reference_portal.guide.form import REFUSED, PageForm, pressed
from reference_portal.guide.visit import Answer, address, forget, go, portal, remember, remembered, show, tell
from reference_portal.rules.one_time_password import Purpose
from reference_portal.storage.codes import Errand

blueprint = Blueprint("reset_code", __name__, url_prefix="/reset-code")


def _show(who: str, form: PageForm, status: int = 200) -> Answer:
    timing = portal().one_time_passwords.timing(Errand(who, Purpose.FORGOTTEN, ""))
    return show("reset_code", status, form=form, timing=timing, sms_room=portal().settings.sms_room)


@blueprint.get("")
def page() -> Answer:
    """Ask for the code."""
    who = remembered("forgot")
    return go("forgot_password.page") if who is None else _show(who, ConfirmMobileForm())


@blueprint.post("")
def submit() -> Answer:
    """Take the code."""
    who = remembered("forgot")
    if who is None:
        return go("forgot_password.page")
    form = ConfirmMobileForm()
    token = form.attempt(lambda: portal().forgotten.confirm(who, form.otp.value, address()))
    if token is REFUSED:
        return _show(who, form, 422)
    forget("forgot")
    remember("resetting", token)
    return go("reset_password.page")


@blueprint.post("/resend")
def resend() -> Answer:
    """Send another code."""
    who = remembered("forgot")
    if who is None:
        return go("forgot_password.page")
    tell(pressed(lambda: portal().forgotten.send_again(who)))
    return go("reset_code.page")
