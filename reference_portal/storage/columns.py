"""Column types and row shapes every table of the portal shares."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import Connection, Dialect, Executable, MetaData, String, TypeDecorator

from reference_portal.clock import MALAYSIA

metadata = MetaData()
"""All tables of the portal."""

Shape = TypeVar("Shape")
Word = TypeVar("Word", bound=StrEnum)


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept as ISO text in Malaysia time so that text order is time order in both databases."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002  fixed by SQLAlchemy
        """The stored text."""
        return None if value is None else value.astimezone(MALAYSIA).isoformat(timespec="microseconds")

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002  fixed by SQLAlchemy
        """The instant behind the stored text."""
        return None if value is None else datetime.fromisoformat(value)


class OneOf(TypeDecorator[Any]):
    """A word of a StrEnum, kept as that word."""

    impl = String(24)
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002  fixed by SQLAlchemy
        """The stored word; a word the enum does not know is refused here, before it reaches the table."""
        return None if value is None else self.words(value).value

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002  fixed by SQLAlchemy
        """The enum's member."""
        return None if value is None else self.words(value)


def one(connection: Connection, statement: Executable, shape: type[Shape], **given: Any) -> Shape | None:
    """The first row as a `shape` (a dataclass with the columns' names), or None."""
    row = connection.execute(statement, given).mappings().first()
    return None if row is None else shape(**row)


def many(connection: Connection, statement: Executable, shape: type[Shape], **given: Any) -> list[Shape]:
    """Every row as a `shape`."""
    return [shape(**row) for row in connection.execute(statement, given).mappings()]


def changed(connection: Connection, statement: Executable, **given: Any) -> bool:
    """Run an update that names the state it expects; whether it found it."""
    return connection.execute(statement, given).rowcount == 1
