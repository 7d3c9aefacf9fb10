"""What a receipt certifies (clause C-3), the machine's copy of it, and the rows a reader sees.

No picture of the real receipt's fields or numbering was found: they are choices; the prefix SBX keeps the number out of
any real series.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from reference_portal.clock import MALAYSIA, spoken_date, spoken_day, spoken_time
from reference_portal.messages import term, text
from reference_portal.rules.contribution import PLANS, Period, in_words, ringgit
from reference_portal.rules.document import Category

WATERMARK = "SANDBOX - BUKAN RESIT RASMI"


@dataclass(frozen=True)
class ReceiptFacts:
    """All a receipt certifies; amounts in sen, instants aware. The identity number arrives masked.

    A payment that bought no cover, because another order had paid for it, has neither start nor end of one.
    """

    number: str
    paid_at: datetime
    full_name: str
    masked_identity_number: str
    category: Category
    plan: int
    period: Period
    cover_start: datetime | None
    cover_end: datetime | None
    amount_sen: int
    bank_name: str
    fpx_transaction_id: str
    order_number: str
    contact: str
    check_url: str
    """Where the seal of the receipt is checked; it stands in the QR code."""


def as_json(facts: ReceiptFacts) -> bytes:
    """The machine's copy: UTF-8, fixed order, instants in ISO 8601 with +08:00."""
    plan = PLANS[facts.plan]
    told = {
        "sandbox": WATERMARK,
        "receipt_number": facts.number,
        "paid_at": _iso(facts.paid_at),
        "full_name": facts.full_name,
        "identity_number": facts.masked_identity_number,
        "category": str(facts.category),
        "plan": facts.plan,
        "insured_sen": plan.insured_sen,
        "period": str(facts.period),
        "cover": _cover(facts),
        "amount_sen": facts.amount_sen,
        "amount": ringgit(facts.amount_sen),
        "amount_in_words": in_words(facts.amount_sen),
        "currency": "MYR",
        "payment_method": "FPX",
        "bank": facts.bank_name,
        "fpx_transaction_id": facts.fpx_transaction_id,
        "order_number": facts.order_number,
        "contact": facts.contact,
        "check_url": facts.check_url,
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def from_json(copy: bytes | str) -> ReceiptFacts:
    """The facts an `as_json` copy was made from, so that a kept copy is all a portal has to keep."""
    told = json.loads(copy)
    cover = told["cover"]
    return ReceiptFacts(
        number=told["receipt_number"],
        paid_at=datetime.fromisoformat(told["paid_at"]),
        full_name=told["full_name"],
        masked_identity_number=told["identity_number"],
        category=Category(told["category"]),
        plan=told["plan"],
        period=Period(told["period"]),
        cover_start=datetime.fromisoformat(cover["start"]) if cover else None,
        cover_end=datetime.fromisoformat(cover["end"]) if cover else None,
        amount_sen=told["amount_sen"],
        bank_name=told["bank"],
        fpx_transaction_id=told["fpx_transaction_id"],
        order_number=told["order_number"],
        contact=told["contact"],
        check_url=told["check_url"],
    )


def rows_of(facts: ReceiptFacts) -> dict[str, list[tuple[str, str]]]:
    """What the printed receipt lists, by heading: label and value."""
    return {
        "Pencarum": [
            ("Nama", facts.full_name),
            ("No. kad pengenalan", facts.masked_identity_number),
            ("Kategori", term(facts.category)),
        ],
        "Caruman dan perlindungan": [
            ("Pelan", f"Pelan {facts.plan}"),
            ("Pendapatan diinsuranskan", f"{ringgit(PLANS[facts.plan].insured_sen)} sebulan"),
            ("Jenis caruman", term(facts.period)),
            *_cover_rows(facts),
        ],
        "Bayaran": [
            ("Kaedah bayaran", "FPX (perbankan internet)"),
            ("Bank", facts.bank_name),
            ("ID transaksi FPX", facts.fpx_transaction_id),
            ("No. pesanan", facts.order_number),
        ],
    }


def _cover_rows(facts: ReceiptFacts) -> list[tuple[str, str]]:
    if facts.cover_start is None or facts.cover_end is None:
        return [("Perlindungan", text("T-DBL"))]
    return [
        ("Perlindungan bermula", spoken(facts.cover_start)),
        ("Perlindungan tamat", spoken(facts.cover_end)),
    ]


def _cover(facts: ReceiptFacts) -> dict[str, str] | None:
    if facts.cover_start is None or facts.cover_end is None:
        return None
    return {"start": _iso(facts.cover_start), "end": _iso(facts.cover_end)}


def spoken(instant: datetime) -> str:
    """`Rabu, 15 Mei 2019, 10:32:07 pagi`."""
    return f"{spoken_day(instant)}, {spoken_date(instant)}, {spoken_time(instant)}"


def _iso(instant: datetime) -> str:
    return instant.astimezone(MALAYSIA).isoformat(timespec="seconds")
