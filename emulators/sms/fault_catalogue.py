"""What can be made to go wrong with an SMS, whatever door it comes by; pure.

Two stages: `request` is about the call that hands a message in, `delivery` about what becomes of it afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from emulators.foundation.fault_wishes import Fault, Parameter, Value
from emulators.sms.delivery import FILTERED, UNREACHABLE

REQUEST, DELIVERY = "request", "delivery"
MATCHES = ("to", "from", "account", "via")
FAULT_PARAMETER = "SandboxFault"
"""The form field or query parameter by which a request asks for faults, as the header does."""


class Trouble(StrEnum):
    """The names of the faults."""

    REJECTED = "rejected"
    QUEUE_FULL = "queue_full"
    THROTTLED = "throttled"
    SLOW = "slow"
    DROPPED = "dropped"
    LATE = "late"
    TWICE = "twice"
    OUT_OF_ORDER = "out_of_order"
    NEVER = "never"
    FAILED = "failed"


_SECONDS = "seconds by the clock of the sandbox"
CATALOGUE = (
    Fault(
        Trouble.REJECTED,
        REQUEST,
        "The message is refused and nothing is stored.",
        {"code": Parameter(21610, "Twilio's error code; 21610 is a recipient who has opted out", 10000, 99999)},
        MATCHES,
    ),
    Fault(Trouble.QUEUE_FULL, REQUEST, "The sender's queue is full (Twilio 21611, SMPP 0x14).", {}, MATCHES),
    Fault(
        Trouble.THROTTLED,
        REQUEST,
        "More messages than the rate allows are refused (Twilio 20429 with HTTP 429, SMPP 0x58).",
        {"per_second": Parameter(0.0, "messages of one account let through per second; 0 lets none through")},
        MATCHES,
    ),
    Fault(
        Trouble.SLOW,
        REQUEST,
        "The answer comes late.",
        {"seconds": Parameter(5.0, "seconds of real time before the message is looked at", 0, 120)},
        MATCHES,
    ),
    Fault(
        Trouble.DROPPED,
        REQUEST,
        "The connection ends without an answer.",
        {"taken": Parameter(0, "1: the message was stored before; 0: it was not", 0, 1)},
        MATCHES,
    ),
    Fault(
        Trouble.LATE,
        DELIVERY,
        "The handset gets it later.",
        {"seconds": Parameter(30.0, _SECONDS)},
        MATCHES,
    ),
    Fault(
        Trouble.TWICE,
        DELIVERY,
        "The handset gets it a second time.",
        {"seconds": Parameter(1.0, f"{_SECONDS} until the second time")},
        MATCHES,
    ),
    Fault(
        Trouble.OUT_OF_ORDER,
        DELIVERY,
        "The handset gets it after the next message to the same number.",
        {"seconds": Parameter(30.0, f"{_SECONDS} after which it comes although no other has")},
        MATCHES,
    ),
    Fault(
        Trouble.NEVER,
        DELIVERY,
        "The handset never gets it: undelivered.",
        {"code": Parameter(UNREACHABLE, "the delivery error, 30003 to 30008", 30001, 30999)},
        MATCHES,
    ),
    Fault(
        Trouble.FAILED,
        DELIVERY,
        "The carrier does not take it: failed.",
        {"code": Parameter(30001, "the delivery error", 30001, 30999)},
        MATCHES,
    ),
)


@dataclass(frozen=True)
class Fate:
    """What becomes of a message after it was taken; by default the handset gets it at once."""

    fault: str | None = None
    error_code: int | None = None
    """The delivery error it will end with; the handset never gets such a message."""
    hold_seconds: float | None = None
    again_seconds: float | None = None
    """When the handset gets it a second time."""


FILTERED_FATE = Fate("filtered", FILTERED)
"""The carrier profile stopped it."""


def fate(name: str, values: Mapping[str, Value]) -> Fate:
    """What a fault of the delivery stage does to a message."""
    if name in (Trouble.NEVER, Trouble.FAILED):
        return Fate(name, error_code=int(values["code"]))
    seconds = float(values["seconds"])
    return Fate(name, again_seconds=seconds) if name == Trouble.TWICE else Fate(name, hold_seconds=seconds)
