"""Many messages share one commit, and none of them pays for a neighbour."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

import pytest

from emulators.foundation.database import StoreBusy
from emulators.smtp.delivery import Consignment
from emulators.smtp.errors import NotStored
from emulators.smtp.intake import Intake, Outcome
from emulators.smtp.trace import Arrival


class _Store:
    """Keeps batches in a list; refuses any batch that holds a poisoned message; waits until it is let go.

    While it is busy it refuses everything, and at once whoever is not patient.
    """

    def __init__(self) -> None:
        self.batches: list[list[bytes]] = []
        self.go = threading.Event()
        self.busy = False
        self.asked: list[bool] = []

    def keep(self, consignments: Sequence[Consignment], /, *, patient: bool) -> list[str]:
        self.asked.append(patient)
        if self.busy:
            raise StoreBusy("somebody else is writing")
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


class _Told:
    """The outcomes of one batch, when they are there."""

    def __init__(self) -> None:
        self._there = threading.Event()
        self.outcomes: list[Outcome] = []

    def __call__(self, outcomes: Sequence[Outcome]) -> None:
        self.outcomes = list(outcomes)
        self._there.set()

    def wait(self) -> list[Outcome]:
        assert self._there.wait(10)
        return self.outcomes


def test_what_waits_is_stored_together(store: _Store, intake: Intake) -> None:
    """The first batch goes alone; the four that came meanwhile share a commit; each gets its own IDs."""
    told = [_Told() for _ in range(5)]
    for n, each in enumerate(told):
        intake.submit([_letter(b"%d" % n), _letter(b"%d again" % n)], each)
    store.go.set()

    assert [each.wait() for each in told] == [[f"{n}", f"{n} again"] for n in range(5)]
    assert sum(len(batch) for batch in store.batches) == 10
    assert len(store.batches) < 5


def test_a_message_the_store_cannot_take_does_not_cost_its_neighbours(store: _Store, intake: Intake) -> None:
    """Its sender hears of it; the others are stored: of its own batch, and of those that share the commit."""
    neighbour, mixed = _Told(), _Told()
    intake.submit([_letter(b"first")], neighbour)
    intake.submit([_letter(body) for body in (b"a", b"poison", b"b")], mixed)
    store.go.set()

    assert neighbour.wait() == ["first"]
    stored, refused, last = mixed.wait()
    assert (stored, last) == ("a", "b")
    assert isinstance(refused, NotStored)
    assert "cannot keep this" in str(refused)


def test_a_batch_is_stored_on_the_callers_thread_too(store: _Store) -> None:
    """Without the intake's own thread, with the same outcomes."""
    store.go.set()
    first, refused = Intake(store.keep).store([_letter(b"a"), _letter(b"poison")])

    assert first == "a"
    assert isinstance(refused, NotStored)


def test_a_busy_store_is_waited_for_once_and_not_for_each_message(store: _Store) -> None:
    """Every sender hears of it after one wait, whatever the number of messages."""
    store.busy = True
    outcomes = Intake(store.keep).store([_letter(b"a"), _letter(b"b"), _letter(b"c")])

    assert [str(outcome) for outcome in outcomes] == ["somebody else is writing"] * 3
    assert all(isinstance(outcome, NotStored) for outcome in outcomes)
    assert store.asked == [True]


def test_at_once_a_batch_is_stored_whole_or_not_at_all(store: _Store) -> None:
    """Neither a busy store nor a poisoned message lets a part of it be stored."""
    intake = Intake(store.keep)
    store.go.set()

    assert intake.store_at_once([_letter(b"a"), _letter(b"b")]) == ["a", "b"]
    assert intake.store_at_once([_letter(b"c"), _letter(b"poison")]) is None
    store.busy = True
    assert intake.store_at_once([_letter(b"d")]) is None
    assert store.batches == [[b"a", b"b"]]
    assert not any(store.asked)


def test_a_stop_stores_what_is_waiting(store: _Store) -> None:
    """Everything submitted before the stop is in the store after it."""
    intake, told = Intake(store.keep), [_Told() for _ in range(300)]
    intake.start()
    for n, each in enumerate(told):
        intake.submit([_letter(b"%d" % n)], each)
    store.go.set()
    intake.stop()

    assert [each.outcomes for each in told] == [[f"{n}"] for n in range(300)]
    assert sum(len(batch) for batch in store.batches) == 300
