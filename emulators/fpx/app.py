"""Wires the FPX room: the one place where its parts meet."""

from __future__ import annotations

import random

from flask import Flask
from flask.json.provider import DefaultJSONProvider

from emulators.foundation import product
from emulators.foundation.authority import FOLDER, Authority
from emulators.foundation.authority_door import authority_door
from emulators.foundation.clock import Clock
from emulators.foundation.control import attach_control
from emulators.foundation.courier import Courier
from emulators.foundation.events import Events
from emulators.foundation.faults import Faults
from emulators.foundation.journal import Journal
from emulators.foundation.room import Room
from emulators.foundation.webui import register_webui
from emulators.fpx.admission import Admission
from emulators.fpx.approval import approvers_door
from emulators.fpx.authoriser import Authoriser
from emulators.fpx.availability import Availability
from emulators.fpx.bank import buyers_door
from emulators.fpx.callbacks import Callbacks, acknowledges
from emulators.fpx.cashier import Cashier
from emulators.fpx.certificate_pages import certificates_door, published_door
from emulators.fpx.confirmation import Confirmations
from emulators.fpx.console import testers_door
from emulators.fpx.console_acts import acts_door
from emulators.fpx.console_faults import faults_door
from emulators.fpx.decider import Decider
from emulators.fpx.drill.board import Board
from emulators.fpx.drill_door import drill_door
from emulators.fpx.error_pages import register_fpx_error_pages
from emulators.fpx.expiry import Expiry
from emulators.fpx.explain import Explain
from emulators.fpx.express import Express
from emulators.fpx.hands import hands
from emulators.fpx.instructions import Instructions
from emulators.fpx.ledger import Ledger
from emulators.fpx.merchant_pages import merchants_door
from emulators.fpx.misbehaviour import Misbehaviour
from emulators.fpx.opening import Opening
from emulators.fpx.outcomes.catalogue import FAULTS
from emulators.fpx.pages import Pages
from emulators.fpx.registrar import Registrar
from emulators.fpx.response_codes import meaning
from emulators.fpx.rollover import Rollover
from emulators.fpx.seller_storage import SellerStorage
from emulators.fpx.sellers import Sellers
from emulators.fpx.sellers_file import read_sellers
from emulators.fpx.settings import FpxSettings
from emulators.fpx.settlement import Settlement
from emulators.fpx.storage import Storage
from emulators.fpx.switch import Switch
from emulators.fpx.tables import JOURNAL, LETTERS
from emulators.fpx.teller import Teller
from emulators.fpx.tester import Tester
from emulators.fpx.visits import Visits
from emulators.fpx.web import sellers_door


def create_room(settings: FpxSettings, clock: Clock, source: random.Random) -> Room:
    """The FPX room, ready to be served; its keys are made when `settings.data_dir` has none."""
    storage = Storage(settings.store_url("fpx"), power_cuts=settings.survive_power_cuts)
    merchants = SellerStorage(storage.database)
    events = Events()
    journal = Journal(
        JOURNAL,
        storage.database,
        clock,
        lambda entries: events.publish_all("change", [{"kind": kind, "ref": ref} for kind, ref in entries]),
    )
    courier = Courier(
        LETTERS,
        storage.database,
        clock,
        schedule=settings.callback_schedule,
        answer_seconds=settings.callback_answer_seconds,
        acknowledges=acknowledges,
        on_attempt=lambda connection, attempt: callbacks.note_attempt(connection, attempt),
    )
    rollover = Rollover(settings.data_dir / "fpx", clock, journal)
    registrar = Registrar(merchants, journal)
    registrar.register(read_sellers(settings.sellers_file) if settings.sellers_file else ())
    sellers = Sellers(merchants, lambda: rollover.current().key.public_key())
    confirmations = Confirmations(rollover)
    faults = Faults(FAULTS, clock, source)
    instructions = Instructions(faults, journal, magic_amounts=settings.magic_amounts)
    callbacks = Callbacks(merchants, journal, courier, confirmations, hands(rollover, rollover.retired_signer))
    settlement = Settlement(settings, storage, instructions, callbacks, source)
    availability = Availability(storage.database)
    admission = Admission(settings, storage, sellers, availability, clock)
    opening = Opening(settings, storage, admission, settlement.instructions, journal, clock, source)
    switch = Switch(settings, storage, admission, settlement, confirmations, rollover, opening, journal)
    visits = Visits(settings, storage, sellers, settlement, clock)
    teller = Teller(settings, visits, settlement, journal)
    cashier = Cashier(settings, visits, settlement, journal, source)
    authoriser = Authoriser(settings, visits, settlement, journal)
    decider = Decider(settings, visits, settlement, journal)
    ledger = Ledger(storage)
    misbehaviour = Misbehaviour(instructions, settings.refused_reply)
    tester = Tester(storage, visits, settlement)
    board = Board(merchants, rollover, clock, f"{product.NAME} {product.VERSION}")

    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = settings.max_request_bytes
    app.json = in_order = DefaultJSONProvider(app)
    in_order.sort_keys = False  # the order in which fields were received is part of what is told of them
    register_webui(app, "FPX")
    app.jinja_env.globals["meaning"] = meaning
    register_fpx_error_pages(app)
    pages = Pages(app)
    at_bank = (buyers_door(teller, cashier, pages), approvers_door(authoriser))
    testers_doors = (
        testers_door(ledger, events),
        acts_door(decider, availability, settings.control_token),
        faults_door(tester, faults, settings.control_token),
        drill_door(board, settings.control_token),
    )
    merchants_doors = (
        merchants_door(registrar, settings.control_token),
        certificates_door(rollover, settings.control_token),
        published_door(rollover),
        authority_door(Authority(settings.data_dir / FOLDER)),
    )
    for door in (sellers_door(switch, misbehaviour), *at_bank, *testers_doors, *merchants_doors):
        app.register_blueprint(door)

    app.wsgi_app = Express(app.wsgi_app, switch, teller, cashier, pages, faults)  # type: ignore[method-assign]  # as Flask documents

    def forget() -> None:
        storage.forget_payments()
        availability.reset()
        board.forget()

    room = Room(
        name="fpx",
        app=app,
        clock=clock,
        ready=storage.database.ping,
        reset=forget,
        journal=journal.read,
        totals=ledger.totals,
        close=storage.database.close,
        verbs={
            "sellers": registrar.verb,
            "certificates": rollover.verb,
            "explain": Explain(admission).explain,
            "banks": availability.change,
            "resend": tester.resend,
            "drill": board.verb,
        },
        workers=(courier, Expiry(storage, visits, clock), events, misbehaviour),
        faults=faults,
    )
    attach_control(room, settings.control_token)
    return room
