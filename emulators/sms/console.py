"""The tester's door: the numbers that were written to, and each number as a thread."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from emulators.foundation.codes import CodeReader
from emulators.foundation.errors import CallersMistake
from emulators.sms.inbox import Inbox

NUMBERS_SHOWN = 200
THREAD_PAGE = 50
BADGES = {
    "scheduled": "wait",
    "accepted": "wait",
    "queued": "wait",
    "sending": "wait",
    "sent": "info",
    "delivered": "good",
    "undelivered": "bad",
    "failed": "bad",
    "canceled": "neutral",
}
WORDS = {
    "scheduled": "dijadualkan",
    "accepted": "diterima masuk",
    "queued": "beratur",
    "sending": "sedang dihantar",
    "sent": "dihantar",
    "delivered": "diterima",
    "undelivered": "tidak sampai",
    "failed": "gagal",
    "canceled": "dibatalkan",
}


def console(inbox: Inbox, reader: CodeReader) -> Blueprint:
    """`/` lists the numbers, `/numbers/<number>` shows what one of them received."""
    pages = Blueprint("console", __name__, template_folder="templates")

    @pages.context_processor
    def words() -> dict[str, object]:
        return {"status_badges": BADGES, "status_words": WORDS}

    @pages.get("/")
    def numbers() -> str:
        search = request.args.get("q", "").strip()
        rows = inbox.numbers(search, NUMBERS_SHOWN)
        return render_template("sms/numbers.html", rows=rows, search=search, total=inbox.count(), shown=NUMBERS_SHOWN)

    @pages.get("/numbers/<number>")
    def thread(number: str) -> str:
        canonical = inbox.canonical(number)
        messages, total = inbox.thread(canonical, THREAD_PAGE, _before())
        older = messages[-1].id if len(messages) == THREAD_PAGE else None
        steps = inbox.steps(messages)
        codes = {message.id: reader.read([message.body], message.sender) for message in messages}
        return render_template(
            "sms/thread.html", number=canonical, messages=messages, total=total, steps=steps, codes=codes, older=older
        )

    return pages


def _before() -> int | None:
    text = request.args.get("before", "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise CallersMistake("before must be the number of a message")
    return int(text)
