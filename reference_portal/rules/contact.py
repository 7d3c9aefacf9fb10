"""How an applicant is named and reached: full name, mobile number, e-mail address.

Mobile numbers: Malaysian numbering plan (high confidence): 011 takes eight further digits, the other prefixes seven;
015 is IP telephony and not a mobile. Name and e-mail limits are choices.
"""

from __future__ import annotations

import re
import unicodedata
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from reference_portal.errors import RuleBroken

_FILLING = re.compile(r"[\s\-‐-―().]")
_MOBILE = re.compile(r"(?:\+?60|0)(1(?:1[0-9]{8}|[02-46-9][0-9]{7}))")
_LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_ENCODED = "=?"
"""How an encoded word begins (RFC 2047): a reader of the letter would decode what was meant to the letter."""
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_NAME_MARKS = frozenset(" '’@/.,-()")

LONGEST_EMAIL = 254
LONGEST_NAME = 80


def mobile(text: str) -> str:
    """The number in E.164 (`+601101234567`); E-TEL when it is not a Malaysian mobile."""
    found = _MOBILE.fullmatch(_FILLING.sub("", text))
    if found is None:
        raise RuleBroken("E-TEL")
    return f"+60{found.group(1)}"


def masked_mobile(e164: str) -> str:
    """For a screen anybody might see: `011-**** 4567`."""
    national = "0" + e164.removeprefix("+60")
    hidden = "*" * (len(national) - 7)
    return f"{national[:3]}-{hidden} {national[-4:]}"


def masked_email(address: str) -> str:
    """For a screen anybody might see: `p***@example.com`."""
    local, _, domain = address.partition("@")
    return f"{local[:1]}***@{domain}"


def spoken_mobile(e164: str) -> str:
    """As Malaysians write it: `011-0123 4567`, `012-345 6789`."""
    national = "0" + e164.removeprefix("+60")
    return f"{national[:3]}-{national[3:-4]} {national[-4:]}"


def email(text: str) -> str:
    """The address in lower case; E-EML-01 when it is not one. One account each, so case makes no second address."""
    address = text.strip()
    local, at, domain = address.rpartition("@")
    labels = domain.split(".")
    well_formed = (
        at
        and len(address) <= LONGEST_EMAIL
        and len(local) <= 64
        and _LOCAL_PART.fullmatch(local)
        and len(labels) >= 2
        and all(_LABEL.fullmatch(label) for label in labels)
        and not labels[-1].isdigit()
    )
    if not well_formed or _ENCODED in local:
        raise RuleBroken("E-EML-01")
    try:
        recipient(address.lower())
    except ValueError as unwritable:
        raise RuleBroken("E-EML-01") from unwritable
    return address.lower()


def recipient(address: str) -> Address:
    """The address as a letter's `To` carries it; the gateway composes with it what `email` let pass.

    Raises:
        ValueError: no header can carry it, or a reader would read another one out of it.
    """
    written = Address(addr_spec=address)
    letter = EmailMessage(policy=SMTP)
    letter["To"] = written
    read = message_from_bytes(letter.as_bytes(), policy=SMTP)["To"]
    if [one.addr_spec for one in read.addresses] != [address]:
        raise ValueError(f"{address!r} is read as {read!s}")
    return written


def full_name(text: str) -> str:
    """The name as on the card: Latin letters, ' @ / . , - ( ), 3 to 80 characters, single spaces; else E-NAME."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    letters = sum(_is_latin_letter(sign) for sign in name)
    if not 3 <= len(name) <= LONGEST_NAME or letters < 2:
        raise RuleBroken("E-NAME")
    if not all(_is_latin_letter(sign) or sign in _NAME_MARKS for sign in name):
        raise RuleBroken("E-NAME")
    return name


def _is_latin_letter(sign: str) -> bool:
    return sign.isalpha() and unicodedata.name(sign, "").startswith("LATIN")
