"""The recipient index: finds "the text around an at sign" by range instead of reading every message.

A mark is made for every "@" of a text: what stands before it, mirrored, and what stands after it. A search term with
one "@" and something before it (`ali@x`) occurs in a text exactly when one of the text's marks begins, mirrored, with
the mirrored `ali` and goes on with `x`. So a range over the index gives just what a substring search over all messages
would give, `ba@x` and `ali@x.org` included; nothing is approximated. A whole address is an equality, and its newest
message is one look-up, because the message id is the last column of the index.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import NamedTuple

LONGEST = 200
"""Characters kept on each side; a longer term is searched for without the index."""
HIGHEST = "\U0010ffff"


class Kind(IntEnum):
    """Where the address stood."""

    ENVELOPE = 0
    FROM = 1
    TO = 2
    CC = 3
    BCC = 4
    REPLY_TO = 5


class Mark(NamedTuple):
    """The two sides of an at sign, in lower case, the first one mirrored."""

    mirrored: str
    after: str


def marks_of(texts: Iterable[str]) -> set[Mark]:
    """The marks of several names and addresses."""
    found: set[Mark] = set()
    for text in texts:
        at = text.find("@")
        while at >= 0:
            found.add(Mark(text[max(0, at - LONGEST) : at][::-1].lower(), text[at + 1 : at + 1 + LONGEST].lower()))
            at = text.find("@", at + 1)
    return found


def marks_by_kind(texts: Mapping[Kind, Iterable[str]], recipients: Iterable[str]) -> set[tuple[int, Mark]]:
    """The marks of the addresses a message names, and of those its envelope names, as they are kept."""
    found = {(int(kind), mark) for kind, lines in texts.items() if lines for mark in marks_of(lines)}
    envelope = int(Kind.ENVELOPE)
    found.update((envelope, mark_of_address(recipient)) for recipient in recipients)
    return found


def mark_of_address(address: str) -> Mark:
    """The mark of one whole address; one without "@" (postmaster) has nothing after it."""
    local, _, domain = address.lower().rpartition("@") if "@" in address else (address.lower(), "", "")
    return Mark(local[-LONGEST:][::-1], domain[:LONGEST])


def mark_of_term(term: str) -> Mark | None:
    """The mark a search term (lower case) stands for, or None when the index cannot answer it."""
    before, _, after = term.partition("@")
    if term.count("@") != 1 or not before or max(len(before), len(after)) > LONGEST or "\n" in term:
        return None
    return Mark(before[::-1], after)
