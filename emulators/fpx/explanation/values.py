"""Mistakes in the values: encoded, decoded, trimmed or rewritten before (or after) they were signed."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from urllib.parse import quote, quote_plus, unquote, unquote_plus

from emulators.fpx.explanation.received import Guess, Received

Rewrite = Callable[[str], str]
_ENDS = (("", " "), (" ", ""), (" ", " "), ("", "  "), ("", "\n"), ("", "\r\n"), ("", "\r"), ("", "\t"), ("\t", ""))
_ESCAPE = re.compile("%[0-9A-F]{2}")


def _lower_hex(text: str) -> str:
    return _ESCAPE.sub(lambda found: found[0].lower(), text)


PLUS: dict[str, Rewrite] = {"a plus sign for a space": lambda value: value.replace(" ", "+")}
PERCENT: dict[str, Rewrite] = {
    "form encoding": quote_plus,
    "percent encoding": lambda value: quote(value, safe=""),
    "JavaScript's encodeURIComponent": lambda value: quote(value, safe="!'()*"),
    "JavaScript's encodeURI": lambda value: quote(value, safe=";/?:@&=+$,#!'()*"),
    "Java's URLEncoder": lambda value: quote_plus(value, safe="*").replace("~", "%7E"),
    "PHP's urlencode": lambda value: quote_plus(value).replace("~", "%7E"),
    ".NET's UrlEncode": lambda value: _lower_hex(quote_plus(value, safe="!()*")),
    "percent encoding in lower case": lambda value: _lower_hex(quote(value, safe="")),
    "percent encoding, slashes kept": quote,
    "%20 for a space": lambda value: value.replace(" ", "%20"),
}
DOUBLE: dict[str, Rewrite] = {
    "decoded once more": unquote_plus,
    "decoded once more, plus signs kept": unquote,
    "form encoding, twice": lambda value: quote_plus(quote_plus(value)),
    "percent encoding, twice": lambda value: quote(quote(value, safe=""), safe=""),
    "decoded twice more": lambda value: unquote_plus(unquote_plus(value)),
}
TRIMMED: dict[str, Rewrite] = {
    "trimmed": lambda value: value.strip(" "),
    "trimmed at the end": lambda value: value.rstrip(" "),
    "trimmed at the beginning": lambda value: value.lstrip(" "),
    "with single spaces": lambda value: re.sub(" +", " ", value),
    "trimmed, with single spaces": lambda value: re.sub(" +", " ", value.strip(" ")),
    "trimmed of tabs and line breaks": lambda value: value.strip(" \t\r\n\v\f\0"),
}


def plus_not_decoded(received: Received) -> Iterator[Guess]:
    """A plus sign signed where a space was received."""
    yield from rewritten(received, PLUS)


def percent_not_decoded(received: Received) -> Iterator[Guess]:
    """Values signed as they stand in a URL, or the whole text encoded with its bars."""
    yield from rewritten(received, PERCENT)
    for detail, rewrite in PERCENT.items():
        yield Guess(rewrite(received.expected), detail=detail, variant="whole")


def double_encoded(received: Received) -> Iterator[Guess]:
    """Encoded once more than it was decoded."""
    yield from rewritten(received, DOUBLE)


def not_encoded(received: Received) -> Iterator[Guess]:
    """A value was posted as it is, and an `&` in it began another field."""
    for rest, value in received.extras.items():
        tail = f"&{rest}={value}" if value else f"&{rest}"
        for name in received.posted:
            signed = received.value(name) + tail
            yield Guess(received.with_value(name, signed), (name,), repr(signed), "not-encoded")


def values_trimmed(received: Received) -> Iterator[Guess]:
    """Spaces at the ends were lost before signing, or on the way after it."""
    yield from rewritten(received, TRIMMED)
    for name, value in zip(received.order, received.values, strict=True):
        # What follows the last value ends the text: `trailing-separator`.
        for padded in (value.join(ends) for ends in _ENDS if ends[0] or name != received.order[-1]):
            yield Guess(received.with_value(name, padded), (name,), repr(padded), "on-the-way")


def rewritten(received: Received, rewrites: dict[str, Rewrite]) -> Iterator[Guess]:
    """All values rewritten alike, then each one alone."""
    for detail, rewrite in rewrites.items():
        changes = {
            name: after
            for name, before in zip(received.order, received.values, strict=True)
            if (after := rewrite(before)) != before
        }
        if changes:
            yield Guess(received.with_values(changes), tuple(changes), detail)
        if len(changes) > 1:
            for name, after in changes.items():
                yield Guess(received.with_value(name, after), (name,), detail)


_STRAIGHT = str.maketrans("\u2018\u2019\u201c\u201d\u2013\u2014", "''\"\"--")
HTML: dict[str, Rewrite] = {
    "HTML entities": html.escape,
    "HTML entities, quotes kept": lambda value: html.escape(value, quote=False),
    "PHP's htmlspecialchars": lambda value: html.escape(value).replace("&#x27;", "&#039;"),
    "HTML entities decoded": html.unescape,
    "slashes before quotes": lambda value: re.sub(r"(['\"\\])", r"\\\1", value),
    "quotes doubled": lambda value: value.replace("'", "''"),
    "upper case": str.upper,
    "lower case": str.lower,
    "title case": str.title,
    "without spaces": lambda value: value.replace(" ", ""),
    "letters, digits and spaces only": lambda value: re.sub(r"[^A-Za-z0-9 ]", "", value),
    "letters and digits only": lambda value: re.sub(r"[^A-Za-z0-9]", "", value),
    "one space for tabs and line breaks": lambda value: re.sub(r"\s+", " ", value, flags=re.ASCII),
    "straight quotes": lambda value: value.translate(_STRAIGHT),
    "curly quotes": lambda value: value.replace("'", "\u2019"),
    "without quotes": lambda value: re.sub(r"['\"`]", "", value),
}
"""What frameworks and cautious programmers do to values."""
