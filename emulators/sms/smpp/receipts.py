"""Delivery receipts: what a client is told of its message (SMPP 3.4 Appendix B and section 5.3.2.35).

States and their words: section 5.2.28, confidence high. The numbers after `err:` are each centre's own (guess).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from emulators.sms.smpp.alphabets import gsm_octets
from emulators.sms.smpp.fields import c_string
from emulators.sms.smpp.requests import Address
from emulators.sms.smpp.tlvs import Tag, tlv

RECEIPT, INTERMEDIATE = 0x04, 0x20
"""esm_class of a delivery receipt and of an intermediate notification (section 5.2.12)."""
TEXT_SHOWN = 20


class MessageState(IntEnum):
    """Where a message is, as query_sm and receipts tell it."""

    ENROUTE = 1
    DELIVERED = 2
    EXPIRED = 3
    DELETED = 4
    UNDELIVERABLE = 5
    ACCEPTED = 6
    UNKNOWN = 7
    REJECTED = 8


WORDS = {
    MessageState.ENROUTE: "ENROUTE",
    MessageState.DELIVERED: "DELIVRD",
    MessageState.EXPIRED: "EXPIRED",
    MessageState.DELETED: "DELETED",
    MessageState.UNDELIVERABLE: "UNDELIV",
    MessageState.ACCEPTED: "ACCEPTD",
    MessageState.UNKNOWN: "UNKNOWN",
    MessageState.REJECTED: "REJECTD",
}
ERRORS = {
    MessageState.EXPIRED: 2,
    MessageState.DELETED: 3,
    MessageState.UNDELIVERABLE: 1,
    MessageState.REJECTED: 4,
}
"""What stands after `err:` where nothing else is known; 0 for a state that is no failure."""
_FAILURES = frozenset(ERRORS)


@dataclass(frozen=True)
class Notice:
    """A receipt that is owed to a client."""

    key: int
    """The submission it is about."""
    system_id: str
    bind: int
    """The session that submitted it."""
    message_id: str
    source: Address
    destination: Address
    state: MessageState
    error: int
    submitted: datetime
    done: datetime
    text: str
    user_reference: int | None
    intermediate: bool = False


def wanted(registered: int, state: MessageState) -> bool:
    """Whether a client that asked with `registered` is told of a final state: 1 any, 2 failure, 3 success (5.0)."""
    mode = registered & 0x03
    return mode == 1 or (mode == 2 and state in _FAILURES) or (mode == 3 and state not in _FAILURES)


def receipt_text(notice: Notice) -> str:
    """The text of a receipt, in the form most centres use."""
    delivered = int(notice.state is MessageState.DELIVERED)
    return (
        f"id:{notice.message_id} sub:001 dlvrd:{delivered:03d} submit date:{notice.submitted:%y%m%d%H%M} "
        f"done date:{notice.done:%y%m%d%H%M} stat:{WORDS[notice.state]} err:{notice.error:03d} "
        f"text:{notice.text[:TEXT_SHOWN]}"
    )


def receipt_body(notice: Notice) -> bytes:
    """The body of the deliver_sm: from the recipient back to the sender."""
    text = gsm_octets(receipt_text(notice))
    tlvs = tlv(Tag.RECEIPTED_MESSAGE_ID, c_string(notice.message_id))
    tlvs += tlv(Tag.MESSAGE_STATE, bytes([notice.state]))
    if notice.user_reference is not None:
        tlvs += tlv(Tag.USER_MESSAGE_REFERENCE, notice.user_reference.to_bytes(2))
    addresses = b"".join(
        bytes((address.ton, address.npi)) + c_string(address.digits) for address in (notice.destination, notice.source)
    )
    esm_class = INTERMEDIATE if notice.intermediate else RECEIPT
    return b"\0" + addresses + bytes((esm_class, 0, 0, 0, 0, 0, 0, 0, 0, len(text))) + text + tlvs
