"""Whoever tries too often waits; whoever does what people do never notices."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event

import reference_portal
from reference_portal.errors import TooMany
from reference_portal.portal import Portal
from reference_portal.rate_limits import LOT, Limit, address_of
from reference_portal.settings import PortalSettings
from reference_portal.storage import attempts
from tests.reference_portal.fakes import HeldClock
from tests.reference_portal.visitor import PASSWORD, Page, Visitor

TOLD = {limit.value: 3 for limit in Limit}
ALL_MINE = {"wrong_codes_per_account": 2}


@pytest.fixture(name="portal_settings")
def _portal_settings(portal_settings: PortalSettings, request: pytest.FixtureRequest) -> PortalSettings:
    """Three of everything, unless a test says otherwise."""
    return portal_settings.model_copy(update=TOLD | getattr(request, "param", {}))


def from_elsewhere(visitor: Visitor, address: str = "198.51.100.7") -> Visitor:
    """The same person at another address."""
    visitor.client.environ_base = {**visitor.client.environ_base, "REMOTE_ADDR": address}
    return visitor


def _wrong_code(visitor: Visitor) -> Page:
    return visitor.send("/confirm-mobile", otp="x")


ATTACKS: dict[Limit, Callable[[Visitor, int], Page]] = {
    Limit.REGISTRATIONS: lambda visitor, n: visitor.register(
        identity_number=f"850312-18-5{n:03d}", email=f"{n}@example.com", email_confirm=f"{n}@example.com"
    ),
    Limit.PHRASES: lambda visitor, n: visitor.send("/sign-in", identity_number=f"850312-18-5{n:03d}"),
    Limit.WRONG_PASSWORDS: lambda visitor, n: (
        visitor.send("/sign-in", identity_number=f"850312-18-5{n:03d}"),
        visitor.send("/sign-in-password", password=f"Salah#{n}"),
    )[1],
    Limit.FORGOTTEN: lambda visitor, n: visitor.send("/forgot-password", identity_number=f"850312-18-5{n:03d}"),
    Limit.WRONG_LINKS: lambda visitor, n: visitor.send(f"/activate/{n:032x}"),
    Limit.WRONG_SEALS: lambda visitor, n: visitor.open(f"/receipt-check/SBX-1?amount=1&paid=x&seal={n:032x}"),
}
ONE_AT_A_TIME = {limit.value: 0 for limit in ATTACKS}


@pytest.mark.parametrize(
    ("limit", "portal_settings"),
    [pytest.param(limit, ONE_AT_A_TIME | {limit.value: 3}, id=limit.value) for limit in ATTACKS],
    indirect=["portal_settings"],
)
def test_each_attack_from_one_address_is_stopped_and_others_go_on(
    visitor: Visitor, somebody: Callable[[], Visitor], limit: Limit, held_clock: HeldClock
) -> None:
    """The fourth time 429 with Retry-After, in Malay; another address is served; an hour later so is this one."""
    attack = ATTACKS[limit]
    assert 429 not in [attack(visitor, n).status for n in range(3)]
    held_clock.advance(minutes=10)

    page = attack(visitor, 3)

    assert (page.status, page.name, page.answer.headers["Retry-After"]) == (429, "error", "3000")
    assert "Terlalu banyak percubaan dari sini. Sila cuba lagi selepas 50 minit." in page.words
    assert attack(from_elsewhere(somebody()), 4).status != 429
    held_clock.advance(minutes=50)
    assert attack(visitor, 5).status != 429


def test_wrong_codes_are_counted_for_an_account_over_all_its_codes(
    visitor: Visitor, held_clock: HeldClock, portal: Portal
) -> None:
    """A new code is no new start, and another address neither."""
    visitor.register()
    for address in ("198.51.100.1", "198.51.100.2", "198.51.100.3"):
        assert _wrong_code(from_elsewhere(visitor, address)).status == 422
        held_clock.advance(seconds=60)
        visitor.send("/confirm-mobile/resend")

    assert visitor.send("/confirm-mobile", otp=visitor.otp()).status == 429
    with portal.database.read() as connection:
        assert attempts.of(connection, "wrong_codes_per_address", "198.51.100.1") is not None


def test_right_ones_count_nothing(visitor: Visitor, somebody: Callable[[], Visitor]) -> None:
    """A crowd behind one address registers, activates and signs in, more often than any limit."""
    crowd = [visitor, *(somebody() for _ in range(3))]
    for person in crowd:
        person.have_an_account()

    assert [person.sign_in().name for person in crowd] == ["choose_mode"] * 4


def test_numbers_typed_are_written_down_in_lots(portal: Portal, visitor: Visitor) -> None:
    """Nothing is written at log-in until there are twenty; what was signed in with is taken back."""
    limits, limit = portal.limits, Limit.WRONG_SEALS
    with statements(portal) as seen:
        for _ in range(LOT - 1):
            limits.gather(limit, "a")
        limits.gather(limit, "a", -5)
    assert seen == []
    with portal.database.read() as connection, pytest.raises(TooMany):
        limits.admit(connection, limit, "a")

    for _ in range(6):
        limits.gather(limit, "a")
    with portal.database.read() as connection:
        kept = attempts.of(connection, limit.value, "a")
    assert kept is not None
    assert kept.count == LOT


def test_signing_in_writes_no_count(visitor: Visitor, portal: Portal) -> None:
    """The hot path of a load run: it reads the counts and changes none."""
    visitor.have_an_account()
    with statements(portal) as seen:
        assert visitor.sign_in().name == "choose_mode"

    assert [said for said in seen if "attempts" in said and not said.startswith("SELECT")] == []


@contextmanager
def statements(portal: Portal) -> Iterator[list[str]]:
    """What is asked of the store meanwhile."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    engine = portal.database._engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_a_clock_set_back_locks_nobody_out(visitor: Visitor, held_clock: HeldClock) -> None:
    """A window in the future is none."""
    for n in range(3):
        ATTACKS[Limit.FORGOTTEN](visitor, n)
    held_clock.advance(days=-100)

    assert ATTACKS[Limit.FORGOTTEN](visitor, 3).status == 303 or visitor.open("/reset-code").name == "reset_code"


