"""Header values as people read them: encoded words, raw 8-bit text, addresses. Hostile bytes give odd text, no error.

Encoded words: RFC 2047; two neighbouring words of one charset are decoded together, since senders split characters
between them. Raw 8-bit headers: UTF-8 (RFC 6532), else Latin-1.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import getaddresses
from typing import TypeVar

_WORD = re.compile(r"=\?([^?\s*]+)(?:\*[^?\s]*)?\?([bBqQ])\?([^?\s]*)\?=")
_BETWEEN_WORDS = re.compile(r"(\?=)\s+(?==\?[^?\s]+\?[bBqQ]\?)")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_SPEC = rf"{_ATOM}(?:\.{_ATOM})*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*"
_WORDS = r"[A-Za-z0-9!#$%&'*+/^_`{|}~.-]+(?: [A-Za-z0-9!#$%&'*+/^_`{|}~.-]+)*"
_USUAL = re.compile(rf"(?:\"([ !#-<>-\[\]-~]*)\" ?|({_WORDS}) ?)?<({_SPEC})>|({_SPEC})")
"""One mailbox as almost every header has it: `a@b`, `Ali Abu <a@b>`, `"Ali, Siti" <a@b>`."""
_USUAL_LENGTH = 500
_HOPS = re.compile(r"(?<=<)(?:@[A-Za-z0-9.-]+[ \t]*,[ \t]*)+(?=@[A-Za-z0-9.-]+[ \t]*:)")
"""Of an obsolete route (RFC 5322, 4.4) all but the last; the standard library skips one and makes people of more."""

Read = TypeVar("Read")


@dataclass(frozen=True)
class Address:
    """A mailbox with the name shown beside it; either may be empty."""

    name: str
    address: str


NOBODY = Address("", "")
"""What stands where a message names nobody."""


def quietly(read: Callable[[], Read], otherwise: Read) -> Read:
    """What `read` gives, or `otherwise` when the standard library trips over what a hostile sender wrote."""
    try:
        return read()
    except Exception:  # noqa: BLE001  the email package raises a dozen kinds of error on malformed input
        return otherwise


def storable(text: str) -> str:
    """Text every store can keep: bytes that were smuggled in as surrogates become text, NUL a replacement character."""
    if text.isascii():
        return text.replace("\x00", "\ufffd") if "\x00" in text else text
    # Only U+DC80 to U+DCFF stand for smuggled bytes; any other surrogate cannot be turned back.
    data = quietly(lambda: text.encode("utf-8", "surrogateescape"), None)
    text = (text.encode("utf-8", "replace") if data is None else data).decode("utf-8", "replace")
    return text.replace("\x00", "\ufffd")


def decoded(data: bytes, charset: str) -> str:
    """`data` as text: by its charset when it fits, else UTF-8 when it fits, else Latin-1, which fits anything."""
    text = quietly(lambda: data.decode(charset or "utf-8"), None)
    if text is None:
        text = quietly(lambda: data.decode("utf-8"), None)
    return storable(data.decode("latin-1") if text is None else text)


def header_text(raw: str) -> str:
    """One header value, unfolded and decoded; control characters become spaces."""
    if raw.isascii() and raw.isprintable() and "=?" not in raw:
        return raw.strip()  # what almost every header is
    value = re.sub(r"\r?\n[ \t]*", " ", _eight_bit(raw))
    return _UNPRINTABLE.sub(" ", storable(_decode_words(value))).strip()


def addresses(raw_values: list[str]) -> tuple[Address, ...]:
    """The mailboxes of address headers, in order; a name is decoded after the list was taken apart (RFC 2047, 5.3)."""
    if not raw_values:
        return ()
    if len(raw_values) == 1 and (one := _one_usual(raw_values[0])):
        return (one,)
    values = [re.sub(r"[\r\n]+[ \t]*", " ", _eight_bit(raw)) for raw in raw_values]
    values = [_HOPS.sub("", value) for value in values]
    nobody: list[tuple[str, str]] = []
    pairs = quietly(lambda: getaddresses(values), nobody)
    return tuple(Address(header_text(name), header_text(address)) for name, address in pairs if name or address)


def _one_usual(raw: str) -> Address | None:
    if len(raw) > _USUAL_LENGTH or "=?" in raw:
        return None
    found = _USUAL.fullmatch(raw.strip(" "))
    return Address((found[1] or found[2] or "").strip(), found[3] or found[4]) if found else None


def _eight_bit(raw: str) -> str:
    if raw.isascii():
        return raw
    data = quietly(lambda: raw.encode("ascii", "surrogateescape"), None)
    return storable(raw) if data is None else decoded(data, "utf-8")


def _decode_words(text: str) -> str:
    text = _BETWEEN_WORDS.sub(r"\1", text)
    pieces: list[str] = []
    charset, data, end = "", b"", 0
    for word in _WORD.finditer(text):
        gap = text[end : word.start()]
        if data and (gap or word[1].lower() != charset):
            pieces.append(decoded(data, charset))
            data = b""
        pieces.append(gap)
        charset, end = word[1].lower(), word.end()
        data += _word_bytes(word[2], word[3])
    if data:
        pieces.append(decoded(data, charset))
    return "".join([*pieces, text[end:]])


def _word_bytes(encoding: str, body: str) -> bytes:
    data = body.encode("utf-8", "replace")
    if encoding in "qQ":
        return quopri.decodestring(data, header=True)
    try:
        return base64.b64decode(data + b"=" * (-len(data) % 4))
    except binascii.Error:
        return data
