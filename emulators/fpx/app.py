"""Wires the FPX room: the one place where its parts meet."""

from __future__ import annotations

import random

from flask import Flask
from flask.json.provider import DefaultJSONProvider

from emulators.foundation.clock import Clock
from emulators.foundation.control import attach_control
from emulators.foundation.courier import Courier
from emulators.foundation.events import Events
from emulators.foundation.journal import Journal
from emulators.foundation.room import Room
from emulators.foundation.webui import register_webui
from emulators.fpx.admission import Admission
from emulators.fpx.approval import approvers_door
from emulators.fpx.authoriser import Authoriser
from emulators.fpx.availability import Availability
from emulators.fpx.bank import buyers_door
from emulators.fpx.certificates import switch_identity
from emulators.fpx.checksum import Signer
from emulators.fpx.confirmation import Confirmations
from emulators.fpx.console import testers_door
from emulators.fpx.error_pages import register_fpx_error_pages
from emulators.fpx.expiry import Expiry
from emulators.fpx.explain import Explain
from emulators.fpx.ledger import Ledger
from emulators.fpx.response_codes import meaning
from emulators.fpx.seller_storage import SellerStorage
from emulators.fpx.sellers import Sellers
from emulators.fpx.settings import FpxSettings
from emulators.fpx.settlement import Settlement, acknowledges
from emulators.fpx.storage import Storage
from emulators.fpx.switch import Switch
from emulators.fpx.tables import JOURNAL, LETTERS
from emulators.fpx.teller import Teller
from emulators.fpx.visits import Visits
from emulators.fpx.web import sellers_door


def create_room(settings: FpxSettings, clock: Clock, source: random.Random) -> Room:
    """The FPX room, ready to be served; its keys are made when `settings.data_dir` has none."""
    identity = switch_identity(settings.data_dir / "fpx")
    signer = Signer(identity.key)
    storage = Storage(settings.store_url("fpx"))
    merchants = SellerStorage(storage.database)
    events = Events()
    journal = Journal(
        JOURNAL, storage.database, clock, lambda kind, ref: events.publish("change", {"kind": kind, "ref": ref})
    )
    courier = Courier(
        LETTERS,
        storage.database,
        clock,
        schedule=settings.callback_schedule,
        acknowledges=acknowledges,
        on_attempt=lambda connection, attempt: settlement.note_attempt(connection, attempt),
    )
    sellers = Sellers(merchants, journal, identity.key.public_key())
    confirmations = Confirmations(signer)
    settlement = Settlement(settings, storage, merchants, journal, courier, confirmations, source)
    availability = Availability(storage.database)
    admission = Admission(settings, storage, sellers, availability, clock)
    switch = Switch(settings, storage, admission, settlement, confirmations, signer, journal, clock, source)
    visits = Visits(settings, storage, sellers, settlement, clock)
    teller = Teller(settings, visits, settlement, confirmations, journal, source)
    authoriser = Authoriser(settings, visits, settlement, journal)
    ledger = Ledger(storage, sellers)

    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = settings.max_request_bytes
    app.json = in_order = DefaultJSONProvider(app)
    in_order.sort_keys = False  # the order in which fields were received is part of what is told of them
    app.jinja_env.globals["meaning"] = meaning
    register_webui(app, "FPX")
    register_fpx_error_pages(app)
    at_bank = (buyers_door(teller), approvers_door(authoriser))
    for door in (sellers_door(switch, identity.certificate_pem), *at_bank, testers_door(ledger, events)):
        app.register_blueprint(door)

    def forget() -> None:
        storage.forget_payments()
        availability.reset()

    room = Room(
        name="fpx",
        app=app,
        clock=clock,
        ready=storage.database.ping,
        reset=forget,
        journal=journal.read,
        totals=ledger.totals,
        close=storage.database.close,
        verbs={"sellers": sellers.register, "explain": Explain(admission).explain, "banks": availability.change},
        workers=(courier, Expiry(storage, visits, clock), events),
    )
    attach_control(room, settings.control_token)
    return room
