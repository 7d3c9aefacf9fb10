"""The seller's door: AR, AE and BE at the paths merchants know, and what FPX publishes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from emulators.foundation.faults import FAULT_HEADER
from emulators.fpx.errors import REFUSED, PostExpected
from emulators.fpx.messages import ae, ar, be
from emulators.fpx.misbehaviour import Misbehaviour
from emulators.fpx.switch import Asks, Switch

_POSTED = {
    "seller2DReceiver.jsp": ("AR", ar.CHECKSUM_ORDER),
    "sellerNVPReceiver.jsp": ("AR", ar.CHECKSUM_ORDER),
    "sellerNVPTxnStatus.jsp": ("AE", ae.CHECKSUM_ORDER),
    "RetrieveBankList": ("BE", be.CHECKSUM_ORDER),
}
"""What each of the seller's doors takes: the message and its signed fields."""


def sellers_door(switch: Switch, misbehaviour: Misbehaviour) -> Blueprint:
    """The routes of the switch as merchants see them."""
    web = Blueprint("web", __name__)

    def line(reply: str) -> Response:
        told = switch.settings
        if told.reply_trailing_ampersand and "&" in reply:
            reply += "&"
        if told.reply_blank_lines:
            reply = f"\r\n\r\n{reply}\r\n"
        return Response(reply, content_type=told.reply_content_type)

    def posted(message: str, act: Callable[[Mapping[str, str], Asks], Answer]) -> Answer:
        fields = request.form.to_dict()
        asks = switch.instructions.of_message(message, fields, request.headers.get(FAULT_HEADER, ""))
        return misbehaviour.around(message, fields, asks, lambda: act(fields, asks))

    def to_bank(fields: Mapping[str, str], asks: Asks) -> Answer:
        refusal = request.environ.get(REFUSED)
        txn = switch.refuse(fields, refusal) if refusal else switch.authorise(fields, asks)
        return redirect(url_for("bank.page", session=txn.session), 303)

    @web.post("/FPXMain/seller2DReceiver.jsp")
    def authorise() -> Answer:
        return posted("AR", to_bank)

    @web.post("/FPXMain/sellerNVPReceiver.jsp")
    def receive() -> Answer:
        """The older door, which takes AR and AE alike."""
        return enquire() if request.form.get("fpx_msgType") == "AE" else authorise()

    @web.post("/FPXMain/sellerNVPTxnStatus.jsp")
    def enquire() -> Answer:
        return posted("AE", lambda fields, _asks: line(switch.enquire(fields)))

    @web.post("/FPXMain/RetrieveBankList")
    def bank_list() -> Answer:
        return posted("BE", lambda fields, asks: line(switch.bank_list(fields, asks)))

    @web.get(f"/FPXMain/<any({', '.join(map(repr, _POSTED))}):door>")
    def opened(door: str) -> Answer:
        """A browser that opens a door instead of posting to it is told what belongs there."""
        raise PostExpected(*_POSTED[door])

    @web.route("/FPXMain/FPXMain/sellerReqCancel.jsp", methods=["GET", "POST"])
    @web.route("/FPXMain/sellerReqCancel.jsp", methods=["GET", "POST"])
    def cancellation() -> Answer:
        """AX, which FPX has and this sandbox has not."""
        return switch.not_emulated(request.form.to_dict(), "AX")

    @web.route("/FPXMain/B2B2Payment", methods=["GET", "POST"])
    def refunds() -> Answer:
        """AF, likewise."""
        return switch.not_emulated(request.form.to_dict(), "AF")

    @web.get("/FPXMain/termsAndConditions.jsp")
    def terms() -> str:
        return render_template("terms.html")

    return web
