"""Callbacks owed: written with the state change that owes them, delivered over real HTTP until acknowledged.

Theory of operation. A room writes a letter in the same transaction as the state that owes it, so a crash can lose
neither. Any number of couriers look for a letter that is due, claim it for a while, post it, and note the attempt.
An acknowledged letter is done; any other answer puts it back for later, by the schedule, until the schedule ends.
A courier that dies holding a letter loses its claim after `CLAIM_SECONDS`. Delivery is at least once, never none.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    Float,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    Text,
    and_,
    bindparam,
    or_,
    select,
)

from emulators.foundation.clock import Clock
from emulators.foundation.database import Database

CLAIM_SECONDS = 10.0
POST_SECONDS = 5.0
LOOK_SECONDS = 0.2
FORM = "application/x-www-form-urlencoded"


def letters_table(metadata: MetaData) -> Table:
    """The table a room keeps its owed callbacks in."""
    return Table(
        "letters",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("ref", String(80), nullable=False, index=True),
        Column("url", Text, nullable=False),
        Column("body", Text, nullable=False),
        Column("headers", JSON, nullable=False),
        Column("state", String(10), nullable=False, index=True),
        Column("attempts", Integer, nullable=False),
        Column("due", Float, nullable=False),
        Column("noted", Float, nullable=False),
        Column("claimed_until", Float, nullable=False),
    )


@dataclass(frozen=True)
class Attempt:
    """One delivery as it went: the letter, the answer (status 0 when there was none) and the verdict."""

    ref: str
    url: str
    body: str
    number: int
    status: int
    answer: str
    acknowledged: bool
    gave_up: bool


class Courier:
    """Delivers a room's letters on threads of its own."""

    def __init__(
        self,
        letters: Table,
        database: Database,
        clock: Clock,
        *,
        schedule: tuple[float, ...],
        acknowledges: Callable[[int, str], bool],
        on_attempt: Callable[[Connection, Attempt], None],
        threads: int = 2,
    ) -> None:
        """`schedule`: seconds before each further attempt; `acknowledges(status, body)`: the verdict on an answer."""
        self._letters = letters
        self._next = _next_due(letters)
        self._database = database
        self._clock = clock
        self._schedule = schedule
        self._acknowledges = acknowledges
        self._on_attempt = on_attempt
        self._news = threading.Event()
        self._stopping = threading.Event()
        self._threads = [threading.Thread(target=self._work, name=f"courier-{n}", daemon=True) for n in range(threads)]

    def owe(
        self, connection: Connection, ref: str, url: str, body: str, headers: Mapping[str, str] | None = None
    ) -> None:
        """Write a letter inside the caller's transaction: an urlencoded form, unless `headers` say otherwise."""
        due = self._clock.now().timestamp()
        row = {
            "ref": ref,
            "url": url,
            "body": body,
            "headers": {"Content-Type": FORM, **(headers or {})},
            "state": "owed",
            "attempts": 0,
            "due": due,
            "noted": due,
            "claimed_until": 0.0,
        }
        connection.execute(self._letters.insert(), row)

    def look_now(self) -> None:
        """Say that a letter was committed; the couriers need not wait for their next look."""
        self._news.set()

    def start(self) -> None:
        """Begin delivering."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Take no new letter and give those under way a moment; an unfinished one is delivered after a restart."""
        self._stopping.set()
        self._news.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(1.0)

    def _work(self) -> None:
        with httpx.Client(timeout=POST_SECONDS, trust_env=False) as client:
            while not self._stopping.is_set():
                try:
                    letter = self._claim()
                    if letter is None:
                        self._news.wait(LOOK_SECONDS)
                        self._news.clear()
                    else:
                        self._deliver(client, letter)
                except Exception:
                    # A store that is away for a moment must not end the deliveries; what was claimed comes back.
                    logging.getLogger(__name__).exception("a callback could not be looked for or noted")
                    self._stopping.wait(LOOK_SECONDS)

    def _claim(self) -> dict[str, Any] | None:
        with self._database.read() as connection:
            if connection.execute(self._next, self._instants()).first() is None:
                return None
        with self._database.write() as connection:
            # asked again under the write lock: an instant older than what another courier has just noted would look
            # like a clock taken back, and the letter would go out twice
            given = self._instants()
            row = connection.execute(self._next, given).mappings().first()
            if row is None:
                return None
            mine = self._letters.update().where(self._letters.c.id == row["id"], _free(self._letters))
            claim = {"state": "claimed", "claimed_until": time.time() + CLAIM_SECONDS}
            if connection.execute(mine.values(**claim), {"lately": given["lately"]}).rowcount != 1:
                return None
            return dict(row)

    def _instants(self) -> dict[str, float]:
        return {"now": self._clock.now().timestamp(), "lately": time.time()}

    def _deliver(self, client: httpx.Client, letter: dict[str, Any]) -> None:
        number = letter["attempts"] + 1
        try:
            answer = client.post(letter["url"], content=letter["body"], headers=letter["headers"])
            status, said = answer.status_code, answer.text[:2000]
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            status, said = 0, f"{type(error).__name__}: {error}"
        acknowledged = self._acknowledges(status, said)
        gave_up = not acknowledged and number > len(self._schedule)
        change: dict[str, Any] = {
            "attempts": number,
            "claimed_until": 0.0,
            "state": "done" if acknowledged else "owed",
        }
        if gave_up:
            change["state"] = "gave up"
        elif not acknowledged:
            now = self._clock.now()
            change["noted"] = now.timestamp()
            change["due"] = (now + timedelta(seconds=self._schedule[number - 1])).timestamp()
        attempt = Attempt(letter["ref"], letter["url"], letter["body"], number, status, said, acknowledged, gave_up)
        with self._database.write() as connection:
            connection.execute(self._letters.update().where(self._letters.c.id == letter["id"]).values(**change))
            self._on_attempt(connection, attempt)


def _free(letters: Table) -> ColumnElement[bool]:
    """Nobody holds it, or whoever did is `lately` taken for dead."""
    c = letters.c
    return or_(c.state == "owed", and_(c.state == "claimed", c.claimed_until < bindparam("lately", type_=Float)))


def _next_due(letters: Table) -> Select[Any]:
    """The letter to deliver first; built once, because couriers look several times a second."""
    now = bindparam("now", type_=Float)
    due = or_(letters.c.due <= now, letters.c.noted > now)  # written in a future the clock was taken back from
    return select(letters).where(_free(letters), due).order_by(letters.c.due, letters.c.id).limit(1)
