"""Behind the QR code of a receipt (C-3): anybody may ask whether number, amount and date were certified here."""

from __future__ import annotations

from flask import Blueprint, request

from reference_portal.guide.visit import Answer, address, portal, show
from reference_portal.receipt_seal import NotSealed

blueprint = Blueprint("receipt_check", __name__, url_prefix="/receipt-check/<number>")


@blueprint.get("")
def page(number: str) -> Answer:
    """Yes with what is certified, or no; never whose receipt it is."""
    amount, paid, seal = (request.args.get(part, "") for part in ("amount", "paid", "seal"))
    sealed = portal().receipt_checks.check(number, amount, paid, seal, address())
    return show("receipt_check", 200 if sealed else NotSealed.status, sealed=sealed)
