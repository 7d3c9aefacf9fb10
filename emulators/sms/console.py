"""The tester's door: the numbers that were written to, and each number as a thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from emulators.foundation.codes import CodeReader
from emulators.foundation.errors import CallersMistake
from emulators.foundation.events import Events
from emulators.sms import words
from emulators.sms.carrier_rules import CarrierProfile
from emulators.sms.inbox import Inbox
from emulators.sms.messages import Message

NUMBERS_SHOWN = 200
THREAD_PAGE = 50
Told = Callable[[list[str]], dict[str, list[dict[str, Any]]]]
"""The callbacks told of some sids, oldest first, by sid."""
Parts = Callable[[list[Message]], dict[str, list[dict[str, Any]]]]
"""What was submitted by SMPP, by the sid of the message it became."""


def console(
    inbox: Inbox, reader: CodeReader, profile: CarrierProfile, told: Told, parts: Parts, events: Events
) -> Blueprint:
    """`/` lists the numbers, `/numbers/<number>` shows what was sent to one of them, `/events` says that it changed."""
    pages = Blueprint("console", __name__, template_folder="templates", static_folder="static", static_url_path="/sms")

    @pages.app_context_processor
    def spoken() -> dict[str, object]:
        return {"words": words, "profile": profile}

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
        return render_template(
            "sms/thread.html",
            number=canonical,
            messages=messages,
            total=total,
            older=older,
            steps=inbox.steps(messages),
            parts=parts(messages),
            callbacks=told([message.sid for message in messages]),
            codes={message.id: reader.read([message.body], message.sender) for message in messages},
        )

    @pages.get("/events")
    def news() -> ResponseReturnValue:
        return events.stream(request.environ)

    return pages


def _before() -> int | None:
    text = request.args.get("before", "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise CallersMistake("before must be the number of a message")
    return int(text)
