"""Many messages share one commit, and none of them pays for a neighbour."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

import pytest

from emulators.smtp.delivery import Consignment
from emulators.smtp.errors import NotStored
from emulators.smtp.intake import Intake
from emulators.smtp.trace import Arrival


class _Store:
    """Keeps batches in a list; refuses any batch that holds a poisoned message; waits until it is let go."""

    def __init__(self) -> None:
        self.batches: list[list[bytes]] = []
        self.go = threading.Event()

    def keep(self, consignments: Sequence[Consignment]) -> list[str]:
        self.go.wait(10)
        bodies = [consignment.arrival.raw for consignment in consignments]
        if b"poison" in bodies:
            raise ValueError("cannot keep this")
        self.batches.append(bodies)
        return [body.decode() for body in bodies]


@pytest.fixture(name="store")
def _store() -> _Store:
    """A store that holds its first batch until told."""
    return _Store()


@pytest.fixture(name="intake")
def _intake(store: _Store) -> Iterator[Intake]:
    """An intake over it, at work."""
    intake = Intake(store.keep)
    intake.start()
    yield intake
    store.go.set()
    intake.stop()


def _letter(body: bytes) -> Consignment:
    return Consignment(Arrival("a@example.com", ("b@example.com",), body))


def test_what_waits_is_stored_together(store: _Store, intake: Intake) -> None:
    """The first goes alone; the four that came meanwhile share a commit; each gets its own ID."""
    futures = [intake.submit(_letter(b"%d" % n)) for n in range(5)]
    store.go.set()

    assert [future.result(10) for future in futures] == ["0", "1", "2", "3", "4"]
    assert sum(len(batch) for batch in store.batches) == 5
    assert len(store.batches) < 5


def test_a_message_the_store_cannot_take_does_not_cost_its_neighbours(store: _Store, intake: Intake) -> None:
    """Its sender hears of it; the others are stored."""
    futures = {body: intake.submit(_letter(body)) for body in (b"first", b"a", b"poison", b"b")}
    store.go.set()

    assert [futures[body].result(10) for body in (b"first", b"a", b"b")] == ["first", "a", "b"]
    with pytest.raises(NotStored, match="cannot keep this"):
        futures[b"poison"].result(10)


def test_a_sender_that_hangs_up_cannot_call_its_message_back(store: _Store, intake: Intake) -> None:
    """Cancelling changes nothing: the message is stored."""
    future = intake.submit(_letter(b"x"))

    assert not future.cancel()
    store.go.set()
    assert future.result(10) == "x"


def test_a_stop_stores_what_is_waiting(store: _Store) -> None:
    """Everything submitted before the stop is in the store after it."""
    intake = Intake(store.keep)
    intake.start()
    futures = [intake.submit(_letter(b"%d" % n)) for n in range(300)]
    store.go.set()
    intake.stop()

    assert all(future.done() for future in futures)
    assert sum(len(batch) for batch in store.batches) == 300
