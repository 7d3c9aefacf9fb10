"""The addresses, as `caruman up --json` prints them."""

from __future__ import annotations

from features.addresses import Addresses

LINE = (
    '{"portal": "http://127.0.0.1:8000/", "fpx": "http://127.0.0.1:8010", "sms": "http://127.0.0.1:8020", '
    '"inbox": "http://127.0.0.1:8025", "smtp": "127.0.0.1:1025", "smpp": "127.0.0.1:2775"}'
)


def test_the_line_is_read_and_written() -> None:
    """Slashes at the end are dropped, nothing else changes."""
    addresses = Addresses.from_json(LINE)

    assert addresses.portal == "http://127.0.0.1:8000"
    assert (addresses.smtp, addresses.smpp) == ("127.0.0.1:1025", "127.0.0.1:2775")
    assert Addresses.from_json(addresses.as_json()) == addresses


def test_every_room_with_control_doors_has_a_url() -> None:
    """Portal, FPX, SMS and the inbox, whose room is called smtp."""
    assert Addresses.from_json(LINE).rooms() == {
        "portal": "http://127.0.0.1:8000",
        "fpx": "http://127.0.0.1:8010",
        "sms": "http://127.0.0.1:8020",
        "smtp": "http://127.0.0.1:8025",
    }
