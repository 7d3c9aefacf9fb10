"""What SMPP keeps beside the room's messages: one row for each submission to each recipient.

The key of the first recipient is the number of the submission, from which its message_id is written.

A part of a cut text waits here, without a message, until the other parts are there. Instants are milliseconds.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, SmallInteger, String, Table, Text, text

from emulators.sms.tables import METADATA

_OWED = text("owed > 0")
_WAITING = text("waits_for IS NOT NULL")
_ENDING = text("expires IS NOT NULL")
SUBMISSIONS = Table(
    "smpp_submissions",
    METADATA,
    Column("key", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("number", BigInteger, nullable=False),
    Column("sid", String(34), index=True),
    Column("system_id", String(16), nullable=False),
    Column("bind", Integer, nullable=False),
    Column("service_type", String(6), nullable=False),
    Column("source_ton", SmallInteger, nullable=False),
    Column("source_npi", SmallInteger, nullable=False),
    Column("source", String(64), nullable=False),
    Column("target_ton", SmallInteger, nullable=False),
    Column("target_npi", SmallInteger, nullable=False),
    Column("target", String(64), nullable=False),
    Column("sender", String(20), nullable=False),
    Column("to_number", String(20), nullable=False),
    Column("esm_class", SmallInteger, nullable=False),
    Column("registered", SmallInteger, nullable=False),
    Column("data_coding", SmallInteger, nullable=False),
    Column("octets", LargeBinary, nullable=False),
    Column("header", LargeBinary, nullable=False),
    Column("part", SmallInteger, nullable=False),
    Column("parts", SmallInteger, nullable=False),
    Column("waits_for", Text),
    Column("accepted", BigInteger, nullable=False),
    Column("schedule", BigInteger),
    Column("expires", BigInteger),
    Column("ended", SmallInteger),
    Column("owed", SmallInteger, nullable=False),
    Column("user_reference", Integer),
    Index("smpp_owed", "key", sqlite_where=_OWED, postgresql_where=_OWED),
    Index("smpp_waiting", "waits_for", sqlite_where=_WAITING, postgresql_where=_WAITING),
    Index("smpp_ending", "expires", sqlite_where=_ENDING, postgresql_where=_ENDING),
)
