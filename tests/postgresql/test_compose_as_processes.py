"""What docker-compose.yml says, run as plain processes: the same commands and environment make one sandbox."""

from __future__ import annotations

import os
import re
import signal
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, chdir
from pathlib import Path
from typing import Any

import httpx
import pytest
from ruamel.yaml import YAML
from sqlalchemy import create_engine, inspect, text

from features.addresses import Addresses
from sandbox.walk import Walk
from tests.preloaded import Started, forked, started_anew

ROOT = Path(__file__).parent.parent.parent
TOKEN = "kunci-ujian-compose"
READY_SECONDS = 60.0
STOP_SECONDS = 5.0
ROOMS = ("fpx", "sms", "smtp", "portal")
DOORS = {"8000": "portal", "8010": "fpx", "8020": "sms", "2775": "smpp", "8025": "inbox", "1025": "smtp"}


def free_ports(count: int) -> list[str]:
    """Ports nobody listened on a moment ago, all different."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [str(each.getsockname()[1]) for each in sockets]


def environment(room: dict[str, Any], ports: dict[str, str], folder: Path, database_url: str) -> dict[str, str]:
    """The container's environment with its network, volume, database and secret replaced by this machine's."""
    told = {name: str(value) for name, value in room["environment"].items()}
    for name, value in told.items():
        if name == "CARUMAN_CONTROL_TOKEN":
            told[name] = TOKEN
        elif name == "CARUMAN_PORTAL_DATABASE_URL":
            told[name] = database_url
        elif value == "/var/lib/caruman":
            told[name] = str(folder)
        else:
            local = re.sub(r"^(http://)(portal|fpx|sms|smtp):", r"\g<1>127.0.0.1:", value)
            local = re.sub(r"^smtp$|^0\.0\.0\.0$", "127.0.0.1", local)
            told[name] = re.sub(r"\b(8000|8010|8020|2775|8025|1025)\b", lambda port: ports[port.group()], local)
    return told


@pytest.fixture(name="addresses", scope="module")
def _addresses(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[tuple[dict[str, str], str]]:
    """Four running processes; their addresses as `caruman up --json` would say them, and the portal's database."""
    folder = tmp_path_factory.mktemp("world")
    database_url = request.getfixturevalue("cluster").new_database()
    compose = YAML(typ="safe", pure=True).load(ROOT / "docker-compose.yml")
    ports = dict(zip(DOORS, free_ports(len(DOORS)), strict=True))
    told = {name: environment(compose["services"][name], ports, folder, database_url) for name in ROOMS}
    with ExitStack() as logs:
        rooms = {}
        with chdir(folder):
            for name in ROOMS:
                start = started_anew if name == "portal" else forked  # that a shell starts them too, one of them shows
                log = logs.enter_context((folder / f"{name}.log").open("w")).fileno()
                words = compose["services"][name]["command"]
                rooms[name] = start(words, {**os.environ, **told[name], "PYTHONPATH": str(ROOT)}, log, log)
        try:
            for name, process in rooms.items():
                wait_until_ready(told[name]["CARUMAN_READY_URL"], process, folder / f"{name}.log")
            urls = {door: f"http://127.0.0.1:{ports[port]}" for port, door in DOORS.items()}
            yield (
                urls | {"smtp": f"127.0.0.1:{ports['1025']}", "smpp": f"127.0.0.1:{ports['2775']}"},
                database_url,
            )
        finally:
            stop_together(rooms)


def wait_until_ready(url: str, process: Started, log: Path) -> None:
    """Return when the address of the image's health check answers well; fail with the room's own words."""
    deadline = time.monotonic() + READY_SECONDS
    said = "nothing"
    while process.ended(0) is None and time.monotonic() < deadline:
        try:
            answer = httpx.get(url, timeout=2, trust_env=False)
            if answer.is_success:
                return
            said = answer.text
        except httpx.HTTPError as error:
            said = str(error)
        time.sleep(0.05)
    pytest.fail(f"{url} did not become ready ({said}); the room said:\n{log.read_text()}")


def stop_together(rooms: Mapping[str, Started]) -> None:
    """Stop as `docker compose stop` does; a room that needs more than its grace period is a failure."""
    for room in rooms.values():
        if room.ended(0) is None:
            os.kill(room.pid or 0, signal.SIGTERM)
    late = []
    for name, room in rooms.items():
        if room.ended(STOP_SECONDS) is None:
            late.append(name)
            room.kill()
    assert late == []


def test_the_guide_can_be_walked_through_the_four_processes(addresses: tuple[dict[str, str], str]) -> None:
    """All sixteen steps happen, on the ports and addresses the compose file gives, with PostgreSQL underneath."""
    urls, database_url = addresses
    happened = [step.step.id for step in Walk(Addresses(**urls))]

    assert happened == [f"L{number:02}" for number in range(1, 17)]
    assert rows_in_all_tables(database_url) > 0


def test_the_control_doors_ask_for_the_token(addresses: tuple[dict[str, str], str]) -> None:
    """Every room of the compose file is shut to who does not know the secret, and open to who does."""
    urls, _ = addresses
    for door in ("portal", "fpx", "sms", "inbox"):
        totals = f"{urls[door]}/_control/totals"
        with httpx.Client(trust_env=False) as client:
            assert client.get(totals).status_code == 401, door
            assert client.get(totals, headers={"X-Control-Token": TOKEN}).status_code == 200, door


def rows_in_all_tables(database_url: str) -> int:
    """How much the portal has written into PostgreSQL."""
    engine = create_engine(database_url)
    with engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        rows = sum(connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one() for name in tables)
    engine.dispose()
    return int(rows)
