"""Two mistakes at once, where trying is cheap: values rewritten, line rearranged, text written down otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from emulators.fpx.explanation.layout import orders
from emulators.fpx.explanation.received import Guess, Received
from emulators.fpx.explanation.values import DOUBLE, PERCENT, PLUS, TRIMMED

_REWRITES = (
    ("plus-not-decoded", PLUS),
    ("percent-not-decoded", PERCENT),
    ("double-encoded", DOUBLE),
    ("values-trimmed", TRIMMED),
)
_WRITERS: tuple[tuple[str, Callable[[Sequence[str]], str]], ...] = (
    ("trailing-separator", lambda values: "|".join((*values, ""))),
    ("trailing-separator", lambda values: "|".join(values) + "\n"),
    ("blanks-dropped", lambda values: "|".join(value for value in values if value)),
    *(("separator", partial(str.join, mark)) for mark in ("", ",", ";", "&", "~", "^", "#", ":", "-", "_", " ", "\n")),
)


def pairs(received: Received) -> Iterator[tuple[tuple[str, ...], Guess]]:
    """Every two mistakes out of: one rewriting of all values, one order, one way of writing the line."""
    lines = [("field-order", names) for _, names in orders(received)]
    lines += [("field-missing", [other for other in received.order if other != name]) for name in received.order]
    rewrites = [(mistake, rewrite) for mistake, rewrites in _REWRITES for rewrite in rewrites.values()]
    for order, names in lines:
        values = [received.value(name) for name in names]
        for mistake, write in _WRITERS:
            yield (order, mistake), Guess(write(values))
        for mistake, rewrite in rewrites:
            yield (order, mistake), Guess("|".join(map(rewrite, values)))
    for mistake, rewrite in rewrites:
        rewritten = list(map(rewrite, received.values))
        for other, write in _WRITERS:
            yield (mistake, other), Guess(write(rewritten))
    for other, write in _WRITERS[2:]:
        for end in ("|", "\n"):
            yield (other, "trailing-separator"), Guess(write(received.values) + end)
