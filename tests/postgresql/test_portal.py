"""The portal keeps its promises on PostgreSQL too: the whole guide, a restart, and payments that arrive at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from features.addresses import Addresses
from features.applicant import Applicant
from features.control import Control
from features.people import Person
from features.transport import HttpTransport, Response
from sandbox.walk import Walk
from sandbox.world import World, WorldOptions

AT_ONCE = 6


@pytest.fixture(name="options")
def _options(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WorldOptions:
    """A world whose portal is told of PostgreSQL as a person would tell it: by its environment."""
    monkeypatch.setenv("CARUMAN_PORTAL_DATABASE_URL", database_url)
    return WorldOptions(data_dir=tmp_path / "var", fast_passwords=True)


@pytest.fixture(name="world")
def _world(options: WorldOptions) -> Iterator[World]:
    """That world, running."""
    with World(options) as world:
        yield world


class Listening(HttpTransport):
    """Keeps the AC that the browser brought back from the bank."""

    confirmation: tuple[str, bytes, Mapping[str, str]] | None = None

    def request(self, method: str, url: str, *, data: bytes | None, headers: Mapping[str, str], name: str) -> Response:
        """Send it, and keep it if it is an indirect AC."""
        if data is not None and url.endswith("/fpx/indirect"):
            self.confirmation = (url, data, headers)
        return super().request(method, url, data=data, headers=headers, name=name)


class Browsers:
    """Opens browsers and closes them all at the end."""

    def __init__(self) -> None:
        self._held = ExitStack()

    def open(self) -> Listening:
        """A browser of one's own."""
        transport = Listening()
        self._held.callback(transport.close)
        return transport

    def close(self) -> None:
        """Close every one."""
        self._held.close()

    def renewing(self, addresses: Addresses, count: int) -> list[Applicant]:
        """Prepared contributors, each at a browser of their own."""
        control = Control(addresses, transport=self.open())
        people = [Person.from_contributor(told) for told in control.contributors(count)]
        return [Applicant(addresses, person, transport=self.open()) for person in people]

    def books(self, addresses: Addresses) -> dict[str, Any]:
        """What the bank and the portal say of all payments."""
        control = Control(addresses, transport=self.open())
        return {**control.totals("fpx"), **control.totals("portal")}


@pytest.fixture(name="browsers")
def _browsers() -> Iterator[Browsers]:
    """As many browsers as a test opens."""
    browsers = Browsers()
    yield browsers
    browsers.close()


def renew(applicant: Applicant) -> str:
    """L16; returns the receipt's number."""
    applicant.sign_in_again()
    applicant.renew()
    applicant.pay_by_fpx()
    return applicant.receipt().number


def test_the_store_is_postgresql_and_no_sqlite_file_is_made(world: World) -> None:
    """The setting is obeyed; nothing of the portal lies in SQLite beside it."""
    assert world.settings["portal"].store_url().startswith("postgresql")
    assert not (world.data_dir / "portal.sqlite3").exists()


def test_the_whole_guide_is_walked(world: World) -> None:
    """All sixteen steps, from the account to the renewal."""
    assert [happened.step.id for happened in Walk(world.addresses)] == [f"L{number:02}" for number in range(1, 17)]


def test_a_restart_loses_nothing(options: WorldOptions, browsers: Browsers) -> None:
    """Account, cover and receipt are there after the portal was stopped and started again."""
    with World(options) as world:
        [applicant] = browsers.renewing(world.addresses, 1)
        number = renew(applicant)
        person, before = applicant.person, browsers.books(world.addresses)
    with World(options) as world:
        again = Applicant(world.addresses, person, transport=browsers.open())
        again.sign_in_again()
        receipts = [again.browser.fetch(f"{link}/resit.json").json() for link in covered(again)]
        after = browsers.books(world.addresses)

    assert number in {receipt["receipt_number"] for receipt in receipts}
    assert after == before


def test_payments_at_once_get_a_receipt_each(world: World, browsers: Browsers) -> None:
    """Direct and indirect ACs of several orders race into the database; every order ends paid, once."""
    with ThreadPoolExecutor(AT_ONCE) as at_once:
        numbers = list(at_once.map(renew, browsers.renewing(world.addresses, AT_ONCE)))
    totals = browsers.books(world.addresses)

    assert len(set(numbers)) == AT_ONCE
    assert totals["debits"]["count"] == AT_ONCE
    assert totals["debits"] == totals["paid_orders"] == totals["receipts"]


def test_one_confirmation_delivered_many_times_at_once_is_one_receipt(world: World, browsers: Browsers) -> None:
    """The unique constraint, not luck, makes the second receipt impossible."""
    [applicant] = browsers.renewing(world.addresses, 1)
    renew(applicant)
    before = browsers.books(world.addresses)
    transport = applicant.browser.transport
    assert isinstance(transport, Listening)
    assert transport.confirmation is not None
    url, data, headers = transport.confirmation

    def deliver(place: str) -> int:
        return transport.request("POST", place, data=data, headers=headers, name="again").status

    with ThreadPoolExecutor(8) as couriers:
        statuses = list(couriers.map(deliver, [url, url.replace("/indirect", "/direct")] * 8))

    assert set(statuses) <= {200, 303}
    assert browsers.books(world.addresses) == before


def covered(applicant: Applicant) -> list[str]:
    """The addresses of the receipts in the dashboard's history."""
    links = applicant.page.find("//table//a[contains(@href, '/receipt/')]")
    return sorted({"/".join(str(link.get("href")).split("/")[:3]) for link in links})
