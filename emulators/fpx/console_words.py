"""The console's words: what the store and the journal keep, as the pages show it (Malay first); pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from emulators.foundation.clock import MALAYSIA
from emulators.fpx.response_codes import meaning
from emulators.fpx.rung import Party

STATES = {
    "AT_BANK": ("Di bank", "wait"),
    "SIGNED_IN": ("Sudah log masuk", "wait"),
    "ACCOUNT_CHOSEN": ("Menunggu TAC", "wait"),
    "TAC_GIVEN": ("Menunggu pengesahan pembeli", "wait"),
    "AUTHORISING": ("Menunggu pelulus (B2B)", "wait"),
    "PENDING": ("Menunggu", "wait"),
    "APPROVED": ("Diluluskan", "good"),
    "DECLINED": ("Ditolak", "bad"),
    "CANCELLED": ("Dibatalkan", "neutral"),
    "EXPIRED": ("Tamat masa", "neutral"),
}
"""How a state is shown: words and the badge's kind."""

PARTIES = {Party.BROWSER: "Pelayar", Party.MERCHANT: "Penjual", Party.SWITCH: "Suis FPX", Party.BANK: "Bank"}

LETTERS = {
    "owed": ("Menunggu giliran", "wait"),
    "claimed": ("Sedang dihantar", "wait"),
    "done": ("Diakui (OK)", "good"),
    "gave up": ("Berhenti mencuba", "bad"),
    "lost": ("Hilang, seperti diminta", "bad"),
}
"""How a callback's state is shown."""

KINDS = {"AR refused": "AR ditolak", "AE refused": "AE ditolak", "BE refused": "BE ditolak"}
"""What a refused message is called in the list."""

FACTS = {
    "account": "Akaun",
    "card": "ID pengguna (CardNum)",
    "tries": "Percubaan yang salah",
    "event": "Kejadian",
    "state": "Keadaan",
    "code": "Kod",
    "check": "Semakan",
    "mistake": "Kesilapan",
    "field": "Medan",
    "sentence": "Sebab",
    "fault": "Kesilapan yang diminta",
    "door": "Diminta melalui",
    "with": "Parameter",
    "stage": "Peringkat",
    "message": "Mesej",
    "decision": "Keputusan",
    "by": "Oleh",
    "approved": "Diluluskan",
    "resent": "Dihantar semula oleh penguji",
    "source_expected": "Teks yang sepatutnya ditandatangani",
    "source_signed": "Teks yang sebenarnya ditandatangani",
    "url": "Alamat",
    "number": "Percubaan ke-",
    "status": "Status HTTP",
    "answer": "Jawapan penjual",
    "acknowledged": "Diakui (OK)",
    "verdict": "Keputusan kurier",
    "next_due": "Percubaan seterusnya",
    "milliseconds": "Masa menjawab (ms)",
    "body": "Badan yang dihantar",
    "gave_up": "Berhenti mencuba",
}
"""What the journal calls a fact, in the page's words."""

VERDICTS = {"acknowledged": "diakui", "gave up": "berhenti mencuba", "to be sent again": "akan dihantar lagi"}
"""What the courier made of an answer."""

EVENTS = {
    "HAND_OVER": "pembeli dibawa ke bank",
    "FAIL_SIGN_IN": "log masuk gagal",
    "LOCK_OUT": "gagal terlalu kerap",
    "SIGN_IN": "pembeli log masuk",
    "CHOOSE_ACCOUNT": "pembeli memilih akaun",
    "FAIL_TAC": "TAC salah",
    "GIVE_TAC": "pembeli memberi TAC",
    "CANCEL": "pembeli membatalkan",
    "EXPIRE": "masa tamat",
    "END_SESSION": "sesi perbankan tamat",
    "APPROVE": "bank meluluskan",
    "DECLINE": "bank menolak",
    "LEAVE_PENDING": "bank belum memutuskan",
    "SUBMIT": "pembuat menghantar kepada pelulus",
    "REJECT": "pelulus menolak",
    "SETTLE": "keputusan bank diketahui",
}


def facts_in_words(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """A journal entry's facts as the page shows them; one without words of its own is shown as it is kept."""
    return [(FACTS.get(name, name), _in_words(name, value)) for name, value in facts.items()]


def moment(instant: str) -> str:
    """An instant of the store (ISO 8601) as people write it here: 15/05/2019 09:14:49."""
    return datetime.fromisoformat(instant).astimezone(MALAYSIA).strftime("%d/%m/%Y %H:%M:%S")


def moment_of(seconds: float) -> str:
    """The same for seconds since 1970."""
    return moment(datetime.fromtimestamp(seconds, MALAYSIA).isoformat())


def state_in_words(state: str) -> tuple[str, str]:
    """Words and badge of a transaction's state."""
    return STATES.get(state, (state, "neutral"))


def _in_words(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if name == "event":
        return EVENTS.get(str(value), str(value))
    if name == "verdict":
        return VERDICTS.get(str(value), str(value))
    if name == "next_due":
        return moment(str(value))
    if name == "with" and isinstance(value, dict):
        return "; ".join(f"{key}={given}" for key, given in value.items()) or "–"
    if name == "state":
        return state_in_words(str(value))[0]
    if name == "code" and value:
        return f"{value}: {meaning(str(value)).malay}"
    return "tiada jawapan" if (name, value) == ("status", 0) else str(value)
