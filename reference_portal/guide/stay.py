"""How long the session lasts, for the script that announces its end, and the button **Teruskan**.

Looking does not lengthen it: a page that is open in a forgotten tab must not keep somebody signed in.
"""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from reference_portal.guide.visit import portal, stay_token

blueprint = Blueprint("stay", __name__, url_prefix="/stay")


@blueprint.get("")
def page() -> Response:
    """`{"seconds": n}`; 0 when nobody is signed in here any more."""
    return jsonify(seconds=portal().stays.seconds_left(stay_token() or ""))


@blueprint.post("")
def submit() -> Response:
    """The same, after lengthening it."""
    return jsonify(seconds=portal().stays.lengthen(stay_token() or ""))
