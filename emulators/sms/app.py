"""Puts the SMS gateway together: settings, store, heart, doors, errors, control."""

from __future__ import annotations

import random
import time
from functools import partial
from typing import Any

from flask import Flask, Response, request

from emulators.foundation.clock import Clock
from emulators.foundation.codes import ANY_SENDER, CodeReader
from emulators.foundation.control import attach_control
from emulators.foundation.courier import Courier
from emulators.foundation.database import Database
from emulators.foundation.error_pages import register_error_pages
from emulators.foundation.errors import CallersMistake
from emulators.foundation.events import Events
from emulators.foundation.faults import Faults
from emulators.foundation.journal import Journal
from emulators.foundation.mailosaur import mailosaur_doors
from emulators.foundation.room import Json, Room
from emulators.foundation.serving import hung_up
from emulators.foundation.webui import register_webui
from emulators.sms.account_web import account_doors
from emulators.sms.callbacks import Callbacks, acknowledges, note_attempt
from emulators.sms.carrier import Carrier
from emulators.sms.carrier_rules import CarrierProfile
from emulators.sms.console import console
from emulators.sms.delivery import Event
from emulators.sms.errors import HungUp, Refusal
from emulators.sms.express import Express
from emulators.sms.fault_catalogue import CATALOGUE
from emulators.sms.faults_page import faults_page
from emulators.sms.gateway import Gateway
from emulators.sms.inbox import Inbox
from emulators.sms.intake import Intake
from emulators.sms.isms import isms_doors
from emulators.sms.ladder import Ladder
from emulators.sms.mocean import mocean_doors
from emulators.sms.mocean_verify import mocean_verify_doors
from emulators.sms.reading import reading_doors
from emulators.sms.settings import SmsSettings
from emulators.sms.shelf import SmsShelf
from emulators.sms.smpp.door import smpp_listener
from emulators.sms.tables import JOURNAL, LETTERS, METADATA
from emulators.sms.troubles import Troubles
from emulators.sms.verification import TEXTS
from emulators.sms.verifier import Verifier
from emulators.sms.verify_services import VerifyServices
from emulators.sms.verify_web import verify_doors
from emulators.sms.web import refused, twilio_doors


def create_room(settings: SmsSettings, clock: Clock, source: random.Random) -> Room:
    """The SMS room, with its store made and its carrier ready to start."""
    database = Database(settings.store_url("sms"), METADATA)
    database.create()
    events = Events()
    journal = Journal(
        JOURNAL,
        database,
        clock,
        lambda entries: events.publish_all("change", [{"kind": kind, "sid": ref} for kind, ref in entries]),
    )
    courier = Courier(
        LETTERS,
        database,
        clock,
        schedule=settings.callback_schedule,
        acknowledges=acknowledges,
        on_attempt=partial(note_attempt, journal),
        threads=1,  # callbacks of one message keep their order
    )
    inbox = Inbox(database, settings)
    ladder = Ladder(database, journal, clock, settings, inbox.arrivals, time.time)
    ladder.reporters.append(Callbacks(courier, database, settings).report)
    carrier = Carrier(ladder, database, clock, settings)
    faults = Faults(CATALOGUE, clock, source)
    troubles = Troubles(faults, settings.magic_block, settings.rate_limit, time.monotonic)
    profile = CarrierProfile.of(settings)
    intake = Intake(database, journal, clock, source, profile, inbox.arrivals, ladder, troubles, carrier.look_now)
    smpp, provenance = smpp_listener(settings, clock, database, journal, intake, ladder, troubles)
    gateway = Gateway(database, journal, clock, settings, inbox.arrivals, ladder, intake)
    given = settings.code_templates
    codes = CodeReader({**given, ANY_SENDER: (*given.get(ANY_SENDER, ()), *TEXTS.values())})

    app = Flask(__name__, static_folder=None)
    register_webui(app, "Gerbang SMS")
    register_error_pages(app)
    app.register_error_handler(Refusal, refused)
    app.register_blueprint(twilio_doors(gateway, troubles, settings.region))
    services = VerifyServices(database, clock, source)
    verifier = Verifier(database, clock, source, settings, gateway)
    app.register_blueprint(verify_doors(verifier, services, gateway, troubles, settings.account_sid, settings.region))
    app.register_blueprint(
        reading_doors(inbox, codes, profile, provenance.of, settings.wait_limit, settings.control_token)
    )
    app.register_blueprint(mailosaur_doors(SmsShelf(database, inbox, codes, settings.region), settings.wait_limit))
    app.register_blueprint(account_doors(gateway))
    app.register_blueprint(mocean_doors(gateway, troubles, settings))
    app.register_blueprint(mocean_verify_doors(verifier, services, troubles, settings))
    app.register_blueprint(isms_doors(gateway, troubles, settings))
    app.register_blueprint(console(inbox, codes, profile, inbox.callbacks_told, provenance.of, events))
    app.register_blueprint(faults_page(faults, settings.magic_block, settings.control_token))

    @app.before_request
    def refuse_nul() -> None:
        if "\x00" in request.path or any("\x00" in value for value in request.args.values()):
            raise CallersMistake("an address cannot hold a NUL character")  # not every store can be asked for one

    @app.after_request
    def say_nothing(response: Response) -> Response:
        return Response(status=HungUp.status) if hung_up(request.environ) else response

    def delivery(wish: Json) -> Json:
        sid, event = wish.get("sid"), wish.get("event")
        if not isinstance(sid, str) or not isinstance(event, str) or event not in set(Event):
            raise CallersMistake(f'say {{"sid": "SM...", "event": one of {", ".join(Event)}}}')
        return {"sid": sid, "status": str(ladder.step(sid, Event(event)))}

    def totals() -> dict[str, Any]:
        return {"messages": {"count": inbox.count()}}

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
        workers=(carrier, inbox.arrivals, courier, events, smpp),
        express=Express(gateway, troubles),
        faults=faults,
    )
    attach_control(room, settings.control_token)
    return room
