"""Where FPX speaks to us: the direct AC from server to server, the indirect AC by the buyer's browser.

Neither depends on a cookie. FPX's signature is the only credential here, so that CSRF tokens are neither possible
nor needed; the answer sets no cookie either, because the post comes from another site and brings none to keep.
"""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from reference_portal.portal import Portal

blueprint = Blueprint("fpx_callbacks", __name__, url_prefix="/fpx")


def _portal() -> Portal:
    found: Portal = current_app.extensions["portal"]
    return found


@blueprint.post("/direct")
def direct() -> Response:
    """`OK` for every genuine AC of ours, also a repeated one: FPX sends it again until it reads that."""
    order = _portal().settlement.receive(request.form, "direct AC")
    return Response("OK" if order else "NOT OK", 200 if order else 400, mimetype="text/plain")


@blueprint.post("/indirect")
def indirect() -> Answer:
    """Settle what the browser brought, as if it came directly, and show the order's page."""
    order = _portal().settlement.receive(request.form, "indirect AC")
    if order is None:
        abort(400)
    return redirect(url_for("receipt.page", order_number=order.order_number), 303)
