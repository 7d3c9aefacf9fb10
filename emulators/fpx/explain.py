"""Says of a message whether the switch would take it and, if not, why: the control verb `explain`."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl

from emulators.foundation.errors import CallersMistake
from emulators.fpx.admission import Admission
from emulators.fpx.checksum import source
from emulators.fpx.errors import Refused
from emulators.fpx.messages import ae, ar, be
from emulators.fpx.messages.wire import PREFIX
from emulators.fpx.response_codes import meaning

_ORDERS = {"AR": ar.CHECKSUM_ORDER, "AD": ar.CHECKSUM_ORDER, "AE": ae.CHECKSUM_ORDER, "BE": be.CHECKSUM_ORDER}
_FIELDS = 1000
_SURROGATE = re.compile("[\ud800-\udfff]")


class Explain:
    """Asks the switch's own checks, and changes nothing: no transaction, no journal entry."""

    def __init__(self, admission: Admission) -> None:
        self._admission = admission

    def explain(self, wish: dict[str, Any]) -> dict[str, Any]:
        """The verdict on a message.

        Args:
            wish: `fields` (an object of url-decoded values) or `body` (an urlencoded line), and optionally `message`
                (AR, AD, AE or BE), which otherwise is what fpx_msgType says; AR where that says none of them.

        Raises:
            CallersMistake: the wish is not as above.
        """
        fields = _fields(wish)
        kind = fields.get("fpx_msgType", "")
        message = wish.get("message", kind if kind in _ORDERS else "AR")
        if not isinstance(message, str) or message not in _ORDERS:
            raise CallersMistake('"message" must be AR, AD, AE or BE')
        told = {
            "verdict": "accepted",
            "message": message,
            "check": "",
            "code": "",
            "meaning": "",
            "mistake": "",
            "field": "",
            "sentence": "The switch would take this message.",
            "source_expected": source(fields, _ORDERS[message]),
            "source_signed": "",
            "fields": {name: value for name, value in fields.items() if name.startswith(PREFIX)},
        }
        try:
            self._admission.would_be_taken(fields, message)
        except Refused as refusal:
            told |= as_json(refusal, self._admission.settings.refusal_codes)
            told["source_expected"] = source(fields, _ORDERS[message])
        return told


def as_json(refusal: Refused, codes: dict[str, str]) -> dict[str, str]:
    """What is told of a refusal, wherever a program asks; `codes` replace its own by the name of the check."""
    code = codes.get(refusal.check, refusal.code)
    return {
        "verdict": "refused",
        "check": refusal.check,
        "code": code,
        "meaning": meaning(code).english,
        "mistake": refusal.mistake,
        "field": refusal.field,
        "sentence": refusal.sentence,
        "source_expected": refusal.source_expected,
        "source_signed": refusal.source_signed,
    }


def _fields(wish: dict[str, Any]) -> dict[str, str]:
    if set(wish) - {"fields", "body", "message"} or ("fields" in wish) == ("body" in wish):
        raise CallersMistake('say {"fields": {"fpx_msgType": "AR", ...}} or {"body": "fpx_msgType=AR&..."}')
    if "body" in wish:
        return _decoded(wish["body"])
    fields = wish["fields"]
    if not isinstance(fields, dict) or not all(isinstance(value, str) for value in fields.values()):
        raise CallersMistake('"fields" must be an object whose values are texts')
    if any(_SURROGATE.search(text) for pair in fields.items() for text in pair):
        raise CallersMistake('"fields" hold half a surrogate pair, which no form can carry')
    return fields


def _decoded(body: object) -> dict[str, str]:
    """The pairs as the seller's door reads them: the first of each name; bytes that are no UTF-8 stay encoded."""
    if not isinstance(body, str) or _SURROGATE.search(body):
        raise CallersMistake('"body" must be a text')
    try:
        pairs = parse_qsl(body.strip("\r\n"), keep_blank_values=True, errors="surrogateescape", max_num_fields=_FIELDS)
    except ValueError as error:
        raise CallersMistake(f"the body cannot be read: {error}") from None
    fields: dict[str, str] = {}
    for name, value in pairs:
        fields.setdefault(_shown(name), _shown(value))
    return fields


def _shown(text: str) -> str:
    return "".join(f"%{ord(each) - 0xDC00:02X}" if "\udc80" <= each <= "\udcff" else each for each in text)
