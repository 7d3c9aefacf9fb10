"""The tester's door: what the switch has seen, message by message, for people and (under /api/v1) for programs."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request

from emulators.foundation.errors import CallersMistake
from emulators.foundation.events import Events, Stream
from emulators.fpx import console_words
from emulators.fpx.banks import BANKS
from emulators.fpx.ledger import Ledger
from emulators.fpx.rung import Party
from emulators.fpx.search import read_search
from emulators.fpx.transaction import Transaction
from emulators.fpx.triggers import CATALOGUE


def testers_door(ledger: Ledger, events: Events) -> Blueprint:
    """The console's pages; they change nothing."""
    console = Blueprint("console", __name__)
    console.add_app_template_filter(console_words.moment)
    console.add_app_template_filter(console_words.moment_of)
    console.add_app_template_filter(console_words.facts_in_words)

    @console.context_processor
    def words() -> dict[str, Any]:
        return {"words": console_words, "parties": list(Party)}

    @console.get("/")
    def transactions() -> tuple[str, int]:
        search, wrong = read_search(request.args)
        page = ledger.found(search)
        refusals = [] if search.before or search.asked else ledger.refusals()
        shown = {"page": page, "search": search, "wrong": wrong, "refusals": refusals, "banks": BANKS}
        return render_template("console/transactions.html", **shown), 422 if wrong else 200

    @console.get("/transactions/<fpx_txn_id>")
    def transaction(fpx_txn_id: str) -> str:
        return render_template("console/transaction.html", history=ledger.history(fpx_txn_id))

    @console.get("/api/v1/transactions")
    def list_transactions() -> Response:
        search, wrong = read_search(request.args)
        if wrong:
            raise CallersMistake("; ".join(f"{name}: {said}" for name, said in wrong.items()))
        page = ledger.found(search)
        return jsonify(transactions=[told(txn) for txn in page.transactions], before=page.older or None)

    @console.get("/api/v1/transactions/<fpx_txn_id>")
    def tell_transaction(fpx_txn_id: str) -> Response:
        history = ledger.history(fpx_txn_id)
        ladder = [rung.as_json() for rung in history.rungs]
        return jsonify(transaction=told(history.transaction), ladder=ladder, callbacks=history.letters)

    @console.get("/callbacks")
    def callbacks() -> str:
        return render_template("console/callbacks.html", letters=ledger.callbacks())

    @console.get("/api/v1/callbacks")
    def list_callbacks() -> Response:
        return jsonify(callbacks=ledger.callbacks())

    @console.get("/events")
    def live() -> Stream:
        return events.stream(request.environ)

    @console.get("/triggers")
    def triggers() -> str:
        return render_template("console/triggers.html", catalogue=CATALOGUE)

    return console


def told(txn: Transaction) -> dict[str, Any]:
    """A transaction for programs: all but the name of the buyer's visit, which opens the bank's page."""
    return {name: value for name, value in vars(txn).items() if name != "session"} | {"amount": txn.amount}
