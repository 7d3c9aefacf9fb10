"""L04: the one-time password received on the phone."""

from __future__ import annotations

from typing import ClassVar

from flask import Blueprint

from reference_portal.account_state import AccountState
from reference_portal.guide.fields import TypedField
from reference_portal.guide.form import REFUSED, PageForm, pressed
from reference_portal.guide.visit import Answer, address, forget, go, portal, remembered, show, tell
from reference_portal.rules.contact import masked_mobile
from reference_portal.rules.one_time_password import Purpose
from reference_portal.speech import _
from reference_portal.storage.accounts import Account
from reference_portal.storage.codes import Errand

blueprint = Blueprint("confirm_mobile", __name__, url_prefix="/confirm-mobile")


class ConfirmMobileForm(PageForm):
    """One field."""

    blames: ClassVar[dict[str, str]] = dict.fromkeys(("E-OTP-01", "E-OTP-02", "E-OTP-03", "E-OTP-05"), "otp")

    otp = TypedField(_("Nombor OTP"), longest=20)


def registering() -> Account | None:
    """The account this browser is registering, if any."""
    account_id = remembered("registering")
    return portal().accounts.find(account_id) if account_id else None


def next_page(account: Account | None) -> str:
    """Where a registration goes on."""
    if account is None:
        forget("registering")
        return "register.page"
    if account.state is AccountState.AWAITING_OTP:
        return "confirm_mobile.page"
    return "sign_in.page" if account.state is AccountState.ACTIVE else "registered.page"


def _show(account: Account, form: PageForm, status: int = 200) -> Answer:
    timing = portal().one_time_passwords.timing(Errand(account.id, Purpose.REGISTER, account.mobile))
    masked, room = masked_mobile(account.mobile), portal().settings.sms_room
    return show("confirm_mobile", status, form=form, masked=masked, timing=timing, sms_room=room)


@blueprint.get("")
def page() -> Answer:
    """Ask for the code, as long as this browser waits for one."""
    account = registering()
    if account is None or account.state is not AccountState.AWAITING_OTP:
        return go(next_page(account))
    return _show(account, ConfirmMobileForm())


@blueprint.post("")
def submit() -> Answer:
    """Take the code."""
    account = registering()
    if account is None or account.state is not AccountState.AWAITING_OTP:
        return go(next_page(account))
    form = ConfirmMobileForm()
    notice = form.attempt(lambda: portal().accounts.confirm_mobile(account.id, form.otp.value, address()))
    if notice is REFUSED:
        return _show(account, form, 422)
    tell(notice)
    return go("registered.page")


@blueprint.post("/resend")
def resend() -> Answer:
    """Send another code."""
    account = registering()
    if account is None:
        return go(next_page(account))
    tell(pressed(lambda: portal().accounts.send_code_again(account.id)))
    return go("confirm_mobile.page")
