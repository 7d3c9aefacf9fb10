"""The account as its owner sees it: how it is reached, where it is signed in, and what can be changed."""

from __future__ import annotations

from flask import Blueprint, request

from reference_portal.guide.visit import Answer, go, leave, me, portal, show, sign_in_required, stay_token, tell
from reference_portal.notices import Notice, Tone
from reference_portal.rules.contact import masked_email, masked_mobile
from reference_portal.tokens import digest

blueprint = Blueprint("account", __name__, url_prefix="/account")


@blueprint.get("")
@sign_in_required
def page() -> Answer:
    """Phone and mailbox masked, the stays with this one marked."""
    account = me()
    stays, here = portal().stays.live(account.id), digest(stay_token() or "")
    mobile, email = masked_mobile(account.mobile), masked_email(account.email)
    return show("account", account=account, mobile=mobile, email=email, stays=stays, here=here)


@blueprint.post("/sign-out-one")
@sign_in_required
def sign_out_one() -> Answer:
    """End one of the stays; pressing it twice does no harm."""
    portal().stays.end_one(me(), request.form.get("which", ""))
    tell(Notice(Tone.SUCCESS, "I-OUT-03"))
    return go("account.page")


@blueprint.post("/sign-out-everywhere")
@sign_in_required
def sign_out_everywhere() -> Answer:
    """End every stay, this one too."""
    portal().stays.leave_everywhere(me())
    leave()
    tell(Notice(Tone.SUCCESS, "I-OUT-02"))
    return go("sign_in.page")
