"""L14: what became of a payment, and its receipt once, and only once, it has succeeded."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response

from reference_portal.guide.form import pressed
from reference_portal.guide.visit import Answer, go, me, portal, show, sign_in_required, tell
from reference_portal.notices import Notice
from reference_portal.order_notices import notice_of, shown_state
from reference_portal.rules.order import OrderState
from reference_portal.storage.orders import Order

blueprint = Blueprint("receipt", __name__, url_prefix="/receipt/<order_number>")


def _mine(order_number: str) -> Order:
    return portal().payments.order(me(), order_number)


@blueprint.get("")
@sign_in_required
def page(order_number: str) -> Answer:
    """The order as it stands, for its owner."""
    order = _mine(order_number)
    if order.state is OrderState.PLACED and order.open_for:
        return go("pay_by_fpx.page")
    facts = portal().receipts.facts(order)
    return show(
        "receipt",
        order=order,
        state=shown_state(order),
        notice=notice_of(order, facts),
        facts=facts,
        retriable=portal().retrying.may_retry(order),
    )


@blueprint.get("/resit.pdf")
@sign_in_required
def pdf(order_number: str) -> Response:
    """The receipt as a file to keep."""
    return _file(_mine(order_number), portal().receipts.pdf, "pdf")


@blueprint.get("/resit.json")
@sign_in_required
def json(order_number: str) -> Response:
    """The receipt for programs."""
    return _file(_mine(order_number), portal().receipts.json, "json")


def _file(order: Order, made: Callable[[Order], bytes], kind: str) -> Response:
    """A download that is called as the receipt is numbered."""
    content, number = made(order), portal().receipts.number(order)
    named = {"Content-Disposition": f'attachment; filename="{number}.{kind}"'}
    return Response(content, mimetype=f"application/{kind}", headers=named)


@blueprint.post("/check")
@sign_in_required
def check(order_number: str) -> Answer:
    """**Semak status**: ask FPX now."""
    tell(portal().enquiries.check(me(), _mine(order_number)))
    return go("receipt.page", order_number=order_number)


@blueprint.post("/retry")
@sign_in_required
def retry(order_number: str) -> Answer:
    """**Cuba lagi**: a new order for the same application."""
    account, order = me(), _mine(order_number)
    again = pressed(lambda: portal().retrying.try_again(account, order))
    if isinstance(again, Notice):
        tell(again)
        return go("dashboard.page")
    return go("pay_by_fpx.page")
