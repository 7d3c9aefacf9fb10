"""L05: registration succeeded, the verification link is on its way."""

from __future__ import annotations

from flask import Blueprint, request

from reference_portal.account_state import AccountState
from reference_portal.guide.confirm_mobile import next_page, registering
from reference_portal.guide.form import pressed
from reference_portal.guide.visit import Answer, go, portal, remember, show, tell

blueprint = Blueprint("registered", __name__, url_prefix="/registered")


@blueprint.get("")
def page() -> Answer:
    """Say where the link went."""
    account = registering()
    if account is None or account.state not in (AccountState.AWAITING_LINK, AccountState.AWAITING_SECRETS):
        return go(next_page(account))
    settings = portal().settings
    return show("registered", email=account.email, hours=settings.activation_hours, inbox=settings.inbox)


@blueprint.post("/resend")
def resend() -> Answer:
    """Send another link: to whoever registered in this browser, or to the holder of an older link."""
    activation = portal().activation
    account = registering()
    account_id = activation.owner(request.form.get("token", "")) or (account.id if account else None)
    if account_id is None:
        return go("register.page")
    remember("registering", account_id)
    tell(pressed(lambda: activation.send_again(account_id)))
    return go("registered.page")
