"""What can be made to go wrong with mail: one catalogue for all doors; pure.

Four doors lead to it: a recipient's address (`x+sandbox.greylisted@...`), the header `X-Sandbox-Fault` of a message,
the page `/faults`, and `/_control/faults`. Mailpit's chaos triggers are plans of the three `*_rejected` faults.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from emulators.foundation.fault_wishes import Fault, Parameter

ASKED_BY_ADDRESS = "sandbox."
_BY_ADDRESS = re.compile(r"\+sandbox\.([a-z_]+(?:-[0-9]{1,6})?)(?=[+@]|$)", re.IGNORECASE)


class Stage(StrEnum):
    """Where in a conversation a fault strikes."""

    CONNECTION = "connection"
    AUTHENTICATION = "authentication"
    SENDER = "sender"
    RECIPIENT = "recipient"
    DATA = "data"
    DELIVERY = "delivery"
    SCAN = "scan"


_CODE = Parameter(550, "the reply code, from 400 to 599", 400, 599)
_ENVELOPE = ("sender", "recipient", "peer", "username")
_REJECTED = "answered with an error code"

CATALOGUE = (
    Fault("busy", Stage.CONNECTION, "a new client is told 421 and the line is closed", {}, ("peer",)),
    Fault(
        "authentication_rejected",
        Stage.AUTHENTICATION,
        f"a sign-in is {_REJECTED}",
        {"code": Parameter(535, "the reply code, from 400 to 599", 400, 599)},
        ("username", "peer"),
    ),
    Fault(
        "sender_rejected",
        Stage.SENDER,
        f"MAIL FROM is {_REJECTED}",
        {"code": Parameter(451, "the reply code, from 400 to 599", 400, 599)},
        ("sender", "peer", "username"),
    ),
    Fault(
        "rejected",
        Stage.RECIPIENT,
        f"a recipient is {_REJECTED}: 550 unknown, 552 full, 554 refused, 421 and the line is closed",
        {"code": _CODE},
        _ENVELOPE,
    ),
    Fault(
        "greylisted",
        Stage.RECIPIENT,
        "a recipient is told 450 until the same sender comes again after a while",
        {"seconds": Parameter(60.0, "seconds of the sandbox's clock that must pass")},
        _ENVELOPE,
    ),
    Fault(
        "throttled",
        Stage.RECIPIENT,
        "more recipients than a rate allows are told 450 until the rate allows them again",
        {
            "per_minute": Parameter(60.0, "recipients a minute of the sandbox's clock", 0.001),
            "burst": Parameter(1, "how many may come at once", 1, 100_000),
        },
        _ENVELOPE,
    ),
    Fault("data_rejected", Stage.DATA, f"the message is {_REJECTED} after its data", {"code": _CODE}, _ENVELOPE),
    Fault(
        "slow",
        Stage.DATA,
        "the message is acknowledged late, the line stays open meanwhile",
        {"seconds": Parameter(5.0, "seconds of real time", 0, 600)},
        _ENVELOPE,
    ),
    Fault(
        "dropped",
        Stage.DATA,
        "the line breaks in the middle of the data; nothing is stored",
        {"octets": Parameter(100, "octets of the data taken before", 0)},
        _ENVELOPE,
    ),
    Fault(
        "late",
        Stage.DELIVERY,
        "the message is acknowledged at once and arrives later",
        {"seconds": Parameter(60.0, "seconds of the sandbox's clock")},
        _ENVELOPE,
    ),
    Fault("twice", Stage.DELIVERY, "the message arrives twice, as two messages", {}, _ENVELOPE),
    Fault(
        "out_of_order",
        Stage.DELIVERY,
        "the message arrives behind the next one, or alone after a while",
        {"seconds": Parameter(60.0, "seconds of the sandbox's clock it waits at most for the next one")},
        _ENVELOPE,
    ),
    Fault("scanned", Stage.SCAN, "every link of the message is fetched, as mail scanners do", {}, _ENVELOPE),
    Fault("never", Stage.DELIVERY, "the message is acknowledged and never arrives", {}, _ENVELOPE),
)
_KNOWN: Mapping[str, Fault] = {fault.name: fault for fault in CATALOGUE}
_NUMBER_MEANS = {
    "rejected": "code",
    "data_rejected": "code",
    "sender_rejected": "code",
    "greylisted": "seconds",
    "throttled": "per_minute",
    "slow": "seconds",
    "late": "seconds",
    "out_of_order": "seconds",
    "dropped": "octets",
}


def asked_by(address: str) -> str:
    """What an address asks for, in the notation of the header: `x+sandbox.late-30@y` is `late; seconds=30`.

    A name that is not in the catalogue asks for nothing: the address is somebody's.
    """
    if "+" not in address:  # as almost every address
        return ""
    wishes = []
    for found in _BY_ADDRESS.finditer(address.rpartition("@")[0] + "@"):
        name, _, number = found[1].lower().partition("-")
        if name in _KNOWN and (not number or name in _NUMBER_MEANS):
            wishes.append(f"{name}; {_NUMBER_MEANS[name]}={number}" if number else name)
    return ", ".join(wishes)
