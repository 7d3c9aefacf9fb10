"""The reader's door: what arrived, by number, newest first, as JSON, with its codes; and waiting for what will."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, jsonify, request

from emulators.foundation import doorkeeper
from emulators.foundation.clock import MALAYSIA
from emulators.foundation.codes import CodeReader
from emulators.foundation.errors import CallersMistake
from emulators.foundation.serving import lender
from emulators.foundation.wait_wishes import since, wait_wish
from emulators.sms.carrier_rules import CarrierProfile
from emulators.sms.inbox import Inbox
from emulators.sms.messages import Message, Step, Via

DEFAULT_LIMIT = 50
LARGEST_LIMIT = 1000
Parts = Callable[[Sequence[Message]], Mapping[str, list[dict[str, Any]]]]
"""What was submitted by SMPP, by the sid of the message it became."""


def reading_doors(
    inbox: Inbox,
    codes: CodeReader,
    profile: CarrierProfile,
    parts: Parts,
    wait_limit: float,
    token: str | None,
) -> Blueprint:
    """`GET /api/v1/messages?to=&limit=&q=&since=&before=`; `total` counts every message meant, whatever the limit.

    `GET /api/v1/wait?to=&since=&timeout=&q=`: the newest message to that number, as soon as there is one. A wait that
    ends without one is answered too: 200 with `timed_out`. `cursor`, given as `since`, asks for what came later.
    """
    doors = Blueprint("reading", __name__, url_prefix="/api/v1")

    def shown(message: Message) -> dict[str, Any]:
        return shown_all([message])[0]

    def shown_all(found: list[Message]) -> list[dict[str, Any]]:
        came_in = parts(found)
        told = [as_json(each, codes, profile) for each in found]
        for each, message in zip(told, found, strict=True):
            if message.via is Via.SMPP:
                each["smpp_parts"] = came_in.get(message.copy_of or message.sid, [])
        return told

    @doors.get("/messages")
    def messages() -> Response:
        question = inbox.question(_word("to"), since(_word("since")), _word("q"))
        found, total = inbox.find(replace(question, before=_before()), _limit())
        return jsonify(messages=shown_all(found), total=total)

    @doors.get("/messages/<sid>")
    def message(sid: str) -> Response:
        found = inbox.fetch(sid)
        return jsonify(**shown(found), steps=[_step(step) for step in inbox.steps([found])[found.id]])

    @doors.delete("/messages")
    def forget() -> Response:
        doorkeeper.admit(token)
        number = _word("to")
        if not number and _word("all") != "1":
            raise CallersMistake("say whose messages to delete, to=+60..., or all=1")
        return jsonify(deleted=inbox.forget(number))

    @doors.get("/numbers")
    def numbers() -> Response:
        rows = inbox.numbers(_word("q"), _limit())
        told = [{"number": latest.to, "messages": count, "latest": shown(latest)} for latest, count in rows]
        return jsonify(numbers=told)

    @doors.get("/wait")
    def wait() -> Response:
        found, cursor = inbox.wait(wait_wish(request.args, wait_limit), lender(request.environ), _word("q"))
        if found is None:
            return jsonify(timed_out=True, cursor=cursor)
        return jsonify(timed_out=False, cursor=cursor, message=shown(found))

    return doors


def as_json(message: Message, codes: CodeReader, profile: CarrierProfile) -> dict[str, Any]:
    """A message as a reader wants it; instants are ISO 8601 in Malaysia time, `num_segments` a number.

    `received_at`: when the handset got it; while it has not, when it was accepted. `carrier` is there with a profile.
    What came by SMPP has `smpp_parts` beside these.
    """
    received = message.received or message.created
    told: dict[str, Any] = {
        "sid": message.sid,
        "to": message.to,
        "from": message.sender,
        "body": message.body,
        "received_at": received.astimezone(MALAYSIA).isoformat(timespec="milliseconds"),
        "num_segments": message.segments,
        "encoding": message.encoding,
        "status": str(message.status),
        "error_code": message.error,
        "via": str(message.via),
        "fault": message.fault,
        "copy_of": message.copy_of,
        "codes": [code.as_json() for code in codes.read([message.body], message.sender)],
    }
    if profile.name:
        told["carrier"] = {
            "profile": profile.name,
            "shown_from": profile.shown_sender(message.sender),
            "shown_text": profile.prefix + message.body,
            "rules_broken": [broken.as_json() for broken in profile.broken(message.body, message.sender)],
        }
    return told


def _step(step: Step) -> dict[str, str]:
    return {"status": str(step.status), "at": step.at.astimezone(MALAYSIA).isoformat(timespec="milliseconds")}


def _word(name: str) -> str:
    return request.args.get(name, "").strip()


def _before() -> int | None:
    text = _word("before")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise CallersMistake("before must be the cursor of an earlier answer")
    return int(text)


def _limit() -> int:
    text = request.args.get("limit") or str(DEFAULT_LIMIT)
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) >= 1):
        raise CallersMistake("limit must be a whole number from 1 up")
    return min(int(text), LARGEST_LIMIT)
