"""The inbox's tables. Newest is what arrived last, so the highest id; instants are milliseconds since 1970."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
)

from emulators.foundation.journal import journal_table

METADATA = MetaData()
JOURNAL = journal_table(METADATA)

MESSAGES = Table(
    "messages",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("uid", String(22), nullable=False, unique=True),
    Column("created", BigInteger, nullable=False, index=True),
    Column("read", Boolean, nullable=False),
    Column("size", Integer, nullable=False),
    Column("attachments", Integer, nullable=False),
    Column("inline", Integer, nullable=False),
    Column("message_id", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("snippet", Text, nullable=False),
    Column("people", JSON, nullable=False),
    Column("tags", JSON, nullable=False),
    # What the fields of a search look into: lower case, one line for each name and each address.
    Column("from_text", Text, nullable=False),
    Column("to_text", Text, nullable=False),
    Column("cc_text", Text, nullable=False),
    Column("bcc_text", Text, nullable=False),
    Column("reply_to_text", Text, nullable=False),
    Column("subject_text", Text, nullable=False),
    Index("messages_by_read", "read"),
    sqlite_autoincrement=True,
)

CONTENTS = Table(
    "contents",
    METADATA,
    Column("message_id", ForeignKey("messages.id"), primary_key=True, autoincrement=False),
    Column("words", Text, nullable=False),
    Column("raw", LargeBinary, nullable=False),
)
"""Kept apart, so that a list never touches the pages of bodies."""

_bytewise = Text().with_variant(Text(collation="C"), "postgresql")
"""Ordered by code point, which is what makes a prefix a range."""

MARKS = Table(
    "marks",
    METADATA,
    Column("kind", SmallInteger, primary_key=True, autoincrement=False),
    Column("mirrored", _bytewise, primary_key=True),
    Column("after", _bytewise, primary_key=True),
    Column("message_id", ForeignKey("messages.id"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)
"""One row for each "@" of each name and address: what stands before it, mirrored, and what stands after it."""

TAGS = Table(
    "tags",
    METADATA,
    Column("tag", String(100), primary_key=True),
    Column("message_id", ForeignKey("messages.id"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)
