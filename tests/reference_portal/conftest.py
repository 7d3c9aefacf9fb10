"""A portal with gateways of ten lines, a clock that stands still, and people who visit it."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from reference_portal.app import create_app
from reference_portal.first_start import own_secrets
from reference_portal.portal import Portal
from reference_portal.settings import PortalSettings
from reference_portal.wires import Wires
from tests.reference_portal.fakes import FakeFpx, FakeMail, FakeSms, HeldClock
from tests.reference_portal.visitor import Visitor


@pytest.fixture(name="held_clock")
def _held_clock() -> HeldClock:
    """15 May 2019, 09:00, standing still."""
    return HeldClock()


@pytest.fixture(name="sms")
def _sms() -> FakeSms:
    return FakeSms()


@pytest.fixture(name="mail")
def _mail() -> FakeMail:
    return FakeMail()


@pytest.fixture(name="fpx")
def _fpx() -> FakeFpx:
    return FakeFpx()


@pytest.fixture(name="portal_settings")
def _portal_settings(tmp_path: Path) -> PortalSettings:
    return PortalSettings(data_dir=tmp_path, password_hashing="fast", public_url="http://portal.invalid:8000")


@pytest.fixture(name="our_secrets", scope="session")
def _our_secrets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One portal's secrets for all, so that what one has sealed another can open (`remembered`)."""
    folder = tmp_path_factory.mktemp("secrets")
    own_secrets(folder)
    return next(folder.iterdir())


@pytest.fixture(name="make_portal")
def _make_portal(
    portal_settings: PortalSettings,
    our_secrets: Path,
    held_clock: HeldClock,
    sms: FakeSms,
    mail: FakeMail,
    fpx: FakeFpx,
) -> Iterator[Callable[[], Flask]]:
    """Start the portal; called again it is a restart over the same folder."""
    started: list[Flask] = []
    portal_settings.keys_dir.mkdir(parents=True, mode=0o700)
    shutil.copy(our_secrets, portal_settings.keys_dir)

    def make() -> Flask:
        app = create_app(portal_settings, held_clock, random.SystemRandom(), Wires(fpx, sms, mail))
        app.testing = False  # errors become pages, as they do for people
        started.append(app)
        return app

    yield make
    for app in started:
        app.extensions["portal"].close()


@pytest.fixture(name="portal_app")
def _portal_app(make_portal: Callable[[], Flask]) -> Flask:
    return make_portal()


@pytest.fixture(name="portal")
def _portal(portal_app: Flask) -> Portal:
    """What is behind the pages."""
    portal: Portal = portal_app.extensions["portal"]
    return portal


@pytest.fixture(name="somebody")
def _somebody(portal_app: Flask, sms: FakeSms, mail: FakeMail, fpx: FakeFpx) -> Callable[[], Visitor]:
    """Each call is another person with a browser of their own."""
    numbers = iter(range(1, 100))
    return lambda: Visitor(portal_app, sms, mail, fpx, next(numbers))


@pytest.fixture(name="visitor")
def _visitor(somebody: Callable[[], Visitor]) -> Visitor:
    """One person."""
    return somebody()
