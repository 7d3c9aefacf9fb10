"""Callbacks owed: written with the state change that owes them, delivered over real HTTP until acknowledged.

Theory of operation. A room writes a letter in the same transaction as the state that owes it, so a crash can lose
neither. Any number of couriers look for a letter that is due, claim it for a while, post it, and note the attempt.
An acknowledged letter is done; any other answer puts it back for later, by the schedule, until the schedule ends.
A courier that dies holding a letter loses its claim after a while that no delivery outlasts. Delivery is at least once,
never none, unless the letter's `Terms` say that it is to be lost: a tester asked for that.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Table, bindparam

from emulators.foundation import posting
from emulators.foundation.clock import Clock
from emulators.foundation.database import Database
from emulators.foundation.letters import EVERY, USUAL, Attempt, Terms, free, letters_table, next_due
from emulators.foundation.posting import Postman
from emulators.foundation.prepared import Prepared

__all__ = ["EVERY", "Attempt", "Courier", "Terms", "letters_table"]

LOOK_SECONDS = 0.2
CLAIM_MARGIN_SECONDS = 1.0
FORM = "application/x-www-form-urlencoded"


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
        answer_seconds: float = posting.ANSWER_SECONDS,
        threads: int = 2,
    ) -> None:
        """`schedule`: seconds before each further attempt; `acknowledges(status, body)`: the verdict on an answer.

        `answer_seconds` (real time): how long an answer may take.
        """
        self._letters = letters
        c = letters.c
        self._names = c.keys()
        self._insert = Prepared(letters.insert(), [name for name in self._names if name != "id"])
        self._next = Prepared(next_due(letters))
        self._mark = Prepared(
            letters.update()
            .where(c.id == bindparam("this"), free(letters))
            .values(state="claimed", claimed_until=bindparam("until"))
        )
        self._note = Prepared(
            letters.update()
            .where(c.id == bindparam("this"))
            .values({name: bindparam(name) for name in ("attempts", "claimed_until", "state", "noted", "due")})
        )
        self._database = database
        self._clock = clock
        self._schedule = schedule
        self._acknowledges = acknowledges
        self._on_attempt = on_attempt
        self._answer_seconds = answer_seconds
        self._claim_seconds = posting.longest(answer_seconds) + CLAIM_MARGIN_SECONDS
        self._news = queue.SimpleQueue[None]()
        self._resting, self._untold = 0, False
        self._counting = threading.Lock()
        self._stopping = threading.Event()
        self._threads = [threading.Thread(target=self._work, name=f"courier-{n}", daemon=True) for n in range(threads)]

    def owe(
        self,
        connection: Connection,
        ref: str,
        url: str,
        body: str,
        headers: Mapping[str, str] | None = None,
        terms: Terms = USUAL,
    ) -> None:
        """Write a letter inside the caller's transaction: an urlencoded form, unless `headers` say otherwise.

        The couriers look for it once it is committed.
        """
        now = self._clock.now().timestamp()
        self._insert.run(
            connection,
            ref=ref,
            url=url,
            body=body,
            headers={"Content-Type": FORM, **(headers or {})},
            state="lost" if terms.lost == EVERY else "owed",
            attempts=0,
            due=now + terms.after,
            noted=now,
            claimed_until=0.0,
            fault=terms.fault,
            lost=terms.lost,
            once=terms.once,
        )
        self._database.after_commit(self.look_now)

    def hasten(self, connection: Connection, ref: str, fault: str, seconds: float) -> int:
        """Make the letters that `fault` holds back for `ref` due in `seconds` from now; how many there were."""
        c = self._letters.c
        now = self._clock.now().timestamp()
        held = self._letters.update().where(c.ref == ref, c.fault == fault, c.state == "owed", c.due > now + seconds)
        return connection.execute(held.values(due=now + seconds, noted=now)).rowcount

    def look_now(self) -> None:
        """Say that a letter was committed: a courier that rests looks at once, one at work as soon as it has done."""
        with self._counting:
            self._untold = True
            if self._resting:
                self._resting -= 1
                self._news.put(None)

    def start(self) -> None:
        """Begin delivering."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Take no new letter and give those under way a moment; an unfinished one is delivered after a restart."""
        self._stopping.set()
        for _ in self._threads:
            self._news.put(None)
        for thread in self._threads:
            if thread.is_alive():
                thread.join(1.0)

    def _work(self) -> None:
        told = False
        with Postman(self._answer_seconds) as postman:
            while not self._stopping.is_set():
                try:
                    letter = self._claim(told)
                    while letter is not None:
                        letter = self._deliver(postman, letter)
                    told = self._rest()
                except Exception:
                    # A store that is away for a moment must not end the deliveries; what was claimed comes back.
                    logging.getLogger(__name__).exception("a callback could not be looked for or noted")
                    self._stopping.wait(LOOK_SECONDS)

    def _rest(self) -> bool:
        """Wait until it is time to look, or news came; whether it came."""
        with self._counting:
            if not self._untold:
                self._resting += 1
            else:
                self._untold = False
                return True
        try:
            self._news.get(timeout=LOOK_SECONDS)
        except queue.Empty:
            with self._counting:
                if self._news.empty():
                    self._resting -= 1
                    return False
                self._news.get()  # it came in this very moment
        self._untold = False
        return True

    def _claim(self, told: bool) -> dict[str, Any] | None:
        """The letter to deliver first; who was not `told` of one looks before keeping others from writing."""
        if not told and not self._database.look(self._next, **self._instants()):
            return None
        with self._database.write(lasting=False) as connection:  # a claim lost by a power cut is a letter still owed
            return self._take(connection)

    def _take(self, connection: Connection) -> dict[str, Any] | None:
        """Claim the letter to deliver first, inside the caller's transaction.

        Asked under the write lock: an instant older than what another courier has just noted would look like a clock
        taken back, and the letter would go out twice.
        """
        given = self._instants()
        row = self._next.first(connection, **given)
        if row is None:
            return None
        letter = dict(zip(self._names, row, strict=True))
        until = time.time() + self._claim_seconds
        mine = self._mark.run(connection, this=letter["id"], lately=given["lately"], until=until)
        return letter if mine == 1 else None

    def _instants(self) -> dict[str, float]:
        return {"now": self._clock.now().timestamp(), "lately": time.time()}

    def _deliver(self, postman: Postman, letter: dict[str, Any]) -> dict[str, Any] | None:
        """Post a letter and note how that went; the next letter, claimed in the same commit, if there is one."""
        number = letter["attempts"] + 1
        begun = time.monotonic()
        if number <= letter["lost"]:
            status, said = 0, f"lost on its way: {letter['fault']}"
        else:
            status, said = postman.post(letter)
        acknowledged = self._acknowledges(status, said)
        gave_up = not acknowledged and (letter["once"] or number > len(self._schedule))
        state = "done" if acknowledged else "gave up" if gave_up else "owed"
        noted, due, next_due = letter["noted"], letter["due"], None
        if state == "owed":
            now = self._clock.now()
            next_due = now + timedelta(seconds=self._schedule[number - 1])
            noted, due = now.timestamp(), next_due.timestamp()
        attempt = Attempt(
            letter=letter["id"],
            ref=letter["ref"],
            url=letter["url"],
            body=letter["body"],
            number=number,
            status=status,
            answer=said,
            seconds=time.monotonic() - begun,
            acknowledged=acknowledged,
            gave_up=gave_up,
            next_due=next_due,
            fault=letter["fault"],
        )
        change = {"attempts": number, "claimed_until": 0.0, "state": state, "noted": noted, "due": due}
        with self._database.write() as connection:
            self._note.run(connection, this=letter["id"], **change)
            self._on_attempt(connection, attempt)
            return None if self._stopping.is_set() else self._take(connection)
