"""The tester's door to the catalogue: the chooser on the bank's pages, and the console's page of planned faults."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from flask import Blueprint, redirect, render_template, request, url_for
from flask.sansio.blueprints import BlueprintSetupState
from markupsafe import Markup
from werkzeug.wrappers import Response as Answer

from emulators.foundation.doorkeeper import guard_forms
from emulators.foundation.errors import CallersMistake
from emulators.foundation.fault_form import form_wish
from emulators.foundation.faults import Faults
from emulators.fpx.errors import IllegalMove
from emulators.fpx.instructions import told
from emulators.fpx.outcomes.asked import magic_amount
from emulators.fpx.outcomes.catalogue import CATALOGUE
from emulators.fpx.outcomes.stages import KEPT, MATCHES, Stage, plain
from emulators.fpx.tester import Tester

PARAMETERS = {
    "enquiries": "pertanyaan AE",
    "code": "kod",
    "deliveries": "penghantaran",
    "seconds": "saat",
    "times": "kali",
    "at_latest": "selewat-lewatnya (saat)",
    "genuine_after": "yang tulen menyusul selepas (saat)",
    "field": "medan",
    "status": "status HTTP",
    "bank": "bank",
}
"""What a parameter is, in the page's words."""


def faults_door(tester: Tester, faults: Faults, token: str | None) -> Blueprint:
    """The pages; planning and resending are guarded like the control doors, the chooser by the visit's own name."""
    pages = Blueprint("faults", __name__)
    guarded = Blueprint("planned", __name__)
    guard_forms(guarded, token)
    pages.add_app_template_filter(plain)

    pages.record_once(_hang_words)

    @pages.post("/bank/<session>/outcome")
    def choose(session: str) -> Answer:
        tester.choose(session, _line(request.form))
        return redirect(url_for("bank.page", session=session), 303)

    @pages.errorhandler(IllegalMove)
    def too_late(_error: IllegalMove) -> Answer:
        return redirect(url_for("bank.page", session=str((request.view_args or {})["session"])), 303)

    def page(wrong: str = "") -> str:
        rows = {stage: [row for row in CATALOGUE if row.stage is stage] for stage in Stage}
        shown = {"planned": faults.told()["planned"], "rows": rows, "matches": MATCHES, "magic_amount": magic_amount}
        return render_template("console/faults.html", wrong=wrong, typed=request.form, **shown)

    @guarded.get("/faults")
    def listed() -> str:
        return page()

    @guarded.post("/faults")
    def plan() -> Answer | tuple[str, int]:
        faults.plan(form_wish(request.form))
        return redirect(url_for(".listed"), 303)

    @guarded.post("/faults/lift")
    def lift() -> Answer:
        faults.lift(request.form.get("id") or None)
        return redirect(url_for(".listed"), 303)

    @guarded.errorhandler(CallersMistake)
    def not_so(error: CallersMistake) -> tuple[str, int]:
        return page(error.sentence), 422

    @guarded.post("/transactions/<fpx_txn_id>/resend")
    def resend(fpx_txn_id: str) -> Answer:
        tester.resend({"fpx_txn_id": fpx_txn_id, "fault": _line(request.form)})
        return redirect(url_for("console.transaction", fpx_txn_id=fpx_txn_id), 303)

    pages.register_blueprint(guarded)
    return pages


CHOICES = {stage: [row for row in CATALOGUE if row.stage is stage] for stage in KEPT}
"""What the chooser on the bank's pages offers."""


def _hang_words(state: BlueprintSetupState) -> None:
    """What the pages say of faults; the chooser's options, fifty on two pages of every payment, are rendered once."""
    environment = state.app.jinja_env

    @cache
    def chooser_options() -> Markup:
        return Markup(environment.get_template("bank/choices.html").render(choices=CHOICES))  # noqa: S704  a template's

    words = {"asked_of": told, "parameter_words": PARAMETERS, "chooser_options": chooser_options}
    environment.globals.update(words)


def _line(form: Mapping[str, str]) -> str:
    """The header's notation of a chosen row and the parameters typed beside it."""
    name, given = form.get("name", "").strip(), form.get("with", "").strip()
    return f"{name}; {given}" if name and given else name
