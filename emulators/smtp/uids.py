"""IDs as Mailpit hands them out: 22 letters and digits, of which no two look alike.

Those of one process begin alike and count up; only their end is random. An index over IDs that are random from their
first letter is written to all over, a page for each message, which is felt at every commit (Mailpit's own are random
throughout; nothing reads meaning into them).
"""

from __future__ import annotations

import itertools
import random

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
"""Of the short ids Mailpit hands out: no letter that looks like a digit. In the order in which stores sort them."""
BEGINNING, COUNTING, END = 6, 5, 11
"""Letters of each stretch: six hundred million messages of one process, one of 2^64 ends for each."""


class Uids:
    """The IDs of one process; may be asked from several threads."""

    def __init__(self, source: random.Random) -> None:
        self._source = source
        self._beginning = _letters(source.getrandbits(6 * BEGINNING), BEGINNING)
        self._numbers = itertools.count()

    def new(self) -> str:
        """An ID for one more message."""
        return self._beginning + _letters(next(self._numbers), COUNTING) + _letters(self._source.getrandbits(66), END)


def _letters(number: int, length: int) -> str:
    """The last so many digits of a number written with the alphabet."""
    letters = ""
    for _ in range(length):
        number, digit = divmod(number, len(ALPHABET))
        letters = ALPHABET[digit] + letters
    return letters
