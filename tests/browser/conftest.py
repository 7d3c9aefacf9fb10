"""A real browser and a whole sandbox, for tests that walk as a person does."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from features.addresses import Addresses
from sandbox.world import World, WorldOptions

PROGRAMS = ("chromium-headless-shell", "chromium")
INSTALL = "sudo apt-get install chromium-headless-shell"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


class NoBrowser(Exception):
    """The system has no browser these tests could drive."""


def find_browser() -> str:
    """The path of the first program found.

    Raises:
        NoBrowser: none is installed; says which command installs one.
    """
    for program in PROGRAMS:
        if path := shutil.which(program):
            return path
    raise NoBrowser(f"no {' or '.join(PROGRAMS)} on this system; install one with: {INSTALL}")


@pytest.fixture(name="chromium", scope="module")
def _chromium() -> Iterator[Browser]:
    """One browser for the tests of a module; closed after them, because its event loop would be in others' way."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(name="addresses")
def _addresses() -> Iterator[Addresses]:
    """A sandbox of its own for each test, on free ports."""
    with World(WorldOptions(fast_passwords=True)) as world:
        yield world.addresses
