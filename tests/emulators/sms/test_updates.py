"""Messages changed after they were taken: canceled, redacted, deleted, by the official client."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import httpx
import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from emulators.foundation.room import Room
from emulators.foundation.serving import Server

ACCOUNT = "AC" + "0" * 31 + "1"
COLLECTION = f"/2010-04-01/Accounts/{ACCOUNT}/Messages"


@pytest.fixture(name="room")
def _room(make_room: Callable[..., Room]) -> Room:
    """A room whose carrier rests: a message stays queued until the test moves it."""
    return make_room()


@pytest.fixture(name="twilio")
def _twilio(room: Room) -> Iterator[Client]:
    """The official client at a room on a socket."""
    server = Server("127.0.0.1", 0)
    server.serve(room.app)
    transport = TwilioHttpClient()
    client = Client(ACCOUNT, "a secret of the sandbox", http_client=transport)
    client.api.base_url = server.url
    yield client
    if transport.session is not None:
        transport.session.close()
    server.stop()


def sent(twilio: Client) -> str:
    """The sid of a message the room took."""
    sid = twilio.messages.create(to="+601100000001", from_="68833", body="Kod 123456").sid
    assert sid is not None
    return sid


def deliver(room: Room, sid: str) -> None:
    """Move a message to its end."""
    for event in ("hand_over", "confirm"):
        room.verbs["delivery"]({"sid": sid, "event": event})


def refusal(act: Callable[[], object]) -> tuple[int, int]:
    """Status and code of what the client raises."""
    with pytest.raises(TwilioRestException) as raised:
        act()
    return raised.value.status, raised.value.code


def test_a_queued_message_is_canceled_once(twilio: Client, room: Room) -> None:
    """canceled is final: neither a second cancel nor a hand-over follows."""
    sid = sent(twilio)

    assert twilio.messages(sid).update(status="canceled").status == "canceled"
    assert refusal(lambda: twilio.messages(sid).update(status="canceled")) == (409, 30409)
    assert twilio.messages(sid).fetch().status == "canceled"


def test_a_delivered_message_loses_its_text_and_nothing_else(twilio: Client, room: Room) -> None:
    """Redaction: no body, the same sid, status and segments; not while it is on its way."""
    sid = sent(twilio)
    assert refusal(lambda: twilio.messages(sid).update(body="")) == (409, 20009)
    deliver(room, sid)

    redacted = twilio.messages(sid).update(body="")

    assert (redacted.body, redacted.status, redacted.num_segments) == ("", "delivered", "1")
    assert twilio.messages(sid).fetch().body == ""
    assert room.app.test_client().get("/api/v1/messages").get_json()["messages"][0]["codes"] == []


def test_a_deleted_message_is_gone_and_others_stay(twilio: Client, room: Room) -> None:
    """Not before its end; then fetch says 404, the list is shorter, and a second delete says 404."""
    sid, other = sent(twilio), sent(twilio)
    assert refusal(lambda: twilio.messages(sid).delete()) == (409, 20009)
    deliver(room, sid)

    assert twilio.messages(sid).delete() is True

    assert refusal(lambda: twilio.messages(sid).fetch()) == (404, 20404)
    assert refusal(lambda: twilio.messages(sid).delete()) == (404, 20404)
    assert [message.sid for message in twilio.messages.list()] == [other]


@pytest.mark.parametrize("form", [{}, {"Body": "lain"}, {"Status": "sent"}, {"Status": "canceled", "Body": "x"}])
def test_no_other_change_is_taken(http: httpx.Client, send: Callable[..., str], form: dict[str, str]) -> None:
    """400 and code 20001; the text stays."""
    sid = send("+601100000001", "Kod 123456")
    answer = http.post(f"{COLLECTION}/{sid}.json", data=form)

    assert (answer.status_code, answer.json()["code"]) == (400, 20001)
    assert http.get(f"{COLLECTION}/{sid}.json").json()["body"] == "Kod 123456"


def test_another_account_changes_nothing(twilio: Client, room: Room) -> None:
    """A message is found only under its own account."""
    sid = sent(twilio)
    stranger = "AC" + "f" * 32
    client = room.app.test_client()
    path = f"/2010-04-01/Accounts/{stranger}/Messages/{sid}.json"

    assert client.delete(path, auth=(stranger, "x")).status_code == 404
    assert client.post(path, data={"Status": "canceled"}, auth=(stranger, "x")).status_code == 404
    assert twilio.messages(sid).fetch().status == "queued"
