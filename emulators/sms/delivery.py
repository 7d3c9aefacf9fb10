"""The life of an outgoing message, as a table.

Theory of operation. The gateway queues what it accepts; the carrier takes it over (sent); the handset confirms it
(delivered) or never does (undelivered). A message the carrier will not take has failed; one that its sender called back
in time is canceled. Four states are final: no event leads out of them. The names are Twilio's message statuses (of its
Messages resource, confidence high); `accepted` and `scheduled`, which belong to messaging services, are not used.
"""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """Where a message is; the wire word of Twilio's `status`."""

    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    FAILED = "failed"
    CANCELED = "canceled"


class Event(StrEnum):
    """What can happen to a message."""

    HAND_OVER = "hand_over"
    CONFIRM = "confirm"
    LOSE = "lose"
    REFUSE = "refuse"
    CANCEL = "cancel"


MOVES: dict[tuple[Status, Event], Status] = {
    (Status.QUEUED, Event.HAND_OVER): Status.SENT,
    (Status.QUEUED, Event.REFUSE): Status.FAILED,
    (Status.QUEUED, Event.CANCEL): Status.CANCELED,
    (Status.SENT, Event.CONFIRM): Status.DELIVERED,
    (Status.SENT, Event.LOSE): Status.UNDELIVERED,
}

FINAL = frozenset(Status) - {status for status, _ in MOVES}


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
