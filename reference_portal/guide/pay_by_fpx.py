"""L13: a bank is chosen, **Bayar dengan FPX** is pressed, and the browser carries the signed AR to FPX."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from flask import Blueprint, request
from markupsafe import Markup
from wtforms import BooleanField, RadioField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import StopValidation

from reference_portal.gateways.fpx import Bank
from reference_portal.guide.form import REFUSED, PageForm, pressed
from reference_portal.guide.visit import Answer, go, me, mode_required, portal, show, tell
from reference_portal.notices import Notice, Tone
from reference_portal.rules.contribution import PLANS
from reference_portal.rules.order import OrderState
from reference_portal.speech import _, say
from reference_portal.storage.orders import Order

blueprint = Blueprint("pay_by_fpx", __name__, url_prefix="/pay-by-fpx")


class BankField(RadioField):
    """The banks; which of them can be chosen is asked of FPX when the order leaves, not remembered from the page."""

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002  fixed by WTForms
        """Refuse no choice at all."""
        if not self.data:
            raise StopValidation(say("E-SEL"))


class BankForm(PageForm):
    """One choice."""

    blames: ClassVar[dict[str, str]] = {"E-SEL": "bank", "E-PAY-05": "bank", "E-PAY-10": "bank"}

    bank = BankField(_("Pilih bank"), choices=[])
    another = BooleanField(false_values=("", "false"))
    """Whether another bank is to be chosen for an order that was sent already."""

    def offer(self, banks: Sequence[Bank]) -> None:
        """List today's banks; an offline one is shown, marked and cannot be chosen (FPX demands it of merchants)."""
        self.bank.choices = [
            SelectChoice(
                bank.id,
                bank.name if bank.online else Markup('{} <span lang="en">(Offline)</span>').format(bank.name),
                {} if bank.online else {"disabled": True},
            )
            for bank in banks
        ]


def _show(order: Order, form: BankForm, status: int = 200) -> Answer:
    placed = order.state is OrderState.PLACED
    choosing = placed or bool(form.another.data)
    banks = portal().payments.banks() if choosing else []
    form.offer(banks)
    return show(
        "pay_by_fpx",
        503 if choosing and not banks else status,
        form=form,
        order=order,
        me=me(),
        review=portal().reviews.of(order) if placed else None,
        plan=PLANS[order.plan],
        choosing=choosing,
        unreachable=choosing and not banks,
        terms_url=portal().payments.terms_url,
    )


def _elsewhere(order: Order | None) -> Answer:
    """Nothing to pay, or nothing to do but wait."""
    return go("dashboard.page") if order is None else go("receipt.page", order_number=order.order_number)


@blueprint.get("")
@mode_required
def page() -> Answer:
    """The amount and today's banks; for an order that is on its way, how to go on."""
    order = portal().payments.open_order(me())
    if order is None or order.state is OrderState.PENDING:
        return _elsewhere(order)
    return _show(order, BankForm(data={"another": request.args.get("bank") == "lain"}))


@blueprint.post("")
@mode_required
def submit() -> Answer:
    """Hand the order over to FPX."""
    account = me()
    order = portal().payments.open_order(account)
    if order is None:
        tell(Notice(Tone.WARNING, "E-PAY-16"))
    if order is None or order.state is OrderState.PENDING:
        return _elsewhere(order)
    form = BankForm()
    chosen = form.bank.data, form.another.data
    hand_over = form.attempt(lambda: portal().payments.hand_over(account, order, chosen[0], another=chosen[1]))
    if hand_over is REFUSED:
        return _show(order, form, 422)
    return show("pay_by_fpx_hand_over", order=order, ar=hand_over)


@blueprint.post("/give-up")
@mode_required
def give_up() -> Answer:
    """The way back: an order that went nowhere yet is cancelled."""
    account = me()
    order = portal().payments.open_order(account)
    if order is not None:
        tell(pressed(lambda: portal().reviews.give_up(account, order)))
    return go("dashboard.page")
