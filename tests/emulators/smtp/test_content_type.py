"""The usual types and addresses, read by a pattern, are what the standard library reads."""

from __future__ import annotations

import random
import re
from email.message import Message
from email.utils import collapse_rfc2231_value, getaddresses

import pytest

from emulators.smtp.content_type import LONGEST, ContentType, usual
from emulators.smtp.header_text import Address, addresses

TYPE_PIECES = (
    *(
        "text/plain",
        "TEXT/HTML",
        "multipart/mixed",
        "a/b/c",
        "text",
        ";",
        "; ",
        " ;",
        ";\r\n\t",
        "charset=",
        "Charset =",
    ),
    *(
        "boundary=",
        "name=",
        "name*=",
        "utf-8''%c3%a9",
        '"',
        '"utf-8"',
        "utf-8",
        "'x'",
        '"a b"',
        '"<b>"',
        "<b>",
        "=",
        "\\",
    ),
    *('\\"', "(c)", "\udcff", " ", '"a;b"', '"x=y"', "----=_Part", "format=flowed", "\x00", ".", ","),
)
ADDRESS_PIECES = (
    *(
        "a@x",
        "Ali",
        "Abu",
        " ",
        " ",
        "<",
        ">",
        '"',
        '"Ali, S"',
        "<a@x.y>",
        "siti@example.com",
        ",",
        ";",
        ":",
        "(c)",
        "\\",
    ),
    *("@", ".", "J. Doe", "a+b@x", "o'n@x", '"q"@x', "[1.2.3.4]", '""', "  ", "=", "a..b@x", ".a@x"),
)


def _written(source: random.Random, pieces: tuple[str, ...], most: int) -> str:
    return "".join(source.choice(pieces) for _ in range(source.randrange(1, most)))


def test_a_usual_type_says_what_the_standard_library_says() -> None:
    """Of two thousand written at random, every one the pattern takes; a comment it takes for a part of the type."""
    source, taken = random.Random(5), 0
    for _ in range(2000):
        value = source.choice(("text/plain", "")) + _written(source, TYPE_PIECES, 5)
        found = usual(value)
        if found is None:
            continue
        taken += 1
        message: Message[str, str] = Message()
        message.set_raw("Content-Type", re.sub(r"^([^;]*)\(c\)", r"\1", value))
        assert found.kind == message.get_content_type().lower(), value
        for name in ("charset", "boundary", "name", "format"):
            theirs = message.get_param(name)
            assert found.parameters.get(name) == (None if theirs is None else collapse_rfc2231_value(theirs)), value
    assert taken > 60


@pytest.mark.parametrize("value", ["text/html (yes); charset=utf-8", 'TEXT/html(a; "b");charset="utf-8"'])
def test_a_comment_behind_the_type_is_no_part_of_it(value: str) -> None:
    """RFC 2045, 5.1: a comment may stand there."""
    assert usual(value) == ContentType("text/html", {"charset": "utf-8"})


@pytest.mark.parametrize(
    "value",
    [
        "",
        "text",
        'text/plain; name="a\\"b"',
        "text/plain (a (b)); charset=utf-8",
        "text/plain; name*=utf-8''x",
        "text/\udcff",
        "text/plain; x=" + "y" * LONGEST,
    ],
)
def test_what_is_unusual_is_left_to_the_standard_library(value: str) -> None:
    """Escapes, comments in comments, continuations, octets beyond ASCII, great length."""
    assert usual(value) is None


def test_usual_addresses_are_those_of_the_standard_library() -> None:
    """Two thousand headers written at random, most of them nonsense."""
    source, whole = random.Random(6), 0
    for _ in range(2000):
        value = _written(source, ADDRESS_PIECES, 6)
        theirs = [Address(name.strip(), address.strip()) for name, address in getaddresses([value]) if name or address]
        assert list(addresses([value])) == theirs, value
        whole += len(theirs) == 1 and "@" in theirs[0].address
    assert whole > 300
