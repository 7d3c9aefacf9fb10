"""The pool hands each contributor out once and is filled again before it is empty."""

from __future__ import annotations

import itertools
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask, Response, jsonify, request

from emulators.foundation.serving import Server
from features.people import Person
from loadtests.contributors import Pool, from_portal
from loadtests.errors import NoContributors


def person(number: int) -> Person:
    """A synthetic contributor with a number of their own."""
    return Person("Ali", f"900101-17-{number:04}", "011-0000 0000", "a@contoh.invalid", "kucing biru", "Rahsia#1")


class Maker:
    """Makes numbered contributors and remembers how often it was asked."""

    def __init__(self) -> None:
        self.numbers = itertools.count(1)
        self.asked: list[int] = []
        self.gate = threading.Event()
        self.gate.set()

    def __call__(self, count: int) -> list[Person]:
        """The next `count` people, once the gate is open."""
        assert self.gate.wait(5), "the test never opened the gate"
        self.asked.append(count)
        return [person(next(self.numbers)) for _ in range(count)]


def test_eight_takers_never_get_the_same_contributor() -> None:
    """A contributor renews once, however many users take at the same time."""
    pool = Pool(Maker(), batch=5)
    pool.fill()

    with ThreadPoolExecutor(8) as takers:
        taken = list(takers.map(lambda _: pool.take().identity_number, range(200)))

    assert max(Counter(taken).values()) == 1
    assert len(taken) == 200


def test_the_refill_begins_before_the_pool_is_dry() -> None:
    """While half a batch is still there the next one is fetched, so that nobody waits for it."""
    maker = Maker()
    pool = Pool(maker, batch=4)
    pool.fill()
    maker.gate.clear()

    taken = [pool.take() for _ in range(4)]
    maker.gate.set()

    assert [one.identity_number[-1] for one in taken] == ["1", "2", "3", "4"]
    assert pool.take().identity_number.endswith("5")
    assert set(maker.asked) == {4}


def test_a_taker_learns_why_there_is_nobody_and_the_next_one_tries_again() -> None:
    """A refill that fails is said aloud, never waited for; a passing trouble heals."""
    asked = itertools.count(1)

    def fetch(_count: int) -> list[Person]:
        if next(asked) == 1:
            raise NoContributors("the portal answered 503")
        return [person(1), person(2)]

    pool = Pool(fetch, batch=2)

    with pytest.raises(NoContributors, match="503"):
        pool.take()
    assert pool.take() == person(1)


def test_a_refill_that_breaks_in_an_unforeseen_way_ends_the_wait_too() -> None:
    """No taker hangs because of a fault nobody thought of."""

    def fetch(_count: int) -> list[Person]:
        raise ZeroDivisionError("division by zero")

    with pytest.raises(NoContributors, match="division"):
        Pool(fetch, batch=2).take()


def test_contributors_come_from_the_portals_control_door_with_its_token() -> None:
    """The wire is POST /_control/contributors {"count": n}; extra fields do no harm, refusals are quoted."""
    app = Flask(__name__)

    @app.post("/_control/contributors")
    def prepare() -> Response | tuple[Response, int]:
        if request.headers.get("X-Control-Token") != "kunci":
            return jsonify(error="send its control token"), 401
        people = [{**vars(person(n)), "category": "teksi"} for n in range(request.get_json()["count"])]
        return jsonify(contributors=people)

    server = Server("127.0.0.1", 0)
    server.serve(app)
    try:
        assert from_portal(server.url, "kunci")(3) == [person(0), person(1), person(2)]
        with pytest.raises(NoContributors, match=r"401.*control token"):
            from_portal(server.url, None)(1)
        with pytest.raises(NoContributors, match="prepared nobody"):
            from_portal(server.url, "kunci")(0)
    finally:
        server.stop()
    with pytest.raises(NoContributors, match="did not answer"):
        from_portal(server.url, "kunci")(1)
