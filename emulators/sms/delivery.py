"""The life of an outgoing message, as a table.

Theory of operation. A message of a messaging service is accepted, or scheduled for later, and then queued; any other is
queued at once. The carrier takes what is queued (sending), has it (sent), and hears from the handset (delivered) or
never does (undelivered). A message the carrier will not take has failed; one that its sender called back in time is
canceled. Four states are final: no event leads out of them. The names are Twilio's message statuses (of its Messages
resource, confidence high), the codes those of its delivery errors (high; sentences: medium).
"""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """Where a message is; the wire word of Twilio's `status`."""

    SCHEDULED = "scheduled"
    ACCEPTED = "accepted"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    FAILED = "failed"
    CANCELED = "canceled"


class Event(StrEnum):
    """What can happen to a message."""

    ENQUEUE = "enqueue"
    SUBMIT = "submit"
    HAND_OVER = "hand_over"
    CONFIRM = "confirm"
    LOSE = "lose"
    REFUSE = "refuse"
    CANCEL = "cancel"
    WITHDRAW = "withdraw"
    """Its sender calls it back although the carrier has it, as SMPP allows."""
    EXPIRE = "expire"
    """Its validity ended before it arrived."""


_UNDER_WAY = (Status.SCHEDULED, Status.ACCEPTED, Status.QUEUED, Status.SENDING, Status.SENT)
MOVES: dict[tuple[Status, Event], Status] = {
    (Status.SCHEDULED, Event.ENQUEUE): Status.QUEUED,
    (Status.SCHEDULED, Event.CANCEL): Status.CANCELED,
    (Status.ACCEPTED, Event.ENQUEUE): Status.QUEUED,
    (Status.ACCEPTED, Event.CANCEL): Status.CANCELED,
    (Status.QUEUED, Event.SUBMIT): Status.SENDING,
    (Status.QUEUED, Event.HAND_OVER): Status.SENT,
    (Status.QUEUED, Event.REFUSE): Status.FAILED,
    (Status.QUEUED, Event.CANCEL): Status.CANCELED,
    (Status.SENDING, Event.HAND_OVER): Status.SENT,
    (Status.SENDING, Event.REFUSE): Status.FAILED,
    (Status.SENT, Event.CONFIRM): Status.DELIVERED,
    (Status.SENT, Event.LOSE): Status.UNDELIVERED,
    **{(status, Event.WITHDRAW): Status.CANCELED for status in _UNDER_WAY},
    **{(status, Event.EXPIRE): Status.UNDELIVERED for status in _UNDER_WAY},
}

FINAL = frozenset(Status) - {status for status, _ in MOVES}
LOST = frozenset({Status.UNDELIVERED, Status.FAILED})
"""The final states in which a message has an error code."""

UNREACHABLE = 30003
FILTERED = 30007
UNKNOWN = 30008
DELIVERY_ERRORS = {
    30001: "Queue overflow",
    30002: "Account suspended",
    30003: "Unreachable destination handset",
    30004: "Message blocked",
    30005: "Unknown destination handset",
    30006: "Landline or unreachable carrier",
    30007: "Message filtered by the carrier",
    30008: "Unknown error",
    30010: "Message price exceeds max price",
}
"""Why a message was lost."""


class IllegalMove(Exception):
    """The event cannot happen to a message in that state."""

    def __init__(self, status: Status, event: Event) -> None:
        super().__init__(f"{event} cannot happen to a message that is {status}")


def move(status: Status, event: Event) -> Status:
    """The state after `event`.

    Raises:
        IllegalMove: the table has no such move.
    """
    try:
        return MOVES[status, event]
    except KeyError:
        raise IllegalMove(status, event) from None
