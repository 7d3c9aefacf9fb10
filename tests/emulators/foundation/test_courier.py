"""The courier: a callback owed is delivered over real HTTP until it is acknowledged, or given up openly."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask, Response, request
from sqlalchemy import Connection, MetaData, inspect, select

from emulators.foundation import posting
from emulators.foundation.clock import Clock
from emulators.foundation.courier import EVERY, Attempt, Courier, Terms, letters_table
from emulators.foundation.database import Database
from emulators.foundation.letters import next_due
from emulators.foundation.serving import Server

Until = Callable[..., object]


class Merchant:
    """Answers callbacks from a list, over a real socket, and remembers what arrived."""

    def __init__(self, *answers: tuple[str, int]) -> None:
        self.arrived: list[str] = []
        self.headers: list[dict[str, str]] = []
        self._answers = list(answers)
        self._one_at_a_time = threading.Lock()
        self._server = Server("127.0.0.1", 0)
        app = Flask("merchant")
        app.add_url_rule("/direct", "direct", self._direct, methods=["POST"])
        self._server.serve(app)
        self.url = f"{self._server.url}/direct"
        self.stop = self._server.stop

    def _direct(self) -> tuple[str, int]:
        with self._one_at_a_time:
            self.headers.append(dict(request.headers))
            self.arrived.append(request.form["n"])
            return self._answers.pop(0) if self._answers else ("OK", 200)


class Office:
    """A store with letters and as many couriers as a test wants."""

    def __init__(self, folder: Path, schedule: tuple[float, ...] = (10.0, 10.0)) -> None:
        self.metadata = MetaData()
        self.letters = letters_table(self.metadata)
        self.store = Database(f"sqlite:///{folder / 'room.sqlite3'}", self.metadata)
        self.store.create()
        self.clock = Clock()
        self.clock.hold()
        self.attempts: list[Attempt] = []
        self._schedule = schedule
        self._couriers: list[Courier] = []

    def courier(self) -> Courier:
        """One more courier, not yet at work."""
        courier = Courier(
            self.letters,
            self.store,
            self.clock,
            schedule=self._schedule,
            acknowledges=lambda status, said: status == 200 and said == "OK",
            on_attempt=self._noted,
        )
        self._couriers.append(courier)
        return courier

    def owe(self, courier: Courier, url: str, *bodies: str) -> None:
        """Write letters, each in a transaction of its own."""
        for body in bodies:
            with self.store.write() as connection:
                courier.owe(connection, body, url, body)
        courier.look_now()

    def states(self) -> list[str]:
        """The state of each letter, oldest first."""
        with self.store.read() as connection:
            return list(connection.execute(select(self.letters.c.state).order_by(self.letters.c.id)).scalars())

    def close(self) -> None:
        """Send the couriers home."""
        for courier in self._couriers:
            courier.stop()
        self.store.close()

    def _noted(self, _connection: Connection, attempt: Attempt) -> None:
        self.attempts.append(attempt)


@pytest.fixture(name="office")
def _office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    yield office
    office.close()


def test_a_letter_is_delivered_once_and_done_when_acknowledged(office: Office, until: Until) -> None:
    """The merchant's OK ends the matter."""
    merchant, courier = Merchant(), office.courier()
    courier.start()

    office.owe(courier, merchant.url, "n=1")
    until(lambda: office.states() == ["done"], "the letter is done")
    merchant.stop()

    assert merchant.arrived == ["1"]
    assert [(a.number, a.status, a.answer, a.acknowledged, a.gave_up) for a in office.attempts] == [
        (1, 200, "OK", True, False)
    ]


