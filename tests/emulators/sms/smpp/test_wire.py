"""A stream is cut into PDUs wherever its pieces begin and end."""

from __future__ import annotations

import pytest

from emulators.sms.smpp.wire import HEADER, LONGEST, Cutter, Pdu, pdu

THREE = pdu(4, 0, 1, b"one") + pdu(0x15, 0, 2) + pdu(6, 0, 3, b"\0" * 500)
EXPECTED = [Pdu(4, 0, 1, b"one"), Pdu(0x15, 0, 2, b""), Pdu(6, 0, 3, b"\0" * 500)]


@pytest.mark.parametrize("size", [1, 2, 3, 15, 16, 17, 100, len(THREE)])
def test_split_and_glued_pdus_come_out_whole(size: int) -> None:
    """The size of the pieces decides nothing."""
    cutter, found = Cutter(), []
    for at in range(0, len(THREE), size):
        pieces, wrong = cutter.feed(THREE[at : at + size])
        assert wrong is None
        found += pieces

    assert found == EXPECTED
    assert not cutter.within


@pytest.mark.parametrize(
    ("head", "sequence"),
    [
        (HEADER.pack(0, 4, 0, 9), 0),
        (HEADER.pack(15, 4, 0, 9), 0),
        (HEADER.pack(LONGEST + 1, 4, 0, 9), 9),
        (b"\xff\xff\xff\xff" + HEADER.pack(16, 4, 0, 9)[4:], 9),
        (b"\0\0\0\0", 0),
    ],
)
def test_what_precedes_a_hostile_length_is_not_lost(head: bytes, sequence: int) -> None:
    """The good PDU is served; the bad one is named by its sequence number where it has one."""
    found, wrong = Cutter().feed(pdu(0x15, 0, 1) + head)

    assert found == [Pdu(0x15, 0, 1, b"")]
    assert wrong is not None
    assert wrong.sequence == sequence


def test_a_long_length_is_judged_once_the_header_is_there() -> None:
    """Until then its sequence number is not known."""
    cutter, head = Cutter(), HEADER.pack(LONGEST + 1, 4, 0, 9)

    assert cutter.feed(head[:10]) == ([], None)
    assert cutter.feed(head[10:])[1] is not None


def test_a_pdu_that_has_begun_is_remembered() -> None:
    """So that a client which ends within one is known to have done so."""
    cutter = Cutter()
    cutter.feed(THREE[:7])

    assert cutter.within
