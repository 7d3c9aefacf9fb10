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
from emulators.foundation.faults import Faults
from emulators.foundation.journal import Journal
from emulators.foundation.mailosaur import mailosaur_doors
from emulators.foundation.room import Json, Room
from emulators.foundation.webui import register_webui
from emulators.smtp.chaos import Chaos
from emulators.smtp.console import console
from emulators.smtp.cors import allow_origins
from emulators.smtp.delivery import Delivery
from emulators.smtp.errors import BadBody, BadQuery, BadTag, NoHtml, NoSuchMessage
from emulators.smtp.fault_page import fault_page
from emulators.smtp.fetching import Fetcher
from emulators.smtp.following import following_doors
from emulators.smtp.listener import Listener
from emulators.smtp.mailbox import Mailbox
from emulators.smtp.mailosaur_files import mailosaur_files
from emulators.smtp.mailosaur_shelf import MailShelf
from emulators.smtp.message_web import message_doors
from emulators.smtp.metrics import metrics_door
from emulators.smtp.mishaps import CATALOGUE
from emulators.smtp.owners import everybody, owner_of_request, prefixed
from emulators.smtp.pruning import Pruner
from emulators.smtp.scanner import Scanner
from emulators.smtp.sending import Sending
from emulators.smtp.sending_web import sending_doors
from emulators.smtp.settings import SmtpSettings
from emulators.smtp.shelf import Shelf
from emulators.smtp.suffering import Suffering
from emulators.smtp.tables import JOURNAL, METADATA
from emulators.smtp.view import view_doors
from emulators.smtp.web import mailpit_doors, plain
from emulators.smtp.webhooks import Webhooks

BODY_LIMIT = 5_000_000
"""Octets a request may bring: a list of a hundred thousand IDs."""


def create_room(settings: SmtpSettings, clock: Clock, source: random.Random) -> Room:
    """The inbox, with its store made and its SMTP listener ready to start."""
    database = Database(settings.store_url("smtp"), METADATA)
    database.create()
    journal = Journal(JOURNAL, database, clock)
    mailbox = Mailbox(
        database,
        journal,
        clock,
        source,
        host=settings.smtp_name,
        places=settings.waiters_limit,
        apart=settings.mailbox_per_user,
        plus_tags=settings.plus_tags,
    )
    faults = Faults(CATALOGUE, clock, source)
    suffering = Suffering(faults, journal, clock)
    delivery = Delivery(mailbox, database, journal, clock, suffering, power_cuts=settings.survive_power_cuts)
    sending = Sending(delivery, clock)
    owner = owner_of_request(settings.users) if settings.mailbox_per_user else everybody
    names = (settings.smtp_name, "localhost", "127.0.0.1", "::1", *settings.tls_names)
    authority = Authority(settings.data_dir / FOLDER)
    context = authority.server_context(names)
    fetcher = Fetcher(settings.link_hosts)
    hooks = Webhooks(
        database, journal, clock, settings.webhook_urls, settings.webhook_secret, label=f"SANDBOX {settings.smtp_name}"
    )
    scanner = Scanner(database, fetcher, mailbox.news, on=settings.scanner)
    pruner = Pruner(
        database, journal, clock, mailbox.news, mailbox.tally, most=settings.keep_most, hours=settings.keep_hours
    )
    mailbox.beside(hooks.owe, hooks.courier.look_now)
    mailbox.beside(scanner.owe, scanner.look_now)
    mailbox.afterwards(pruner.look_now)
    codes = CodeReader(settings.code_templates)

    def mine() -> Shelf:
        return mailbox.shelf(owner())

    listener = Listener(delivery, suffering, mailbox.tally, settings, context)

    def address() -> str:
        return listener.address if listener.started else f"{settings.smtp_host}:{settings.smtp_port}"

    def users() -> list[str]:
        return mailbox.usernames() if settings.mailbox_per_user else []

    def username() -> str:
        return (request.authorization.username or "") if request.authorization else owner() or ""

    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = BODY_LIMIT
    app.json.sort_keys = False  # type: ignore[attr-defined]  # fields go out as Mailpit orders them
    register_webui(app, "Peti mel")
    register_error_pages(app)
    allow_origins(app, settings.api_cors)
    for error in (BadBody, BadQuery, BadTag, NoHtml, NoSuchMessage):
        app.register_error_handler(error, plain)
    for doors in (
        mailpit_doors(mine, codes, settings.wait_limit, settings.smtp_name),
        message_doors(mine, codes, fetcher),
        sending_doors(mine, sending, Chaos(faults), username, settings.message_limit),
        metrics_door(mine),
        following_doors(mine, settings.api_cors),
        mailosaur_doors(MailShelf(mine, codes), settings.wait_limit),
        mailosaur_files(mine),
        view_doors(mine),
        console(mine, codes, sending, address=address, users=users, token=settings.control_token),
        fault_page(faults, settings.control_token),
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
        return {"messages": {"count": mailbox.count()}}

    def reset() -> None:
        database.wipe()
        suffering.manners.forget()
        scanner.reset()
        hooks.forget()
        mailbox.news.truncated(None)

    room = Room(
        name="smtp",
        app=app,
        clock=clock,
        ready=database.ping,
        reset=reset,
        journal=journal.read,
        totals=totals,
        close=database.close,
        workers=(
            listener,
            delivery,
            mailbox.arrivals,
            mailbox.news,
            hooks.courier,
            scanner,
            pruner,
        ),
        verbs={"webhooks": hooks.set, "scanner": scanner.set},
        faults=faults,
    )
    if settings.mailbox_per_user:
        app.wsgi_app = prefixed(app.wsgi_app)  # type: ignore[method-assign,assignment]  # as Flask documents it
    attach_control(room, settings.control_token)
    return room
