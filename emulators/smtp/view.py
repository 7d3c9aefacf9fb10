"""Mailpit's `/view` addresses: one message as HTML or as text, for people and for browser tests."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from emulators.smtp.caged import CAGE, OPEN_CAGE, caged_html
from emulators.smtp.errors import NoHtml
from emulators.smtp.shelf import Opened, Shelf

NO_HTML = "This message does not contain HTML"


def view_doors(mine: Callable[[], Shelf]) -> Blueprint:
    """`/view/{ID|latest}` with `.html`, `.txt` or nothing; `latest` takes `?query=`."""
    doors = Blueprint("view", __name__, url_prefix="/view")

    def opened(uid: str) -> Opened:
        return mine().open(uid, query=request.args.get("query", "").strip())

    @doors.get("/<uid>.html")
    def html(uid: str) -> Response:
        found = opened(uid)
        if not found.mail.html:
            raise NoHtml(NO_HTML)
        parts = url_for("message.part", uid=found.kept.uid, part_id="")
        page = caged_html(found.mail, parts, embedded=request.args.get("embed") == "1")
        answer = Response(page, mimetype="text/html")
        answer.headers["Content-Security-Policy"] = OPEN_CAGE if request.args.get("remote") == "1" else CAGE
        answer.headers["Referrer-Policy"] = "no-referrer"
        return answer

    @doors.get("/<uid>.txt")
    def text(uid: str) -> Response:
        return Response(opened(uid).mail.text, mimetype="text/plain")

    @doors.get("/<uid>")
    def page(uid: str) -> Answer:
        return redirect(url_for("console.message", uid=opened(uid).kept.uid))

    return doors
