"""Behind the QR code of a receipt (C-3): anybody may ask whether number, amount and date were certified here."""

from __future__ import annotations

from flask import Blueprint, request

from reference_portal.guide.visit import Answer, portal, show
from reference_portal.receipt_seal import NotSealed

blueprint = Blueprint("receipt_check", __name__, url_prefix="/receipt-check/<number>")


@blueprint.get("")
def page(number: str) -> Answer:
    """Yes with what is certified, or no; never whose receipt it is."""
    asked = [request.args.get(part, "") for part in ("amount", "paid", "seal")]
    try:
        return show("receipt_check", sealed=portal().seal.check(number, *asked))
    except NotSealed as refused:
        return show("receipt_check", refused.status, sealed=None)
