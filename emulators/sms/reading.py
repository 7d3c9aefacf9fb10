"""The reader's door: what arrived, by number, newest first, as JSON."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request

from emulators.foundation.clock import MALAYSIA
from emulators.foundation.errors import CallersMistake
from emulators.sms.gateway import Gateway
from emulators.sms.messages import Message

DEFAULT_LIMIT = 50
LARGEST_LIMIT = 1000


def reading_doors(gateway: Gateway) -> Blueprint:
    """`GET /api/v1/messages?to=&limit=`; `total` counts every message to that number, whatever the limit."""
    doors = Blueprint("reading", __name__, url_prefix="/api/v1")

    @doors.get("/messages")
    def messages() -> Response:
        found, total = gateway.find(request.args.get("to", "").strip(), _limit())
        return jsonify(messages=[as_json(message) for message in found], total=total)

    return doors


def as_json(message: Message) -> dict[str, Any]:
    """A message as a reader wants it; `received_at` is ISO 8601 in Malaysia time, `num_segments` a number."""
    return {
        "sid": message.sid,
        "to": message.to,
        "from": message.sender,
        "body": message.body,
        "received_at": message.created.astimezone(MALAYSIA).isoformat(timespec="milliseconds"),
        "num_segments": message.segments,
        "encoding": message.encoding,
        "status": str(message.status),
    }


def _limit() -> int:
    text = request.args.get("limit") or str(DEFAULT_LIMIT)
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) >= 1):
        raise CallersMistake("limit must be a whole number from 1 up")
    return min(int(text), LARGEST_LIMIT)
