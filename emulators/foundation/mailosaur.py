"""The doors of Mailosaur's reading API (version 1, read from its Python client 8.1; confidence high), for any room.

A room gives a `Shelf`; servers (inboxes) are not told apart: any id of eight characters is the whole room. An API key
is asked for and not checked. `receivedAfter` is compared with the machine's clock: clients take it from there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from flask import Blueprint, Response, jsonify, request

from emulators.foundation.control import json_object
from emulators.foundation.errors import CallersMistake, NotAllowed, NotHere
from emulators.foundation.serving import lender
from emulators.foundation.waiting import Lend

POLL_DELAYS = "100,200,500"
"""Milliseconds between the searches of a client that waits (its header x-ms-delay)."""
SERVER = "sandbox1"
PAGE, LARGEST_PAGE = 50, 1000
AWAIT_MILLIS = 10_000


@dataclass(frozen=True)
class Criteria:
    """What a message must look like; an empty field asks for nothing."""

    sent_from: str = ""
    sent_to: str = ""
    subject: str = ""
    body: str = ""
    any_of: bool = False
    """Whether one of the fields is enough."""
    received_after: datetime | None = None
    """By the machine's clock."""

    def asked(self) -> dict[str, str]:
        """The fields that ask for something."""
        fields = {"from": self.sent_from, "to": self.sent_to, "subject": self.subject, "body": self.body}
        return {name: value for name, value in fields.items() if value}


class Shelf(Protocol):
    """A room's messages as Mailosaur shows them; `server` is filled in by the door."""

    def search(self, criteria: Criteria, skip: int, limit: int) -> list[dict[str, Any]]:
        """Summaries, newest first."""

    def fetch(self, message_id: str) -> dict[str, Any] | None:
        """A whole message."""

    def wait(self, criteria: Criteria, seconds: float, lend: Lend) -> dict[str, Any] | None:
        """The newest whole message, as soon as there is one."""

    def remove(self, message_id: str) -> bool:
        """Delete a message; whether it was there."""

    def clear(self) -> None:
        """Delete all of them."""

    def count(self) -> int:
        """How many there are."""


def mailosaur_doors(shelf: Shelf, wait_limit: float) -> Blueprint:
    """`/api/messages` and `/api/servers`; `wait_limit`: longest await in seconds."""
    doors = Blueprint("mailosaur", __name__, url_prefix="/api")

    @doors.before_request
    def ask_for_key() -> None:
        if not (request.authorization and request.authorization.username):
            raise NotAllowed("send an API key as the user name of Basic authentication; any will do")

    @doors.get("/messages")
    def listed() -> Response:
        server = _server()
        return _page(shelf.search(Criteria(received_after=_instant()), *_place()), server)

    @doors.post("/messages/search")
    def search() -> Response:
        server = _server()
        return _page(shelf.search(_criteria(), *_place()), server)

    @doors.post("/messages/await")
    def wait() -> Response | tuple[str, int]:
        server, millis = _server(), _whole("timeout", AWAIT_MILLIS)
        found = shelf.wait(_criteria(), min(millis / 1000, wait_limit), lender(request.environ))
        return ("", 204) if found is None else jsonify({**found, "server": server})

    @doors.get("/messages/<message_id>")
    def fetch(message_id: str) -> Response:
        found = shelf.fetch(message_id)
        if found is None:
            raise NotHere(f"no message has the id {message_id[:60]}")
        return jsonify({**found, "server": SERVER})

    @doors.delete("/messages/<message_id>")
    def remove(message_id: str) -> tuple[str, int]:
        if not shelf.remove(message_id):
            raise NotHere(f"no message has the id {message_id[:60]}")
        return "", 204

    @doors.delete("/messages")
    def clear() -> tuple[str, int]:
        _server()
        shelf.clear()
        return "", 204

    _server_doors(doors, shelf.count)
    return doors


def _server_doors(doors: Blueprint, count: Callable[[], int]) -> None:
    def told(server: str) -> dict[str, Any]:
        return {"id": server, "name": "SANDBOX", "users": [], "messages": count()}

    @doors.get("/servers")
    def servers() -> Response:
        return jsonify(items=[told(SERVER)])

    @doors.get("/servers/<server>")
    def one(server: str) -> Response:
        return jsonify(told(server))


def _page(items: list[dict[str, Any]], server: str) -> Response:
    answer = jsonify(items=[{**item, "server": server} for item in items])
    answer.headers["x-ms-delay"] = POLL_DELAYS
    return answer


def _server() -> str:
    server = request.args.get("server", "")
    if len(server) != 8:
        raise CallersMistake("server must be the id of an inbox, eight characters; here any eight will do")
    return server


def _criteria() -> Criteria:
    given: Mapping[str, Any] = json_object()
    words = {name: given.get(name) or "" for name in ("sentFrom", "sentTo", "subject", "body", "match")}
    for name, value in words.items():
        if not isinstance(value, str):
            raise CallersMistake(f"{name} must be text")
    return Criteria(
        sent_from=words["sentFrom"],
        sent_to=words["sentTo"],
        subject=words["subject"],
        body=words["body"],
        any_of=words["match"].upper() == "ANY",
        received_after=_instant(),
    )


def _instant() -> datetime | None:
    text = request.args.get("receivedAfter", "")
    if not text:
        return None
    try:
        instant = datetime.fromisoformat(text.replace(" ", "+") if "T" in text else text)
    except ValueError as error:
        raise CallersMistake(f"receivedAfter must be an instant in ISO 8601, not {text[:40]!r}") from error
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _place() -> tuple[int, int]:
    """How many to skip and how many to show at most."""
    limit = min(max(_whole("itemsPerPage", PAGE), 1), LARGEST_PAGE)
    return _whole("page", 0) * limit, limit


def _whole(name: str, default: int) -> int:
    text = request.args.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise CallersMistake(f"{name} must be a whole number, not {text[:40]!r}")
    return int(text)
