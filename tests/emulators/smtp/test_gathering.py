"""Messages wait for each other while clients go on talking, and for nobody in silence."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence

import pytest

from emulators.foundation.database import StoreBusy
from emulators.foundation.room import Room
from emulators.smtp import gathering
from emulators.smtp.delivery import LIGHT, Consignment, Delivery
from emulators.smtp.errors import NotStored
from emulators.smtp.gathering import Gathering
from emulators.smtp.intake import Intake
from emulators.smtp.trace import Arrival


class _Store:
    """Notes what is stored together and on which thread; refuses poisoned messages, and while busy the impatient."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.threads: list[threading.Thread] = []
        self.busy = False

    def keep(self, consignments: Sequence[Consignment], /, *, patient: bool) -> list[str]:
        if self.busy and not patient:
            raise StoreBusy("somebody else is writing")
        bodies = [consignment.arrival.raw.decode() for consignment in consignments]
        if "poison" in bodies:
            raise ValueError("cannot keep this")
        self.batches.append(bodies)
        self.threads.append(threading.current_thread())
        return bodies


def _letter(body: str) -> Consignment:
    return Consignment(Arrival("a@example.com", ("b@example.com",), body.encode()))


def _gathering(store: _Store, *, light: bool = True) -> tuple[Gathering, Intake]:
    intake = Intake(store.keep)
    return Gathering(intake, lambda _: light), intake


def test_messages_of_clients_that_go_on_talking_share_a_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three clients whose messages come some turns of the loop apart, and who speak in each turn."""
    monkeypatch.setattr(gathering, "LONGEST", 60.0)
    store = _Store()
    gathered, _ = _gathering(store)

    async def client(name: str, turns: int) -> str:
        for _ in range(turns):
            gathered.heard()
            await asyncio.sleep(0)
        return await gathered.store(_letter(name))

    async def clients() -> list[str]:
        return [*await asyncio.gather(client("a", 0), client("b", 4), client("c", 9))]

    assert asyncio.run(clients()) == ["a", "b", "c"]
    assert store.batches == [["a", "b", "c"]]
    assert store.threads == [threading.current_thread()]


def test_in_silence_a_message_waits_for_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that is there and says nothing holds nobody up."""
    monkeypatch.setattr(gathering, "LONGEST", 60.0)
    store = _Store()
    gathered, _ = _gathering(store)

    async def client(name: str, turns: int) -> str:
        for _ in range(turns):
            await asyncio.sleep(0)
        return await gathered.store(_letter(name))

    async def clients() -> list[str]:
        return [*await asyncio.gather(client("a", 0), client("b", 9))]

    assert asyncio.run(clients()) == ["a", "b"]
    assert store.batches == [["a"], ["b"]]


def test_a_message_does_not_wait_longer_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that talks without end holds nobody up either."""
    monkeypatch.setattr(gathering, "LONGEST", 0.0)
    store = _Store()
    gathered, _ = _gathering(store)

    async def talk() -> None:
        while True:
            gathered.heard()
            await asyncio.sleep(0)

    async def clients() -> str:
        talking = asyncio.create_task(talk())
        stored = await gathered.store(_letter("a"))
        talking.cancel()
        return stored

    assert asyncio.run(clients()) == "a"


@pytest.mark.parametrize(("light", "busy"), [(False, False), (True, True)])
def test_what_may_take_long_is_stored_on_the_intakes_thread(light: bool, busy: bool) -> None:
    """The loop goes on meanwhile; a refused message raises there what it raises here. Busy may be another program."""
    store = _Store()
    store.busy = busy
    gathered, intake = _gathering(store, light=light)
    intake.start()

    async def clients() -> list[str | BaseException]:
        letters = [gathered.store(_letter(body)) for body in ("a", "poison")]
        return await asyncio.gather(*letters, return_exceptions=True)

    first, refused = asyncio.run(clients())
    intake.stop()

    assert first == "a"
    assert isinstance(refused, NotStored)
    assert store.threads != [threading.current_thread()]


@pytest.mark.parametrize("light", [True, False])
def test_a_sender_that_hangs_up_cannot_call_its_message_back(light: bool) -> None:
    """Nor does it cost its neighbour: both are stored, also when the loop ends before it is told."""
    store = _Store()
    gathered, intake = _gathering(store, light=light)

    async def clients() -> None:
        asked = [asyncio.create_task(gathered.store(_letter(body))) for body in ("a", "b")]
        await asyncio.sleep(0)
        asked[0].cancel()
        gathered.flush()

    asyncio.run(clients())
    intake.start()
    intake.stop()

    assert store.batches == [["a", "b"]]


@pytest.mark.parametrize(
    ("letters", "power_cuts", "light"),
    [
        ([_letter("a")] * 8, False, True),
        ([_letter("a"), _letter("b" * LIGHT)], False, False),
        ([_letter("a")], True, False),
    ],
)
def test_a_message_is_light_unless_it_is_large_or_the_disk_is_waited_for(
    make_room: Callable[..., Room], letters: list[Consignment], power_cuts: bool, light: bool
) -> None:
    """What the loop may do itself."""
    room = make_room(survive_power_cuts=power_cuts)
    delivery = next(worker for worker in room.workers if isinstance(worker, Delivery))

    assert delivery.light(letters) is light
