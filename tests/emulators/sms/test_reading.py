"""What a test asks after it pressed a button: what arrived at this number?"""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from emulators.foundation.room import Room


def test_the_newest_message_to_a_number_comes_first(http: httpx.Client, send: Callable[..., str]) -> None:
    """Only that number's messages, newest first, whatever spelling was used on either side."""
    first = send("011-0000 0001", "satu")
    send("+601100000002", "orang lain")
    second = send("601100000001", "dua")

    answer = http.get("/api/v1/messages", params={"to": "011-0000 0001"}).json()

    assert [message["sid"] for message in answer["messages"]] == [second, first]
    assert answer["total"] == 2


def test_a_message_is_read_with_its_segments_and_time(http: httpx.Client, send: Callable[..., str]) -> None:
    """Every field of the contract is there with its type."""
    sid = send("+601100000001", "€" * 81)
    message = http.get("/api/v1/messages").json()["messages"][0]

    assert message["sid"] == sid
    assert (message["to"], message["from"], message["body"]) == ("+601100000001", "68833", "€" * 81)
    assert (message["num_segments"], message["encoding"]) == (2, "GSM-7")
    assert message["received_at"] == "2019-05-15T09:00:00.000+08:00"


def test_a_limit_shortens_the_list_and_not_the_total(http: httpx.Client, send: Callable[..., str]) -> None:
    """limit=1 is the newest one; total counts all."""
    send("+601100000001", "satu")
    newest = send("+601100000001", "dua")

    answer = http.get("/api/v1/messages", params={"to": "+601100000001", "limit": 1}).json()

    assert ([message["sid"] for message in answer["messages"]], answer["total"]) == ([newest], 2)


def test_an_empty_room_answers_an_empty_list(http: httpx.Client) -> None:
    """No message is not an error."""
    assert http.get("/api/v1/messages", params={"to": "+601100000001"}).json() == {"messages": [], "total": 0}


@pytest.mark.parametrize(
    "query", [{"to": "abc"}, {"to": "\x00"}, {"limit": "0"}, {"limit": "-1"}, {"limit": "x" * 5000}]
)
def test_a_question_that_makes_no_sense_is_refused_with_a_sentence(http: httpx.Client, query: dict[str, str]) -> None:
    """400 and a sentence that says what would be understood."""
    answer = http.get("/api/v1/messages", params=query)

    assert answer.status_code == 400
    assert answer.json()["error"]


def test_what_was_accepted_is_there_after_a_restart(make_room: Callable[..., Room]) -> None:
    """A second room over the same store reads what the first one took."""
    account = "AC" + "0" * 32
    first = make_room().app.test_client()
    form = {"To": "+601100000001", "From": "68833", "Body": "x"}
    sid = first.post(f"/2010-04-01/Accounts/{account}/Messages.json", data=form, auth=(account, "x")).get_json()["sid"]

    second = make_room().app.test_client()

    assert [m["sid"] for m in second.get("/api/v1/messages").get_json()["messages"]] == [sid]


def test_a_reset_forgets_every_message(http: httpx.Client, send: Callable[..., str]) -> None:
    """After /_control/reset the room is as new, and takes messages again."""
    send("+601100000001", "satu")
    assert http.post("/_control/reset").status_code == 200
    assert http.get("/api/v1/messages").json()["total"] == 0

    send("+601100000001", "dua")

    assert http.get("/api/v1/messages").json()["total"] == 1
