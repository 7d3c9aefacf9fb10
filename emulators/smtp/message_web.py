"""Mailpit's doors to one message: everything in it, its parts, and what is checked about it."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from flask import Blueprint, Response, jsonify, request, send_file

from emulators.foundation.codes import CodeReader
from emulators.smtp import shapes
from emulators.smtp.caged import CAGE
from emulators.smtp.errors import NoHtml, NoSuchMessage
from emulators.smtp.fetching import Fetcher
from emulators.smtp.html_check import check_html
from emulators.smtp.links import links_in
from emulators.smtp.mime import File
from emulators.smtp.shelf import NOT_FOUND, Opened, Shelf
from emulators.smtp.spam_check import check_spam
from emulators.smtp.thumbnails import thumbnail

NO_HTML = "message does not contain HTML"


def message_doors(mine: Callable[[], Shelf], codes: CodeReader, fetcher: Fetcher) -> Blueprint:
    """`/api/v1/message/{ID|latest}` and below; `latest` takes `?query=`, and ours, `?to=` one exact address."""
    doors = Blueprint("message", __name__, url_prefix="/api/v1/message")

    def opened(uid: str, *, mark: bool = False) -> Opened:
        args = request.args
        return mine().open(uid, to=args.get("to", ""), query=args.get("query", "").strip(), mark=mark)

    def file(uid: str, part_id: str) -> File:
        found = opened(uid).mail.file(part_id)
        if found is None:
            raise NoSuchMessage(NOT_FOUND)
        return found

    @doors.get("/<uid>")
    def message(uid: str) -> Response:
        found = opened(uid, mark=request.method == "GET")
        return jsonify(shapes.message(found.kept, found.mail, codes, found.scan))

    @doors.get("/<uid>/headers")
    def headers(uid: str) -> Response:
        return jsonify(shapes.headers(opened(uid).mail))

    @doors.get("/<uid>/raw")
    def raw(uid: str) -> Response:
        found = opened(uid)
        answer = Response(found.raw, mimetype="text/plain")
        if request.args.get("dl") == "1":
            answer.headers.set("Content-Disposition", "attachment", filename=f"{found.kept.uid}.eml")
        return answer

    @doors.get("/<uid>/part/<part_id>")
    def part(uid: str, part_id: str) -> Response:
        found = file(uid, part_id)
        name = found.name.replace("/", "_") or f"part-{part_id}"
        answer = send_file(BytesIO(found.data), mimetype=found.content_type, download_name=name)
        answer.headers["Content-Security-Policy"] = CAGE
        return answer

    @doors.get("/<uid>/part/<part_id>/thumb")
    def thumb(uid: str, part_id: str) -> Response:
        found = file(uid, part_id)
        return Response(thumbnail(found.data, found.content_type), mimetype="image/jpeg")

    @doors.get("/<uid>/html-check")
    def html_check(uid: str) -> Response:
        mail = opened(uid).mail
        if not mail.html:
            raise NoHtml(NO_HTML, 400)
        return jsonify(check_html(mail.document))

    @doors.get("/<uid>/link-check")
    def link_check(uid: str) -> Response:
        mail = opened(uid).mail
        follow = request.args.get("follow") in ("true", "1")
        addresses = [link.href for link in links_in(mail.document, mail.text)]
        return jsonify(shapes.link_check(fetcher.look(addresses, follow=follow)))

    @doors.get("/<uid>/sa-check")
    def spam_check(uid: str) -> Response:
        return jsonify(check_spam(opened(uid).mail))

    return doors
