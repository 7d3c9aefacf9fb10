"""The reader's door: Mailpit's API v1, with its paths, statuses and plain-text errors."""

from __future__ import annotations

import resource
from io import BytesIO

from flask import Blueprint, Response, jsonify, request, send_file

from emulators.foundation.codes import CodeReader
from emulators.foundation.errors import RoomError
from emulators.foundation.serving import lender
from emulators.foundation.wait_wishes import wait_wish
from emulators.smtp import shapes
from emulators.smtp.caged import CAGE
from emulators.smtp.errors import NoSuchMessage
from emulators.smtp.mailbox import NOT_FOUND, Mailbox
from emulators.smtp.wishes import Change, change, page_wish, query_wish, zone_wish

VERSION = "v1.30.5-sandbox"
"""The Mailpit whose API v1 this is; not a release of this sandbox."""
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


def mailpit_doors(mailbox: Mailbox, codes: CodeReader, wait_limit: float) -> Blueprint:
    """The routes a Mailpit client calls, and ours: `GET /api/v1/wait?to=&since=&timeout=`.

    A wait that ends without a message is answered too: 200 with `timed_out`. `cursor`, given as `since`, asks for what
    came later.
    """
    doors = Blueprint("mailpit", __name__, url_prefix="/api/v1")

    @doors.get("/info")
    def info() -> Response:
        state, tally = mailbox.state(), mailbox.tally
        return jsonify(
            Version=VERSION,
            LatestVersion=VERSION,
            Database=state.store,
            DatabaseSize=state.store_size,
            Messages=state.messages,
            Unread=state.unread,
            Tags=state.tags,
            RuntimeStats={
                "Uptime": tally.uptime(),
                "Memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
                "MessagesDeleted": tally.deleted,
                "SMTPAccepted": tally.accepted,
                "SMTPAcceptedSize": tally.accepted_size,
                "SMTPRejected": tally.rejected,
                "SMTPIgnored": 0,
            },
        )

    @doors.get("/tags")
    def tags() -> Response:
        return jsonify(list(mailbox.state().tags))

    @doors.get("/messages")
    def messages() -> Response:
        return jsonify(shapes.summaries(mailbox.newest(*page_wish(request.args))))

    @doors.put("/messages")
    def mark() -> Response:
        wish = change(request.get_data(), request.mimetype)
        _mark(mailbox, wish)
        return _ok()

    @doors.delete("/messages")
    def delete() -> Response:
        mailbox.delete(change(request.get_data(), request.mimetype).uids)
        return _ok()

    @doors.get("/search")
    def search() -> Response:
        start, limit = page_wish(request.args)
        return jsonify(
            shapes.summaries(mailbox.search(query_wish(request.args), start, limit, zone_wish(request.args)))
        )

    @doors.delete("/search")
    def delete_found() -> Response:
        mailbox.delete_matching(query_wish(request.args), zone_wish(request.args))
        return _ok()

    @doors.get("/message/<uid>")
    def message(uid: str) -> Response:
        opened = mailbox.open(uid, to=request.args.get("to", ""), mark=request.method == "GET")
        return jsonify(shapes.message(opened.kept, opened.mail, codes))

    @doors.get("/wait")
    def wait() -> Response:
        opened, cursor = mailbox.wait(wait_wish(request.args, wait_limit), lender(request.environ))
        if opened is None:
            return jsonify(timed_out=True, cursor=cursor)
        message = shapes.message(opened.kept, opened.mail, codes) | {"Read": opened.kept.read}
        return jsonify(timed_out=False, cursor=cursor, message=message)

    @doors.get("/message/<uid>/headers")
    def headers(uid: str) -> Response:
        return jsonify(shapes.headers(mailbox.open(uid).mail))

    @doors.get("/message/<uid>/raw")
    def raw(uid: str) -> Response:
        opened = mailbox.open(uid)
        answer = Response(opened.raw, mimetype="text/plain")
        if request.args.get("dl") == "1":
            answer.headers.set("Content-Disposition", "attachment", filename=f"{opened.kept.uid}.eml")
        return answer

    @doors.get("/message/<uid>/part/<part_id>")
    def part(uid: str, part_id: str) -> Response:
        file = mailbox.open(uid).mail.file(part_id)
        if file is None:
            raise NoSuchMessage(NOT_FOUND)
        name = file.name.replace("/", "_") or f"part-{part_id}"
        answer = send_file(BytesIO(file.data), mimetype=file.content_type, download_name=name)
        answer.headers["Content-Security-Policy"] = CAGE
        return answer

    @doors.route("/<path:rest>", methods=METHODS)
    def not_emulated(rest: str) -> Response:  # noqa: ARG001  every other path of the API
        raise NoSuchMessage(NOT_FOUND)

    return doors


def plain(error: RoomError) -> tuple[Response, int]:
    """Mailpit's answer to what it refuses: a sentence as plain text."""
    return Response(error.sentence, mimetype="text/plain"), error.status


def _mark(mailbox: Mailbox, wish: Change) -> None:
    if wish.search:
        mailbox.set_read_matching(wish.search, read=wish.read, zone=zone_wish(request.args))
    else:
        mailbox.set_read(wish.uids, read=wish.read)


def _ok() -> Response:
    return Response("ok", mimetype="text/plain")
