"""The sender's second door: Twilio's Verify v2 (services, verifications, checks), at the root of the room's address."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from emulators.sms.credentials import basic_credentials
from emulators.sms.gateway import Gateway
from emulators.sms.messages import Via
from emulators.sms.suffering import asked_by_request, suffering
from emulators.sms.troubles import Troubles
from emulators.sms.verifier import Verifier

NOBODY = "AC" + "0" * 32
"""The account of an API key where the room was not told its account."""


def verify_doors(
    verifier: Verifier, gateway: Gateway, troubles: Troubles, account_sid: str | None, region: str
) -> Blueprint:
    """The routes a Twilio client calls; `region` reads the local spelling of a number."""
    doors = Blueprint("verify", __name__, url_prefix="/v2/Services")

    def account() -> str:
        """The account that asks: Verify's paths do not name it."""
        name, secret = basic_credentials()
        own = account_sid or (name if name and not name.startswith("SK") else NOBODY)
        gateway.admit(own, name, secret)
        return own

    def base() -> str:
        return request.host_url.rstrip("/")

    @doors.post("")
    def create_service() -> tuple[Response, int]:
        name, length = request.form.get("FriendlyName", ""), request.form.get("CodeLength", "")
        return jsonify(verifier.create_service(account(), name, length).as_json(base())), 201

    @doors.get("/<sid>")
    def service(sid: str) -> Response:
        return jsonify(verifier.service(account(), sid).as_json(base()))

    @doors.post("/<service_sid>/Verifications")
    def start(service_sid: str) -> tuple[Response, int]:
        own, asked, to = account(), asked_by_request(troubles), request.form.get("To", "")
        with suffering(troubles, asked, to, verifier.sender, own, Via.VERIFY, region):
            return jsonify(verifier.start(own, service_sid, request.form.to_dict(), asked).as_json(base())), 201

    @doors.get("/<service_sid>/Verifications/<sid>")
    def fetch(service_sid: str, sid: str) -> Response:
        return jsonify(verifier.fetch(account(), service_sid, sid).as_json(base()))

    @doors.post("/<service_sid>/Verifications/<sid>")
    def decide(service_sid: str, sid: str) -> Response:
        status = request.form.get("Status", "")
        return jsonify(verifier.decide(account(), service_sid, sid, status).as_json(base()))

    @doors.post("/<service_sid>/VerificationCheck")
    def check(service_sid: str) -> tuple[Response, int]:
        return jsonify(verifier.check(account(), service_sid, request.form.to_dict()).as_check()), 201

    return doors
