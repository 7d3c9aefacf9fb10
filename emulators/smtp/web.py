"""The reader's door: Mailpit's API v1, with its paths, statuses and plain-text errors; here what is about the box."""

from __future__ import annotations

import resource
from collections.abc import Callable

from flask import Blueprint, Response, jsonify, request

from emulators.foundation.codes import CodeReader
from emulators.foundation.errors import RoomError
from emulators.foundation.serving import lender
from emulators.foundation.wait_wishes import wait_wish
from emulators.smtp import shapes
from emulators.smtp.errors import NoSuchMessage
from emulators.smtp.shelf import NOT_FOUND, Shelf
from emulators.smtp.wishes import Change, change, page_wish, query_wish, tags_wish, zone_wish

VERSION = "v1.30.5-sandbox"
"""The Mailpit whose API v1 this is; not a release of this sandbox."""
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
Mine = Callable[[], Shelf]
"""The shelf of whoever asks."""


def mailpit_doors(mine: Mine, codes: CodeReader, wait_limit: float, relay: str) -> Blueprint:
    """The routes a Mailpit client calls, and ours: `GET /api/v1/wait?to=&since=&timeout=`.

    A wait that ends without a message is answered too: 200 with `timed_out`. `cursor`, given as `since`, asks for what
    came later. `relay`: the server that releases a message, told in the configuration.
    """
    doors = Blueprint("mailpit", __name__, url_prefix="/api/v1")

    @doors.get("/info")
    def info() -> Response:
        return jsonify(information(mine()))

    @doors.get("/webui")
    def webui() -> Response:
        return jsonify(shapes.configuration(relay))

    @doors.get("/messages")
    def messages() -> Response:
        return jsonify(shapes.summaries(mine().newest(*page_wish(request.args))))

    @doors.put("/messages")
    def mark() -> Response:
        _mark(mine(), change(request.get_data(), request.mimetype))
        return ok()

    @doors.delete("/messages")
    def delete() -> Response:
        mine().delete(change(request.get_data(), request.mimetype).uids)
        return ok()

    @doors.get("/search")
    def search() -> Response:
        query, (start, limit) = query_wish(request.args), page_wish(request.args)
        return jsonify(shapes.summaries(mine().search(query, start, limit, zone_wish(request.args))))

    @doors.delete("/search")
    def delete_found() -> Response:
        mine().delete_matching(query_wish(request.args), zone_wish(request.args))
        return ok()

    @doors.get("/tags")
    def tags() -> Response:
        return jsonify(list(mine().state().tags))

    @doors.put("/tags")
    def set_tags() -> Response:
        wish = tags_wish(request.get_data())
        mine().set_tags(wish.uids, wish.tags)
        return ok()

    @doors.put("/tags/<path:tag>")
    def rename_tag(tag: str) -> Response:
        mine().rename_tag(tag, tags_wish(request.get_data(), renaming=True).name)
        return ok()

    @doors.delete("/tags/<path:tag>")
    def delete_tag(tag: str) -> Response:
        mine().rename_tag(tag, None)
        return ok()

    @doors.get("/wait")
    def wait() -> Response:
        opened, cursor = mine().wait(wait_wish(request.args, wait_limit), lender(request.environ))
        if opened is None:
            return jsonify(timed_out=True, cursor=cursor)
        message = shapes.message(opened.kept, opened.mail, codes, opened.scan) | {"Read": opened.kept.read}
        return jsonify(timed_out=False, cursor=cursor, message=message)

    @doors.route("/<path:rest>", methods=METHODS)
    def not_emulated(rest: str) -> Response:  # noqa: ARG001  every other path of the API
        raise NoSuchMessage(NOT_FOUND)

    return doors


def information(shelf: Shelf) -> shapes.Json:
    """AppInformation."""
    state, tally = shelf.state(), shelf.tally
    return {
        "Version": VERSION,
        "LatestVersion": VERSION,
        "Database": state.store,
        "DatabaseSize": state.store_size,
        "Messages": state.messages,
        "Unread": state.unread,
        "Tags": state.tags,
        "RuntimeStats": {
            "Uptime": tally.uptime(),
            "Memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
            "MessagesDeleted": tally.deleted,
            "SMTPAccepted": tally.accepted,
            "SMTPAcceptedSize": tally.accepted_size,
            "SMTPRejected": tally.rejected,
            "SMTPIgnored": tally.ignored,
        },
    }


def plain(error: RoomError) -> tuple[Response, int]:
    """Mailpit's answer to what it refuses: a sentence as plain text."""
    return Response(error.sentence, mimetype="text/plain"), error.status


def ok() -> Response:
    """Mailpit's answer to a change that was made."""
    return Response("ok", mimetype="text/plain")


def _mark(shelf: Shelf, wish: Change) -> None:
    if wish.search:
        shelf.set_read_matching(wish.search, read=wish.read, zone=zone_wish(request.args))
    else:
        shelf.set_read(wish.uids, read=wish.read)
