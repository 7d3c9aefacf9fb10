"""Mistakes in writing the text down: what stands between the values, what ends it, and its bytes."""

from __future__ import annotations

import base64
import hashlib
import json
import unicodedata
from collections.abc import Iterator, Mapping
from urllib.parse import quote, unquote, urlencode

from emulators.fpx.explanation.received import Guess, Received
from emulators.fpx.messages.wire import PREFIX

_SEPARATORS = (
    *(
        "",
        ",",
        ";",
        "&",
        "~",
        "^",
        "#",
        ":",
        "-",
        "_",
        "/",
        "\\",
        "!",
        "*",
        "+",
        "=",
        ".",
        " ",
        "\t",
        "\n",
        "\r\n",
        "\0",
    ),
    *("||", " | ", "| ", " |", "|\n", "|\r\n", ", ", "; ", "¦", "%7C", "%7c", "&#124;", "\\|"),
)
_ENDS = ("|", "\n", "\r\n", " ", "\0", "||", ";", ",", "&", "|\n", "\r", "\t", "\n\n", "\r\n\r\n", "|\r\n")
_CHARSETS = (
    "latin-1",
    "cp1252",
    "utf-16-le",
    "utf-16-be",
    "utf-16",
    "utf-8-sig",
    "utf-32-le",
    "utf-32-be",
    "gbk",
    "big5",
    "iso-8859-15",
)


def trailing_separator(received: Received) -> Iterator[Guess]:
    """Something after the last value."""
    for end in _ENDS:
        yield Guess(received.expected + end, detail=repr(end))


def separator(received: Received) -> Iterator[Guess]:
    """Another separator than the bar, a frame around the text, or names beside the values."""
    for mark in _SEPARATORS:
        yield Guess(mark.join(received.values), detail=repr(mark))
        if mark:
            yield Guess(mark.join(received.values) + mark, detail=repr(mark))
    for before, after in (("|", ""), ("|", "|"), ('"', '"'), ("'", "'"), ("[", "]"), ("{", "}")):
        yield Guess(before + received.expected + after, detail=repr(before), variant="frame")
    for before, mark in (('"', '"|"'), ('"', '","'), ("'", "'|'"), ("'", "','")):
        yield Guess(before + mark.join(received.values) + before, detail=repr(mark))
    for compact in ((",", ":"), None):
        yield Guess(json.dumps(received.values, separators=compact), detail="JSON", variant="frame")
    for names in (received.order, received.posted):
        for kept in dict.fromkeys((names, tuple(filter(received.value, names)))):
            for prefix in (PREFIX, ""):
                pairs = {prefix + name: received.value(name) for name in kept}
                for detail, text in _named(pairs, prefix):
                    yield Guess(text, detail=detail, variant="names")


def _named(values: Mapping[str, str], prefix: str) -> Iterator[tuple[str, str]]:
    for equals in ("=", ":"):
        for mark in ("|", "&", ",", "", ";", "\n"):
            yield (
                repr(f"{prefix}name{equals}value"),
                mark.join(f"{name}{equals}{value}" for name, value in values.items()),
            )
    for encode in (urlencode(values), urlencode(values, quote_via=quote)):
        yield "the urlencoded form", encode
    for compact in ((",", ":"), None):
        for escaped in (True, False):
            yield "JSON", json.dumps(values, separators=compact, ensure_ascii=escaped)


def charset(received: Received) -> Iterator[Guess]:
    """The same characters in other bytes."""
    text = received.expected
    for name in _CHARSETS:
        yield from _encoded(text, name, "strict", name)
    for form in ("NFD", "NFC", "NFKC", "NFKD"):
        yield Guess(unicodedata.normalize(form, text), detail=form)
    for name in ("latin-1", "cp1252"):
        yield from _misread(text, "utf-8", name, f"UTF-8 read as {name}")
        yield from _misread(text, name, "utf-8", f"UTF-8 posted as if it were {name}")
        # Bytes that are no UTF-8 arrive percent-encoded as they were.
        posted = unquote(text, name)
        if posted != text:
            yield Guess(posted, detail=f"posted as {name}, signed as UTF-8", variant="posted")
            yield from (each._replace(variant="posted") for each in _encoded(posted, name))
    yield from _encoded(text, "ascii", "replace", "ascii, others as ?")
    yield from _encoded(text, "ascii", "ignore", "ascii, others left out")
    plain = "".join(each for each in unicodedata.normalize("NFD", text) if not unicodedata.combining(each))
    yield Guess(plain, detail="ascii, accents left out")


def hashed_twice(received: Received) -> Iterator[Guess]:
    """The signing function was given a digest, and made one of that."""
    for name in ("sha1", "sha256", "sha512", "md5"):
        digest = hashlib.new(name, received.expected.encode(), usedforsecurity=False)
        raw = digest.digest()
        for text in (digest.hexdigest(), digest.hexdigest().upper(), raw, base64.b64encode(raw)):
            yield Guess(text, detail=name, variant="twice")


def _encoded(text: str, name: str, errors: str = "strict", detail: str = "") -> Iterator[Guess]:
    try:
        yield Guess(text.encode(name, errors), detail=detail or name)
    except UnicodeEncodeError:
        return


def _misread(text: str, written: str, read: str, detail: str) -> Iterator[Guess]:
    try:
        yield Guess(text.encode(written).decode(read), detail=detail)
    except UnicodeError:
        return
