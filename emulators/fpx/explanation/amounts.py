"""Mistakes in the two fields whose right spelling is known: the amount and the version."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from emulators.fpx.explanation.received import Guess, Received


def amount_format(received: Received) -> Iterator[Guess]:
    """The same amount, written otherwise."""
    for written in _amounts(received.value("txnAmount")):
        yield Guess(received.with_value("txnAmount", written), ("txnAmount",), repr(written))


def version(received: Received) -> Iterator[Guess]:
    """Another interface version signed than posted."""
    for other in ("7.0", "6.0", "5.0", "7", "6", "5", "7.1", "8.0", "4.0", "3.0", "2.0", "1.0", "07", "v7.0", "V7.0"):
        if other != received.value("version"):
            yield Guess(received.with_value("version", other), ("version",), repr(other))


def _amounts(given: str) -> Iterator[str]:
    try:
        amount = Decimal(re.sub(r"[^0-9.]", "", given))
    except InvalidOperation:
        return
    if amount >= 10**13:
        return
    plain = f"{amount:.2f}"
    whole, cents = plain.split(".")
    short = plain.rstrip("0").rstrip(".")
    yield from (
        plain,
        short,
        whole,
        f"{amount:.1f}",
        f"{whole}.0",
        f"{amount:,.2f}",
        f"{int(amount):,}",
        f"{amount:.3f}",
    )
    yield from (f"{amount:.4f}", f"{amount:.0f}", whole + cents, f"{whole},{cents}", f"{amount:,.2f}".replace(",", " "))
    yield from (f"{amount:,.2f}".translate(str.maketrans(",.", ".,")), f"{amount:g}", f"{amount:.2E}", f".{cents}")
    yield from (f"{sign}{space}{plain}" for sign in ("RM", "MYR", "$", "+") for space in ("", " "))
    yield from (f"{sign}{amount:,.2f}" for sign in ("RM", "RM ", "MYR", "MYR "))
    mantissa, _, exponent = f"{amount:E}".partition("E+")
    digits = mantissa.rstrip("0")
    yield f"{digits}0E{exponent}" if digits.endswith(".") else f"{digits}E{exponent}"
    lower, upper = (math.nextafter(float(amount), towards) for towards in (0, math.inf))
    yield from map(repr, (lower, upper, math.nextafter(lower, 0), math.nextafter(upper, math.inf)))
    yield from (plain.zfill(width) for width in range(len(plain) + 1, 20))
    yield from ((whole + cents).zfill(width) for width in range(len(whole) + 3, 20))
    yield from (
        given.strip(),
        f" {plain}",
        f"{plain} ",
        f"{plain} MYR",
        f"{plain}RM",
        f"{plain}0",
        f"{amount:.5f}",
        f"{amount:.6f}",
    )
