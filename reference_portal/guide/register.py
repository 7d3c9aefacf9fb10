"""L03: the account form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from flask import Blueprint

from reference_portal.accounts import Registration
from reference_portal.clock import today
from reference_portal.errors import RuleBroken
from reference_portal.guide.fields import TickField, TypedField, plain
from reference_portal.guide.form import REFUSED, PageForm
from reference_portal.guide.sample_applicant import SAMPLE_TO_REGISTER, register_answers
from reference_portal.guide.visit import Answer, address, forget, go, portal, remember, remembered, show, tell
from reference_portal.rules import contact, identity_number
from reference_portal.rules.identity_number import IdentityNumber
from reference_portal.speech import _

blueprint = Blueprint("register", __name__, url_prefix="/register")


def identity_card(typed: str) -> IdentityNumber:
    """The number, judged on the portal's day and by its safe mode."""
    here = portal()
    return identity_number.parse(typed, today(here.clock), here.settings.safe_identity_numbers)


class RegisterForm(PageForm):
    """Name, identity number, e-mail twice, mobile number, consent."""

    blames: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("E-IC-05", "E-IC-06"), "identity_number"),
        "E-EML-02": "email_confirm",
        "E-EML-03": "email",
        "E-OTP-03": "mobile",
    }

    full_name = TypedField(_("Nama penuh (seperti dalam kad pengenalan)"), contact.full_name)
    identity_number = TypedField(_("Nombor kad pengenalan"), identity_card)
    email = TypedField(_("Emel"), contact.email)
    email_confirm = TypedField(_("Sahkan emel"))
    mobile = TypedField(_("Nombor telefon bimbit"), contact.mobile)
    consent = TickField(_("Saya faham ini sandbox dan bersetuju data contoh ini diproses untuk ujian."), "E-CON")

    def faults(self) -> Iterator[RuleBroken]:
        """E-EML-02 when the two addresses differ; E-IC-05, E-IC-06 and E-EML-03 for what somebody has already."""
        twice = self.email.data and self.email_confirm.data
        if twice and plain(self.email.data).lower() != plain(self.email_confirm.data).lower():
            yield RuleBroken("E-EML-02")
        card = None if self.identity_number.errors else self.identity_number.value
        email = None if self.email.errors else self.email.value
        yield from portal().accounts.taken(card, email, address(), begun_here())

    def registration(self) -> Registration:
        """What was typed, parsed."""
        return Registration(
            full_name=self.full_name.value,
            card=self.identity_number.value,
            email=self.email.value,
            mobile=self.mobile.value,
        )


def begun_here() -> set[str]:
    """Ids of what this browser has begun and not finished."""
    return {begun for what in ("registering", "activating") if (begun := remembered(what))}


def _show(form: RegisterForm, status: int = 200) -> Answer:
    safe = portal().settings.safe_identity_numbers
    return show("register", status, form=form, places=identity_number.spoken_places() if safe else "")


@blueprint.get("")
def page() -> Answer:
    """The empty form; filled in with the sample applicant that was chosen, the consent apart."""
    return _show(RegisterForm(data=register_answers()))


@blueprint.post("")
def submit() -> Answer:
    """Begin the account and send the one-time password."""
    form = RegisterForm()
    begun = form.attempt(lambda: portal().accounts.register(form.registration(), address(), begun_here()))
    if begun is REFUSED:
        return _show(form, 422)
    account_id, notice = begun
    remember("registering", account_id)
    forget(SAMPLE_TO_REGISTER)
    tell(notice)
    return go("confirm_mobile.page")
