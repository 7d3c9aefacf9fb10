"""The tester's door: the list of what arrived, and one message with everything in it."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, render_template, request

from emulators.foundation.codes import CodeReader
from emulators.smtp.errors import BadQuery, NoSuchMessage
from emulators.smtp.links import links_in
from emulators.smtp.shapes import headers
from emulators.smtp.shelf import Shelf
from emulators.smtp.wishes import page_wish

SHOWN = 50
SOURCE_SHOWN = 100_000
TEXT_SHOWN = 200_000


def console(mine: Callable[[], Shelf], codes: CodeReader) -> Blueprint:
    """`/` lists messages, `/messages/<ID>` shows one."""
    pages = Blueprint("console", __name__, template_folder="templates")

    @pages.get("/")
    def messages() -> str:
        search = request.args.get("q", "").strip()
        start, _ = page_wish(request.args)
        page = mine().search(search, start, SHOWN) if search else mine().newest(start, SHOWN)
        return render_template("smtp/messages.html", page=page, search=search, shown=SHOWN, error=None)

    @pages.get("/messages/<uid>")
    def message(uid: str) -> str:
        opened = mine().open(uid, mark=request.method == "GET")
        return render_template(
            "smtp/message.html",
            kept=opened.kept,
            mail=opened.mail,
            headers=headers(opened.mail),
            codes=codes.read(opened.mail.readable, opened.mail.from_.address),
            links=links_in(opened.mail.html, opened.mail.text),
            text=opened.mail.text[:TEXT_SHOWN],
            source=opened.raw[:SOURCE_SHOWN].decode("utf-8", "replace").replace("\x00", "\ufffd"),
            cut=len(opened.raw) > SOURCE_SHOWN,
        )

    @pages.errorhandler(BadQuery)
    def not_understood(error: BadQuery) -> tuple[str, int]:
        search = request.args.get("q", "").strip()
        page = mine().newest(0, 0)
        return render_template("smtp/messages.html", page=page, search=search, shown=SHOWN, error=error.sentence), 400

    @pages.errorhandler(NoSuchMessage)
    def not_here(_error: NoSuchMessage) -> tuple[str, int]:
        return render_template("smtp/not_here.html"), 404

    return pages
