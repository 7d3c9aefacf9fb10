"""Worlds: whole sandboxes that begin, live side by side, and end."""

from __future__ import annotations

import smtplib
import socket
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import httpx
import pytest

from emulators.foundation.clock import MALAYSIA
from sandbox.errors import AddressRefused, DataDirInUse
from sandbox.services import DOORS, Door
from sandbox.walk import Walk
from sandbox.world import World, WorldOptions

FIRST_DAY = datetime(2017, 6, 1, 10, 0, tzinfo=MALAYSIA)
LAST_DAY = datetime(2019, 7, 11, 10, 0, tzinfo=MALAYSIA)


@pytest.fixture(name="world", scope="module")
def _world() -> Iterator[World]:
    with World(WorldOptions(fast_passwords=True)) as world:
        yield world


def clock_of(url: str) -> datetime:
    """What a room's clock says."""
    return datetime.fromisoformat(httpx.get(f"{url}/_control/clock").json()["now"])


def test_every_room_is_alive_ready_and_controllable_once_the_world_has_begun(world: World) -> None:
    """The four rooms answer at their addresses, each by its own name."""
    for room, url in world.addresses.rooms().items():
        assert httpx.get(f"{url}/livez").status_code == 200
        assert httpx.get(f"{url}/readyz").status_code == 200
        assert httpx.post(f"{url}/_control/reset").json() == {"reset": room}
        assert "entries" in httpx.get(f"{url}/_control/journal").json()


def test_the_mail_listener_listens_where_the_world_says(world: World) -> None:
    """A mail handed in at the SMTP address lies in the inbox."""
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "a@example.com", "b@example.com", "Ujian"
    letter.set_content("SANDBOX")
    host, _, port = world.addresses.smtp.rpartition(":")
    with smtplib.SMTP(host, int(port)) as client:
        client.send_message(letter)

    kept = httpx.get(f"{world.addresses.inbox}/api/v1/messages").json()

    assert "Ujian" in [message["Subject"] for message in kept["messages"]]


def test_the_rooms_share_one_clock(world: World) -> None:
    """Time moved through one room has moved in all of them."""
    httpx.post(f"{world.addresses.sms}/_control/clock", json={"set": "2019-06-30T23:59:59", "running": False})

    times = {clock_of(url) for url in world.addresses.rooms().values()}

    assert times == {datetime(2019, 6, 30, 23, 59, 59, tzinfo=MALAYSIA)} == {world.clock.now()}


def test_two_worlds_live_side_by_side_on_different_days() -> None:
    """Both are walked from the first step to the last; each counts its own money and keeps its own day."""
    one = WorldOptions(clock=FIRST_DAY, fast_passwords=True)
    other = WorldOptions(clock=LAST_DAY, fast_passwords=True)
    with World(one) as early, World(other) as late:
        steps = [[happened.step.id for happened in Walk(world.addresses)] for world in (early, late)]
        paid = [
            httpx.get(f"{world.addresses.portal}/_control/totals").json()["paid_orders"]["count"]
            for world in (early, late)
        ]
        days = [clock_of(world.addresses.portal) for world in (early, late)]

    assert steps == [[f"L{number:02}" for number in range(1, 17)]] * 2
    assert paid == [2, 2]
    assert all(
        timedelta() <= now - day < timedelta(minutes=1) for now, day in zip(days, (FIRST_DAY, LAST_DAY), strict=True)
    )


def test_an_ephemeral_world_leaves_nothing_behind() -> None:
    """Ports are free again, the folder is gone, and a second stop is harmless."""
    world = World(WorldOptions(fast_passwords=True)).start()
    addresses, folder = world.addresses, world.data_dir

    assert world.stop()
    assert world.stop()
    assert not folder.exists()
    for url in addresses.rooms().values():
        assert nobody_listens(httpx.URL(url).port or 0)
    assert nobody_listens(int(addresses.smtp.rpartition(":")[2]))
    assert nobody_listens(int(addresses.smpp.rpartition(":")[2]))


def test_keys_registration_books_and_time_outlive_a_restart(tmp_path: Path) -> None:
    """The second life of a data folder goes on where the first stopped."""
    options = WorldOptions(data_dir=tmp_path, fast_passwords=True)
    with World(options) as world:
        list(Walk(world.addresses))
        world.clock.advance(timedelta(days=3))
        before = {room: httpx.get(f"{url}/_control/totals").json() for room, url in world.addresses.rooms().items()}
        keys = {path: path.read_bytes() for path in tmp_path.rglob("*.key")}
        then = world.clock.now()
    with World(options) as world:
        after = {room: httpx.get(f"{url}/_control/totals").json() for room, url in world.addresses.rooms().items()}

        assert before == after
        assert before["portal"]["paid_orders"]["count"] == 2
        assert keys == {path: path.read_bytes() for path in tmp_path.rglob("*.key")}
        assert keys
        assert timedelta() <= world.clock.now() - then < timedelta(minutes=1)


def test_a_clock_that_was_told_overrules_the_kept_one(tmp_path: Path) -> None:
    """`--clock` on an old data folder: every room begins there."""
    with World(WorldOptions(data_dir=tmp_path, fast_passwords=True)) as world:
        assert clock_of(world.addresses.fpx).date() == datetime(2019, 5, 15, tzinfo=MALAYSIA).date()
    with World(WorldOptions(data_dir=tmp_path, clock=LAST_DAY, fast_passwords=True)) as world:
        assert {clock_of(url).date() for url in world.addresses.rooms().values()} == {LAST_DAY.date()}


def test_a_world_cannot_begin_on_a_folder_in_use_and_disturbs_nobody(tmp_path: Path) -> None:
    """The first world goes on."""
    options = WorldOptions(data_dir=tmp_path, fast_passwords=True)
    with World(options) as world:
        with pytest.raises(DataDirInUse), World(options):
            pytest.fail("two worlds on one folder")

        assert httpx.get(f"{world.addresses.portal}/readyz").status_code == 200


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_a_taken_port_is_named_with_its_flag_and_everything_begun_is_undone(
    door: Door, free_port: Callable[[], int]
) -> None:
    """Whichever of the five it is; the ports bound before are given back."""
    free = free_port()
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        ports = {"portal": free, door.name: taken}
        with pytest.raises(AddressRefused) as caught, World(WorldOptions(ports=ports)):
            pytest.fail("the port is taken")

    assert str(taken) in str(caught.value)
    assert door.flag in str(caught.value)
    assert nobody_listens(free)


def nobody_listens(port: int) -> bool:
    """Whether a connection is refused."""
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) != 0
