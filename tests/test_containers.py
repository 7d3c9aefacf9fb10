"""The compose file is valid, and describes the same rooms and ports as the table of services."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from ruamel.yaml import YAML

from reference_portal.settings import PortalSettings
from sandbox.serve import ServeSettings
from sandbox.services import BY_ROOM, SERVICES, Service

ROOT = Path(__file__).parent.parent
COMPOSE = ROOT / "docker-compose.yml"
BORDER = "# --- load and test ---"
ROOMS = [pytest.param(service, id=service.room) for service in SERVICES]


@pytest.fixture(name="compose", scope="module")
def _compose() -> dict[str, Any]:
    """The compose file with its merges done."""
    loaded: dict[str, Any] = YAML(typ="safe", pure=True).load(COMPOSE)
    return loaded


def test_the_compose_file_is_valid() -> None:
    """The published schema of the compose specification accepts it."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(COMPOSE)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


def test_there_is_one_service_a_room_and_a_database(compose: dict[str, Any]) -> None:
    """No room is missing and nothing else runs."""
    assert set(compose["services"]) == {*BY_ROOM, "database"}


@pytest.mark.parametrize("service", ROOMS)
def test_a_room_is_served_by_its_name(compose: dict[str, Any], service: Service) -> None:
    """The container runs `caruman serve ROOM`."""
    assert compose["services"][service.room]["command"] == ["serve", service.room]


@pytest.mark.parametrize("service", ROOMS)
def test_the_ports_are_those_of_the_table_and_open_to_this_machine_only(
    compose: dict[str, Any], service: Service
) -> None:
    """Inside and outside a door has the number everybody knows it by."""
    expected = [f"127.0.0.1:{door.port}:{door.port}" for door in service.doors]

    assert compose["services"][service.room]["ports"] == expected


@pytest.mark.parametrize("service", ROOMS)
def test_a_room_listens_to_the_network_of_containers_at_the_ports_of_the_table(
    compose: dict[str, Any], service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The room's own settings class reads the container's environment as meant; no variable is misspelt."""
    environment = compose["services"][service.room]["environment"]
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    settings = service.settings()

    assert settings.host == "0.0.0.0"
    assert settings.data_dir == Path("/var/lib/caruman")
    for door in service.doors:
        assert getattr(settings, door.setting) == door.port
    read = {
        f"{cls.model_config['env_prefix']}{name}".upper()
        for cls in (service.settings, ServeSettings)
        for name in cls.model_fields
    }
    assert set(environment) - {"CARUMAN_READY_URL"} <= read


@pytest.mark.parametrize("service", ROOMS)
def test_a_room_says_whether_it_is_well_and_holds_no_more_rights_than_it_needs(
    compose: dict[str, Any], service: Service
) -> None:
    """The image's health check asks this room's own /readyz; the file system is read-only, every capability is gone."""
    room = compose["services"][service.room]

    assert room["environment"]["CARUMAN_READY_URL"] == f"http://127.0.0.1:{service.http.port}/readyz"
    assert (room["read_only"], room["cap_drop"]) == (True, ["ALL"])
    assert "no-new-privileges:true" in room["security_opt"]
    assert "CARUMAN_READY_URL" in (ROOT / "Dockerfile").read_text()


def test_no_room_starts_without_a_control_token(compose: dict[str, Any]) -> None:
    """Compose itself refuses to start until the secret is given; no default stands in the file."""
    for room in BY_ROOM:
        assert compose["services"][room]["environment"]["CARUMAN_CONTROL_TOKEN"].startswith("${CARUMAN_CONTROL_TOKEN:?")


def test_the_portal_finds_the_other_rooms_by_their_names(
    compose: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each address the portal's server calls is another service's name and port."""
    for name, value in compose["services"]["portal"]["environment"].items():
        monkeypatch.setenv(name, value)
    portal, around = PortalSettings(), ServeSettings()
    ports = {door.name: door.port for service in SERVICES for door in service.doors}

    assert portal.fpx_server_url == f"http://fpx:{ports['fpx']}"
    assert portal.sms_url == f"http://sms:{ports['sms']}"
    assert (portal.smtp_host, portal.smtp_port) == ("smtp", ports["smtp"])
    assert around.portal_server_url == f"http://portal:{ports['portal']}"


def test_browsers_are_sent_to_published_ports_only(compose: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """No address a page, a form or a mail leads to is the name of a service, which only containers know."""
    for name, value in compose["services"]["portal"]["environment"].items():
        monkeypatch.setenv(name, value)
    portal = PortalSettings()
    published = {port.rpartition(":")[0] for room in BY_ROOM for port in compose["services"][room]["ports"]}
    known = {door.name: f"http://127.0.0.1:{door.port}" for service in SERVICES for door in service.doors}
    led_to = {name: getattr(portal, name) for name in PortalSettings.model_fields if name.endswith("_browser_url")}

    assert led_to | {"public_url": portal.public_url} == {
        "public_url": known["portal"],
        "fpx_browser_url": known["fpx"],
        "sms_browser_url": known["sms"],
        "inbox_browser_url": known["inbox"],
    }
    assert {urlsplit(url or "").netloc for url in (portal.sms_room, portal.inbox, *led_to.values())} <= published


def test_the_portal_keeps_its_books_in_postgresql(compose: dict[str, Any]) -> None:
    """The database is reached through its own network only, and started first."""
    portal, database = compose["services"]["portal"], compose["services"]["database"]

    assert portal["environment"]["CARUMAN_PORTAL_DATABASE_URL"].startswith("postgresql+psycopg://")
    assert "ports" not in database
    assert compose["networks"]["store"]["internal"] is True
    assert all(
        portal["depends_on"][name] == {"condition": "service_healthy"} for name in ("database", "fpx", "sms", "smtp")
    )


def test_the_image_takes_the_running_part_of_the_lock() -> None:
    """The line the Dockerfile cuts at is the border in requirements.lock, and the driver of PostgreSQL is above it."""
    dockerfile, lock = (ROOT / "Dockerfile").read_text(), (ROOT / "requirements.lock").read_text()
    running, found, _rest = lock.partition(f"\n{BORDER}\n")

    assert f"/^{BORDER}$/,$d" in dockerfile
    assert found
    assert "\npsycopg-binary==" in running
    assert "\nlocust==" not in running


def test_the_image_gets_every_package_and_nothing_that_is_not_there() -> None:
    """What is copied exists, is let through by .dockerignore, and is every package the sandbox imports."""
    copied = [
        word
        for line in (ROOT / "Dockerfile").read_text().splitlines()
        if line.startswith("COPY ") and "--from" not in line
        for word in line.split()[1:-1]
    ]
    let_through = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}

    assert all((ROOT / name).exists() for name in copied)
    assert set(copied) <= let_through
    assert {"emulators", "features", "loadtests", "reference_portal", "sandbox"} <= set(copied)


def test_the_container_does_not_run_as_root() -> None:
    """The last user the Dockerfile names is an ordinary one."""
    users = [line.split()[1] for line in (ROOT / "Dockerfile").read_text().splitlines() if line.startswith("USER ")]

    assert users
    assert users[-1].split(":")[0] not in ("root", "0")
