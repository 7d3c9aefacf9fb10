"""The page on which a tester plans what goes wrong with the next mails."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from emulators.foundation.doorkeeper import guard_forms
from emulators.foundation.errors import CallersMistake
from emulators.foundation.fault_form import form_wish
from emulators.foundation.faults import Faults
from emulators.smtp.mishap_words import MEANINGS, PARAMETERS, STAGES


def fault_page(faults: Faults, token: str | None) -> Blueprint:
    """`/faults`: the catalogue, what is planned, and a form; guarded like the control doors."""
    pages = Blueprint("faults", __name__)
    guard_forms(pages, token)

    def page(wrong: str = "") -> str:
        told = faults.told()
        words = {"stages": STAGES, "meanings": MEANINGS, "parameters": PARAMETERS}
        return render_template("smtp/faults.html", wrong=wrong, typed=request.form, **told, **words)

    @pages.get("/faults")
    def listed() -> str:
        return page()

    @pages.post("/faults")
    def plan() -> Answer:
        faults.plan(form_wish(request.form))
        return redirect(url_for(".listed"), 303)

    @pages.post("/faults/lift")
    def lift() -> Answer:
        faults.lift(request.form.get("id") or None)
        return redirect(url_for(".listed"), 303)

    @pages.errorhandler(CallersMistake)
    def not_so(error: CallersMistake) -> tuple[str, int]:
        return page(error.sentence), 422

    return pages
