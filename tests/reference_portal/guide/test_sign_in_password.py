"""L09: the phrase is shown, the password signs in, three wrong ones lock, and nobody learns who has an account."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.reference_portal.fakes import HeldClock
from tests.reference_portal.visitor import PASSWORD, PHRASE, Visitor

UNKNOWN = "850312-18-5999"


@pytest.fixture(name="known")
def _known(visitor: Visitor) -> Visitor:
    """Somebody with an account."""
    return visitor.have_an_account()


def test_the_right_password_signs_in(known: Visitor) -> None:
    """With the own phrase above it."""
    page = known.send("/sign-in", identity_number=known.identity_number)
    assert page.testid("ungkapan-rahsia") == PHRASE

    assert known.send("/sign-in-password", password=PASSWORD).name == "choose_mode"


def test_an_unknown_number_is_shown_one_and_the_same_phrase(
    visitor: Visitor, somebody: Callable[[], Visitor], make_portal: Callable[[], object]
) -> None:
    """In every browser; and two unknown numbers are not shown one phrase."""
    shown = {somebody().send("/sign-in", identity_number=UNKNOWN).testid("ungkapan-rahsia") for _ in range(3)}

    assert len(shown) == 1
    others = {
        visitor.send("/sign-in", identity_number=f"850312-18-5{n:03d}").testid("ungkapan-rahsia") for n in range(20)
    }
    assert len(others) > 10


@pytest.mark.parametrize("known_number", [True, False])
def test_wrong_passwords_are_answered_alike_for_known_and_unknown(known: Visitor, known_number: bool) -> None:
    """The same sentences, the same statuses, the same lock on the third."""
    known.send("/sign-in", identity_number=known.identity_number if known_number else UNKNOWN)

    answers = [known.send("/sign-in-password", password="Salah#2019") for _ in range(4)]

    assert [page.status for page in answers] == [422] * 4
    assert [page.error("password") for page in answers] == [
        "Nombor kad pengenalan atau kata laluan tidak betul.",
        "Nombor kad pengenalan atau kata laluan tidak betul.",
        "Akaun anda dikunci sementara. Sila cuba lagi selepas 15 minit.",
        "Akaun anda dikunci sementara. Sila cuba lagi selepas 15 minit.",
    ]


def test_the_lock_holds_against_the_right_password_and_opens_again(known: Visitor, held_clock: HeldClock) -> None:
    """Fifteen minutes to the second, then the count starts anew."""
    for _ in range(3):
        known.sign_in("Salah#2019")
    assert "dikunci" in known.sign_in().error("password")

    held_clock.advance(minutes=14, seconds=59)
    assert "selepas 1 minit" in known.sign_in().error("password")
    held_clock.advance(seconds=1)
    assert "tidak betul" in known.sign_in("Salah#2019").error("password")
    assert known.sign_in().name == "choose_mode"


def test_a_clock_set_back_does_not_lock_for_years(known: Visitor, held_clock: HeldClock) -> None:
    """A lock that now lies in the far future is over."""
    for _ in range(3):
        known.sign_in("Salah#2019")
    held_clock.advance(days=-300)

    assert known.sign_in().name == "choose_mode"


def test_two_wrong_ones_and_a_right_one_are_forgiven(known: Visitor) -> None:
    """The count is of wrong passwords in a row."""
    for _ in range(2):
        for _ in range(2):
            known.sign_in("Salah#2019")
        assert known.sign_in().name == "choose_mode"


def test_signing_in_replaces_the_session(known: Visitor) -> None:
    """What the browser held before (and whoever planted it) is worth nothing afterwards."""
    token = known.token()
    known.sign_in()

    answer = known.client.post("/choose-mode", data={"csrf_token": token, "mode": "self_employed"})

    assert answer.status_code == 400


def test_without_a_number_it_leads_back(visitor: Visitor) -> None:
    """Opened or posted out of order."""
    assert visitor.open("/sign-in-password").name == "sign_in"
    assert visitor.send("/sign-in-password", password=PASSWORD).name == "sign_in"


def test_an_empty_or_endless_password_is_only_wrong(known: Visitor) -> None:
    """Never an error of ours."""
    assert "wajib diisi" in known.sign_in("").error("password")
    assert "tidak betul" in known.sign_in("x" * 5000).error("password")
