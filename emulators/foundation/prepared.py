"""Statements of the paths a room walks thousands of times a second: written once, given to the driver as they are.

SQLAlchemy looks a statement up, sorts its values by name and type and wraps its answer at every execution, which costs
twenty times what SQLite takes to find a row. Here a Core statement is compiled once for each kind of store; after that
its text and values go straight to the driver, inside the same transaction as everything else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect, Float, Numeric, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

Row = tuple[Any, ...]
_Convert = Callable[[Any], Any]


class Prepared:
    """One Core statement whose values all have names (`bindparam`); an INSERT takes those of `columns`; no IN."""

    def __init__(self, statement: Executable, columns: Sequence[str] | None = None) -> None:
        self._statement: Any = statement
        self._columns = columns
        self._texts: dict[str, _Text] = {}

    def run(self, connection: Connection, **values: Any) -> int:
        """Execute inside the caller's transaction; how many rows it changed.

        Raises:
            DBAPIError: what SQLAlchemy itself would raise for the driver's error.
        """
        count: int = self._cursor(connection.connection.driver_connection, connection.dialect, values).rowcount
        return count

    def rows(self, connection: Connection, **values: Any) -> list[Row]:
        """Every row of a SELECT, its columns in the statement's order; raises as `run`."""
        return self.asked(connection.connection.driver_connection, connection.dialect, values)

    def first(self, connection: Connection, **values: Any) -> Row | None:
        """The first row, if there is one."""
        found = self.rows(connection, **values)
        return found[0] if found else None

    def asked(self, driver: Any, dialect: Dialect, values: dict[str, Any]) -> list[Row]:
        """`rows` of a driver's own connection."""
        found: list[Row] = self._cursor(driver, dialect, values).fetchall()
        convert = self._text(dialect).convert
        return [_converted(row, convert) for row in found] if convert else found

    def _cursor(self, driver: Any, dialect: Dialect, values: dict[str, Any]) -> Any:
        text = self._text(dialect)
        return driven(driver, dialect, text.sql, text.given(values))

    def _text(self, dialect: Dialect) -> _Text:
        text = self._texts.get(dialect.name)
        if text is None:
            compiled = self._statement.compile(dialect=dialect, column_keys=self._columns)
            text = self._texts[dialect.name] = _Text.of(compiled, self._statement, dialect)
        return text


def driven(driver: Any, dialect: Dialect, sql: str, given: Any) -> Any:
    """The cursor of a statement that a driver's own connection has executed.

    Raises:
        DBAPIError: what SQLAlchemy itself would raise for the driver's error.
    """
    failure = dialect.loaded_dbapi.Error
    try:
        return driver.execute(sql, given)
    except failure as error:
        raise DBAPIError.instance(sql, given, error, failure, dialect=dialect) from error


@dataclass(frozen=True)
class _Text:
    """A statement as one kind of store takes it."""

    sql: str
    order: tuple[str, ...] | None
    """The names of the values in their order; None when the driver takes them by name."""
    constants: dict[str, Any]
    """The values that stand in the statement itself, such as a LIMIT."""
    prepare: dict[str, _Convert]
    """What becomes of a value on its way in, by name."""
    convert: tuple[tuple[int, _Convert], ...]
    """What becomes of a column on its way out, by its place."""

    @classmethod
    def of(cls, compiled: SQLCompiler, statement: Any, dialect: Dialect) -> _Text:
        names = tuple(compiled.positiontup) if compiled.positional and compiled.positiontup is not None else None
        constants = {name: bind.effective_value for name, bind in compiled.binds.items() if not bind.required}
        inward = {name: _inward(bind.type, dialect) for name, bind in compiled.binds.items()}
        columns = statement.selected_columns if isinstance(statement, Select) else ()
        outward = [_outward(column.type, dialect) for column in columns]
        return cls(
            compiled.string,
            names,
            constants,
            {name: convert for name, convert in inward.items() if convert is not None},
            tuple((place, convert) for place, convert in enumerate(outward) if convert is not None),
        )

    def given(self, values: dict[str, Any]) -> Any:
        """The values as the driver takes them."""
        if self.constants:
            values = {**self.constants, **values}
        for name, convert in self.prepare.items():
            values[name] = convert(values[name])
        return values if self.order is None else tuple([values[name] for name in self.order])


def _converted(row: Row, convert: tuple[tuple[int, _Convert], ...]) -> Row:
    changed = list(row)
    for place, change in convert:
        changed[place] = change(changed[place])
    return tuple(changed)


def _inward(kind: TypeEngine[Any], dialect: Dialect) -> _Convert | None:
    return None if isinstance(kind, Numeric | Float) else kind.dialect_impl(dialect).bind_processor(dialect)


def _outward(kind: TypeEngine[Any], dialect: Dialect) -> _Convert | None:
    """None for numbers: every driver gives them as they are."""
    return None if isinstance(kind, Numeric | Float) else kind.dialect_impl(dialect).result_processor(dialect, None)
