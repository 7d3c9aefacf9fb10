"""L11 and L15: the panel *Pendaftaran dan Caruman*, cover today, and the history with its receipts."""

from __future__ import annotations

from flask import Blueprint

from reference_portal.guide.visit import Answer, me, mode_required, portal, show
from reference_portal.order_notices import shown_state

blueprint = Blueprint("dashboard", __name__, url_prefix="/dashboard")


@blueprint.get("")
@mode_required
def page() -> Answer:
    """Where the contributor stands and what can be done next."""
    account = me()
    return show("dashboard", me=account, overview=portal().overviews.of(account), shown_state=shown_state)
