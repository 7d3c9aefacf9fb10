"""L08, and the link of L02: the first log-in page asks for the identity number."""

from __future__ import annotations

from typing import ClassVar

from flask import Blueprint, request

from reference_portal.account_state import AccountState
from reference_portal.errors import RuleBroken
from reference_portal.guide.confirm_mobile import registering
from reference_portal.guide.fields import TypedField
from reference_portal.guide.form import REFUSED, PageForm
from reference_portal.guide.register import identity_card
from reference_portal.guide.visit import Answer, address, go, portal, remember, show, tell
from reference_portal.notices import Notice, Tone
from reference_portal.speech import _

blueprint = Blueprint("sign_in", __name__, url_prefix="/sign-in")


class SignInForm(PageForm):
    """One field."""

    blames: ClassVar[dict[str, str]] = {"E-LOG-03": "identity_number"}

    identity_number = TypedField(_("Nombor kad pengenalan"), identity_card)

    def who(self) -> str:
        """Whom the next page is about.

        E-LOG-03 is said only in the browser that registered the number: to anybody else it would tell that the
        number is known.
        """
        mine = registering()
        unfinished = mine is not None and mine.state is not AccountState.ACTIVE
        if mine is not None and unfinished and mine.identity_number == self.identity_number.value.digits:
            raise RuleBroken("E-LOG-03")
        return portal().signing_in.typed(self.identity_number.value.digits, address())


@blueprint.get("")
def page() -> Answer:
    """Ask for the number."""
    if request.args.get("bukan") == "saya":
        tell(Notice(Tone.WARNING, "W-PHR"))
        return go("sign_in.page")
    return show("sign_in", form=SignInForm())


@blueprint.post("")
def submit() -> Answer:
    """Go on to the phrase, whether the number is known or not."""
    form = SignInForm()
    who = form.attempt(form.who)
    if who is REFUSED:
        return show("sign_in", 422, form=form)
    remember("typed", who)
    return go("sign_in_password.page")
