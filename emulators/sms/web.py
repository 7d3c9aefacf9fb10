"""The sender's door: Twilio's Messages resource of 2010-04-01, and Twilio's own 404 for the rest of Twilio."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from emulators.foundation.fault_wishes import Asked
from emulators.sms.credentials import basic_credentials
from emulators.sms.errors import BadUpdate, NotEmulated, NotFound, Refusal
from emulators.sms.gateway import Gateway
from emulators.sms.listing import read_listing, twilio_page
from emulators.sms.messages import Via, Wish, twilio_reply
from emulators.sms.suffering import asked_by_request, suffering
from emulators.sms.troubles import Troubles

METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
NOT_HONOURED = ("MediaUrl", "ContentSid")
_CODES = {404: 20404, 405: 20004, 429: 20429, 500: 20500}


def twilio_doors(gateway: Gateway, troubles: Troubles, region: str) -> Blueprint:
    """The routes a Twilio client calls; `region` reads the local spelling of a number."""
    doors = Blueprint("twilio", __name__)
    doors.register_error_handler(HTTPException, _http_error)

    @doors.post("/2010-04-01/Accounts/<sid>/Messages.json")
    def create(sid: str) -> tuple[Response, int]:
        _admit(gateway, sid)
        asked = asked_by_request(troubles)
        for name in NOT_HONOURED:
            if request.form.get(name):
                raise NotEmulated(f"The sandbox does not emulate the parameter {name}")
        wish = read_wish(sid, request.form, basic_credentials()[1], asked)
        with suffering(troubles, wish.asked, wish.to, wish.sender, sid, Via.TWILIO, region):
            return jsonify(twilio_reply(gateway.accept(wish))), 201

    @doors.get("/2010-04-01/Accounts/<sid>/Messages.json")
    def page(sid: str) -> Response:
        _admit(gateway, sid)
        listing = read_listing(sid, request.args)
        return jsonify(twilio_page(listing, gateway.page(listing)))

    @doors.get("/2010-04-01/Accounts/<sid>/Messages/<message_sid>.json")
    def fetch(sid: str, message_sid: str) -> Response:
        _admit(gateway, sid)
        return jsonify(twilio_reply(gateway.fetch(sid, message_sid)))

    @doors.post("/2010-04-01/Accounts/<sid>/Messages/<message_sid>.json")
    def update(sid: str, message_sid: str) -> Response:
        _admit(gateway, sid)
        change = gateway.cancel if _cancels(request.form) else gateway.redact
        return jsonify(twilio_reply(change(sid, message_sid)))

    @doors.delete("/2010-04-01/Accounts/<sid>/Messages/<message_sid>.json")
    def delete(sid: str, message_sid: str) -> tuple[str, int]:
        _admit(gateway, sid)
        gateway.delete(sid, message_sid)
        return "", 204

    @doors.route("/2010-04-01/", defaults={"rest": ""}, methods=METHODS)
    @doors.route("/2010-04-01/<path:rest>", methods=METHODS)
    @doors.route("/v2/<path:rest>", methods=METHODS)
    def not_emulated(rest: str) -> Response:  # noqa: ARG001  the address is told whole
        raise NotFound(f"The requested resource {request.path} was not found")

    return doors


def refused(error: Refusal) -> tuple[Response, int]:
    """Twilio's answer to what it refuses: {code, message, more_info, status}."""
    answer = jsonify(code=error.code, message=error.sentence, more_info=error.more_info, status=error.status)
    if error.status == 401:
        answer.headers["WWW-Authenticate"] = 'Basic realm="Twilio API"'
    return answer, error.status


def _http_error(error: HTTPException) -> tuple[Response, int]:
    status = error.code or 500
    code = _CODES.get(status, 20001)
    more = f"https://www.twilio.com/docs/errors/{code}"
    return jsonify(code=code, message=error.description or error.name, more_info=more, status=status), status


def _cancels(form: Mapping[str, str]) -> bool:
    """Whether an update calls the message back; else it redacts. Twilio knows no third kind."""
    if form.get("Status") == "canceled" and not form.get("Body"):
        return True
    if "Status" in form or form.get("Body") != "":
        raise BadUpdate("A message can only be redacted (Body empty) or canceled (Status canceled)")
    return False


def _admit(gateway: Gateway, account_sid: str) -> None:
    gateway.admit(account_sid, *basic_credentials())


def read_wish(account_sid: str, form: Mapping[str, str], secret: str | None, asked: tuple[Asked, ...]) -> Wish:
    """What a form asks for; `secret`: what the request was signed in with."""
    return Wish(
        account_sid=account_sid,
        to=form.get("To", ""),
        sender=form.get("From", ""),
        body=form.get("Body", ""),
        messaging_service_sid=form.get("MessagingServiceSid", ""),
        status_callback=form.get("StatusCallback", ""),
        callback_secret=secret or "",
        schedule_type=form.get("ScheduleType", ""),
        send_at=form.get("SendAt", ""),
        via=Via.TWILIO,
        asked=asked,
    )
