"""The words of Mocean's API: status codes and error texts, replies in JSON and XML, and delivery receipts; pure.

Codes: its status table (confidence high; sentences shortened). A reply is XML unless JSON is asked for (medium). The
receipt is a form with `mocean-dlr-status` 1 delivered, 2 failed, 3 expired (high) and an error code (guess: 0 or ours).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree

from emulators.sms.delivery import Status
from emulators.sms.errors import Refusal
from emulators.sms.messages import Message

OK = 0
AUTHORIZATION = 1
NO_RECEIVER = 6
NO_TEXT = 23
UNKNOWN = 24
TOO_MANY = 27
BAD_RECEIVER = 28
TOO_LONG = 29
THROTTLED = 32
BAD_SENDER = 44
ERRORS = {
    AUTHORIZATION: "Authorization failed. Invalid mocean-api-key or mocean-api-secret.",
    5: "The destination number is black listed.",
    NO_RECEIVER: "No destination number specified.",
    NO_TEXT: "Empty mocean-text.",
    UNKNOWN: "Unknown error.",
    TOO_MANY: "Too many receivers in mocean-to.",
    BAD_RECEIVER: "Invalid destination number.",
    TOO_LONG: "Message body is too long.",
    THROTTLED: "Message throttled.",
    37: "Invalid sender length.",
    BAD_SENDER: "Invalid Sender ID.",
    45: "System error, please try again.",
    65: "Destination not found.",
}
MOST_RECEIVERS = 500
"""A guess; the limit is documented, its height is not."""
_BY_TWILIO = {
    21602: NO_TEXT,
    21604: NO_RECEIVER,
    21211: BAD_RECEIVER,
    21614: BAD_RECEIVER,
    21612: 65,
    21408: 65,
    21610: 5,
    21603: BAD_SENDER,
    21212: BAD_SENDER,
    21606: BAD_SENDER,
    21617: TOO_LONG,
    20429: THROTTLED,
    21611: THROTTLED,
}


def status_of(refusal: Refusal) -> int:
    """Mocean's code for what the gateway refuses."""
    return _BY_TWILIO.get(refusal.code, UNKNOWN)


def failure(code: int, receiver: str = "") -> dict[str, Any]:
    """A message (or a whole request) that was refused."""
    told: dict[str, Any] = {"status": code, "err_msg": ERRORS[code]}
    return {"status": code, "receiver": receiver, "err_msg": ERRORS[code]} if receiver else told


def success(message: Message) -> dict[str, Any]:
    """A message that was taken."""
    return {"status": OK, "receiver": message.to.removeprefix("+"), "msgid": message.sid}


def as_xml(reply: dict[str, Any]) -> str:
    """A reply as XML: `<result>` around the fields, `<messages><message>` around each message."""
    root = ElementTree.Element("result")
    for name, value in reply.items():
        inside = ElementTree.SubElement(root, name)
        if isinstance(value, Sequence) and not isinstance(value, str):
            for each in value:
                _fields(ElementTree.SubElement(inside, name.removesuffix("s")), each)
        else:
            inside.text = str(value)
    return '<?xml version="1.0"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def receipt(message: Message) -> dict[str, str]:
    """The form of a delivery receipt."""
    delivered = message.status is Status.DELIVERED
    return {
        "mocean-msgid": message.sid,
        "mocean-from": message.sender or "",
        "mocean-to": message.to.removeprefix("+"),
        "mocean-dlr-status": "1" if delivered else "2",
        "mocean-error-code": str(message.error or 0),
    }


def _fields(element: ElementTree.Element, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        ElementTree.SubElement(element, name).text = str(value)
