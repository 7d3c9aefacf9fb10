"""The inbox's tables. Newest is what arrived last, so the highest id; instants are milliseconds since 1970:
`created` by the sandbox's clock, `arrived` by the machine's, from which Mailosaur's clients take theirs.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
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
from emulators.foundation.letters import letters_table

METADATA = MetaData()
JOURNAL = journal_table(METADATA)
LETTERS = letters_table(METADATA)

MESSAGES = Table(
    "messages",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("uid", String(22), nullable=False, unique=True),
    Column("created", BigInteger, nullable=False, index=True),
    Column("arrived", BigInteger, nullable=False),
    Column("read", Boolean, nullable=False),
    Column("size", Integer, nullable=False),
    Column("attachments", Integer, nullable=False),
    Column("inline", Integer, nullable=False),
    Column("message_id", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("snippet", Text, nullable=False),
    Column("people", JSON, nullable=False),
    Column("tags", JSON, nullable=False),
    Column("username", String(320), nullable=False),
    # What the fields of a search look into: lower case, one line for each name and each address.
    Column("from_text", Text, nullable=False),
    Column("to_text", Text, nullable=False),
    Column("cc_text", Text, nullable=False),
    Column("bcc_text", Text, nullable=False),
    Column("reply_to_text", Text, nullable=False),
    Column("subject_text", Text, nullable=False),
    Index("messages_by_read", "read"),
    Index("messages_by_username", "username", "id"),
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

TALLIES = Table(
    "tallies",
    METADATA,
    Column("username", String(320), primary_key=True),
    Column("messages", Integer, nullable=False),
    Column("unread", Integer, nullable=False),
)
"""How many messages each user has, kept with every change: counting fifty thousand rows is felt, reading one is not."""

SCANS = Table(
    "scans",
    METADATA,
    Column("message_id", ForeignKey("messages.id"), primary_key=True, autoincrement=False),
    Column("state", String(10), nullable=False, index=True),
    Column("found", JSON, nullable=False),
)
"""What the mail scanner found of a message's links; `state` is owed or done."""

HELD = Table(
    "held",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("due", Float, nullable=False, index=True),
    Column("noted", Float, nullable=False),
    Column("overtaken", Boolean, nullable=False),
    Column("envelope", JSON, nullable=False),
    Column("raw", LargeBinary, nullable=False),
)
"""Messages taken but delivered late, because a fault says so; an `overtaken` one goes behind the next that comes."""

HOOKS = Table(
    "hooks",
    METADATA,
    Column("url", Text, primary_key=True),
    Column("secret", Text, nullable=False),
)
"""Where each new message is told besides the settings' addresses."""
