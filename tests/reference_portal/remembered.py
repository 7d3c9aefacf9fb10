"""Ways that many tests begin with, walked once: their end is remembered and put into an empty portal.

What is remembered is all that a way leaves behind: the store, the uploaded files, the person's session, and what the
gateways were given. A way is walked again wherever the beginning is another: a portal that holds something already, an
other day, other settings, another person.
"""

from __future__ import annotations

import functools
import sqlite3
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from reference_portal.storage.columns import metadata

if TYPE_CHECKING:
    from tests.reference_portal.visitor import Visitor

Way = Callable[["Visitor"], "Visitor"]


def remembered(way: Way) -> Way:
    """The same way; whoever goes it a second time from the same beginning is at its end at once."""
    ends: dict[str, _End] = {}

    @functools.wraps(way)
    def go(visitor: Visitor) -> Visitor:
        if _something_happened(visitor):
            return way(visitor)
        portal = visitor.portal
        told = [(name, value) for name, value in portal.settings if name != "data_dir"]
        beginning = repr((visitor.identity_number, portal.clock.now(), told))
        if beginning in ends:
            ends[beginning].restore(visitor)
        else:
            way(visitor)
            ends[beginning] = _End.of(visitor)
        return visitor

    return go


def _something_happened(visitor: Visitor) -> bool:
    if visitor.sms.sent or visitor.mail.sent:
        return True
    any_row = " UNION ALL ".join(f"SELECT EXISTS (SELECT 1 FROM {name})" for name in metadata.tables)
    with visitor.portal.database.read() as connection:
        return any(found for (found,) in _driver(connection).execute(any_row))


@dataclass
class _End:
    store: sqlite3.Connection
    files: dict[Path, bytes]
    session: dict[str, Any]
    sent: tuple[list[Any], list[Any]]

    @classmethod
    def of(cls, visitor: Visitor) -> _End:
        store = sqlite3.connect(":memory:")
        with visitor.portal.database.read() as connection:
            _driver(connection).backup(store)
        folder = _uploads(visitor)
        files = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        with visitor.client.session_transaction() as session:
            held = dict(session)
        return cls(store, files, held, deepcopy((visitor.sms.sent, visitor.mail.sent)))

    def restore(self, visitor: Visitor) -> None:
        with visitor.portal.database.read() as connection:
            self.store.backup(_driver(connection))
        for path, content in self.files.items():
            place = _uploads(visitor) / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        with visitor.client.session_transaction() as session:
            session.clear()
            session.update(self.session)
        visitor.sms.sent[:], visitor.mail.sent[:] = deepcopy(self.sent)


def _uploads(visitor: Visitor) -> Path:
    return visitor.portal.settings.keys_dir / "uploads"


def _driver(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver
