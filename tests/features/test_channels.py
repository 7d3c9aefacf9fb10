"""Phone and inbox: only what is new is read, codes and links are found, silence is an error."""

from __future__ import annotations

import json
from typing import Any

import pytest

from features.errors import NoMessage
from features.inbox import Inbox, Letter
from features.phone import Phone
from features.transport import Response
from tests.features.conftest import CannedNetwork

SMS = "http://sms/api/v1/messages?to=%2B601100000001&limit=20"
SEARCH = "http://inbox/api/v1/search?query=to%3Aa%40example.com&limit=20"


def put(network: CannedNetwork, url: str, told: Any) -> None:
    """Have an address answer JSON."""
    network.answers["GET", url] = Response(200, url, {}, json.dumps(told).encode())


def texts(*bodies: str) -> dict[str, Any]:
    """Messages, newest first, as the gateway lists them."""
    return {
        "messages": [{"sid": f"SM{n}", "body": body, "received_at": ""} for n, body in reversed([*enumerate(bodies)])]
    }


def test_the_code_of_the_newest_message_is_read_once(network: CannedNetwork) -> None:
    """A second reading waits for another message."""
    phone = Phone(network, "http://sms", "+601100000001", limit=0)
    put(network, SMS, texts("SANDBOX: kod OTP anda 012345. Sah 5 minit."))

    assert phone.one_time_password() == "012345"
    with pytest.raises(NoMessage, match=r"no new text message to \+601100000001"):
        phone.one_time_password()

    put(network, SMS, texts("SANDBOX: kod OTP anda 012345.", "SANDBOX: kod OTP anda 678901."))
    assert phone.one_time_password() == "678901"


def test_messages_from_before_are_not_taken_for_new(network: CannedNetwork) -> None:
    """After looking away only what comes later counts."""
    phone = Phone(network, "http://sms", "+601100000001", limit=0)
    put(network, SMS, texts("kod 111111"))
    phone.look_away()

    with pytest.raises(NoMessage):
        phone.new_message()


def test_a_message_without_a_code_is_an_error(network: CannedNetwork) -> None:
    """Seven digits are no code of six."""
    phone = Phone(network, "http://sms", "+601100000001", limit=0)
    put(network, SMS, texts("hubungi 1234567"))

    with pytest.raises(NoMessage, match="holds no code of six digits"):
        phone.one_time_password()


def test_the_newest_letter_is_read_once(network: CannedNetwork) -> None:
    """With its sender, subject and both bodies."""
    put(network, SEARCH, {"messages": [{"ID": "m1"}]})
    put(
        network,
        "http://inbox/api/v1/message/m1",
        {"From": {"Address": "f@x.invalid"}, "Subject": "S", "Text": "http://portal/activate/t", "HTML": "<p>h</p>"},
    )
    inbox = Inbox(network, "http://inbox", "a@example.com", limit=0)

    letter = inbox.new_letter()

    assert (letter.sender, letter.subject, letter.printed()) == ("f@x.invalid", "S", "http://portal/activate/t")
    with pytest.raises(NoMessage, match=r"no new mail to a@example\.com"):
        inbox.new_letter()


def test_a_link_is_found_by_its_word() -> None:
    """And a word that is no link is an error that lists those that are."""
    letter = Letter(
        "1", "", "S", "buka <http://p/a/1> sekarang", '<a href="http://p/a/1">\ndisini</a> <a href="x">lain</a>'
    )

    assert letter.behind("disini") == letter.printed() == "http://p/a/1"
    with pytest.raises(NoMessage, match="there are disini, lain"):
        letter.behind("di sini")


def test_a_letter_that_prints_no_address_is_an_error() -> None:
    """Whoever cannot press links needs it."""
    with pytest.raises(NoMessage, match="prints no address"):
        Letter("1", "", "S", "tiada", "").printed()
