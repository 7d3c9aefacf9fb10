"""One sandbox for each test process, one new applicant for each scenario, the guide's ids as markers."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from features.addresses import Addresses
from features.applicant import Applicant
from features.control import START, Control
from features.people import Application, People, Person
from features.steps import CATALOGUE
from features.transport import HttpTransport

HERE = Path(__file__).parent
SENTENCES = ("features.sentences.states", "features.sentences.deeds", "features.sentences.sights")
"""Modules of sentences which every feature may use."""

pytest.register_assert_rewrite(*SENTENCES)

Newcomer = Callable[..., Applicant]


def pytest_configure(config: pytest.Config) -> None:
    """Register the guide's ids, and the scenario ids made of them, as markers; a tag of no clause stays unknown."""
    for clause in CATALOGUE:
        config.addinivalue_line("markers", f"{clause}: clause {clause} of the guide")
    tags = {tag for path in HERE.rglob("*.feature") for tag in re.findall(r"@(\S+)", path.read_text("utf-8"))}
    for tag in sorted(tags):
        clause, point, number = tag.partition(".")
        if clause in CATALOGUE and point and number.isdigit():
            config.addinivalue_line("markers", f"{tag}: scenario {number} of clause {clause}")
    for name in SENTENCES:
        config.pluginmanager.import_plugin(name)


@pytest.fixture(scope="session")
def addresses(worker_id: str) -> Iterator[Addresses]:
    """A sandbox of this process's own, on free ports."""
    from sandbox.world import World, WorldOptions

    with World(WorldOptions(seed=f"features-{worker_id}", fast_passwords=True)) as world:
        yield world.addresses


@pytest.fixture(scope="session")
def people(worker_id: str) -> People:
    """Nobody twice in this process."""
    return People(random.Random(f"features-{worker_id}"))  # noqa: S311  repeatable on purpose


@pytest.fixture(scope="session")
def hand(addresses: Addresses) -> Iterator[Control]:
    """The control doors of a sandbox whose rooms share one clock."""
    transport = HttpTransport()
    yield Control(addresses, transport=transport, clocks=("portal",))
    transport.close()


@pytest.fixture
def control(hand: Control) -> Control:
    """The control doors of a sandbox without accounts or payments, on the default day.

    Phone and inbox may keep what they have: nobody comes twice.
    """
    hand.reset("portal", "fpx")
    hand.set_clock(START)
    return hand


@pytest.fixture
def newcomer(
    control: Control,  # noqa: ARG001  asked for so that the sandbox is wound back before anybody comes
    addresses: Addresses,
    people: People,
) -> Iterator[Newcomer]:
    """Makes applicants, each at a browser of their own."""
    browsers: list[HttpTransport] = []

    def come(person: Person | None = None, application: Application | None = None) -> Applicant:
        browsers.append(HttpTransport())
        return Applicant(addresses, person or people.somebody(), application, browsers[-1])

    yield come
    for browser in browsers:
        browser.close()


@pytest.fixture
def applicant(newcomer: Newcomer) -> Applicant:
    """Somebody new: a taxi driver of the Peninsula, unless the scenario says otherwise."""
    return newcomer()
