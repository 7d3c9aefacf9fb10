"""The tester's door: what the switch has seen, message by message."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from emulators.fpx.ledger import PAGE, Ledger
from emulators.fpx.triggers import CATALOGUE

STATES = {
    "AT_BANK": ("Di bank", "wait"),
    "SIGNED_IN": ("Menunggu pengesahan pembeli", "wait"),
    "PENDING": ("Menunggu", "wait"),
    "APPROVED": ("Diluluskan", "good"),
    "DECLINED": ("Ditolak", "bad"),
    "CANCELLED": ("Dibatalkan", "neutral"),
    "EXPIRED": ("Tamat masa", "neutral"),
}
"""How a state is shown: words and the badge's kind."""


def testers_door(ledger: Ledger) -> Blueprint:
    """The console's pages; they change nothing."""
    console = Blueprint("console", __name__)

    @console.get("/")
    def transactions() -> str:
        before = request.args.get("before")
        found = ledger.recent(before)
        older = found[-1].fpx_txn_id if len(found) == PAGE else None
        refusals = [] if before else ledger.refusals()
        return render_template(
            "console/transactions.html", transactions=found, older=older, refusals=refusals, states=STATES
        )

    @console.get("/transactions/<fpx_txn_id>")
    def transaction(fpx_txn_id: str) -> str:
        return render_template("console/transaction.html", history=ledger.history(fpx_txn_id), states=STATES)

    @console.get("/sellers")
    def sellers() -> str:
        return render_template("console/sellers.html", sellers=ledger.sellers())

    @console.get("/triggers")
    def triggers() -> str:
        return render_template("console/triggers.html", catalogue=CATALOGUE)

    return console
