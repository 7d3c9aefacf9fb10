"""The table of mistakes: each id with what tries it. The first text whose digest is the one signed is the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from emulators.fpx.explanation.altered import altered_value, not_posted
from emulators.fpx.explanation.amounts import amount_format, version
from emulators.fpx.explanation.layout import blanks_dropped, field_extra, field_missing, field_order, wrong_message
from emulators.fpx.explanation.pairs import pairs
from emulators.fpx.explanation.received import Guess, Hypothesis, Received
from emulators.fpx.explanation.values import (
    double_encoded,
    not_encoded,
    percent_not_decoded,
    plus_not_decoded,
    values_trimmed,
)
from emulators.fpx.explanation.writing import charset, hashed_twice, separator, trailing_separator

HYPOTHESES: tuple[tuple[str, Hypothesis], ...] = (
    ("version", version),
    ("amount-format", amount_format),
    ("blanks-dropped", blanks_dropped),
    ("plus-not-decoded", plus_not_decoded),
    ("percent-not-decoded", percent_not_decoded),
    ("double-encoded", double_encoded),
    ("values-trimmed", values_trimmed),
    ("trailing-separator", trailing_separator),
    ("separator", separator),
    ("field-missing", field_missing),
    ("field-missing", not_posted),
    ("wrong-message", wrong_message),
    ("field-extra", field_extra),
    ("field-order", field_order),
    ("charset", charset),
    ("digest", hashed_twice),
    ("altered-value", not_encoded),
    ("altered-value", altered_value),
)
"""Where two mistakes lead to the same text, the simpler one stands first."""

CANDIDATES = 60_000
CHARACTERS = 16_000_000
LONGEST = 4_000
"""How much is tried for one message at most: about 0.1 s, and only for a signature that a registered key opened.

A text beyond `LONGEST` is tried against nothing: no acceptable message signs so much (the lengths sum up to 500).
"""


def search(received: Received, signs: Callable[[bytes], bool]) -> tuple[tuple[str, ...], Guess] | None:
    """The mistakes (one, or two together) that made the text signed, with that text; None when none is proven.

    Args:
        received: the message.
        signs: whether a text is the one signed, by its digest.
    """
    if len(received.expected) > LONGEST:
        return None
    characters = CHARACTERS
    for count, (mistakes, guess) in enumerate(_all(received)):
        text = guess.text if isinstance(guess.text, bytes) else guess.text.encode()
        characters -= len(text)
        if count >= CANDIDATES or characters < 0:
            return None
        if signs(text):
            return mistakes, guess
    return None


def _all(received: Received) -> Iterator[tuple[tuple[str, ...], Guess]]:
    single = ((mistake, guess) for mistake, hypothesis in HYPOTHESES[:-1] for guess in hypothesis(received))
    late: Iterable[Guess] = altered_value(received)
    yield from (((mistake,), guess) for mistake, guess in single)
    yield from chain(pairs(received), ((("altered-value",), guess) for guess in late))
