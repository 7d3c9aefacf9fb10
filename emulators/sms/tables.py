"""The gateway's tables. Instants are whole milliseconds since 1970; newest is what arrived last, so the highest id.

A message that was held back (scheduled, late, out of order) is put under a new id when it arrives at the handset.
"""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text, text

from emulators.foundation.courier import letters_table
from emulators.foundation.journal import journal_table

METADATA = MetaData()
JOURNAL = journal_table(METADATA)
LETTERS = letters_table(METADATA)
_HELD = text("hold_until IS NOT NULL")
MESSAGES = Table(
    "messages",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("sid", String(34), nullable=False, unique=True),
    Column("account_sid", Text, nullable=False),
    Column("to_number", String(20), nullable=False),
    Column("sender", String(20)),
    Column("messaging_service_sid", Text),
    Column("status_callback", Text),
    Column("body", Text, nullable=False),
    Column("encoding", String(5), nullable=False),
    Column("units", Integer, nullable=False),
    Column("segments", Integer, nullable=False),
    Column("status", String(12), nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("updated", BigInteger, nullable=False),
    Column("sent", BigInteger),
    Column("via", String(10), nullable=False),
    Column("callback_secret", Text),
    Column("error_code", Integer),
    Column("fault", String(20)),
    Column("hold_until", BigInteger),
    Column("received", BigInteger),
    Column("arrived", BigInteger),
    Column("copy_of", String(34)),
    Index("messages_by_number", "to_number", "id"),
    Index("messages_by_status", "status", "updated"),
    Index("messages_held", "hold_until", sqlite_where=_HELD, postgresql_where=_HELD),
    sqlite_autoincrement=True,
)
STEPS = Table(
    "steps",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("message_id", ForeignKey("messages.id"), nullable=False, index=True),
    Column("status", String(12), nullable=False),
    Column("at", BigInteger, nullable=False),
)
SERVICES = Table(
    "services",
    METADATA,
    Column("sid", String(34), primary_key=True),
    Column("account_sid", Text, nullable=False),
    Column("friendly_name", Text, nullable=False),
    Column("code_length", Integer, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("updated", BigInteger, nullable=False),
)
VERIFICATIONS = Table(
    "verifications",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("sid", String(34), nullable=False, unique=True),
    Column("service_sid", ForeignKey("services.sid"), nullable=False),
    Column("to_number", String(20), nullable=False),
    Column("code", String(10), nullable=False),
    Column("status", String(24), nullable=False),
    Column("checks", Integer, nullable=False),
    Column("attempts", JSON, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("updated", BigInteger, nullable=False),
    Index("verifications_by_number", "service_sid", "to_number", "id"),
)
