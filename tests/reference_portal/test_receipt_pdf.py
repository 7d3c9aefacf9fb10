"""The receipt: what it says, and that it says it in the same bytes for ever."""

from __future__ import annotations

import functools
import hashlib
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from reference_portal.clock import MALAYSIA
from reference_portal.receipt_pdf import ReceiptFacts, as_json, from_json, render
from reference_portal.rules.contribution import Period
from reference_portal.rules.document import Category

FACTS = ReceiptFacts(
    number="SBX-SPS-2019-0000123",
    paid_at=datetime(2019, 5, 15, 10, 32, 7, tzinfo=MALAYSIA),
    full_name="Ujian bin Contoh",
    masked_identity_number="850312-17-***1",
    category=Category.TEKSI,
    plan=1,
    period=Period.TAHUNAN,
    cover_start=datetime(2019, 5, 15, 10, 32, 7, tzinfo=MALAYSIA),
    cover_end=datetime(2020, 5, 14, 23, 59, 59, tzinfo=MALAYSIA),
    amount_sen=15720,
    bank_name="Bank Ujian A",
    fpx_transaction_id="1905151032070042",
    order_number="SBX-20190515-000123",
    contact="Meja Bantuan Sandbox, bantuan@iperkeso.sandbox.invalid",
    check_url="http://127.0.0.1:8000/receipt-check/SBX-SPS-2019-0000123?amount=15720&paid=20190515T103207&seal="
    + "5a" * 16,
)


@functools.cache
def usual_words() -> str:
    """What stands on the receipt of the facts above, printed and read once for all who look for something on it."""
    return words(render(FACTS))


def words(pdf: bytes) -> str:
    """All that is written on the only page, in one line."""
    (page,) = PdfReader(BytesIO(pdf)).pages
    return " ".join(page.extract_text().split())


@pytest.mark.parametrize(
    "said",
    [
        "RESIT BAYARAN CARUMAN",
        "Skim Keselamatan Sosial Pekerjaan Sendiri (Akta 789)",
        "SANDBOX - BUKAN RESIT RASMI",
        "SBX-SPS-2019-0000123",
        "Rabu, 15 Mei 2019, 10:32:07 pagi",
        "Ujian bin Contoh",
        "850312-17-***1",
        "Pemandu Teksi",
        "Pelan 1",
        "RM1,050.00 sebulan",
        "Tahunan",
        "Khamis, 14 Mei 2020, 11:59:59 malam",
        "RM157.20",
        "Ringgit Malaysia: Satu Ratus Lima Puluh Tujuh dan Sen Dua Puluh Sahaja",
        "FPX (perbankan internet)",
        "Bank Ujian A",
        "1905151032070042",
        "SBX-20190515-000123",
        "Resit ini dijana oleh komputer; tandatangan tidak diperlukan.",
        "Ada soalan? Meja Bantuan Sandbox, bantuan@iperkeso.sandbox.invalid",
    ],
)
def test_the_receipt_certifies_the_payment(said: str) -> None:
    """C-3: date and time of payment, whose, for which cover, how much and through whom; and that it is a sandbox's."""
    assert said in usual_words()


def test_the_receipt_is_one_a4_page_marked_as_a_sandboxs() -> None:
    """The title a viewer shows says so too, and the mark stands on the page more than once."""
    reader = PdfReader(BytesIO(render(FACTS)))
    (page,) = reader.pages
    title = reader.metadata.title if reader.metadata else None

    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
    assert title == "[SANDBOX] RESIT BAYARAN CARUMAN SBX-SPS-2019-0000123"
    assert words(render(FACTS)).count("BUKAN RESIT RASMI") >= 2


@pytest.mark.parametrize("name", ["Ujian bin Contoh", "Nama Yang Panjang Sekali " * 3])
def test_the_qr_code_holds_the_address_of_the_check(name: str, tmp_path: Path) -> None:
    """Read from the printed page as a telephone reads it, at the sharpness of a screen."""
    (tmp_path / "resit.pdf").write_bytes(render(replace(FACTS, full_name=name)))
    subprocess.run(["pdftoppm", "-r", "96", "-png", "resit.pdf", "resit"], cwd=tmp_path, check=True)
    with Image.open(tmp_path / "resit-1.png") as page:
        (code,) = zxingcpp.read_barcodes(page)

    assert code.text == FACTS.check_url


def test_the_typeface_travels_with_the_page() -> None:
    """Every reader shows the same receipt: what the page is set in is embedded."""
    (page,) = PdfReader(BytesIO(render(FACTS))).pages
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    embedded = [font["/BaseFont"] for font in fonts if "/FontFile2" in font.get("/FontDescriptor", {})]

    assert sorted(name.rpartition("+")[2] for name in embedded) == ["BitstreamVeraSans-Bold", "BitstreamVeraSans-Roman"]


