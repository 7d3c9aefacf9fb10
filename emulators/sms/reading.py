"""The reader's door: what arrived, by number, newest first, as JSON, with its codes; and waiting for what will."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request

from emulators.foundation.clock import MALAYSIA
from emulators.foundation.codes import CodeReader
from emulators.foundation.errors import CallersMistake
from emulators.foundation.serving import lender
from emulators.foundation.wait_wishes import wait_wish
from emulators.sms.inbox import Inbox
from emulators.sms.messages import Message

DEFAULT_LIMIT = 50
LARGEST_LIMIT = 1000


def reading_doors(inbox: Inbox, codes: CodeReader, wait_limit: float) -> Blueprint:
    """`GET /api/v1/messages?to=&limit=`; `total` counts every message to that number, whatever the limit.

    `GET /api/v1/wait?to=&since=&timeout=`: the newest message to that number, as soon as there is one. A wait that
    ends without one is answered too: 200 with `timed_out`. `cursor`, given as `since`, asks for what came later.
    """
    doors = Blueprint("reading", __name__, url_prefix="/api/v1")

    @doors.get("/messages")
    def messages() -> Response:
        found, total = inbox.find(inbox.question(request.args.get("to", "").strip()), _limit())
        return jsonify(messages=[as_json(message, codes) for message in found], total=total)

    @doors.get("/wait")
    def wait() -> Response:
        message, cursor = inbox.wait(wait_wish(request.args, wait_limit), lender(request.environ))
        if message is None:
            return jsonify(timed_out=True, cursor=cursor)
        return jsonify(timed_out=False, cursor=cursor, message=as_json(message, codes))

    return doors


def as_json(message: Message, codes: CodeReader) -> dict[str, Any]:
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
        "codes": [code.as_json() for code in codes.read([message.body], message.sender)],
    }


def _limit() -> int:
    text = request.args.get("limit") or str(DEFAULT_LIMIT)
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) >= 1):
        raise CallersMistake("limit must be a whole number from 1 up")
    return min(int(text), LARGEST_LIMIT)
