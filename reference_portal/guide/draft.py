"""**Simpan draf**: what was typed so far, kept by the button, and by the form's script while somebody types."""

from __future__ import annotations

from flask import Blueprint, request

from reference_portal.errors import NotAllowed, NotHere
from reference_portal.guide.apply import ApplyForm
from reference_portal.guide.contribution_fields import ContributionForm
from reference_portal.guide.drafting import typed
from reference_portal.guide.renew import RenewForm
from reference_portal.guide.visit import Answer, go, portal, slept, stay, tell
from reference_portal.notices import Notice, Tone

blueprint = Blueprint("draft", __name__, url_prefix="/draft/<form>")

FORMS: dict[str, type[ContributionForm]] = {"apply": ApplyForm, "renew": RenewForm}


@blueprint.post("")
def submit(form: str) -> Answer:
    """Keep the words; of a form sent by its button the files too, as far as they will do."""
    if form not in FORMS:
        raise NotHere(f"no form is called {form}")
    present = stay()
    owner = present.account.id if present else slept()
    if owner is None:
        raise NotAllowed("nobody is signed in whose draft it could be")
    filled = FORMS[form]()
    portal().drafts.keep(owner, form, typed(filled))
    if request.files:
        filled.validate()
        portal().documents.keep(owner, filled.described())
    if "quietly" in request.form:
        return "", 204
    tell(Notice(Tone.SUCCESS, "I-DRAFT-03"))
    return go(f"{form}.page")
