"""The profile of a Malaysian carrier: what it shows, what it counts, what it stops."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from emulators.foundation.clock import Clock
from emulators.foundation.room import Room
from emulators.sms.carrier_rules import CarrierProfile

ACCOUNT = "AC" + "0" * 31 + "1"
COLLECTION = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
TO = "+60110000001"
PROFILE = CarrierProfile("my", "RM0.00 ", "68833", ("iPERKESO",))


@pytest.mark.parametrize(
    ("body", "sender", "rules"),
    [
        ("iPERKESO: kod OTP anda 123456. Sah 5 minit.", "68833", []),
        ("iPERKESO: RM157.20 diterima pada 15.05.2019, resit SBX-000123.", "68833", []),
        ("iPERKESO: lihat https://example.com/a", "68833", ["link"]),
        ("iPERKESO: lihat www.contoh.my", "68833", ["link"]),
        ("iPERKESO: lihat bit.ly/x", "68833", ["link"]),
        ("iPERKESO: hubungi 03-1234 5678 segera", "68833", ["call_back"]),
        ("iPERKESO: hubungi +60123456789", "68833", ["call_back"]),
        ("iPERKESO: hubungi 1300-22-8000", "68833", ["call_back"]),
        ("iPERKESO: balas dengan nombor kad pengenalan anda", "68833", ["personal_data"]),
        ("iPERKESO: sila beri no KP anda", "68833", ["personal_data"]),
        ("Kod anda 123456", "68833", ["brand"]),
        ("iPERKESO: kod 123456", "KEDAI", ["sender"]),
        ("iPERKESO: kod 123456", "+60110000009", ["sender"]),
        ("iPERKESO: kod 123456\n@example.com #123456", "68833", ["bound_line"]),
        ("Kod: http://a.my 012-345 6789", "K", ["link", "call_back", "brand", "sender"]),
    ],
)
def test_a_text_breaks_just_these_rules(body: str, sender: str, rules: list[str]) -> None:
    """Links, numbers to call, requests for personal data, a missing brand, senders that are not carried."""
    assert [broken.rule for broken in PROFILE.broken(body, sender)] == rules


def test_without_a_list_of_brands_any_name_is_one() -> None:
    """A name in front of a colon or in brackets, or a word with capitals inside; `OTP` and its like are none."""
    anybody = CarrierProfile("my")

    for body in (
        "Kedai Kita: kod 1234",
        "[SANDBOX] kod 1234",
        "Resit iPERKESO anda",
        "Kod anda ialah 123456. iPERKESO",
    ):
        assert anybody.broken(body, "68833") == [], body
    for body in ("kod anda 1234", "Kod OTP anda: 1234", "TAC untuk no KP anda 1234"):
        assert [broken.rule for broken in anybody.broken(body, "68833")] == ["brand"], body


def send(room: Room, body: str, sender: str = "KEDAI") -> dict[str, object]:
    """The message as a reader sees it, or else as the sender does."""
    client = room.app.test_client()
    form = {"To": TO, "From": sender, "Body": body}
    reply: dict[str, object] = client.post(COLLECTION, data=form, auth=(ACCOUNT, "x")).get_json()
    shown: dict[str, object] = client.get(f"/api/v1/messages/{reply['sid']}").get_json()
    return shown


def test_the_prefix_takes_segment_space(make_room: Callable[..., Room]) -> None:
    """153 septets fit one message with `RM0.00 ` before them, 154 do not; 63 code units do, 64 do not."""
    my = make_room(carrier_profile="my")

    assert [send(my, "x" * n)["num_segments"] for n in (153, 154)] == [1, 2]
    assert [send(my, "界" * n)["num_segments"] for n in (63, 64)] == [1, 2]


def test_each_message_shows_what_would_have_stopped_it(make_room: Callable[..., Room]) -> None:
    """It arrives all the same; JSON and page name the rule and what broke it."""
    room = make_room(carrier_profile="my")
    message = send(room, "Kedai: lihat https://contoh.my/a")

    carrier = message["carrier"]
    assert isinstance(carrier, dict)
    assert (carrier["shown_from"], carrier["shown_text"]) == ("68833", "RM0.00 Kedai: lihat https://contoh.my/a")
    assert [(each["rule"], each["stops"]) for each in carrier["rules_broken"]] == [("link", True), ("sender", False)]
    page = room.app.test_client().get(f"/numbers/{TO}").text
    assert "akan disekat" in page
    assert "<code>https://contoh.my/a</code>" in page
    assert '<span class="prefix">RM0.00 </span>' in page
    assert room.app.test_client().get("/api/v1/messages").get_json()["total"] == 1


def test_an_enforced_rule_loses_the_message_with_30007(
    make_room: Callable[..., Room], clock: Clock, until: Callable[..., object]
) -> None:
    """What breaks a rule is sent and not delivered; what only looks different on the phone is."""
    room = make_room(carrier_profile="my", carrier_enforced=True)
    for worker in room.workers:
        worker.start()
    lost, kept = send(room, "Kedai: lihat https://contoh.my/a"), send(room, "Kedai: kod 123456")
    client = room.app.test_client()

    def state(message: dict[str, object]) -> tuple[str, int | None]:
        told = client.get(f"/api/v1/messages/{message['sid']}").get_json()
        return told["status"], told["error_code"]

    until(lambda: {state(lost)[0], state(kept)[0]} == {"sent"}, "both are sent")
    clock.advance(timedelta(seconds=1))
    until(lambda: state(lost) == ("undelivered", 30007), "the carrier has filtered it")
    until(lambda: state(kept) == ("delivered", None), "the other is delivered")

    assert [message["body"] for message in client.get("/api/v1/messages").get_json()["messages"]] == [
        "Kedai: kod 123456"
    ]
    assert "disekat" in client.get(f"/numbers/{TO}").text


def test_without_a_profile_nothing_is_said_of_rules(make_room: Callable[..., Room]) -> None:
    """No prefix, no rules, the sender as it was."""
    message = send(make_room(), "lihat https://contoh.my/a")

    assert "carrier" not in message
    assert message["from"] == "KEDAI"
