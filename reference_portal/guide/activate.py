"""L06: the page behind the link in the mail. Looking at it (GET, HEAD) uses nothing; its button does."""

from __future__ import annotations

from flask import Blueprint

from reference_portal.activation import Standing
from reference_portal.guide.form import REFUSED, PageForm
from reference_portal.guide.visit import Answer, address, forget, go, portal, remember, show, tell
from reference_portal.notices import Notice, Tone

blueprint = Blueprint("activate", __name__, url_prefix="/activate")

_WHY = {Standing.GOOD: None, Standing.EXPIRED: "E-ACT-01", Standing.WORTHLESS: "E-ACT-02"}


def _show(token: str, status: int = 200) -> Answer:
    glance = portal().activation.glance(token, address())
    status = status if glance.standing is Standing.GOOD else 410
    return show("activate", status, token=token, refusal=_WHY[glance.standing], renewable=glance.renewable)


@blueprint.get("/<token>")
def page(token: str) -> Answer:
    """Offer the button, or say what is wrong with the link and what to do."""
    return _show(token)


@blueprint.post("/<token>")
def submit(token: str) -> Answer:
    """Use the link."""
    account_id = PageForm().attempt(lambda: portal().activation.open(token, address()))
    if account_id is REFUSED:
        return _show(token, 410)
    forget("registering")
    remember("activating", account_id)
    tell(Notice(Tone.SUCCESS, "I-EML"))
    return go("set_secrets.page")
