"""Puts the inbox together: settings, store, heart, doors, errors, control."""

from __future__ import annotations

import random
from datetime import UTC
from email.utils import format_datetime

from flask import Flask, Response, request

from emulators.foundation.authority import FOLDER, Authority
from emulators.foundation.authority_door import authority_door
from emulators.foundation.clock import Clock
from emulators.foundation.codes import CodeReader
from emulators.foundation.control import attach_control
from emulators.foundation.database import Database
from emulators.foundation.error_pages import register_error_pages
from emulators.foundation.errors import CallersMistake
from emulators.foundation.journal import Journal
from emulators.foundation.room import Json, Room
from emulators.foundation.webui import register_webui
from emulators.smtp.console import console
from emulators.smtp.errors import BadBody, BadQuery, NoHtml, NoSuchMessage
from emulators.smtp.listener import Listener
from emulators.smtp.mailbox import Mailbox
from emulators.smtp.settings import SmtpSettings
from emulators.smtp.tables import JOURNAL, METADATA
from emulators.smtp.view import view_doors
from emulators.smtp.web import mailpit_doors, plain

BODY_LIMIT = 5_000_000
"""Octets a request may bring: a list of a hundred thousand IDs."""


def create_room(settings: SmtpSettings, clock: Clock, source: random.Random) -> Room:
    """The inbox, with its store made and its SMTP listener ready to start."""
    database = Database(settings.store_url("smtp"), METADATA)
    database.create()
    journal = Journal(JOURNAL, database, clock)
    mailbox = Mailbox(database, journal, clock, source, settings.smtp_name, settings.waiters_limit)
    names = (settings.smtp_name, "localhost", "127.0.0.1", "::1", *settings.tls_names)
    authority = Authority(settings.data_dir / FOLDER)
    context = authority.server_context(names)
    codes = CodeReader(settings.code_templates)

    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = BODY_LIMIT
    app.json.sort_keys = False  # type: ignore[attr-defined]  # fields go out as Mailpit orders them
    register_webui(app, "Peti mel")
    register_error_pages(app)
    for error in (BadBody, BadQuery, NoHtml, NoSuchMessage):
        app.register_error_handler(error, plain)
    for doors in (
        mailpit_doors(mailbox, codes, settings.wait_limit),
        view_doors(mailbox),
        console(mailbox, codes),
        authority_door(authority),
    ):
        app.register_blueprint(doors)

    @app.before_request
    def refuse_nul() -> None:
        if "\x00" in request.path or any("\x00" in value for value in request.args.values()):
            raise CallersMistake("an address cannot hold a NUL character")  # not every store can be asked for one

    @app.after_request
    def tell_time(answer: Response) -> Response:
        # Clients take this header for the server's clock and compare it with `Created`, which is the sandbox's.
        answer.headers["Date"] = format_datetime(clock.now().astimezone(UTC), usegmt=True)
        return answer

    def totals() -> Json:
        return {"messages": {"count": mailbox.state().messages}}

    room = Room(
        name="smtp",
        app=app,
        clock=clock,
        ready=database.ping,
        reset=database.wipe,
        journal=journal.read,
        totals=totals,
        close=database.close,
        workers=(Listener(mailbox, settings, context), mailbox.arrivals),
    )
    attach_control(room, settings.control_token)
    return room
