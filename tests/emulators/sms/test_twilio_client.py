"""The official Twilio client, unchanged but for its address, over a real socket."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, timedelta

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from emulators.foundation.clock import Clock

ACCOUNT = "AC" + "0" * 31 + "1"


@pytest.fixture(name="twilio")
def _twilio(url: str) -> Iterator[Client]:
    """A client whose only change is the base address; its connections are closed at the end."""
    transport = TwilioHttpClient()
    client = Client(ACCOUNT, "a secret of the sandbox", http_client=transport)
    client.api.base_url = url
    client.verify.base_url = url
    yield client
    if transport.session is not None:
        transport.session.close()


def test_the_client_sends_and_reads_back_what_it_sent(twilio: Client, clock: Clock) -> None:
    """create() gives a typed message; fetch() finds the same one."""
    sent = twilio.messages.create(to="011-0000 0001", from_="68833", body="[SANDBOX] Kod anda 123456 €")

    assert sent.sid is not None
    assert (sent.sid[:2], len(sent.sid)) == ("SM", 34)
    assert (sent.to, sent.from_, sent.status, sent.direction) == ("+601100000001", "68833", "queued", "outbound-api")
    assert (sent.num_segments, sent.num_media, sent.error_code, sent.api_version) == ("1", "0", None, "2010-04-01")
    assert sent.date_created == clock.now().astimezone(UTC).replace(microsecond=0)

    fetched = twilio.messages(sent.sid).fetch()

    assert (fetched.body, fetched.sid) == ("[SANDBOX] Kod anda 123456 €", sent.sid)


def test_the_client_sees_a_message_climb_to_delivered(
    twilio: Client, clock: Clock, until: Callable[..., object]
) -> None:
    """queued, sent and delivered come with the clock, and date_sent with them."""
    sid = twilio.messages.create(to="+601100000001", from_="68833", body="satu").sid
    assert sid is not None

    until(lambda: twilio.messages(sid).fetch().status == "sent", "the carrier has taken the message")
    clock.advance(timedelta(seconds=2))
    until(lambda: twilio.messages(sid).fetch().status == "delivered", "the handset has confirmed the message")

    assert twilio.messages(sid).fetch().date_sent is not None


def test_the_client_pages_through_every_message_once(twilio: Client) -> None:
    """Paging by three over eight messages repeats none and skips none, newest first."""
    sent = [twilio.messages.create(to="+601100000001", from_="68833", body=str(n)).sid for n in range(8)]

    listed = [message.sid for message in twilio.messages.list(page_size=3)]

    assert listed == sent[::-1]


def test_the_client_walks_back_to_the_page_it_came_from(twilio: Client) -> None:
    """previous_page() returns what the page before showed."""
    for n in range(5):
        twilio.messages.create(to="+601100000001", from_="68833", body=str(n))
    first = twilio.messages.page(page_size=2)
    bodies = [message.body for message in first]
    second = first.next_page()
    assert second is not None

    again = second.previous_page()

    assert again is not None
    assert [message.body for message in again] == bodies == ["4", "3"]


def test_the_client_filters_by_number_and_day(twilio: Client, clock: Clock, until: Callable[..., object]) -> None:
    """To, From and DateSent narrow the list; a number may be spelled locally."""
    first = twilio.messages.create(to="+601100000001", from_="68833", body="a").sid
    twilio.messages.create(to="+601100000002", from_="62003", body="b")
    until(lambda: all(m.status == "sent" for m in twilio.messages.list()), "both are sent")
    today = clock.now().astimezone(UTC)

    assert [m.sid for m in twilio.messages.list(to="011-0000 0001")] == [first]
    assert [m.body for m in twilio.messages.list(from_="62003")] == ["b"]
    assert len(twilio.messages.list(date_sent=today.date())) == 2
    assert twilio.messages.list(date_sent_after=today + timedelta(days=1)) == []
    assert len(twilio.messages.list(date_sent_before=today + timedelta(minutes=1))) == 2
    assert twilio.messages.list(date_sent_before=today - timedelta(days=1)) == []


def test_a_refusal_reaches_the_client_with_its_code(twilio: Client) -> None:
    """The client raises its own exception with Twilio's code and status."""
    with pytest.raises(TwilioRestException) as raised:
        twilio.messages.create(to="not a number", from_="68833", body="x")

    assert (raised.value.status, raised.value.code) == (400, 21211)
    assert "Invalid 'To' Phone Number: not a number" in str(raised.value)


def test_wrong_credentials_reach_the_client_as_20003(url: str) -> None:
    """A client of another account cannot write into this one's list."""
    transport = TwilioHttpClient()
    stranger = Client("AC" + "f" * 32, "x", http_client=transport)
    stranger.api.base_url = url

    with pytest.raises(TwilioRestException) as raised:
        stranger.api.accounts(ACCOUNT).messages.create(to="+601100000001", from_="68833", body="x")
    assert transport.session is not None
    transport.session.close()

    assert (raised.value.status, raised.value.code) == (401, 20003)