def test_a_letter_carries_its_headers_and_is_a_form_unless_they_say_otherwise(office: Office, until: Until) -> None:
    """A signature is written with the letter, so that every attempt carries the same one."""
    merchant, courier = Merchant(("later", 500)), office.courier()
    with office.store.write() as connection:
        courier.owe(connection, "1", merchant.url, "n=1", {"X-Signature": "abc"})
    courier.start()
    until(lambda: office.attempts and office.states() == ["owed"], "the first attempt is noted")
    office.clock.advance(timedelta(seconds=10))
    until(lambda: office.states() == ["done"], "the letter is done")
    merchant.stop()

    assert [headers["X-Signature"] for headers in merchant.headers] == ["abc", "abc"]
    assert {headers["Content-Type"] for headers in merchant.headers} == {"application/x-www-form-urlencoded"}


def test_another_answer_is_tried_again_when_the_worlds_clock_says_so(office: Office, until: Until) -> None:
    """The schedule is in the world's time: nothing happens before it has passed, and then it does."""
    merchant, courier = Merchant(("not now", 500), ("NOK", 200)), office.courier()
    courier.start()
    office.owe(courier, merchant.url, "n=1")
    until(lambda: office.attempts and office.states() == ["owed"], "the first attempt is noted and the letter put back")

    assert len(office.attempts) == 1

    office.clock.advance(timedelta(seconds=9))
    courier.look_now()
    office.owe(courier, merchant.url, "n=later")
    until(lambda: "later" in merchant.arrived, "a letter that is due is taken before one that is not")

    assert merchant.arrived == ["1", "later"]

    office.clock.advance(timedelta(seconds=1))
    courier.look_now()
    until(lambda: office.states()[0] == "done" or len(merchant.arrived) == 3, "the second attempt")
    merchant.stop()

    assert merchant.arrived == ["1", "later", "1"]


def test_at_the_end_of_the_schedule_the_courier_gives_up_openly(office: Office, until: Until) -> None:
    """Three refusals with two waits between them: the letter is kept as given up and the last attempt says so."""
    merchant, courier = Merchant(*[("no", 500)] * 3), office.courier()
    courier.start()
    office.owe(courier, merchant.url, "n=1")
    for number in (1, 2, 3):
        state = "owed" if number < 3 else "gave up"
        until(
            lambda n=number, s=state: (len(office.attempts), office.states()) == (n, [s]), f"attempt {number} is over"
        )
        office.clock.advance(timedelta(seconds=10))
        courier.look_now()
    merchant.stop()

    assert [attempt.gave_up for attempt in office.attempts] == [False, False, True]


def test_nobody_listening_is_an_attempt_with_a_reason(office: Office, until: Until) -> None:
    """A refused connection is noted with status 0 and what went wrong, and tried again later."""
    merchant, courier = Merchant(), office.courier()
    merchant.stop()
    courier.start()

    office.owe(courier, merchant.url, "n=1")
    until(lambda: office.attempts and office.states() == ["owed"], "the attempt is noted and the letter put back")

    assert (office.attempts[0].status, office.attempts[0].acknowledged) == (0, False)
    assert "Connect" in office.attempts[0].answer


def test_a_letter_owed_before_a_crash_is_delivered_after_it(office: Office, until: Until) -> None:
    """The letter is in the store, not in the courier: a second courier delivers what the first never started."""
    merchant, dead = Merchant(), office.courier()
    office.owe(dead, merchant.url, "n=1")
    office.courier().start()

    until(lambda: office.states() == ["done"], "another courier delivered it")
    merchant.stop()

    assert merchant.arrived == ["1"]


def test_a_letter_whose_courier_died_holding_it_is_taken_over(office: Office, until: Until) -> None:
    """A claim runs out: the letter of a dead courier is delivered by a living one."""
    merchant, courier = Merchant(), office.courier()
    office.owe(courier, merchant.url, "n=1")
    with office.store.write() as connection:
        connection.execute(office.letters.update().values(state="claimed", claimed_until=1.0))
    courier.start()

    until(lambda: office.states() == ["done"], "the claim was taken over")
    merchant.stop()

    assert merchant.arrived == ["1"]


