"""Puts the SMS gateway together: settings, store, heart, doors, errors, control."""

from __future__ import annotations

import random
from typing import Any

from flask import Flask, request

from emulators.foundation.clock import Clock
from emulators.foundation.codes import ANY_SENDER, CodeReader
from emulators.foundation.control import attach_control
from emulators.foundation.database import Database
from emulators.foundation.error_pages import register_error_pages
from emulators.foundation.errors import CallersMistake
from emulators.foundation.journal import Journal
from emulators.foundation.room import Json, Room
from emulators.foundation.webui import register_webui
from emulators.sms.carrier import Carrier
from emulators.sms.console import console
from emulators.sms.delivery import Event
from emulators.sms.errors import Refusal
from emulators.sms.gateway import Gateway
from emulators.sms.reading import reading_doors
from emulators.sms.settings import SmsSettings
from emulators.sms.tables import JOURNAL, METADATA
from emulators.sms.verification import TEXTS
from emulators.sms.verifier import Verifier
from emulators.sms.verify_web import verify_doors
from emulators.sms.web import refused, twilio_doors


def create_room(settings: SmsSettings, clock: Clock, source: random.Random) -> Room:
    """The SMS room, with its store made and its carrier ready to start."""
    database = Database(settings.store_url("sms"), METADATA)
    database.create()
    journal = Journal(JOURNAL, database, clock)
    gateway = Gateway(database, journal, clock, source, settings)
    given = settings.code_templates
    codes = CodeReader({**given, ANY_SENDER: (*given.get(ANY_SENDER, ()), *TEXTS.values())})
    carrier = Carrier(gateway, database, clock, settings)

    app = Flask(__name__, static_folder=None)
    register_webui(app, "Gerbang SMS")
    register_error_pages(app)
    app.register_error_handler(Refusal, refused)
    app.register_blueprint(twilio_doors(gateway, carrier.look_now))
    verifier = Verifier(database, clock, source, settings, gateway)
    app.register_blueprint(verify_doors(verifier, gateway, settings.account_sid, carrier.look_now))
    app.register_blueprint(reading_doors(gateway, codes, settings.wait_limit))
    app.register_blueprint(console(gateway, codes))

    @app.before_request
    def refuse_nul() -> None:
        if "\x00" in request.path or any("\x00" in value for value in request.args.values()):
            raise CallersMistake("an address cannot hold a NUL character")  # not every store can be asked for one

    def delivery(wish: Json) -> Json:
        sid, event = wish.get("sid"), wish.get("event")
        if not isinstance(sid, str) or not isinstance(event, str) or event not in set(Event):
            raise CallersMistake(f'say {{"sid": "SM...", "event": one of {", ".join(Event)}}}')
        return {"sid": sid, "status": str(gateway.step(sid, Event(event)))}

    def totals() -> dict[str, Any]:
        return {"messages": {"count": gateway.count()}}

    room = Room(
        name="sms",
        app=app,
        clock=clock,
        ready=database.ping,
        reset=database.wipe,
        journal=journal.read,
        totals=totals,
        close=database.close,
        verbs={"delivery": delivery},
        workers=(carrier, gateway.arrivals),
    )
    attach_control(room, settings.control_token)
    return room
