"""Mailosaur's reading API over the handsets, call by call as its Python client makes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from emulators.foundation.clock import Clock
from emulators.foundation.room import Room

SERVER = {"server": "abcd1234"}
TO = "+60110000001"
OTP = "iPERKESO: kod OTP anda 482913. Lihat https://example.com/a."


@pytest.fixture(name="reader")
def _reader(running: Room) -> Iterator[httpx.Client]:
    """A client that shows a key, as Mailosaur's does."""
    transport = httpx.WSGITransport(running.app)
    with httpx.Client(transport=transport, base_url="http://127.0.0.1/api", auth=("any key", "")) as client:
        yield client


def search(reader: httpx.Client, body: dict[str, str], **query: str) -> list[str]:
    """The summaries a search finds."""
    answer = reader.post("/messages/search", params={**SERVER, **query}, json={"match": "ALL", **body})
    assert answer.status_code == 200, answer.text
    assert answer.headers["x-ms-delay"]
    return [item["summary"] for item in answer.json()["items"]]


def test_a_message_is_whole_with_codes_and_links(reader: httpx.Client, send: Callable[..., str]) -> None:
    """Type, numbers without +, the text with its code and link, the machine's instant; the server that was asked."""
    sid = send(TO, OTP)
    before = datetime.now(UTC) - timedelta(minutes=1)

    (summary,) = reader.get("/messages", params=SERVER).json()["items"]
    message = reader.get(f"/messages/{summary['id']}").json()

    assert (summary["id"], summary["server"], summary["summary"]) == (sid, "abcd1234", OTP)
    assert (message["type"], message["subject"], message["attachments"]) == ("SMS", None, [])
    assert (message["from"][0]["phone"], message["to"][0]["phone"]) == ("68833", "60110000001")
    assert message["text"]["codes"] == [{"value": "482913"}]
    assert message["text"]["links"] == [{"href": "https://example.com/a", "text": "https://example.com/a"}]
    assert before < datetime.fromisoformat(message["received"]) < before + timedelta(minutes=2)


CRITERIA: list[tuple[dict[str, str], bool]] = [
    ({"sentTo": "60110000001"}, True),
    ({"sentTo": "011-000 0001", "body": "OTP ANDA"}, True),
    ({"sentFrom": "68833", "sentTo": TO}, True),
    ({"sentTo": TO, "body": "lain"}, False),
    ({"sentTo": TO, "body": "lain", "match": "ANY"}, True),
    ({"subject": "iPERKESO"}, False),
    ({"sentTo": "abc"}, False),
]


def test_criteria_are_joined_by_all_or_by_any(reader: httpx.Client, send: Callable[..., str]) -> None:
    """sentTo in any spelling, sentFrom, a part of the text; an SMS has no subject."""
    send(TO, OTP)
    send("+60110000002", "orang lain", "62003")

    for criteria, found in CRITERIA:
        assert (OTP in search(reader, criteria)) is found, criteria


def test_received_after_is_an_instant_of_the_machine(
    reader: httpx.Client, send: Callable[..., str], clock: Clock
) -> None:
    """However far the sandbox's clock is, a client's own clock tells old from new; pages hold what is left."""
    send(TO, OTP)
    clock.advance(timedelta(days=400))
    now = datetime.now(UTC)

    assert search(reader, {}, receivedAfter=(now - timedelta(hours=1)).isoformat()) == [OTP]
    assert search(reader, {}, receivedAfter=(now + timedelta(hours=1)).isoformat()) == []
    assert search(reader, {}, page="1", itemsPerPage="1") == []


def test_a_message_is_awaited_and_in_vain_is_204(reader: httpx.Client, send: Callable[..., str]) -> None:
    """What is there comes whole and at once."""
    query = {**SERVER, "timeout": "1"}
    assert reader.post("/messages/await", params=query, json={"sentTo": TO}).status_code == 204

    sid = send(TO, OTP)

    assert reader.post("/messages/await", params=query, json={"sentTo": TO}).json()["id"] == sid


def test_messages_are_deleted_one_by_one_and_together(reader: httpx.Client, send: Callable[..., str]) -> None:
    """204, then 404; the whole inbox only when it is named."""
    sid = send(TO, OTP)
    send(TO, "lagi")

    assert reader.delete(f"/messages/{sid}").status_code == 204
    assert reader.delete(f"/messages/{sid}").status_code == 404
    assert reader.get(f"/messages/{sid}").status_code == 404
    assert reader.delete("/messages").status_code == 400
    assert search(reader, {}) == ["lagi"]
    assert reader.delete("/messages", params=SERVER).status_code == 204
    assert reader.get("/servers/abcd1234").json()["messages"] == 0


def test_without_a_key_or_with_nonsense_nothing_is_answered(reader: httpx.Client, room: Room) -> None:
    """401 without a key; 400 for what cannot be read."""
    assert room.app.test_client().get("/api/messages?server=abcd1234").status_code == 401
    assert reader.get("/messages", params={"server": "short"}).status_code == 400
    assert reader.get("/messages", params={**SERVER, "receivedAfter": "yesterday"}).status_code == 400
    assert reader.get("/messages", params={**SERVER, "page": "x"}).status_code == 400
    assert reader.post("/messages/search", params=SERVER, json={"sentTo": 5}).status_code == 400
    assert reader.post("/messages/search", params=SERVER, content=b"{").status_code == 400
