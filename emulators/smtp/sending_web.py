"""Mailpit's doors by which mail is handed in over HTTP, and by which the next mails are made to fail."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, jsonify, request

from emulators.smtp.chaos import Chaos
from emulators.smtp.composing import read_letter
from emulators.smtp.errors import BadBody, BadSend
from emulators.smtp.sending import Sending
from emulators.smtp.shelf import Shelf

Username = Callable[[], str]


def sending_doors(
    mine: Callable[[], Shelf], sending: Sending, chaos: Chaos, username: Username, limit: int
) -> Blueprint:
    """`POST /api/v1/send`, `POST .../message/{ID}/release`, `/api/v1/chaos`; `limit`: octets of a whole message."""
    doors = Blueprint("sending", __name__, url_prefix="/api/v1")

    @doors.post("/send")
    def send() -> Response:
        request.max_content_length = limit * 2  # base64 in JSON
        letter = read_letter(request.get_data())
        return jsonify(ID=sending.send(letter, peer=request.remote_addr or "", username=username()))

    @doors.post("/message/<uid>/release")
    def release(uid: str) -> Response:
        opened = mine().open(uid, query=request.args.get("query", "").strip())
        sending.release(opened, _recipients(request.get_data()))
        return Response("ok", mimetype="text/plain")

    @doors.get("/chaos")
    def triggers() -> Response:
        return jsonify(chaos.told())

    @doors.put("/chaos")
    def set_triggers() -> Response:
        return jsonify(chaos.set(request.get_data()))

    @doors.errorhandler(BadSend)
    def refused(error: BadSend) -> tuple[Response, int]:
        return jsonify(Error=error.sentence), error.status

    return doors


def _recipients(body: bytes) -> list[str]:
    try:
        given: Any = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadBody("Error: the body is not JSON; nothing was sent") from error
    wanted = given.get("To") if isinstance(given, dict) else None
    if not isinstance(wanted, list) or not all(isinstance(address, str) for address in wanted):
        raise BadBody('Error: send a JSON object like {"To": ["user@example.com"]}; nothing was sent')
    return wanted
