"""L10: in what capacity the person is here; the guide has one, **Saya bekerja sendiri**."""

from __future__ import annotations

from flask import Blueprint, redirect, request

from reference_portal.errors import RuleBroken
from reference_portal.guide.form import REFUSED, PageForm
from reference_portal.guide.visit import Answer, choose_mode, show, sign_in_required, wanted_page
from reference_portal.stays import SELF_EMPLOYED

blueprint = Blueprint("choose_mode", __name__, url_prefix="/choose-mode")


class ChooseModeForm(PageForm):
    """One button for each mode."""

    def mode(self) -> str:
        """The button pressed; E-SEL for any mode that is not offered."""
        if request.form.get("mode") != SELF_EMPLOYED:
            raise RuleBroken("E-SEL")
        return SELF_EMPLOYED


@blueprint.get("")
@sign_in_required
def page() -> Answer:
    """Offer the modes."""
    return show("choose_mode", form=ChooseModeForm())


@blueprint.post("")
@sign_in_required
def submit() -> Answer:
    """Go to the dashboard, or to the page that was asked for before signing in."""
    form = ChooseModeForm()
    mode = form.attempt(form.mode)
    if mode is REFUSED:
        return show("choose_mode", 422, form=form)
    choose_mode(mode)
    return redirect(wanted_page() or "/dashboard", 303)
