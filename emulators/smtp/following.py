"""Doors for those who follow the mailbox: server-sent events for programs and for our pages."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from emulators.smtp.shelf import Shelf


def following_doors(mine: Callable[[], Shelf]) -> Blueprint:
    """`GET /api/v1/events` in Mailpit's words, `GET /events` in those of `live.js`."""
    doors = Blueprint("following", __name__)

    @doors.get("/api/v1/events")
    def events() -> ResponseReturnValue:
        shelf = mine()
        return shelf.news.stream(shelf.owner).stream(request.environ)

    @doors.get("/events")
    def changes() -> ResponseReturnValue:
        shelf = mine()
        return shelf.news.stream(shelf.owner, pages=True).stream(request.environ)

    return doors
