"""Old mail is deleted by number and by age."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import httpx

from emulators.foundation.clock import Clock
from emulators.foundation.room import Room
from emulators.smtp.delivery import Consignment, Delivery
from emulators.smtp.pruning import Pruner
from emulators.smtp.trace import Arrival


def _take(room: Room, *subjects: str) -> None:
    delivery = next(worker for worker in room.workers if isinstance(worker, Delivery))
    raws = [f"Subject: {subject}\r\n\r\nx\r\n".encode() for subject in subjects]
    delivery.take_all([Consignment(Arrival("a@example.com", ("b@example.com",), raw)) for raw in raws])


def _subjects(room: Room) -> list[str]:
    page = room.app.test_client().get("/api/v1/messages").get_json()
    assert page["total"] == page["unread"] == len(page["messages"])
    return [message["Subject"] for message in page["messages"]]


def _pruner(room: Room) -> Pruner:
    return next(worker for worker in room.workers if isinstance(worker, Pruner))


def test_the_newest_are_kept_and_the_counts_follow(
    make_room: Callable[..., Room], until: Callable[..., object]
) -> None:
    """After each arrival, at work on its own thread."""
    room = make_room(keep_most=2)
    _pruner(room).start()
    _take(room, "satu", "dua", "tiga")

    until(lambda: _subjects(room) == ["tiga", "dua"], "the oldest is gone")


def test_mail_grows_old_by_the_clock_of_the_sandbox(make_room: Callable[..., Room], clock: Clock) -> None:
    """A day passes in a moment; what came later stays."""
    room = make_room(keep_hours=24)
    _take(room, "lama")
    clock.advance(timedelta(hours=23))
    _take(room, "baharu")
    assert _pruner(room).prune() == 0
    clock.advance(timedelta(hours=2))

    assert _pruner(room).prune() == 1
    assert _subjects(room) == ["baharu"]


def test_without_a_bound_everything_is_kept(room: Room, http: httpx.Client) -> None:
    """Nothing is looked at and nothing deleted."""
    _take(room, "satu")

    assert _pruner(room).prune() == 0
    assert http.get("/api/v1/messages").json()["total"] == 1
