"""Mistakes in the line of values: one missing, one too many, another order, another message's line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, permutations

from emulators.fpx.explanation.received import Guess, Received
from emulators.fpx.messages import ac, ar, be
from emulators.fpx.messages.wire import PREFIX, wire_name

SAMPLE_FORM = tuple(wire_name(field).removeprefix(PREFIX) for field in ar.AR.model_fields)
"""AR's fields as the official sample form posts them."""

_LINES = (
    ("AC", ac.CHECKSUM_ORDER),
    ("BE", be.CHECKSUM_ORDER),
    ("BC", be.REPLY_CHECKSUM_ORDER),
    ("AR", ar.CHECKSUM_ORDER),
)
_TYPES = ("AR", "AE", "BE", "AC", "BC", "AD", "AF", "AX")


def blanks_dropped(received: Received) -> Iterator[Guess]:
    """Blank values left out together with their bars."""
    blank = tuple(name for name, value in zip(received.order, received.values, strict=True) if not value.strip())
    for dropped in (blank, tuple(name for name in blank if not received.value(name))):
        yield Guess(_without(received, dropped), dropped)


def field_missing(received: Received) -> Iterator[Guess]:
    """One or two values left out, or all that were not posted; a posted field may also be the one that is missing."""
    yield Guess(_without(received, received.absent), received.absent)
    for count in (1, 2):
        alike: dict[str, list[tuple[str, ...]]] = {}
        for names in combinations(received.order, count):
            alike.setdefault(_without(received, names), []).append(names)
        for text, choices in alike.items():
            every = tuple(dict.fromkeys(name for names in choices for name in names))
            yield Guess(text, every, variant="" if len(choices) == 1 else "one-of", detail=str(count))


def field_extra(received: Received) -> Iterator[Guess]:
    """A value too many: of a posted field that is not signed, of a signed one again, or a blank one."""
    extras = tuple(received.extras)
    if extras:
        signed = [PREFIX + name for name in received.order]
        posted = [name for name in received.fields if name in signed or name in received.extras]
        for names in ([*signed, *received.extras], posted):
            for line in (names, sorted(names), sorted(names, key=lambda name: name.removeprefix(PREFIX))):
                yield Guess("|".join(received.fields.get(name, "") for name in line), own=extras)
    for name, value in received.extras.items():
        for place in range(len(received.order) + 1):
            yield Guess(_with(received, place, value), own=(name,))
    for place in range(len(received.order) + 1):
        yield Guess(_with(received, place, ""), detail=str(place + 1), variant="blank")
        yield Guess(_with(received, place, "|"), detail=str(place + 1), variant="blank")
    for name, value in zip(received.order, received.values, strict=True):
        for place in range(len(received.order) + 1):
            yield Guess(_with(received, place, value), (name,), variant="twice")


def field_order(received: Received) -> Iterator[Guess]:
    """The same values in another order: a known one, two exchanged, or one moved."""
    for detail, names in orders(received):
        yield Guess(_line(received, names), detail=detail)
    yield Guess(_line(received, received.posted), detail="the order posted, without what was not posted")
    order = received.order
    for first, second in combinations(range(len(order)), 2):
        names = list(order)
        names[first], names[second] = names[second], names[first]
        yield Guess(_line(received, names), (order[first], order[second]), variant="exchanged")
    for source in range(len(order)):
        rest = [name for place, name in enumerate(order) if place != source]
        for place in range(len(order)):
            yield Guess(
                _line(received, [*rest[:place], order[source], *rest[place:]]), (order[source],), variant="moved"
            )
    for start, end in combinations(range(len(order) + 1), 2):
        block, others = order[start:end], order[:start] + order[end:]
        if len(block) > 1:
            for place in range(len(others) + 1):
                yield Guess(_line(received, [*others[:place], *block, *others[place:]]), block, variant="moved")
    if len(order) <= 4:
        for names in map(list, permutations(order)):
            yield Guess(_line(received, names), detail=", ".join(names))


def orders(received: Received) -> Iterator[tuple[str, Sequence[str]]]:
    """The orders merchants are known to sign in by mistake, over all signed fields."""
    order, posted = received.order, received.posted
    sample = [name for name in SAMPLE_FORM if name in order]
    yield "the order posted", [*posted, *received.absent]
    yield "the order of the sample form", sample
    yield "alphabetical, backwards", order[::-1]
    yield "the order posted, backwards", [*posted, *received.absent][::-1]
    yield "the sample form's, backwards", sample[::-1]
    yield "by the length of the name", sorted(order, key=len)
    yield "by value", sorted(order, key=received.value)
    seller_first = sorted(order, key=lambda name: (not name.startswith("seller"), name))
    yield "the seller's fields first", seller_first
    yield "message type first", sorted(order, key=lambda name: (not name.startswith("msg"), name))
    yield "version first", sorted(order, key=lambda name: (name != "version", name))


def wrong_message(received: Received) -> Iterator[Guess]:
    """The line of another message, or this one's line with another message's type."""
    given = received.value("msgType")
    for kind in _TYPES:
        if kind != given and "msgType" in received.order:
            yield Guess(received.with_value("msgType", kind), ("msgType",), kind, "type")
    for kind, order in _LINES:
        if order != received.order:
            for told in dict.fromkeys((given, kind, "AE")):
                values = [told if name == "msgType" else received.value(name) for name in order]
                yield Guess("|".join(values), detail=kind)
                known = [value for name, value in zip(order, values, strict=True) if name in received.order]
                yield Guess("|".join(known), detail=kind)
                yield Guess("|".join(value for value in values if value), detail=kind)


def _line(received: Received, names: Sequence[str]) -> str:
    return "|".join(map(received.value, names))


def _without(received: Received, names: Sequence[str]) -> str:
    return "|".join(value for name, value in zip(received.order, received.values, strict=True) if name not in names)


def _with(received: Received, place: int, value: str) -> str:
    return "|".join((*received.values[:place], value, *received.values[place:]))
