"""`caruman persona`: synthetic applicants, each with a folder of sample documents to hand in at the portal."""

from __future__ import annotations

import argparse
import itertools
import json
import secrets
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from reference_portal.personas.cases import SMALLEST_LIMIT
from reference_portal.personas.kit import LIMIT, Kit, kit_of
from reference_portal.personas.packing import write
from reference_portal.personas.persona import CITIZENSHIPS, Persona, Wish, checked_seed, invent
from reference_portal.personas.telling import told
from reference_portal.rules.document import Category, Region
from sandbox.errors import SandboxError
from sandbox.speech import say

DEFAULT_DAY = date(2019, 5, 15)
MOST = 1000
LONGEST_OF_MANY = 35
"""Signs of a seed, so that `-1000` still fits behind it."""


def words(parser: argparse.ArgumentParser, data_dir: Path) -> None:
    """The grammar of the verb."""
    like = Wish()
    kinds = [work.value for work in Category], [place.value for place in Region]
    parser.add_argument("--seed", type=_seed, help="the same seed makes the same applicant and files (random)")
    parser.add_argument(
        "--category", choices=kinds[0], default=like.category.value, help="what is driven (%(default)s)"
    )
    parser.add_argument("--region", choices=kinds[1], default=like.region.value, help="where (%(default)s)")
    parser.add_argument("--citizenship", choices=CITIZENSHIPS, default=like.citizenship, help="(%(default)s)")
    parser.add_argument("--count", type=_count, default=1, help=f"how many, up to {MOST} (%(default)s)")
    parser.add_argument(
        "--day",
        type=_day,
        default=DEFAULT_DAY,
        metavar="YYYY-MM-DD",
        help="the portal's day; its year counts (%(default)s)",
    )
    parser.add_argument(
        "--upload-bytes", type=_size, default=LIMIT, metavar="N", help="the portal's limit (%(default)s)"
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=data_dir / "personas",
        metavar="DIR",
        help="a folder each goes in here (%(default)s)",
    )
    parser.add_argument("--json", action="store_true", help="print persona.json of each as one line, with its folder")


def persona(given: argparse.Namespace) -> int:
    """Make them, write their folders, and say who they are.

    Raises:
        SandboxError: the seed is too long for what --count puts behind it.
    """
    if given.count > 1 and len(given.seed or "") > LONGEST_OF_MANY:
        raise SandboxError(f"--count puts numbers behind the seed, which may have {LONGEST_OF_MANY} signs then")
    wish = Wish(Category(given.category), Region(given.region), given.citizenship)
    for each in _people(given.seed or secrets.token_hex(4), given.day.year, wish, given.count):
        kit = kit_of(each, given.upload_bytes)
        place = _written(kit, given.out)
        say(_line(kit, place) if given.json else _paragraph(kit, place))
    return 0


def _people(seed: str, year: int, wish: Wish, count: int) -> Iterator[Persona]:
    """The seed's own, then `seed-2`, `seed-3` and so on; one whose numbers somebody has already is passed over."""
    numbers: set[str] = set()
    for place in itertools.count(1):
        if count == 0:
            return
        each = invent(seed if place == 1 else f"{seed}-{place}", year, wish)
        if numbers.isdisjoint((each.identity_number, each.mobile)):
            numbers |= {each.identity_number, each.mobile}
            count -= 1
            yield each


def _written(kit: Kit, below: Path) -> Path:
    try:
        return write(kit, below)
    except OSError as error:
        raise SandboxError(f"cannot write to {below}: {error.strerror}; choose another folder with --out") from error


def _line(kit: Kit, place: Path) -> str:
    line: dict[str, Any] = {"folder": str(place), **told(kit)}
    return json.dumps(line, ensure_ascii=False)


def _paragraph(kit: Kit, place: Path) -> str:
    each = kit.persona
    rows = (
        f"{each.full_name}, {each.identity_number}, {each.mobile}, {each.email}",
        f"phrase {each.secret_phrase!r}, password {each.password}, vehicle {each.vehicle_number}",
        f"{len(kit.samples)} sample documents and what each must bring about: {place / 'persona.txt'}",
    )
    return "\n".join([f"SANDBOX applicant, seed {each.seed}", *(f"  {row}" for row in rows)])


def _seed(text: str) -> str:
    try:
        return checked_seed(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _count(text: str) -> int:
    return _number(text, 1, MOST)


def _size(text: str) -> int:
    return _number(text, SMALLEST_LIMIT, 64 * 1024 * 1024)


def _number(text: str, least: int, most: int) -> int:
    if text.isascii() and text.isdecimal() and least <= int(text) <= most:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {least} to {most}")


def _day(text: str) -> date:
    try:
        told = date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day like 2019-05-15") from error
    if not 2017 <= told.year <= 2060:
        raise argparse.ArgumentTypeError(f"{text} is not between 2017, when the scheme began, and 2060")
    return told
