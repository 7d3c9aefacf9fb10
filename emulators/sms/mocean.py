"""The door of Mocean, a Malaysian gateway: `/rest/2/sms`, message status, balance (its SDK, confidence high)."""

from __future__ import annotations

import hmac
from typing import Any

from flask import Blueprint, Response, jsonify, request

from emulators.sms import mocean_words as words
from emulators.sms.delivery import FINAL, Status
from emulators.sms.errors import NotFound, Refusal
from emulators.sms.gateway import Gateway
from emulators.sms.messages import Via, Wish
from emulators.sms.settings import SmsSettings
from emulators.sms.suffering import asked_by_request, suffering
from emulators.sms.troubles import Troubles

_STATUS = {Status.DELIVERED: 1, Status.UNDELIVERED: 2, Status.FAILED: 2, Status.CANCELED: 2}
ON_ITS_WAY = 4


class Unauthorized(Refusal):
    """Not the key and secret of an account."""


def mocean_doors(gateway: Gateway, troubles: Troubles, settings: SmsSettings) -> Blueprint:
    """The routes Mocean's clients call; version 1 and 2 are answered alike."""
    doors = Blueprint("mocean", __name__, url_prefix="/rest/<any('1','2'):_version>")

    @doors.url_value_preprocessor
    def drop_version(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        (values or {}).pop("_version", None)

    @doors.errorhandler(Unauthorized)
    def unauthorized(_error: Unauthorized) -> Response:
        return answered(words.failure(words.AUTHORIZATION), 401)

    @doors.route("/sms", methods=["POST", "GET"])
    def send() -> Response:
        account = account_of(settings)
        receivers = [number.strip() for number in request.values.get("mocean-to", "").split(",") if number.strip()]
        if not receivers:
            return answered(words.failure(words.NO_RECEIVER), 400)
        if len(receivers) > words.MOST_RECEIVERS:
            return answered(words.failure(words.TOO_MANY), 400)
        return answered(
            {"messages": [_sent(gateway, troubles, settings, account, number) for number in receivers]}, 200
        )

    @doors.get("/report/message")
    def report() -> Response:
        account, sid = account_of(settings), request.values.get("mocean-msgid", "")
        try:
            message = gateway.fetch(account, sid)
        except NotFound:
            return answered(words.failure(words.UNKNOWN), 404)
        status = _STATUS[message.status] if message.status in FINAL else ON_ITS_WAY
        return answered({"status": 0, "message_status": status, "msgid": sid, "credit_deducted": message.segments}, 200)

    @doors.get("/account/balance")
    def balance() -> Response:
        account_of(settings)
        return answered({"status": 0, "value": 1000}, 200)

    return doors


def _sent(gateway: Gateway, troubles: Troubles, settings: SmsSettings, account: str, number: str) -> dict[str, Any]:
    form, asked = request.values, asked_by_request(troubles)
    wish = Wish(
        account_sid=account,
        to=number if number.startswith("+") else f"+{number}",
        sender=form.get("mocean-from", ""),
        body=form.get("mocean-text", ""),
        status_callback=form.get("mocean-dlr-url", "") if form.get("mocean-dlr-mask", "1") != "0" else "",
        via=Via.MOCEAN,
        asked=asked,
    )
    try:
        with suffering(troubles, asked, wish.to, wish.sender, account, Via.MOCEAN, settings.region):
            return words.success(gateway.accept(wish))
    except Refusal as refusal:
        return words.failure(words.status_of(refusal), number)


def account_of(settings: SmsSettings) -> str:
    """Whose key the present request shows, in the form, the query or as a Bearer token.

    Raises:
        Unauthorized: none, or another's.
    """
    bearer = request.headers.get("Authorization", "").partition("Bearer ")[2].strip()
    key, secret = request.values.get("mocean-api-key", ""), request.values.get("mocean-api-secret", "")
    if bearer and not secret:
        key, secret = settings.mocean_key or "token", bearer
    known = settings.mocean_key is None or key == settings.mocean_key
    if not (key and secret and known and _same(secret, settings.mocean_secret)):
        raise Unauthorized("Authorization failed")
    return f"mocean:{key}"


def _same(shown: str, kept: str | None) -> bool:
    return kept is None or hmac.compare_digest(shown.encode(), kept.encode())


def answered(reply: dict[str, Any], status: int) -> Response:
    """XML, unless JSON was asked for."""
    if request.values.get("mocean-resp-format", "").lower() == "json":
        answer = jsonify(reply)
    else:
        answer = Response(words.as_xml(reply), mimetype="text/xml")
    answer.status_code = status
    return answer