def test_many_couriers_deliver_each_letter_once(office: Office, until: Until) -> None:
    """While every merchant answers, claims keep two couriers from posting the same letter."""
    merchant = Merchant()
    couriers = [office.courier() for _ in range(3)]
    office.owe(couriers[0], merchant.url, *[f"n={n}" for n in range(30)])
    for courier in couriers:
        courier.start()

    until(lambda: office.states() == ["done"] * 30, "all letters are done")
    merchant.stop()

    assert sorted(str(n) for n in range(30)) == sorted(merchant.arrived)


def test_a_letter_rolled_back_is_never_sent(office: Office, until: Until) -> None:
    """The callback shares the fate of the change that owes it."""
    merchant, courier = Merchant(), office.courier()

    def fails() -> None:
        with office.store.write() as connection:
            courier.owe(connection, "ghost", merchant.url, "n=ghost")
            raise LookupError("the change failed")

    with pytest.raises(LookupError):
        fails()
    courier.start()
    office.owe(courier, merchant.url, "n=real")
    until(lambda: office.states() == ["done"], "the real letter is done")
    merchant.stop()

    assert merchant.arrived == ["real"]


def test_a_store_that_is_away_for_a_moment_does_not_end_the_deliveries(
    tmp_path: Path, until: Until, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Every courier meets the outage, says so in the log, and delivers once the store is back."""
    office, merchant = Office(tmp_path), Merchant()
    courier = office.courier()
    office.owe(courier, merchant.url, "n=1")
    here = office.store.look

    def away(*_: object, **__: object) -> object:
        raise OSError("the store is away")

    monkeypatch.setattr(office.store, "look", away)
    courier.start()
    until(lambda: caplog.text.count("the store is away") >= 2, "the couriers meet the outage")
    monkeypatch.setattr(office.store, "look", here)
    until(lambda: office.states() == ["done"], "the letter is delivered")
    office.close()
    merchant.stop()

    assert merchant.arrived == ["1"]


def test_a_clock_taken_back_does_not_hold_a_letter_up(office: Office, until: Until) -> None:
    """What was owed in a future the clock has left is delivered now: money was taken, somebody waits to be told."""
    merchant, courier = Merchant(("not now", 500)), office.courier()
    office.owe(courier, merchant.url, "n=1")
    office.clock.advance(timedelta(hours=-3))
    courier.start()
    until(lambda: office.attempts, "the letter is tried at once")
    office.clock.advance(timedelta(hours=-3))
    courier.look_now()
    until(lambda: office.states() == ["done"], "so is the second attempt after another step back")
    merchant.stop()

    assert merchant.arrived == ["1", "1"]


def test_a_courier_that_waited_for_the_store_does_not_deliver_again(office: Office, until: Until) -> None:
    """What another noted while it waited for the write lock is no clock taken back: a refused letter keeps its wait."""
    merchant = Merchant(*[("not now", 500)] * 40)
    office.clock.run()
    couriers = [office.courier() for _ in range(8)]
    for courier in couriers:
        courier.start()
    office.owe(couriers[0], merchant.url, *(f"n={number}" for number in range(12)))
    until(lambda: len(office.attempts) >= 12, "every letter was tried")
    for courier in couriers:
        courier.stop()
    merchant.stop()

    assert sorted(merchant.arrived, key=int) == [str(number) for number in range(12)]


def test_a_letter_travels_on_its_terms(office: Office, until: Until) -> None:
    """Later, only once, never, or only at the second attempt: as its terms say, each attempt under the fault's name."""
    merchant, courier = Merchant(("no", 500)), office.courier()
    terms = {
        "once": Terms(fault="spoiled", once=True),
        "late": Terms(after=60, fault="delayed"),
        "never": Terms(fault="lost", lost=EVERY),
        "second": Terms(fault="lost-once", lost=1),
    }
    with office.store.write() as connection:
        for name, how in terms.items():
            courier.owe(connection, name, merchant.url, f"n={name}", terms=how)
    courier.start()
    until(
        lambda: len(office.attempts) == 2 and office.states() == ["gave up", "owed", "lost", "owed"],
        "what is due was tried",
    )
    assert merchant.arrived == ["once"]
    office.clock.advance(timedelta(seconds=60))
    courier.look_now()
    until(lambda: office.states() == ["gave up", "done", "lost", "done"], "the others have arrived")
    merchant.stop()

    assert sorted(merchant.arrived) == ["late", "once", "second"]
    assert sorted((a.ref, a.number, a.status, a.verdict, a.fault) for a in office.attempts) == [
        ("late", 1, 200, "acknowledged", "delayed"),
        ("once", 1, 500, "gave up", "spoiled"),
        ("second", 1, 0, "to be sent again", "lost-once"),
        ("second", 2, 200, "acknowledged", "lost-once"),
    ]


def test_a_letter_held_back_can_be_hastened(office: Office, until: Until) -> None:
    """Only what its fault holds back for that payment comes sooner; what is due or done is left alone."""
    merchant, courier = Merchant(), office.courier()
    with office.store.write() as connection:
        courier.owe(connection, "mine", merchant.url, "n=mine", terms=Terms(after=600, fault="waits"))
        courier.owe(connection, "other", merchant.url, "n=other", terms=Terms(after=600, fault="waits"))
        assert courier.hasten(connection, "mine", "delayed", 2) == 0
        assert courier.hasten(connection, "mine", "waits", 2) == 1
        assert courier.hasten(connection, "mine", "waits", 2) == 0
    courier.start()
    office.clock.advance(timedelta(seconds=2))
    courier.look_now()
    until(lambda: office.states() == ["done", "owed"], "the hastened letter has arrived")
    merchant.stop()

    assert merchant.arrived == ["mine"]


def test_an_answer_that_never_ends_is_cut_before_the_claim_runs_out() -> None:
    """A merchant that drips its answer does not hold a letter for longer than a courier may; a long one is cut."""
    server, ends = Server("127.0.0.1", 0), threading.Event()
    app = Flask("dripping")

    @app.post("/drip")
    def drip() -> Response:
        return Response((f"{n} " for n in itertools.count() if not ends.wait(0.001)), content_type="text/plain")

    @app.post("/long")
    def long() -> str:
        return "x" * 100_000

    server.serve(app)
    letter = {"body": "n=1", "headers": {}}
    with posting.Postman(15) as postman:
        assert postman.post(letter | {"url": f"{server.url}/long"}) == (200, "x" * posting.LONGEST_ANSWER)
    with posting.Postman(0.2) as postman:  # time enough for the first drops on a busy machine
        status, said = postman.post(letter | {"url": f"{server.url}/drip"})
    server.stop()

    assert (status, said.startswith("the answer was not complete after 0.2 seconds: 0 1 ")) == (0, True)


def test_letters_that_are_done_are_not_looked_through(office: Office) -> None:
    """Whatever the store's statistics say, the few letters under way are found by an index of their own."""
    with office.store.write() as connection:
        courier = office.courier()
        for number in range(200):
            courier.owe(connection, str(number), "http://127.0.0.1:1/", "n=1")
        connection.execute(office.letters.update().values(state="done"))
        connection.exec_driver_sql("ANALYZE")
        question = str(next_due(office.letters).compile(connection.engine))
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {question}", (1,) * question.count("?"))

        assert [row[3] for row in plan] == ["SCAN letters USING INDEX letters_under_way"]


def test_a_store_made_before_gets_the_indexes_it_has_not(office: Office) -> None:
    """They are made at the next start."""
    with office.store.write() as connection:
        connection.exec_driver_sql("DROP INDEX letters_under_way")
    office.store.create()
    with office.store.read() as connection:
        names = {index["name"] for index in inspect(connection).get_indexes("letters")}

    assert "letters_under_way" in names
