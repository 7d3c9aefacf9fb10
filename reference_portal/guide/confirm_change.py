"""The code that was sent to a new phone or mailbox."""

from __future__ import annotations

from flask import Blueprint

from reference_portal.errors import NotHere
from reference_portal.guide.confirm_mobile import ConfirmMobileForm
from reference_portal.guide.form import REFUSED, PageForm, pressed
from reference_portal.guide.visit import Answer, address, go, leave, me, portal, show, sign_in_required, tell
from reference_portal.notices import Notice, Tone
from reference_portal.rules.contact import masked_email, masked_mobile
from reference_portal.rules.one_time_password import Purpose
from reference_portal.storage.codes import Challenge

blueprint = Blueprint("confirm_change", __name__, url_prefix="/confirm-change/<what>")

PHONE, EMAIL = "phone", "email"
_PURPOSES = {PHONE: Purpose.NEW_PHONE, EMAIL: Purpose.NEW_EMAIL}
_DONE = {PHONE: "I-CHG-01", EMAIL: "I-CHG-02"}


def _purpose(what: str) -> Purpose:
    if what not in _PURPOSES:
        raise NotHere(f"nothing called {what} can be changed")
    return _PURPOSES[what]


def _show(what: str, challenge: Challenge, form: PageForm, status: int = 200) -> Answer:
    settings = portal().settings
    timing = portal().one_time_passwords.timing(challenge)
    masked = (masked_mobile if what == PHONE else masked_email)(challenge.target)
    rooms = {"sms_room": settings.sms_room, "inbox": settings.inbox}
    return show("confirm_change", status, what=what, masked=masked, form=form, timing=timing, **rooms)


@blueprint.get("")
@sign_in_required
def page(what: str) -> Answer:
    """Ask for the code, as long as one is waited for."""
    waiting = portal().account_changes.waiting(me(), _purpose(what))
    return go("account.page") if waiting is None else _show(what, waiting, ConfirmMobileForm())


@blueprint.post("")
@sign_in_required
def submit(what: str) -> Answer:
    """Take the code; every stay ends."""
    purpose, form = _purpose(what), ConfirmMobileForm()
    waiting = portal().account_changes.waiting(me(), purpose)
    done = form.attempt(lambda: portal().account_changes.confirm(me(), purpose, form.otp.value, address()))
    if done is REFUSED and waiting is not None:
        return _show(what, waiting, form, 422)
    if done is REFUSED:
        tell(Notice(Tone.WARNING, "E-OTP-02"))
        return go("account.page")
    leave()
    tell(Notice(Tone.SUCCESS, _DONE[what]))
    return go("sign_in.page")


@blueprint.post("/resend")
@sign_in_required
def resend(what: str) -> Answer:
    """Send another code to the same place."""
    tell(pressed(lambda: portal().account_changes.send_again(me(), _purpose(what))))
    return go("confirm_change.page", what=what)
