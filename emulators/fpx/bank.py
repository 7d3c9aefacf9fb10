"""The buyer's door: one address for each visit, whose page is the one that fits where the payment stands.

An act answers with a redirect to that address. An act the payment no longer allows (a second click, the back
button) lands there too: the state table refused it, nothing changed, and the page shows how things are.
"""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from emulators.fpx.cashier import Cashier, Step
from emulators.fpx.errors import IllegalMove
from emulators.fpx.pages import Pages
from emulators.fpx.teller import SignIn, Teller
from emulators.fpx.transaction import WITH_BUYER, State


def buyers_door(teller: Teller, cashier: Cashier, pages: Pages) -> Blueprint:
    """The pages of every invented bank."""
    bank = Blueprint("bank", __name__, url_prefix="/bank")

    def shown(session: str) -> Answer:
        return redirect(url_for("bank.page", session=session), 303)

    @bank.get("/<session>")
    def page(session: str) -> Response:
        return Response(pages.of(*teller.shown(session)))

    @bank.post("/<session>/sign-in")
    def sign_in(session: str) -> Answer | tuple[str, int]:
        card = request.form.get("CardNum", "")
        if teller.sign_in(session, card, request.form.get("HPin", "")) is SignIn.INCOMPLETE:
            visit = teller.visit(session)
            if visit.transaction.state is State.AT_BANK:
                return render_template("bank/sign_in.html", visit=visit, card=card[:80], incomplete=True), 422
        return shown(session)

    @bank.post("/<session>/<any(confirm, next):act>")
    def proceed(session: str, act: str) -> Answer | tuple[str, int]:
        """**Confirm** goes to the end, **Next** one stage on."""
        account, tac = request.form.get("account", ""), request.form.get("TAC", "")
        step = cashier.proceed(session, account, tac, confirm=act == "confirm")
        if step in (Step.NO_ACCOUNT, Step.NO_TAC):
            visit = teller.visit(session)
            if visit.transaction.state in WITH_BUYER:
                return render_template("bank/pay.html", visit=visit, step=step), 422
        return shown(session)

    @bank.post("/<session>/cancel")
    def cancel(session: str) -> Answer:
        teller.cancel(session)
        return shown(session)

    @bank.post("/<session>/continue")
    def go_on(session: str) -> Answer:
        """The indirect AC passes by, because the direct one waits for it: the browser posts the same form again."""
        return redirect(teller.go_on(session), 307)

    @bank.errorhandler(IllegalMove)
    def too_late(_error: IllegalMove) -> Answer:
        return shown(str((request.view_args or {})["session"]))

    return bank
