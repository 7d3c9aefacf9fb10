"""What all FPX messages share: `fpx_` names, parsing into a typed value, and the encoding of pairs on the wire."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Annotated, Self
from urllib.parse import quote_plus

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError
from pydantic.alias_generators import to_camel

from emulators.fpx.errors import WrongFormat

PREFIX = "fpx_"
CHECKSUM_FIELD = "fpx_checkSum"
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_AS_IT_IS = re.compile(r"[A-Za-z0-9.\-*_]*")

Max2 = Annotated[str, StringConstraints(max_length=2)]
Max3 = Annotated[str, StringConstraints(max_length=3)]
Max10 = Annotated[str, StringConstraints(max_length=10)]
Max14 = Annotated[str, StringConstraints(max_length=14)]
Max16 = Annotated[str, StringConstraints(max_length=16)]
Max20 = Annotated[str, StringConstraints(max_length=20)]
Max30 = Annotated[str, StringConstraints(max_length=30)]
Max35 = Annotated[str, StringConstraints(max_length=35)]
Max40 = Annotated[str, StringConstraints(max_length=40)]
Max50 = Annotated[str, StringConstraints(max_length=50)]
Max512 = Annotated[str, StringConstraints(max_length=512)]
Given = StringConstraints(min_length=1)
"""Marks a mandatory field; a single space counts as given, as two widespread merchant packages send one."""


def wire_name(name: str) -> str:
    """`seller_ex_order_no` as FPX spells it: `fpx_sellerExOrderNo`."""
    return PREFIX + to_camel(name)


class Message(BaseModel):
    """An FPX message: fields in wire order, absent ones blank, unknown ones ignored, values never trimmed."""

    model_config = ConfigDict(
        frozen=True, extra="ignore", alias_generator=wire_name, validate_by_name=True, validate_by_alias=True
    )

    @classmethod
    def parse(cls, fields: Mapping[str, str]) -> Self:
        """The typed value of received fields (wire names).

        Raises:
            WrongFormat: a field is missing, too long or malformed; the error names the first one.
        """
        refuse_control_characters(fields)
        try:
            return cls.model_validate(dict(fields))
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False)[0]
            field = str(first["loc"][0]) if first["loc"] else ""
            missing = first["type"] in ("missing", "string_too_short")
            refusal = WrongFormat(f"{field}: {'is missing or blank' if missing else first['msg'].lower()}", field)
            refusal.mistake = "field-missing" if missing else ""
            raise refusal from None

    def wire(self) -> dict[str, str]:
        """The fields under their wire names, in wire order."""
        return self.model_dump(by_alias=True)


def refuse_control_characters(fields: Mapping[str, str]) -> None:
    """No FPX field holds a line break, a tab or a NUL; the checksum is judged by itself.

    Raises:
        WrongFormat: one does; the error names it.
    """
    if not _CONTROL.search("".join(fields.values())):  # what almost every message passes
        return
    for name, value in fields.items():
        if name.startswith(PREFIX) and name != CHECKSUM_FIELD and (found := _CONTROL.search(value)):
            raise WrongFormat(f"{name}: holds a control character, {found[0]!r}", name)


def encode(fields: Mapping[str, str]) -> str:
    """Pairs as one urlencoded line in the style of Java's URLEncoder, which fits every capture.

    Letters, digits and `. - * _` stay, a space becomes `+`, all else is percent-encoded in upper case.
    """
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in fields.items())


def fingerprint(fields: Mapping[str, str]) -> str:
    """A digest (64 hex digits) of a message as received: two are alike only when every `fpx_` field is."""
    message = sorted((name, value) for name, value in fields.items() if name.startswith(PREFIX))
    return hashlib.sha256(json.dumps(message).encode()).hexdigest()


def abridged(fields: Mapping[str, str]) -> dict[str, str]:
    """Fields as received, for the journal: at most 60 of them, long values cut."""
    return {name[:80]: value if len(value) <= 2000 else value[:2000] + "…" for name, value in list(fields.items())[:60]}


def printable(text: str) -> str:
    """The first 80 characters without those that cannot be shown (or stored)."""
    return "".join(character for character in text[:80] if character.isprintable())


def _quoted(text: str) -> str:
    if _AS_IT_IS.fullmatch(text):  # as most values are, at a fifth of the cost
        return text
    return quote_plus(text, safe="*").replace("~", "%7E")
