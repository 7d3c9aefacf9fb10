"""Ungkapan Rahsia and Kata Laluan."""

from __future__ import annotations

import pytest

from reference_portal.errors import RuleBroken
from reference_portal.rules import credentials
from reference_portal.rules.credentials import check_password, check_phrase


def refusal_of_phrase(phrase: str) -> str | None:
    """The code with which the phrase is refused for one fixed applicant."""
    try:
        check_phrase(
            phrase,
            password="Rahsia#2019",
            identity_number="850312175011",
            full_name="Ujian bin Contoh",
            email="ujian@contoh.invalid",
        )
    except RuleBroken as broken:
        return broken.code
    return None


def refusal_of_password(password: str) -> str | None:
    """The code with which the password is refused for the same applicant."""
    try:
        check_password(password, identity_number="850312175011", phrase="kucing kelabu")
    except RuleBroken as broken:
        return broken.code
    return None


@pytest.mark.parametrize(
    ("phrase", "code"),
    [
        ("kucing", None),
        ("kucing kelabu 7", None),
        ("k" * 40, None),
        ("kopi ais panás", None),
        ("", "E-PHR"),
        ("kucin", "E-PHR"),
        ("k" * 41, "E-PHR"),
        ("a    b", "E-PHR"),
        ("rahsia#2019", "E-PHR"),
        ("kucing!", "E-PHR-02"),
        ("<script>", "E-PHR-02"),
        ("rahsia2019 saya", "E-PHR-03"),
        ("nombor 850312 17 5011", "E-PHR-03"),
        ("saya UJIAN BIN CONTOH", "E-PHR-03"),
        ("ujian contoh invalid", "E-PHR-03"),
        ("contoh bin ujian", None),
    ],
)
def test_a_phrase_is_plain_and_gives_nothing_away(phrase: str, code: str | None) -> None:
    """Six to forty letters, digits and spaces that hold no password, number, name or address."""
    assert refusal_of_phrase(phrase) == code


def test_a_phrase_is_kept_with_single_spaces() -> None:
    """What is shown back at log-in does not depend on how often the space bar was hit."""
    assert check_phrase("  kucing   kelabu ") == "kucing kelabu"


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("Abcdef1!", None),
        ("Kata Laluan 1!", None),
        ("A1!" + "b" * 61, None),
        ("Ábcdéf1!", None),
        ("", "E-PWD-01"),
        ("Abcde1!", "E-PWD-01"),
        ("abcdef1!", "E-PWD-01"),
        ("ABCDEF1!", "E-PWD-01"),
        ("Abcdefg!", "E-PWD-01"),
        ("Abcdefg1", "E-PWD-01"),
        ("Abcdef 1", "E-PWD-01"),
        ("A1!" + "b" * 62, "E-PWD-04"),
        ("Aku-850312-17-5011", "E-PWD-03"),
        ("Kucing kelabu!1", "E-PWD-03"),
    ],
)
def test_a_password_is_strong_and_gives_nothing_away(password: str, code: str | None) -> None:
    """Eight to sixty-four signs of all four kinds, without the identity number and without the phrase."""
    assert refusal_of_password(password) == code


def test_a_password_is_kept_as_typed() -> None:
    """Spaces inside and around it are part of the secret."""
    assert check_password(" Abcdef 1! ") == " Abcdef 1! "


@pytest.mark.parametrize(
    ("phrase", "password", "codes"),
    [
        ("kucing kelabu", "Roda#2019kereta", []),
        ("kucing", "roda", ["E-PWD-01"]),
        ("abc", "Roda#2019kereta", ["E-PHR"]),
        ("abc", "roda", ["E-PHR", "E-PWD-01"]),
        ("", "", ["E-PHR", "E-PWD-01"]),
        ("kucing kelabu", "Kucing-Kelabu1", ["E-PWD-03"]),
    ],
)
def test_both_secrets_are_judged_in_one_go(phrase: str, password: str, codes: list[str]) -> None:
    """The phrase's fault does not hide the password's."""
    person = ("850312175011", "Ujian bin Contoh", "pemohon@example.com")

    assert [broken.code for broken in credentials.faults(phrase, password, *person)] == codes
