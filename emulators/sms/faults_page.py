"""The tester's door to the catalogue: the console's page of planned faults."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from emulators.foundation.doorkeeper import guard_forms
from emulators.foundation.errors import CallersMistake
from emulators.foundation.fault_form import form_wish
from emulators.foundation.faults import Faults
from emulators.sms.fault_catalogue import CATALOGUE, DELIVERY, MATCHES, REQUEST
from emulators.sms.fault_numbers import MAGIC_ENDINGS
from emulators.sms.words import FAULTS, PARAMETERS


def faults_page(faults: Faults, magic_block: str, token: str | None) -> Blueprint:
    """`/faults`: what is planned, a form to plan more, the catalogue and the numbers that ask for faults."""
    pages = Blueprint("faults", __name__)
    guard_forms(pages, token)
    rows = {stage: [row for row in CATALOGUE if row.stage == stage] for stage in (REQUEST, DELIVERY)}

    def page(wrong: str = "") -> str:
        return render_template(
            "sms/faults.html",
            wrong=wrong,
            typed=request.form,
            planned=faults.told()["planned"],
            rows=rows,
            matches=MATCHES,
            fault_words=FAULTS,
            parameter_words=PARAMETERS,
            magic={magic_block + ending: asked for ending, asked in MAGIC_ENDINGS.items()} if magic_block else {},
        )

    @pages.get("/faults")
    def listed() -> str:
        return page()

    @pages.post("/faults")
    def plan() -> Answer:
        faults.plan(form_wish(request.form))
        return redirect(url_for("faults.listed"), 303)

    @pages.post("/faults/lift")
    def lift() -> Answer:
        faults.lift(request.form.get("id") or None)
        return redirect(url_for("faults.listed"), 303)

    @pages.errorhandler(CallersMistake)
    def not_so(error: CallersMistake) -> tuple[str, int]:
        return page(error.sentence), 422

    return pages
