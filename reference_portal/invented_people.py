"""Taxi drivers who do not exist: place codes nobody holds, numbers nobody has, addresses that lead nowhere."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from reference_portal.account_state import AccountState
from reference_portal.rules.contribution import Period
from reference_portal.rules.document import Category, Kind, Region
from reference_portal.storage.accounts import Account
from reference_portal.storage.applications import Application
from reference_portal.tokens import handle

PAPERS = {Kind.LESEN_MEMANDU: ("SBX", 7), Kind.KAD_PSV: ("SBX-PSV-", 6)}
"""What a taxi driver in the Peninsula hands in (D-TX-1, D-TX-2a): series and digits of the number."""

_GIVEN = ("Sedia", "Siap", "Lengkap", "Rela", "Tekun", "Cekap", "Rajin", "Setia")
_FAMILY = ("Contoh", "Ujian", "Sampel", "Demo", "Rekaan", "Cubaan")
_THINGS = ("perahu", "payung", "tikar", "lampu", "bangku", "cawan", "pelita", "gitar")
_COLOURS = ("biru", "hijau", "kuning", "merah", "ungu", "jingga")
_PLACES = ("17", "18", "19", "20", "69")


def person(source: random.Random, password_hash: str, since: datetime) -> Account:
    """Somebody whose account has been active since an instant; born between 1960 and 1994."""
    male = source.random() < 0.5
    born = date(1960, 1, 1) + timedelta(days=source.randrange(35 * 365))
    serial = f"{source.randrange(100, 500)}{2 * source.randrange(5) + male}"
    name = (source.choice(_GIVEN), source.choice(_GIVEN), "bin" if male else "binti", source.choice(_FAMILY))
    return Account(
        id=handle(source),
        identity_number=f"{born:%y%m%d}{source.choice(_PLACES)}{serial}",
        birth_date=born,
        email=f"pencarum.{source.getrandbits(64):016x}@example.invalid",
        mobile=f"+60110{source.randrange(10**7):07d}",
        full_name=" ".join(name),
        state=AccountState.ACTIVE,
        created_at=since,
        secret_phrase=f"{source.choice(_THINGS)} {source.choice(_COLOURS)} {source.randrange(10, 100)}",
        password_hash=password_hash,
        activated_at=since,
    )


def application(source: random.Random, of: Account, submitted_at: datetime) -> Application:
    """What such a person declared: a taxi in the Peninsula, plan 1, by the month."""
    return Application(
        id=handle(source),
        account_id=of.id,
        citizenship="warganegara",
        address_1="No. 1, Jalan Contoh",
        address_2="",
        address_3="",
        postcode="62000",
        town="Putrajaya",
        state="W.P. Putrajaya",
        category=Category.TEKSI,
        region=Region.SEMENANJUNG,
        vehicle_number="ZZX 1234",
        operator="",
        start_date=submitted_at.date(),
        plan=1,
        period=Period.BULANAN,
        submitted_at=submitted_at,
    )


def document_number(source: random.Random, kind: Kind) -> str:
    """A number of the sandbox's own series."""
    series, digits = PAPERS[kind]
    return f"{series}{source.randrange(10**digits):0{digits}d}"


def sample_page() -> bytes:
    """A PDF that says what it is."""
    page = BytesIO()
    canvas = Canvas(page, pagesize=(420, 200), invariant=1)
    canvas.drawString(40, 100, "SANDBOX - DOKUMEN CONTOH")
    canvas.save()
    return page.getvalue()
