"""Mailpit's `/view` addresses: one message as HTML or as text, for people and for browser tests."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from emulators.smtp.caged import CAGE, caged_html
from emulators.smtp.errors import NoHtml
from emulators.smtp.mailbox import LATEST, Mailbox, Opened

NO_HTML = "This message does not contain HTML"


def view_doors(mailbox: Mailbox) -> Blueprint:
    """`/view/{ID|latest}` with `.html`, `.txt` or nothing; `latest` takes `?query=`."""
    doors = Blueprint("view", __name__, url_prefix="/view")

    @doors.get("/<uid>.html")
    def html(uid: str) -> Response:
        opened = _opened(mailbox, uid)
        if not opened.mail.html:
            raise NoHtml(NO_HTML)
        parts = url_for("mailpit.part", uid=opened.kept.uid, part_id="")
        page = caged_html(opened.mail, parts, embedded=request.args.get("embed") == "1")
        answer = Response(page, mimetype="text/html")
        answer.headers["Content-Security-Policy"] = CAGE
        answer.headers["Referrer-Policy"] = "no-referrer"
        return answer

    @doors.get("/<uid>.txt")
    def text(uid: str) -> Response:
        return Response(_opened(mailbox, uid).mail.text, mimetype="text/plain")

    @doors.get("/<uid>")
    def page(uid: str) -> Answer:
        return redirect(url_for("console.message", uid=_opened(mailbox, uid).kept.uid))

    return doors


def _opened(mailbox: Mailbox, uid: str) -> Opened:
    query = request.args.get("query", "").strip()
    if uid == LATEST and query:
        uid = mailbox.newest_matching(query)
    return mailbox.open(uid)
