"""What a test asks after it pressed a button: what arrived at this number?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest

from emulators.foundation.clock import Clock
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


def test_a_part_of_the_text_and_an_instant_narrow_the_list(
    http: httpx.Client, send: Callable[..., str], clock: Clock
) -> None:
    """q looks into texts; since is a sid, a cursor or an instant; total counts what is meant."""
    first = send("+601100000001", "Kod 111111")
    clock.advance(timedelta(minutes=1))
    second = send("+601100000001", "Kod 222222")
    third = send("+601100000002", "Selamat datang")

    def sids(**query: str) -> tuple[list[str], int]:
        answer = http.get("/api/v1/messages", params=query).json()
        return [message["sid"] for message in answer["messages"]], answer["total"]

    assert sids(q="KOD") == ([second, first], 2)
    assert sids(q="222222", to="+601100000001") == ([second], 1)
    assert sids(since=first) == ([third, second], 2)
    assert sids(since="2019-05-15T09:01") == ([third, second], 2)
    assert sids(q="50%") == ([], 0)
    assert http.get("/api/v1/messages", params={"since": "SMx"}).status_code == 400


def test_a_list_is_read_on_from_where_it_ended(http: httpx.Client, send: Callable[..., str]) -> None:
    """before= the cursor of a wait leaves out what is as new or newer."""
    send("+601100000001", "satu")
    newest = http.get("/api/v1/wait", params={"timeout": 0}).json()["cursor"]
    send("+601100000001", "dua")

    answer = http.get("/api/v1/messages", params={"before": newest + 1}).json()

    assert ([message["body"] for message in answer["messages"]], answer["total"]) == (["satu"], 2)
    assert http.get("/api/v1/messages", params={"before": "x"}).status_code == 400


def test_a_wait_is_for_a_part_of_the_text_when_asked(http: httpx.Client, send: Callable[..., str]) -> None:
    """The newest message does not count unless it has the words."""
    sid = send("+601100000001", "Kod 111111")
    send("+601100000001", "Promosi")

    answer = http.get("/api/v1/wait", params={"to": "+601100000001", "q": "kod", "timeout": 0}).json()

    assert answer["message"]["sid"] == sid
    assert http.get("/api/v1/wait", params={"q": "tiada", "timeout": 0}).json()["timed_out"] is True


def test_one_message_is_read_with_its_delivery(http: httpx.Client, send: Callable[..., str]) -> None:
    """Every stage with its instant; an unknown sid is 404."""
    sid = send("+601100000001", "satu")
    message = http.get(f"/api/v1/messages/{sid}").json()

    assert (message["sid"], message["via"], message["error_code"]) == (sid, "twilio", None)
    assert message["steps"][0] == {"status": "queued", "at": "2019-05-15T09:00:00.000+08:00"}
    assert http.get("/api/v1/messages/SMx").status_code == 404


def test_the_numbers_are_listed_with_their_newest(http: httpx.Client, send: Callable[..., str]) -> None:
    """Last addressed first, each with a count; q looks into numbers, senders and texts."""
    send("+601100000001", "satu")
    send("+601100000002", "dua", "62003")
    send("+601100000001", "tiga")

    def numbers(**query: str) -> list[tuple[str, int, str]]:
        rows = http.get("/api/v1/numbers", params=query).json()["numbers"]
        return [(row["number"], row["messages"], row["latest"]["body"]) for row in rows]

    assert numbers() == [("+601100000001", 2, "tiga"), ("+601100000002", 1, "dua")]
    assert numbers(q="62003") == [("+601100000002", 1, "dua")]
    assert numbers(limit="1") == [("+601100000001", 2, "tiga")]


def test_the_messages_of_one_number_are_deleted_and_all_only_when_said(
    http: httpx.Client, send: Callable[..., str], make_room: Callable[..., Room]
) -> None:
    """to= or all=1; nothing else is taken for everything; a room with a control token asks for it."""
    send("+601100000001", "satu")
    send("+601100000002", "dua")

    assert http.delete("/api/v1/messages").status_code == 400
    assert http.delete("/api/v1/messages", params={"to": "011-0000 0001"}).json() == {"deleted": 1}
    assert http.get("/api/v1/messages").json()["total"] == 1
    guarded = make_room(control_token="t").app.test_client()
    assert guarded.delete("/api/v1/messages?all=1").status_code == 401
    assert guarded.delete("/api/v1/messages?all=1", headers={"X-Control-Token": "t"}).get_json() == {"deleted": 1}
