"""The catalogue of sentences."""

from __future__ import annotations

import ast
import re
from datetime import date, datetime
from pathlib import Path

import pytest

from reference_portal import messages
from reference_portal.clock import MALAYSIA
from reference_portal.messages import CATALOGUE, TERMS, term, text
from reference_portal.rules.contribution import Period
from reference_portal.rules.cover import Status
from reference_portal.rules.document import Category, Kind, Region
from reference_portal.rules.identity_number import Gender
from reference_portal.rules.order import OrderState

PORTAL = Path(messages.__file__).parent
CODE = re.compile(
    r"[EIWT]-[A-Z]{2,5}(?:-(?:[0-9]{2}|[CPS]))?|D-(?:TX|BS)-\d[abc]?|E-404|E-403|SMS-(?:OTP|CHG)(?:-\d\d)?"
)
PLACEHOLDER = re.compile(r"\{(\w+)\}")

REFERENCE = (
    "E-REQ E-SEL E-NAME E-IC-01 E-IC-02 E-IC-03 E-IC-04 E-IC-05 E-AGE E-EML-01 E-EML-02 E-EML-03 E-TEL E-PCD W-PCD "
    "E-PLT E-OTP-01 E-OTP-02 E-OTP-03 I-OTP I-REG E-ACT-01 E-ACT-02 I-ACT E-PHR E-PWD-01 E-PWD-02 E-LOG-01 E-LOG-02 "
    "E-LOG-03 W-PHR W-SES E-SES E-DOC-01 E-DOC-02 E-DOC-03 E-DOC-04 E-DOC-05 E-DOC-06 E-DOC-07 E-DCL E-COV-01 "
    "E-COV-02 W-COV I-COV E-PAY-01 E-PAY-02 E-PAY-03 E-PAY-04 E-PAY-05 E-PAY-06 I-PAY-P I-PAY-S E-SYS E-404 E-403 "
    "W-LEAVE"
)


def test_every_agreed_code_has_its_sentences() -> None:
    """The list analysts sign off is all there."""
    assert set(REFERENCE.split()) <= set(CATALOGUE)


@pytest.mark.parametrize("code", list(CATALOGUE))
def test_both_languages_say_it_with_the_same_values(code: str) -> None:
    """Neither sentence is blank or the other's copy, and each placeholder is in both."""
    malay, english = CATALOGUE[code]

    assert CODE.fullmatch(code)
    assert malay.strip() == malay != english == english.strip() != ""
    assert set(PLACEHOLDER.findall(malay)) == set(PLACEHOLDER.findall(english))


def test_every_code_the_portal_raises_is_in_the_catalogue() -> None:
    """A typing error in a code would show as a system error on somebody's screen."""
    raised = {
        node.value
        for path in PORTAL.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value)
    }

    assert "E-DOC-06" in raised
    assert raised <= set(CATALOGUE)


@pytest.mark.parametrize("words", [Kind, Category, Region, Period, Gender, OrderState, Status])
def test_every_stored_word_has_a_name_on_the_screen(words: type[Kind]) -> None:
    """No enum value ever reaches a page raw."""
    assert {word.value for word in words} <= set(TERMS)


def test_values_are_spoken_in_the_language() -> None:
    """Kinds by name, days and instants in local form."""
    day = date(2019, 6, 15)
    instant = datetime(2019, 5, 15, 10, 32, 7, tzinfo=MALAYSIA)

    assert text("E-DOC-05", dokumen=Kind.KAD_PEMANDU) == "Kad Pemandu telah tamat tempoh."
    assert text("E-DOC-05", language="en", dokumen=Kind.KAD_PEMANDU) == "Driver's card has expired."
    assert text("E-COV-02", tarikh=day).endswith("bermula pada 15 Jun 2019.")
    assert text("I-COV", mula=instant, tamat=day) == (
        "Perlindungan bermula 15 Mei 2019, 10:32:07 pagi dan tamat 15 Jun 2019."
    )
    assert text("W-COV", language="en", tarikh=instant) == "Your coverage ends on 15 May 2019, 10:32:07 a.m."
    assert text("E-OTP-01", n=2) == "Kod OTP tidak betul. Anda ada 2 percubaan lagi."


def test_an_unknown_code_or_a_missing_value_is_an_error() -> None:
    """Never a sentence with a hole in it."""
    with pytest.raises(KeyError):
        text("E-TIADA")
    with pytest.raises(KeyError):
        text("E-OTP-01")


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        ("PAID", "BERJAYA"),
        ("FAILED", "GAGAL"),
        ("CANCELLED", "DIBATALKAN"),
        ("PENDING", "MENUNGGU"),
        ("TIMED_OUT", "TAMAT MASA"),
    ],
)
def test_the_status_words_of_a_payment_are_the_agreed_ones(state: str, shown: str) -> None:
    """What the receipt page says of an order."""
    assert term(OrderState(state)) == shown
