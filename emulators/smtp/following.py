"""Doors for those who follow the mailbox: Mailpit's WebSocket, and server-sent events for programs and our pages."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Sequence

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from emulators.foundation.doorkeeper import site_of
from emulators.foundation.errors import CallersMistake, Closing, NotAllowed
from emulators.foundation.events import Events
from emulators.foundation.serving import lender, taken_line
from emulators.smtp.shelf import Shelf
from emulators.smtp.websocket import Gone, Line, accept_key

LOOK_SECONDS = 0.25
"""How often a silent conversation is looked at for what the client says."""


def following_doors(mine: Callable[[], Shelf], origins: Sequence[str]) -> Blueprint:
    """`/api/events` (WebSocket) and `/api/v1/events` in Mailpit's words, `/events` in those of `live.js`.

    `origins`: other sites whose pages may follow. A WebSocket is not kept from other sites by the browser, so that
    this door looks for itself.
    """
    doors = Blueprint("following", __name__)

    @doors.get("/api/v1/events")
    def events() -> ResponseReturnValue:
        shelf = mine()
        return shelf.news.stream(shelf.owner).stream(request.environ)

    @doors.get("/events")
    def changes() -> ResponseReturnValue:
        shelf = mine()
        return shelf.news.stream(shelf.owner, pages=True).stream(request.environ)

    @doors.get("/api/events", websocket=True, endpoint="websocket")  # werkzeug parts upgrades from other requests
    @doors.get("/api/events")
    def conversation() -> Response:
        key = accept_key(request.environ)
        if key is None:
            raise CallersMistake("this address speaks WebSocket; for server-sent events ask /api/v1/events")
        _admit(origins)
        shelf = mine()
        _converse(shelf.news.stream(shelf.owner), key)
        return Response()

    return doors


def _admit(origins: Sequence[str]) -> None:
    origin = request.headers.get("Origin")
    if origin is not None and site_of(origin) != request.host and not {origin, "*"} & set(origins):
        raise NotAllowed("pages of another site may not follow this mailbox, unless CARUMAN_SMTP_API_CORS names it")


def _converse(events: Events, key: str) -> None:
    with events.follow() as news:
        wire = taken_line(request.environ)
        if wire is None:
            raise CallersMistake("this server cannot speak WebSocket; ask /api/v1/events for server-sent events")
        with contextlib.suppress(Gone), lender(request.environ)():
            line = Line(wire, key)
            try:
                while True:
                    for kind, data in news(LOOK_SECONDS):
                        line.tell(json.dumps({"Type": kind, "Data": data or None}, ensure_ascii=False))
                    line.listen()
            except Closing:
                line.close(1001)
