"""The tester's pages of merchants: who is registered, with a form to register, edit and remove."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from emulators.foundation.doorkeeper import guard_forms
from emulators.foundation.errors import CallersMistake
from emulators.fpx import certificates
from emulators.fpx.errors import ExchangeTaken
from emulators.fpx.registrar import Registrar
from emulators.fpx.registration import read_registration

FIELDS = ("exchange_id", "seller_id", "name", "certificate", "direct_url", "indirect_url")
TICKS = ("keep", "replace")
FILE = "certificate_file"

MISTAKES = {
    "exchange_id": "ID bursa ialah EX dan lapan angka.",
    "seller_id": "ID penjual ialah SE dan lapan angka.",
    "name": "Nama penjual 1 hingga 100 aksara.",
    "certificate": "Sijil atau kunci awam tidak dapat dibaca.",
    "direct_url": "Alamat http atau https diperlukan.",
    "indirect_url": "Alamat http atau https diperlukan.",
}
TAKEN = "Bursa ini sudah berdaftar dengan kunci lain. Tandakan di bawah untuk menggantikannya."


def merchants_door(registrar: Registrar, token: str | None) -> Blueprint:
    """The pages below /sellers; what changes something is guarded like the control doors."""
    merchants = Blueprint("merchants", __name__, url_prefix="/sellers")
    guard_forms(merchants, token)

    def list_page(typed: dict[str, str], field: str = "", reason: str = "") -> str:
        shown = {"exchanges": registrar.told(), "typed": typed, "field": field, "reason": reason}
        return render_template("console/sellers.html", mistakes=MISTAKES, taken=TAKEN, **shown)

    @merchants.get("")
    def sellers() -> str:
        return list_page({})

    @merchants.post("")
    def register() -> Answer:
        registration = read_registration(_wish())
        registrar.register([registration])
        return redirect(url_for("merchants.exchange", exchange_id=registration.exchange_id), 303)

    @merchants.get("/<exchange_id>")
    def exchange(exchange_id: str) -> str:
        kept = registrar.exchange(exchange_id)
        told = next(each for each in registrar.told() if each["exchange_id"] == exchange_id)
        papers = [certificates.paper(each.pem) for each in certificates.papers(kept.public_key)]
        return render_template("console/seller.html", exchange=told, papers=papers)

    @merchants.post("/remove")
    def remove() -> Answer:
        registrar.remove(request.form.get("registered", ""))
        return redirect(url_for("merchants.sellers"), 303)

    @merchants.errorhandler(CallersMistake)
    def not_so(error: CallersMistake) -> tuple[str, int]:
        field, _, reason = error.sentence.partition(": ")
        return list_page(_typed(), "certificate" if field == "public_key" else field, reason), 422

    @merchants.errorhandler(ExchangeTaken)
    def taken(error: ExchangeTaken) -> tuple[str, int]:
        return list_page(_typed(), "replace", error.sentence), error.status

    return merchants


def _typed() -> dict[str, str]:
    return {name: request.form.get(name, "").strip() for name in (*FIELDS, *TICKS)}


def _wish() -> dict[str, Any]:
    """The form as the registration it spells; what was left blank is left out."""
    typed = _typed()
    wish: dict[str, Any] = {name: typed[name] for name in FIELDS if typed[name]}
    uploaded = [content for file in request.files.getlist(FILE) if (content := file.read())]
    if uploaded:
        wish["certificate"] = [*uploaded, *([typed["certificate"]] if typed["certificate"] else [])]
    return wish | {name: True for name in TICKS if typed[name]}
