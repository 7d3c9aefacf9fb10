"""The page on which a tester plans what goes wrong with the next mails."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from emulators.foundation.doorkeeper import guard_forms
from emulators.foundation.errors import CallersMistake
from emulators.foundation.faults import Faults
from emulators.smtp.mishap_words import MEANINGS, PARAMETERS, STAGES

_NUMBERS = {"count": int, "probability": float, "ttl_seconds": float}


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
        faults.plan(_wish(request.form))
        return redirect(url_for(".listed"), 303)

    @pages.post("/faults/lift")
    def lift() -> Answer:
        faults.lift(request.form.get("id") or None)
        return redirect(url_for(".listed"), 303)

    @pages.errorhandler(CallersMistake)
    def not_so(error: CallersMistake) -> tuple[str, int]:
        return page(error.sentence), 422

    return pages


def _wish(form: Mapping[str, str]) -> dict[str, Any]:
    wish: dict[str, Any] = {"name": form.get("name", "")}
    for field, kind in _NUMBERS.items():
        text = form.get(field, "").strip()
        if text:
            try:
                wish[field] = kind(text)
            except ValueError as error:
                raise CallersMistake(f"{field}: {text[:40]!r} is no number") from error
    if form.get("seed", "").strip():
        wish["seed"] = form["seed"].strip()
    return wish | {field: _pairs(field, form.get(field, "")) for field in ("match", "with")}


def _pairs(field: str, text: str) -> dict[str, str]:
    pairs = {}
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        name, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals:
            raise CallersMistake(f"{field}: write name=value, with ; between two of them")
        pairs[name] = value
    return pairs
