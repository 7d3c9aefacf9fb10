"""Messages of the same moment share a commit, and a bad one costs no neighbour."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection

from emulators.foundation.database import Database
from emulators.foundation.room import Room
from emulators.sms import storage
from emulators.sms.admission import Checked
from emulators.sms.messages import Message
from emulators.sms.tables import METADATA
from emulators.sms.together import Together

ACCOUNT = "AC" + "0" * 31 + "1"


class Slow:
    """An intake that holds its first batch until told, and refuses one text."""

    def __init__(self, inside: Callable[[Connection, Sequence[Checked]], list[Message]]) -> None:
        self.batches: list[int] = []
        self.go = threading.Event()
        self.entered = threading.Event()
        self._inside = inside

    def take(self, connection: Connection, many: Sequence[Checked]) -> list[Message]:
        """Note how many come together."""
        self.batches.append(len(many))
        self.entered.set()
        self.go.wait(10)
        if any(checked.body == "buruk" for checked in many):
            raise RuntimeError("the store does not take this one")
        return self._inside(connection, many)


@pytest.fixture(name="slow")
def _slow(make_room: Callable[..., Room], tmp_path: Path) -> tuple[Together, Slow, Database]:
    """The rows of a room's store, written by an intake the test can hold."""
    room = make_room()
    database = Database(f"sqlite:///{tmp_path / 'sms.sqlite3'}", METADATA)
    client = room.app.test_client()
    form = {"To": "+60110000001", "From": "68833", "Body": "ada"}
    path = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"

    sid = client.post(path, data=form, auth=(ACCOUNT, "x")).get_json()["sid"]

    def inside(connection: Connection, many: Sequence[Checked]) -> list[Message]:
        message = storage.by_sid(connection, sid)
        assert message is not None
        return [message] * len(many)

    slow = Slow(inside)
    return Together(database, slow, power_cuts=False), slow, database  # type: ignore[arg-type]  # what is asked of an intake


def checked(body: str) -> Checked:
    """A message that may be stored."""
    return Checked(ACCOUNT, "+60110000001", "68833", body)


def store(together: Together, body: str) -> Message:
    """The message of that text, stored."""
    outcome = together.store([checked(body)])[0]
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def test_what_waits_is_stored_in_one_transaction(
    slow: tuple[Together, Slow, Database], until: Callable[..., object]
) -> None:
    """One goes alone; the five that came meanwhile go together, and each is answered."""
    together, intake, database = slow
    with ThreadPoolExecutor(6) as pool:
        first = pool.submit(store, together, "satu")
        assert intake.entered.wait(10)
        others = [pool.submit(store, together, "lain") for _ in range(5)]
        until(lambda: len(together._gathering._list) == 5, "five wait")
        intake.go.set()
        answers: list[Message] = [first.result(), *(other.result() for other in others)]
    database.close()

    assert intake.batches == [1, 5]
    assert {message.body for message in answers} == {"ada"}


def test_one_the_store_does_not_take_costs_no_neighbour(
    slow: tuple[Together, Slow, Database], until: Callable[..., object]
) -> None:
    """Its own request is told; the others are stored one by one."""
    together, intake, database = slow
    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(store, together, "satu")
        assert intake.entered.wait(10)
        bad = pool.submit(store, together, "buruk")
        until(lambda: len(together._gathering._list) == 1, "the bad one waits")
        good = pool.submit(store, together, "baik")
        until(lambda: len(together._gathering._list) == 2, "both wait")
        intake.go.set()
        with pytest.raises(RuntimeError, match="does not take"):
            bad.result()
        assert (first.result().body, good.result().body) == ("ada", "ada")
    database.close()

    assert intake.batches == [1, 2, 1, 1]
