"""The gateway's tables. Instants are whole milliseconds since 1970; newest is what arrived last, so the highest id."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

from emulators.foundation.journal import journal_table

METADATA = MetaData()
JOURNAL = journal_table(METADATA)
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
    Index("messages_by_number", "to_number", "id"),
    Index("messages_by_status", "status", "updated"),
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
