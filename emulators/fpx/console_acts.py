"""What a tester does in the console: decides an open payment, switches banks; guarded like the control doors."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from emulators.foundation.doorkeeper import guard_forms
from emulators.fpx.availability import Availability
from emulators.fpx.banks import B2B1, B2C
from emulators.fpx.decider import FAILURES, OPEN, Decider
from emulators.fpx.messages import be

MODELS = {B2C: "B2C", B2B1: "B2B1"}


def acts_door(decider: Decider, availability: Availability, control_token: str | None) -> Blueprint:
    """The forms of the console."""
    acts = Blueprint("acts", __name__)
    guard_forms(acts, control_token)

    acts.record_once(lambda state: state.app.jinja_env.globals.update(open_states=OPEN, failures=FAILURES))

    @acts.post("/transactions/<fpx_txn_id>/decide")
    def decide(fpx_txn_id: str) -> Answer:
        decider.decide(fpx_txn_id, request.form.get("decision", ""), request.form.get("code", ""))
        return redirect(url_for("console.transaction", fpx_txn_id=fpx_txn_id), 303)

    @acts.get("/banks")
    def banks() -> str:
        told = {model: [(bank.id, online) for bank, online in availability.listed(model)] for model in MODELS}
        lists = {MODELS[model]: be.bank_list(rows) for model, rows in told.items()}
        rows = availability.change({})["banks"]
        return render_template("console/banks.html", banks=rows, models=MODELS, lists=lists)

    @acts.post("/banks")
    def switch() -> Answer:
        given = request.form
        availability.turn(given.get("bank_id", "")[:10], given.get("online") == "1", given.get("model", "")[:2])
        return redirect(url_for("acts.banks"), 303)

    return acts
