"""Addresses of every type become the one spelling the room keeps."""

from __future__ import annotations

import pytest

from emulators.sms.smpp.addresses import AddressBook
from emulators.sms.smpp.requests import Address
from emulators.sms.smpp.statuses import CommandStatus, Refused

BOOK = AddressBook("MY", "68833")


@pytest.mark.parametrize(
    ("ton", "digits", "number"),
    [
        (1, "60110000001", "+60110000001"),
        (1, "+60110000001", "+60110000001"),
        (1, "6591234567", "+6591234567"),
        (0, "60110000001", "+60110000001"),
        (0, "+60110000001", "+60110000001"),
        (0, "0060110000001", "+60110000001"),
        (0, "0110000001", "+60110000001"),
        (0, "110000001", "+60110000001"),
        (0, "6591234567", "+6591234567"),
        (2, "0110000001", "+60110000001"),
        (2, "110000001", "+60110000001"),
    ],
)
def test_a_destination_is_kept_in_e164(ton: int, digits: str, number: str) -> None:
    """International, national, or of an unknown type, as clients send them."""
    assert BOOK.recipient(Address(ton, 1, digits)) == number


@pytest.mark.parametrize(
    ("ton", "npi", "digits", "status"),
    [
        (7, 1, "60110000001", CommandStatus.RINVDSTTON),
        (1, 2, "60110000001", CommandStatus.RINVDSTNPI),
        (1, 1, "", CommandStatus.RINVDSTADR),
        (1, 1, "12", CommandStatus.RINVDSTADR),
        (1, 1, "60 110000001x", CommandStatus.RINVDSTADR),
        (5, 0, "PERKESO", CommandStatus.RINVDSTADR),
        (1, 1, "٦٠١١٠٠٠٠٠٠١", CommandStatus.RINVDSTADR),
    ],
)
def test_what_is_no_destination_is_refused(ton: int, npi: int, digits: str, status: CommandStatus) -> None:
    """Type, plan and address each have their own status."""
    with pytest.raises(Refused) as refused:
        BOOK.recipient(Address(ton, npi, digits))

    assert refused.value.status is status


@pytest.mark.parametrize(
    ("ton", "digits", "sender"),
    [
        (5, "PERKESO", "PERKESO"),
        (3, "68833", "68833"),
        (0, "68833", "68833"),
        (6, "68833", "68833"),
        (1, "68833", "68833"),
        (1, "60110000009", "+60110000009"),
        (0, "60110000009", "+60110000009"),
        (0, "", "68833"),
    ],
)
def test_a_source_is_kept_as_a_handset_shows_it(ton: int, digits: str, sender: str) -> None:
    """A name, a short code, a number; the settings' own when it is empty."""
    assert BOOK.sender(Address(ton, 0, digits)) == sender


@pytest.mark.parametrize(
    ("ton", "npi", "digits", "status"),
    [
        (9, 0, "68833", CommandStatus.RINVSRCTON),
        (1, 99, "68833", CommandStatus.RINVSRCNPI),
        (5, 0, "a name far too long", CommandStatus.RINVSRCADR),
        (5, 0, "<script>", CommandStatus.RINVSRCADR),
    ],
)
def test_what_is_no_source_is_refused(ton: int, npi: int, digits: str, status: CommandStatus) -> None:
    """With the status of what is wrong."""
    with pytest.raises(Refused) as refused:
        BOOK.sender(Address(ton, npi, digits))

    assert refused.value.status is status
