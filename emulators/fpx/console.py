"""The tester's door: what the switch has seen, message by message."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, render_template, request

from emulators.foundation.clock import MALAYSIA
from emulators.foundation.events import Events
from emulators.fpx.ledger import PAGE, Ledger
from emulators.fpx.response_codes import meaning
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

KINDS = {
    "AR": "AR diterima",
    "AR repeated": "AR yang sama diterima lagi",
    "AR refused": "AR ditolak",
    "signed in": "Pembeli log masuk",
    "sign-in failed": "Log masuk gagal",
    "AC owed": "AC perlu dihantar",
    "AC delivery": "AC dihantar kepada penjual",
    "AC indirect": "AC tidak terus diberi kepada pelayar",
    "AE": "AE dijawab",
    "AE refused": "AE ditolak",
    "BE refused": "BE ditolak",
}
"""What the journal calls an entry, in the page's words."""

FACTS = {
    "card": "ID pengguna (CardNum)",
    "tries": "Percubaan yang salah",
    "event": "Kejadian",
    "state": "Keadaan",
    "code": "Kod",
    "url": "Alamat",
    "number": "Percubaan ke-",
    "status": "Status HTTP",
    "answer": "Jawapan penjual",
    "acknowledged": "Diakui (OK)",
    "gave_up": "Berhenti mencuba",
}
"""What the journal calls a fact, in the page's words."""

EVENTS = {
    "HAND_OVER": "pembeli dibawa ke bank",
    "FAIL_SIGN_IN": "log masuk gagal",
    "LOCK_OUT": "log masuk gagal terlalu kerap",
    "SIGN_IN": "pembeli log masuk",
    "CANCEL": "pembeli membatalkan",
    "EXPIRE": "masa tamat",
    "APPROVE": "bank meluluskan",
    "DECLINE": "bank menolak",
    "LEAVE_PENDING": "bank belum memutuskan",
    "SETTLE": "keputusan bank diketahui",
}


def facts_in_words(facts: dict[str, Any]) -> list[tuple[str, str]]:
    """A journal entry's facts as the page shows them; one without words of its own is shown as it is kept."""
    return [(FACTS.get(name, name), _in_words(name, value)) for name, value in facts.items()]


def moment(instant: str) -> str:
    """An instant of the store (ISO 8601) as people write it here: 15/05/2019 09:14:49."""
    return datetime.fromisoformat(instant).astimezone(MALAYSIA).strftime("%d/%m/%Y %H:%M:%S")


def _in_words(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if name == "event":
        return EVENTS.get(str(value), str(value))
    if name == "state" and value in STATES:
        return STATES[value][0]
    if name == "code":
        return f"{value}: {meaning(value).malay}"
    return "tiada jawapan" if (name, value) == ("status", 0) else str(value)


def testers_door(ledger: Ledger, events: Events) -> Blueprint:
    """The console's pages; they change nothing."""
    console = Blueprint("console", __name__)
    console.add_app_template_filter(moment)
    console.add_app_template_filter(facts_in_words)

    @console.context_processor
    def words() -> dict[str, Any]:
        return {"states": STATES, "kinds": KINDS}

    @console.get("/")
    def transactions() -> str:
        before = request.args.get("before")
        found = ledger.recent(before)
        older = found[-1].fpx_txn_id if len(found) == PAGE else None
        refusals = [] if before else ledger.refusals()
        return render_template("console/transactions.html", transactions=found, older=older, refusals=refusals)

    @console.get("/transactions/<fpx_txn_id>")
    def transaction(fpx_txn_id: str) -> str:
        return render_template("console/transaction.html", history=ledger.history(fpx_txn_id))

    @console.get("/events")
    def live() -> Response:
        return events.stream(request.environ)

    @console.get("/sellers")
    def sellers() -> str:
        return render_template("console/sellers.html", sellers=ledger.sellers())

    @console.get("/triggers")
    def triggers() -> str:
        return render_template("console/triggers.html", catalogue=CATALOGUE)

    return console
