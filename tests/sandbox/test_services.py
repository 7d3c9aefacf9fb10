"""The table of services says what the rooms themselves say."""

from __future__ import annotations

import pytest

from sandbox.services import BY_ROOM, DOORS, SERVICES, Service


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.room)
def test_a_rooms_default_ports_are_those_of_the_table(service: Service) -> None:
    """`caruman serve ROOM` with nothing told listens where the table says."""
    settings = service.settings()

    assert {door.name: getattr(settings, door.setting) for door in service.doors} == {
        door.name: door.port for door in service.doors
    }
    assert {getattr(settings, door.host_setting) for door in service.doors} == {"127.0.0.1"}


def test_the_four_rooms_have_six_doors_no_two_alike() -> None:
    """The addresses people learn: 8000, 8010, 8020, 2775, 8025 and 1025."""
    assert set(BY_ROOM) == {"portal", "fpx", "sms", "smtp"}
    assert {door.flag: door.port for door in DOORS} == {
        "--portal-port": 8000,
        "--fpx-port": 8010,
        "--sms-port": 8020,
        "--smpp-port": 2775,
        "--inbox-port": 8025,
        "--smtp-port": 1025,
    }


def test_the_portal_looks_for_the_others_where_they_are_by_default() -> None:
    """Four `caruman serve` with nothing told find each other."""
    portal = BY_ROOM["portal"].settings()
    port = {door.name: door.port for door in DOORS}

    assert portal.public_url == f"http://127.0.0.1:{port['portal']}"
    assert portal.fpx_browser_url == portal.fpx_server_url == f"http://127.0.0.1:{port['fpx']}"
    assert portal.sms_url == f"http://127.0.0.1:{port['sms']}"
    assert (portal.smtp_host, portal.smtp_port) == ("127.0.0.1", port["smtp"])
