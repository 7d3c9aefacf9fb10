"""Reads the register of differences from production: docs/differences/*.toml, strictly."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "differences"
_ID = re.compile(r"[A-Z]+-[1-9][0-9]*")
_NEEDED = frozenset({"id", "sandbox", "production", "confidence"})
_ALLOWED = _NEEDED | {"setting"}


class Confidence(StrEnum):
    """How sure we are of what is said about production."""

    HIGH = "high"
    MEDIUM = "medium"
    GUESS = "guess"


class BadRegister(Exception):
    """A row of the register is not as docs/differences/README.md asks; the sentence names file, row and fault."""


@dataclass(frozen=True)
class Difference:
    """One place where the sandbox chooses, simplifies or guesses."""

    id: str
    sandbox: str
    production: str
    confidence: Confidence
    setting: str | None


def read_register(folder: Path = FOLDER) -> list[Difference]:
    """Every row, files in alphabetical order and rows in the order written.

    Raises:
        BadRegister: a file is not TOML, a row lacks a field or has one too many, an id is malformed or used twice.
    """
    rows = [row for path in sorted(folder.glob("*.toml")) for row in _rows_of(path)]
    seen: set[str] = set()
    for row in rows:
        if row.id in seen:
            raise BadRegister(f"the id {row.id} is used twice")
        seen.add(row.id)
    return rows


def _rows_of(path: Path) -> list[Difference]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BadRegister(f"{path.name} is not TOML: {error}") from error
    tables = content.pop("difference", [])
    if content or not isinstance(tables, list) or not tables:
        raise BadRegister(f"{path.name} must hold [[difference]] rows and nothing else")
    return [_row(path.name, number, table) for number, table in enumerate(tables, 1)]


def _row(file: str, number: int, table: dict[str, Any]) -> Difference:
    where = f"{file}, row {number} ({table.get('id', 'no id')})"
    if missing := _NEEDED - table.keys():
        raise BadRegister(f"{where} lacks {', '.join(sorted(missing))}")
    if unknown := table.keys() - _ALLOWED:
        raise BadRegister(f"{where} has the unknown field {', '.join(sorted(unknown))}")
    for name, value in table.items():
        if not isinstance(value, str) or not value.strip():
            raise BadRegister(f"{where}: {name} must be a sentence or a word, not {value!r}")
    if not _ID.fullmatch(table["id"]):
        raise BadRegister(f"{where}: an id is the room's word, a dash and a number, as FPX-1")
    if table["confidence"] not in set(Confidence):
        raise BadRegister(f"{where}: confidence is one of {', '.join(Confidence)}")
    return Difference(
        table["id"], table["sandbox"], table["production"], Confidence(table["confidence"]), table.get("setting")
    )
