"""L01: the portal's first page, with **Log masuk**."""

from __future__ import annotations

from flask import Blueprint

from reference_portal.guide.visit import Answer, show
from reference_portal.rules.contribution import PLANS, ringgit

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def page() -> Answer:
    """Say what the portal is for and what a contribution costs."""
    return show("home", plans=PLANS.values(), ringgit=ringgit)
