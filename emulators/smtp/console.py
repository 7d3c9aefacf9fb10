"""The tester's door: the list of what arrived, one message with everything in it, and what can be done to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from emulators.foundation.codes import Code, CodeReader
from emulators.foundation.doorkeeper import guard_forms
from emulators.smtp.composing import Letter, Person
from emulators.smtp.errors import BadQuery, NoSuchMessage
from emulators.smtp.kept import Kept
from emulators.smtp.message_page import TABS, message_page
from emulators.smtp.sending import Sending
from emulators.smtp.shelf import Shelf
from emulators.smtp.wishes import page_wish

SHOWN = 50
SAMPLE = Letter(
    From=Person(Email="contoh@sandbox.invalid", Name="Contoh SANDBOX"),
    To=[Person(Email="anda@example.com")],
    Subject="Mel contoh: kod pengesahan anda",
    Text="Kod pengesahan anda ialah 482913.\n\nAtau tekan https://contoh.invalid/sahkan\n\nSANDBOX: ujian sahaja.\n",
    HTML=(
        "<h1>Mel contoh</h1><p>Kod pengesahan anda ialah <b>482913</b>.</p>"
        '<p>Atau tekan <a href="https://contoh.invalid/sahkan">sahkan</a>.</p><p>SANDBOX: ujian sahaja.</p>'
    ),
)


def console(
    mine: Callable[[], Shelf],
    codes: CodeReader,
    sending: Sending,
    *,
    address: Callable[[], str],
    users: Callable[[], Sequence[str]],
    token: str | None,
) -> Blueprint:
    """`/` lists messages, `/messages/<ID>` shows one; their forms are guarded like the control doors.

    `address`: where SMTP answers; `users`: those who have a mailbox of their own, none when all share one.
    """
    pages = Blueprint(
        "console", __name__, template_folder="templates", static_folder="static", static_url_path="/inbox"
    )
    guard_forms(pages, token)

    @pages.app_context_processor
    def words() -> dict[str, Any]:
        return {"smtp_address": address, "mail_users": users}

    def listed(search: str = "", error: str | None = None) -> str:
        start, _ = page_wish(request.args)
        shelf = mine()
        page = shelf.search(search, start, SHOWN) if search and not error else shelf.newest(start, SHOWN)

        def codes_of(kept: Kept) -> list[Code]:
            return codes.read([kept.snippet, kept.subject], kept.people["From"]["Address"])

        shown = {"page": page, "search": search, "shown": SHOWN, "error": error, "owner": shelf.owner}
        return render_template("smtp/messages.html", **shown, codes_of=codes_of)

    @pages.get("/")
    def messages() -> str:
        return listed(request.args.get("q", "").strip())

    @pages.get("/search")
    def search() -> Answer:
        return redirect(url_for(".messages", q=request.args.get("q", "")))  # Mailpit's address; its clients print it

    @pages.get("/messages/<uid>")
    def message(uid: str) -> str:
        shelf = mine()
        opened = shelf.open(uid, mark=request.method == "GET")
        tab, remote = request.args.get("tab", ""), request.args.get("remote") == "1"
        shown = message_page(opened, codes, tab, remote=remote)
        newer, older = shelf.beside(opened.kept)
        return render_template("smtp/message.html", **shown, newer=newer, older=older, tabs=TABS)

    @pages.post("/messages/<uid>/delete")
    def delete(uid: str) -> Answer:
        shelf = mine()
        _, older = shelf.beside(shelf.open(uid).kept)
        shelf.delete([uid])
        return redirect(url_for(".message", uid=older) if older else url_for(".messages"), 303)

    @pages.post("/messages/delete")
    def delete_all() -> Answer:
        search = request.form.get("q", "").strip()
        mine().delete_matching(search) if search else mine().delete([])
        return redirect(url_for(".messages"), 303)

    @pages.post("/messages/read")
    def read_all() -> Answer:
        mine().set_read([], read=True)
        return redirect(url_for(".messages"), 303)

    @pages.post("/messages/sample")
    def sample() -> Answer:
        sending.send(SAMPLE, peer=request.remote_addr or "", username=mine().owner or "")
        return redirect(url_for(".messages"), 303)

    @pages.errorhandler(BadQuery)
    def not_understood(error: BadQuery) -> tuple[str, int]:
        return listed(request.values.get("q", "").strip(), error.sentence), 400

    @pages.errorhandler(NoSuchMessage)
    def not_here(_error: NoSuchMessage) -> tuple[str, int]:
        return render_template("smtp/not_here.html"), 404

    return pages
