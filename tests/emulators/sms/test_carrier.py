"""Delivery goes by the clock of the sandbox and by nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest

from emulators.foundation.clock import Clock
from emulators.foundation.room import Room


def _status(http: httpx.Client) -> str:
    return str(http.get("/api/v1/messages").json()["messages"][0]["status"])


def test_a_message_is_sent_at_once_and_delivered_when_time_has_passed(
    http: httpx.Client, send: Callable[..., str], clock: Clock, until: Callable[..., object]
) -> None:
    """With the clock held it stays sent; a second later it is delivered; the page tells all three stages."""
    send("+601100000001", "x")
    until(lambda: _status(http) == "sent", "the message is sent")

    clock.advance(timedelta(seconds=1))
    until(lambda: _status(http) == "delivered", "the message is delivered")
    page = http.get("/numbers/+601100000001").text

    assert page.index("<code>queued<") < page.index("<code>sent<") < page.index("<code>delivered<")


@pytest.mark.parametrize(("events", "final"), [(["refuse"], "failed"), (["hand_over", "lose"], "undelivered")])
def test_a_tester_decides_an_unhappy_end(make_room: Callable[..., Room], events: list[str], final: str) -> None:
    """POST /_control/delivery moves one message along its table; the carrier is not at work here."""
    client = make_room().app.test_client()
    account = "AC" + "0" * 32
    form = {"To": "+601100000001", "From": "68833", "Body": "x"}
    sid = client.post(f"/2010-04-01/Accounts/{account}/Messages.json", data=form, auth=(account, "x")).get_json()["sid"]

    answers = [client.post("/_control/delivery", json={"sid": sid, "event": event}).get_json() for event in events]

    assert answers[-1] == {"sid": sid, "status": final}


def test_a_step_the_table_does_not_have_changes_nothing(
    http: httpx.Client, send: Callable[..., str], until: Callable[..., object]
) -> None:
    """409 with the reason, and the state as before."""
    sid = send("+601100000001", "x")
    until(lambda: _status(http) == "sent", "the message is sent")

    answer = http.post("/_control/delivery", json={"sid": sid, "event": "refuse"})

    assert (answer.status_code, _status(http)) == (409, "sent")
    assert "refuse cannot happen to a message that is sent" in answer.json()["error"]


@pytest.mark.parametrize(
    "wish",
    [{}, {"sid": "SMx"}, {"sid": 5, "event": "lose"}, {"sid": "SMx", "event": "explode"}, {"sid": "SMx", "event": []}],
)
def test_a_step_that_makes_no_sense_is_refused(http: httpx.Client, wish: dict[str, object]) -> None:
    """400 with what would be understood."""
    assert http.post("/_control/delivery", json=wish).status_code == 400


def test_a_step_of_an_unknown_message_is_not_found(http: httpx.Client) -> None:
    """404 names the sid."""
    answer = http.post("/_control/delivery", json={"sid": "SMx", "event": "lose"})

    assert (answer.status_code, answer.json()["error"]) == (404, "no message has the sid SMx")


def test_the_journal_tells_the_life_of_a_message_without_its_text(
    http: httpx.Client, send: Callable[..., str], until: Callable[..., object]
) -> None:
    """accepted, sending and sent are journalled under the sid; a one-time password never is."""
    sid = send("+601100000001", "Kod 482913")
    until(lambda: _status(http) == "sent", "the message is sent")

    answer = http.get("/_control/journal")

    assert [entry["kind"] for entry in answer.json()["entries"] if entry["ref"] == sid] == [
        "accepted",
        "sending",
        "sent",
    ]
    assert "482913" not in answer.text
