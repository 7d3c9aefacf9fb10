"""Who waits is woken, nobody else is, and nobody waits for ever."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from datetime import UTC, datetime

import pytest

from emulators.foundation.clock import MALAYSIA
from emulators.foundation.errors import CallersMistake, Closing, TooManyWaiting
from emulators.foundation.wait_wishes import DEFAULT_SECONDS, Since, since, wait_wish
from emulators.foundation.waiting import Arrivals

LONG = 30.0


class Store:
    """Numbers that arrived, by key; `put` tells nobody, as another process would."""

    def __init__(self) -> None:
        self.arrived: dict[str, int] = {}
        self.newest = 0
        self.looks = 0

    def put(self, key: str) -> None:
        """Keep one more arrival."""
        self.newest += 1
        self.arrived[key] = self.newest

    def look(self, key: str) -> Callable[[], int | None]:
        """The look of a waiter."""

        def look() -> int | None:
            self.looks += 1
            return self.arrived.get(key)

        return look


@pytest.fixture(name="store")
def _store() -> Store:
    return Store()


@pytest.fixture(name="arrivals")
def _arrivals(store: Store) -> Arrivals:
    return Arrivals(lambda: store.newest, places=3)


@pytest.fixture(name="wait")
def _wait(arrivals: Arrivals, store: Store) -> Iterator[Callable[..., Future[int | None]]]:
    """`wait("a")`: a waiter on a thread of its own."""
    with ThreadPoolExecutor(8) as pool:
        yield lambda key: pool.submit(arrivals.wait, key, store.look(key), LONG, nullcontext)
        arrivals.stop()


def test_what_is_there_already_is_given_without_a_place(arrivals: Arrivals, store: Store) -> None:
    """No sleep, no place, no thread."""
    store.put("a")

    def never() -> nullcontext[None]:
        pytest.fail("a thread was lent")

    assert arrivals.wait("a", store.look("a"), LONG, never) == 1


def test_all_waiters_of_a_key_are_woken_and_no_others(
    arrivals: Arrivals, store: Store, wait: Callable[..., Future[int | None]], until: Callable[..., object]
) -> None:
    """Two of one key get the same arrival; who waits for another key does not even look."""
    told, also, other = wait("a"), wait("a"), wait("b")
    until(lambda: arrivals.waiting() == 3 and store.looks == 6, "all three have looked and sleep")
    store.put("a")
    arrivals.tell(["a"])

    assert (told.result(5), also.result(5)) == (1, 1)
    assert not other.done()


def test_who_waits_for_anything_is_woken_by_everything(
    arrivals: Arrivals, store: Store, wait: Callable[..., Future[int | None]], until: Callable[..., object]
) -> None:
    """The empty key."""
    waiter = wait("")
    until(lambda: arrivals.waiting() == 1, "it waits")
    store.arrived[""] = 9
    arrivals.tell(["somebody"])

    assert waiter.result(5) == 9


def test_what_another_process_stores_is_noticed(
    arrivals: Arrivals, store: Store, wait: Callable[..., Future[int | None]], until: Callable[..., object]
) -> None:
    """Nobody tells; the newest id of the store does."""
    waiter = wait("a")
    until(lambda: arrivals.waiting() == 1, "it waits")
    store.put("a")

    assert waiter.result(5) == 1


def test_a_wait_in_vain_ends_with_a_last_look(arrivals: Arrivals) -> None:
    """None after the time given, and what came in that very moment is still seen."""
    looks = iter([None, None, 7])

    assert arrivals.wait("a", lambda: None, 0.02, nullcontext) is None
    assert arrivals.wait("a", lambda: next(looks), 0.02, nullcontext) == 7
    assert arrivals.waiting() == 0


def test_nobody_waits_beyond_the_places(
    arrivals: Arrivals, store: Store, wait: Callable[..., Future[int | None]], until: Callable[..., object]
) -> None:
    """The fourth is refused at once; a place that is given back can be taken."""
    waiters = [wait("a") for _ in range(3)]
    until(lambda: arrivals.waiting() == 3, "every place is taken")
    with pytest.raises(TooManyWaiting) as refused:
        arrivals.wait("b", store.look("b"), LONG, nullcontext)
    assert (refused.value.status, refused.value.retry_after) == (429, 1)

    store.put("a")
    arrivals.tell(["a"])
    assert [waiter.result(5) for waiter in waiters] == [1, 1, 1]

    assert arrivals.wait("b", store.look("b"), 0.01, nullcontext) is None


def test_a_closing_room_lets_everybody_go(
    arrivals: Arrivals, wait: Callable[..., Future[int | None]], until: Callable[..., object]
) -> None:
    """stop() does not wait for a minute of patience."""
    waiter = wait("a")
    until(lambda: arrivals.waiting() == 1, "it waits")
    began = time.monotonic()
    arrivals.stop()

    with pytest.raises(Closing):
        waiter.result(5)
    assert time.monotonic() - began < 1


def test_an_arrival_between_looking_and_sleeping_is_not_missed(arrivals: Arrivals, store: Store) -> None:
    """The place is taken before the look that counts: told in between, the waiter does not sleep."""
    looks = 0

    def look() -> int | None:
        nonlocal looks
        looks += 1
        found = store.arrived.get("a")
        if looks == 2:
            store.put("a")
            teller = threading.Thread(target=arrivals.tell, args=(["a"],))
            teller.start()
            teller.join()
        return found

    began = time.monotonic()

    assert arrivals.wait("a", look, LONG, nullcontext) == 1
    assert time.monotonic() - began < 1
    assert looks == 3


def test_a_wish_is_read_with_its_defaults_and_its_cap() -> None:
    """Nothing said: anybody, anything, 25 seconds; more than the room allows is cut."""
    assert wait_wish({}, 60).seconds == DEFAULT_SECONDS
    assert wait_wish({"timeout": "3600", "to": " a "}, 60).seconds == 60
    assert wait_wish({"to": " a "}, 60).to == "a"
    assert wait_wish({"timeout": "0"}, 60).seconds == 0


@pytest.mark.parametrize("timeout", ["-1", "nan", "x", "1e", "-inf"])
def test_a_timeout_that_is_no_span_is_refused(timeout: str) -> None:
    """A sentence, and no wait."""
    with pytest.raises(CallersMistake, match="timeout must be"):
        wait_wish({"timeout": timeout}, 60)


def test_since_has_four_spellings() -> None:
    """A cursor, now, an instant (Malaysia's unless it says otherwise), a name."""
    morning = datetime(2019, 5, 15, 9, tzinfo=MALAYSIA)

    assert since("") == Since()
    assert since("17") == Since(cursor=17)
    assert since("now") == Since(now=True)
    assert since("2019-05-15T09:00") == since("2019-05-15 09:00") == Since(instant=morning)
    assert since("2019-05-15T09:00:00.000 08:00") == Since(instant=morning)  # a "+" that was not encoded
    assert since("2019-05-15T01:00Z").instant == datetime(2019, 5, 15, 1, tzinfo=UTC)
    assert since("SM0123") == Since(name="SM0123")