def test_counts_survive_a_restart_and_old_ones_go(
    visitor: Visitor, make_portal: Callable[[], Flask], held_clock: HeldClock
) -> None:
    """They are in the store; a row whose window is over makes room."""
    for n in range(3):
        ATTACKS[Limit.FORGOTTEN](visitor, n)
    app = make_portal()
    again = Visitor(app, visitor.sms, visitor.mail, visitor.fpx)
    assert ATTACKS[Limit.FORGOTTEN](again, 3).status == 429

    held_clock.advance(minutes=61)
    ATTACKS[Limit.WRONG_LINKS](from_elsewhere(again), 1)
    with again.portal.database.read() as connection:
        assert attempts.of(connection, Limit.FORGOTTEN.value, "127.0.0.1") is None


def test_a_reset_forgives_everybody(visitor: Visitor) -> None:
    """What is in the store, and what was gathered and is not."""
    for attack in (ATTACKS[Limit.FORGOTTEN], ATTACKS[Limit.PHRASES]):
        assert [attack(visitor, n).status for n in range(4)][-1] == 429

    visitor.portal.reset()

    assert ATTACKS[Limit.FORGOTTEN](visitor, 1).name == "reset_code"
    assert ATTACKS[Limit.PHRASES](visitor, 1).name == "sign_in_password"


def test_the_table_in_the_docs_says_the_defaults() -> None:
    """Each setting of a limit with its number."""
    text = (Path(reference_portal.__file__).parent.parent / "docs" / "security.md").read_text()
    told = {}
    for names, numbers in re.findall(r"\| (`[A-Z_`, ]+`) \| ([\d, ]+) \|", text):
        told |= dict(zip(re.findall(r"[A-Z_]+", names), map(int, numbers.split(",")), strict=True))

    assert {limit.value.upper() for limit in Limit} < set(told)
    defaults = PortalSettings()
    assert told == {name: getattr(defaults, name.lower()) for name in told}


@pytest.mark.parametrize(
    ("remote", "counted"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "unknown"),
        (None, "unknown"),
        ("nonsense", "unknown"),
    ],
)
def test_an_address_is_counted_by_who_has_it(remote: str | None, counted: str) -> None:
    """IPv6 by its network: else each try would come from another address."""
    assert address_of(remote) == counted


@pytest.mark.parametrize("portal_settings", [{}, {"proxies_in_front": 1}], indirect=True)
def test_a_header_of_ones_own_making_is_no_other_address(visitor: Visitor, portal_settings: PortalSettings) -> None:
    """X-Forwarded-For is believed as many hops back as proxies were told of, and no further."""
    forged = [
        Page(
            visitor.client.post(
                "/forgot-password",
                data={"csrf_token": visitor.token(), "identity_number": f"850312-18-5{n:03d}"},
                headers={"X-Forwarded-For": f"203.0.113.{n}, 198.51.100.9"},
            )
        ).status
        for n in range(4)
    ]

    assert forged == [303, 303, 303, 429]


@pytest.mark.parametrize("portal_settings", [ALL_MINE], indirect=True)
def test_a_limit_of_an_account_is_no_limit_of_others(visitor: Visitor, somebody: Callable[[], Visitor]) -> None:
    """Who tries codes for one person stops only that."""
    visitor.register()
    assert [_wrong_code(visitor).status for _ in range(3)] == [422, 422, 429]

    other = from_elsewhere(somebody())
    other.register()
    assert other.confirm_mobile().name == "registered"


@pytest.mark.parametrize("portal_settings", [dict.fromkeys(TOLD, 0)], indirect=True)
def test_nought_is_no_limit(visitor: Visitor) -> None:
    """For those who measure something else."""
    visitor.have_an_account()
    for attack in ATTACKS.values():
        assert [attack(visitor, n).status for n in range(2)].count(429) == 0
    assert visitor.sign_in(PASSWORD).name == "choose_mode"
