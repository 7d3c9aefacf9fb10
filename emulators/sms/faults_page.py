"""The tester's door to the catalogue: the console's page of planned faults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from emulators.foundation.doorkeeper import guard_forms
from emulators.foundation.errors import CallersMistake
from emulators.foundation.faults import Faults
from emulators.sms.fault_catalogue import CATALOGUE, DELIVERY, MATCHES, REQUEST
from emulators.sms.fault_numbers import MAGIC_ENDINGS
from emulators.sms.words import FAULTS, PARAMETERS

_NUMBERS = {"count": int, "probability": float, "ttl_seconds": float}


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
        faults.plan(_wish(request.form))
        return redirect(url_for("faults.listed"), 303)

    @pages.post("/faults/lift")
    def lift() -> Answer:
        faults.lift(request.form.get("id") or None)
        return redirect(url_for("faults.listed"), 303)

    @pages.errorhandler(CallersMistake)
    def not_so(error: CallersMistake) -> tuple[str, int]:
        return page(error.sentence), 422

    return pages


def _wish(form: Mapping[str, str]) -> dict[str, Any]:
    """A plan as `/_control/faults` takes it, of what was typed."""
    wish: dict[str, Any] = {"name": form.get("name", "")}
    for key, kind in _NUMBERS.items():
        if said := form.get(key, "").strip():
            try:
                wish[key] = kind(said)
            except ValueError:
                raise CallersMistake(f"{key}: {said!r} bukan nombor") from None
    if seed := form.get("seed", "").strip():
        wish["seed"] = seed
    return wish | {key: _pairs(key, form.get(key, "")) for key in ("with", "match") if form.get(key, "").strip()}


def _pairs(key: str, text: str) -> dict[str, str]:
    pairs = [part.partition("=") for part in text.split(";") if part.strip()]
    if any(not equals for _, equals, _ in pairs):
        raise CallersMistake(f"{key}: tulis nama=nilai; nama=nilai")
    return {name.strip(): value.strip() for name, _, value in pairs}
