"""What somebody has typed into a form and not sent: one draft for each form of an account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import JSON, Column, Connection, ForeignKey, String, Table, bindparam, select

from reference_portal.storage.accounts import accounts
from reference_portal.storage.columns import Instant, metadata, one

drafts = Table(
    "drafts",
    metadata,
    Column("account_id", ForeignKey(accounts.c.id, ondelete="CASCADE"), primary_key=True),
    Column("form", String(20), primary_key=True),
    Column("answers", JSON, nullable=False),
    Column("kept_at", Instant, nullable=False),
)


@dataclass(frozen=True)
class Draft:
    """Text by field, as it was typed."""

    account_id: str
    form: str
    answers: dict[str, str]
    kept_at: datetime


_mine = (drafts.c.account_id == bindparam("account"), drafts.c.form == bindparam("which"))
_of = select(drafts).where(*_mine)
_drop = drafts.delete().where(*_mine)


def of(connection: Connection, account_id: str, form: str) -> Draft | None:
    """The draft of this form."""
    return one(connection, _of, Draft, account=account_id, which=form)


def put(connection: Connection, draft: Draft) -> None:
    """Keep it in place of the one before; the caller holds the account."""
    drop(connection, draft.account_id, draft.form)
    connection.execute(drafts.insert(), vars(draft))


def drop(connection: Connection, account_id: str, form: str) -> None:
    """It is not needed any more."""
    connection.execute(_drop, {"account": account_id, "which": form})