def test_the_bytes_are_the_same_each_time_and_in_each_process() -> None:
    """No time stamp, no random id: a receipt downloaded a year later is the same file."""
    script = (
        "import sys, hashlib; from reference_portal.receipt_pdf import from_json, render;"
        "print(hashlib.sha256(render(from_json(sys.stdin.buffer.read()))).hexdigest())"
    )
    elsewhere = subprocess.run([sys.executable, "-c", script], input=as_json(FACTS), capture_output=True, check=True)

    assert render(FACTS) == render(FACTS)
    assert elsewhere.stdout.decode().strip() == hashlib.sha256(render(FACTS)).hexdigest()


def test_receipts_printed_at_once_do_not_mix() -> None:
    """Eight people downloading at the same moment get the bytes each would have got alone."""
    facts = [
        replace(FACTS, full_name=f"Ujian {letter * 5} Contoh", plan=1 + n % 4) for n, letter in enumerate("ABCDEFGH")
    ]
    alone = [render(one) for one in facts]
    with ThreadPoolExecutor(8) as press:
        together = list(press.map(render, facts))

    assert together == alone
    assert len(set(alone)) == len(facts)


@pytest.mark.parametrize("field", [field.name for field in fields(ReceiptFacts) if field.name != "check_url"])
def test_no_fact_is_left_out(field: str) -> None:
    """Change any one fact and both the page and its copy change: nothing printed is made up."""
    others = {
        "paid_at": datetime(2019, 5, 16, 10, 32, 7, tzinfo=MALAYSIA),
        "category": Category.BAS,
        "plan": 4,
        "period": Period.BULANAN,
        "cover_start": datetime(2019, 6, 1, tzinfo=MALAYSIA),
        "cover_end": datetime(2019, 6, 30, 23, 59, 59, tzinfo=MALAYSIA),
        "amount_sen": 1310,
    }
    changed = replace(FACTS, **{field: others.get(field, "LAIN")})

    assert words(render(changed)) != usual_words()
    assert as_json(changed) != as_json(FACTS)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Siti Ṣafā binti Contoh", "Siti Safa binti Contoh"),
        ("D’Sampel Ünal", "D’Sampel Ünal"),
        ("Ujian " + "X" * 74, "X" * 30),
        ("Nama Yang Sangat Panjang Sekali " * 2 + "bin Contoh", "Panjang Sekali"),
        ("陈大文", "???"),
    ],
)
def test_long_and_foreign_names_still_make_one_page(name: str, shown: str) -> None:
    """Lines break, accents the typeface lacks fall away, nothing fails."""
    assert shown in words(render(replace(FACTS, full_name=name)))


def test_the_largest_facts_stay_on_the_page() -> None:
    """Every text at its longest and an amount in the millions."""
    huge = replace(
        FACTS, full_name="N " * 40, bank_name="Bank Ujian " * 8, amount_sen=999_999_999, contact="Meja Bantuan " * 20
    )
    baselines: list[float] = []

    def note(text: str, turned: list[float], place: list[float], *_: object) -> None:
        if text.strip() and turned[1] == 0:  # the watermark alone is turned
            baselines.append(place[5])

    (page,) = PdfReader(BytesIO(render(huge))).pages
    page.extract_text(visitor_text=note)

    assert len(baselines) > 30
    assert min(baselines) > 20


def test_the_json_copy_is_exact() -> None:
    """The machine's copy, key by key."""
    assert json.loads(as_json(FACTS)) == {
        "sandbox": "SANDBOX - BUKAN RESIT RASMI",
        "receipt_number": "SBX-SPS-2019-0000123",
        "paid_at": "2019-05-15T10:32:07+08:00",
        "full_name": "Ujian bin Contoh",
        "identity_number": "850312-17-***1",
        "category": "teksi",
        "plan": 1,
        "insured_sen": 105000,
        "period": "tahunan",
        "cover": {"start": "2019-05-15T10:32:07+08:00", "end": "2020-05-14T23:59:59+08:00"},
        "amount_sen": 15720,
        "amount": "RM157.20",
        "amount_in_words": "Ringgit Malaysia: Satu Ratus Lima Puluh Tujuh dan Sen Dua Puluh Sahaja",
        "currency": "MYR",
        "payment_method": "FPX",
        "bank": "Bank Ujian A",
        "fpx_transaction_id": "1905151032070042",
        "order_number": "SBX-20190515-000123",
        "contact": "Meja Bantuan Sandbox, bantuan@iperkeso.sandbox.invalid",
        "check_url": FACTS.check_url,
    }


def test_the_copy_reads_back_to_the_same_facts_and_bytes() -> None:
    """A kept copy is all that is needed to print the receipt again, in whatever zone the instants came."""
    elsewhere = replace(FACTS, paid_at=FACTS.paid_at.astimezone(UTC), full_name="Ṣafā")

    assert from_json(as_json(FACTS)) == FACTS
    assert as_json(from_json(as_json(elsewhere))) == as_json(elsewhere)
    assert render(from_json(as_json(elsewhere))) == render(elsewhere)
