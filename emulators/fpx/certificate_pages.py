"""The switch's certificates: published for merchants, and the tester's page to rehearse a rollover."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from emulators.foundation.doorkeeper import guard_forms
from emulators.foundation.errors import CallersMistake, RoomError
from emulators.fpx.errors import NothingPublished
from emulators.fpx.rollover import Rollover

CURRENT = "fpxuat_current.cer"
NEWEST = "fpxuat.cer"
"""The names of the kits: they verify with the first, and promote the second when the first has expired."""


def published_door(rollover: Rollover) -> Blueprint:
    """What merchants fetch."""
    published = Blueprint("published", __name__, url_prefix="/certificates")

    @published.get(f"/{CURRENT}")
    def current() -> Response:
        return Response(rollover.current().certificate_pem, content_type="application/x-x509-user-cert")

    @published.get(f"/{NEWEST}")
    def newest() -> Response:
        """The next certificate once it is published; until then the current one, so that both names always answer."""
        return Response(rollover.newest().certificate_pem, content_type="application/x-x509-user-cert")

    return published


def certificates_door(rollover: Rollover, token: str | None) -> Blueprint:
    """The tester's page; its two buttons are guarded like the control doors."""
    pages = Blueprint("certificates", __name__, url_prefix="/certificates")
    guard_forms(pages, token)

    @pages.get("")
    def certificates() -> str:
        return render_template("console/certificates.html", certificates=rollover.told(), reason="")

    @pages.post("/publish")
    def publish() -> Answer:
        at = request.form.get("switch_at", "").strip()
        rollover.verb({"publish": "next"} | ({"switch_at": at} if at else {}))
        return redirect(url_for("certificates.certificates"), 303)

    @pages.post("/switch")
    def switch() -> Answer:
        rollover.verb({"switch": True})
        return redirect(url_for("certificates.certificates"), 303)

    @pages.errorhandler(CallersMistake)
    @pages.errorhandler(NothingPublished)
    def not_so(error: RoomError) -> tuple[str, int]:
        shown = {"certificates": rollover.told(), "reason": error.sentence}
        return render_template("console/certificates.html", **shown), error.status

    return pages
