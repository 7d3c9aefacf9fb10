"""The button **Log keluar**, in the header of every page while somebody is signed in."""

from __future__ import annotations

from flask import Blueprint

from reference_portal.guide.visit import Answer, end_stay, go, tell
from reference_portal.notices import Notice, Tone

blueprint = Blueprint("sign_out", __name__, url_prefix="/sign-out")


@blueprint.post("")
def submit() -> Answer:
    """End the stay; pressing it twice does no harm."""
    end_stay()
    tell(Notice(Tone.SUCCESS, "I-OUT"))
    return go("home.page")
