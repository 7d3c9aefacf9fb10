"""Telephone numbers: any spelling a person or a program uses, and the one spelling kept (E.164)."""

from __future__ import annotations

import re

import phonenumbers

_MALAYSIAN_MOBILE = re.compile(r"\+601[0-9]{8,9}")
_SHORT_CODE = re.compile(r"[1-9][0-9]{2,7}")
_SENDER_NAME = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 +\-_&]{1,11}")


def e164(text: str, region: str) -> str | None:
    """The E.164 spelling of `text`, or None when no message could be sent there.

    `region` (ISO 3166) reads local spellings: in MY both `012-345 6789` and `0060123456789` are +60123456789. Length
    and shape decide, not whether the operator has opened the range, so that synthetic ranges work.
    """
    if _MALAYSIAN_MOBILE.fullmatch(text):
        return text  # what most numbers are, already in that spelling
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if number.extension or not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def sender(text: str, region: str) -> str | None:
    """A sender as the gateway keeps it: a short code, a number, or a name of up to eleven characters; else None."""
    cleaned = text.strip()
    if _SHORT_CODE.fullmatch(cleaned):
        return cleaned
    return e164(cleaned, region) or (cleaned if _SENDER_NAME.fullmatch(cleaned) else None)
