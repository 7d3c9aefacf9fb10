"""The sender's second door: Twilio's Verify v2 (services, verifications, checks), at the root of the room's address."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from emulators.sms.credentials import basic_credentials
from emulators.sms.gateway import Gateway
from emulators.sms.messages import Via
from emulators.sms.suffering import asked_by_request, suffering
from emulators.sms.troubles import Troubles
from emulators.sms.verifier import Verifier
from emulators.sms.verify_listing import verify_page
from emulators.sms.verify_services import VerifyServices
from emulators.sms.verify_wish import read_start

NOBODY = "AC" + "0" * 32
"""The account of an API key where the room was not told its account."""


def verify_doors(
    verifier: Verifier,
    services: VerifyServices,
    gateway: Gateway,
    troubles: Troubles,
    account_sid: str | None,
    region: str,
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
        return jsonify(services.create(account(), request.form).as_json(base())), 201

    @doors.get("")
    def listed() -> Response:
        own = services.listed(account())
        return jsonify(verify_page([each.as_json(base()) for each in own], "services", request.base_url, request.args))

    @doors.get("/<sid>")
    def service(sid: str) -> Response:
        return jsonify(services.fetch(account(), sid).as_json(base()))

    @doors.post("/<sid>")
    def update_service(sid: str) -> Response:
        return jsonify(services.update(account(), sid, request.form).as_json(base()))

    @doors.delete("/<sid>")
    def delete_service(sid: str) -> tuple[str, int]:
        services.delete(account(), sid)
        return "", 204

    @doors.post("/<service_sid>/Verifications")
    def start(service_sid: str) -> tuple[Response, int]:
        own, wish = account(), read_start(request.form, region, asked_by_request(troubles))
        with suffering(troubles, wish.asked, wish.to, verifier.sender, own, Via.VERIFY, region):
            return jsonify(verifier.start(own, service_sid, wish).as_json(base())), 201

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
