"""Uploaded documents: what was kept for whom, and where the file lies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Column, Connection, Date, ForeignKey, Integer, String, Table, bindparam, select

from reference_portal.rules.document import Kind
from reference_portal.storage.accounts import accounts
from reference_portal.storage.columns import Instant, OneOf, many, metadata

documents = Table(
    "documents",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("account_id", ForeignKey(accounts.c.id), nullable=False, index=True),
    Column("kind", OneOf(Kind), nullable=False),
    Column("slot", String(64), unique=True, comment="account and kind while this is the one in use, else null"),
    Column("clean_name", String(120), nullable=False),
    Column("media_type", String(20), nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("stored_name", String(64), nullable=False),
    Column("number", String(60), nullable=False),
    Column("expires", Date),
    Column("kept_at", Instant, nullable=False),
)


@dataclass(frozen=True)
class Document:
    """One kept document; `number` and `expires` are what the applicant last typed beside it."""

    id: str
    account_id: str
    kind: Kind
    slot: str | None
    clean_name: str
    media_type: str
    size: int
    sha256: str
    stored_name: str
    number: str
    expires: date | None
    kept_at: datetime


_in_use = select(documents).where(documents.c.account_id == bindparam("account_id"), documents.c.slot.is_not(None))
_retire = documents.update().where(documents.c.slot == bindparam("taken")).values(slot=None)
_forget = documents.delete().where(documents.c.id == bindparam("document_id"))
_describe = (
    documents.update()
    .where(documents.c.slot == bindparam("taken"))
    .values(number=bindparam("typed_number"), expires=bindparam("typed_expiry"))
)


def slot_of(account_id: str, kind: Kind) -> str:
    """The one place an account has for a document of this kind."""
    return f"{account_id}:{kind.value}"


def in_use(connection: Connection, account_id: str) -> dict[Kind, Document]:
    """The document of each kind that counts now."""
    return {found.kind: found for found in many(connection, _in_use, Document, account_id=account_id)}


def keep(connection: Connection, *new: Document) -> None:
    """Put documents in their slots, which must be empty."""
    connection.execute(documents.insert(), [vars(document) for document in new])


def retire(connection: Connection, document: Document) -> None:
    """Empty the document's slot; it stays stored for the applications that used it."""
    connection.execute(_retire, {"taken": document.slot})


def forget(connection: Connection, document: Document) -> None:
    """Remove a document no application was made with."""
    connection.execute(_forget, {"document_id": document.id})


def describe(connection: Connection, account_id: str, kind: Kind, number: str, expires: date | None) -> None:
    """Remember what was typed beside the kept document."""
    row = {"taken": slot_of(account_id, kind), "typed_number": number, "typed_expiry": expires}
    connection.execute(_describe, row)
