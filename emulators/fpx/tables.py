"""The room's tables."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from emulators.foundation.courier import letters_table
from emulators.foundation.journal import journal_table

METADATA = MetaData()

EXCHANGES = Table(
    "exchanges",
    METADATA,
    Column("exchange_id", String(10), primary_key=True),
    Column("public_key", Text, nullable=False),
    Column("direct_url", Text, nullable=False),
    Column("indirect_url", Text, nullable=False),
)
"""The merchants' ends: the key that signs and the two addresses are registered for an exchange, not for a seller."""

SELLERS = Table(
    "sellers",
    METADATA,
    Column("exchange_id", String(10), primary_key=True),
    Column("seller_id", String(10), primary_key=True, index=True),
    Column("name", String(100), nullable=False),
)

TRANSACTIONS = Table(
    "transactions",
    METADATA,
    Column("fpx_txn_id", String(16), primary_key=True),
    Column("fpx_txn_time", String(14), nullable=False),
    Column("session", String(32), nullable=False, unique=True),
    Column("state", String(20), nullable=False),
    Column("received_at", String(40), nullable=False),
    Column("expires_at", Float, nullable=False),
    Column("seller_ex_id", String(10), nullable=False),
    Column("seller_ex_order_no", String(40), nullable=False),
    Column("seller_id", String(10), nullable=False),
    Column("seller_order_no", String(40), nullable=False),
    Column("seller_txn_time", String(14), nullable=False),
    Column("msg_token", String(2), nullable=False),
    Column("amount_sen", BigInteger, nullable=False),
    Column("txn_currency", String(3), nullable=False),
    Column("buyer_bank_id", String(10), nullable=False),
    Column("buyer_email", String(50), nullable=False),
    Column("buyer_id", String(20), nullable=False),
    Column("buyer_iban", String(35), nullable=False),
    Column("product_desc", String(30), nullable=False),
    Column("version", String(3), nullable=False),
    Column("debit_auth_code", String(2), nullable=False),
    Column("debit_auth_no", String(10), nullable=False),
    Column("credit_auth_code", String(2), nullable=False),
    Column("credit_auth_no", String(10), nullable=False),
    Column("account_name", String(40), nullable=False),
    Column("maker_name", String(40), nullable=False),
    Column("card", String(20), nullable=False),
    Column("wrong_sign_ins", Integer, nullable=False),
    Column("enquiries", Integer, nullable=False),
    Column("msg_type", String(2), nullable=False),
    Column("session_ends_at", Float, nullable=False),
    Column("account", String(20), nullable=False),
    Column("wrong_tacs", Integer, nullable=False),
    Column("submitted", Boolean, nullable=False),
    Column("approver", String(20), nullable=False),
    Column("number_use", Integer, nullable=False),
    Column("asked", Text, nullable=False),
    UniqueConstraint("seller_ex_id", "seller_ex_order_no", "number_use", name="one_seller_ex_order_no"),
    Index("by_seller_order_no", "seller_id", "seller_order_no"),
    Index("by_state", "state", "expires_at"),
)

REQUESTS = Table(
    "requests",
    METADATA,
    Column("fpx_txn_id", String(16), primary_key=True),
    Column("fingerprint", String(64), nullable=False, unique=True),
)
"""The AR that opened each transaction, so that the very same message again leads back to it."""

BANK_STATUSES = Table(
    "bank_statuses",
    METADATA,
    Column("bank_id", String(10), primary_key=True),
    Column("model", String(2), primary_key=True),
    Column("online", Boolean, nullable=False),
)
"""Banks a tester has switched on or off; the others are as `banks` has them."""

LETTERS = letters_table(METADATA)
JOURNAL = journal_table(METADATA)

DRILLS = Table(
    "drills",
    METADATA,
    Column("exchange_id", String(10), primary_key=True),
    Column("since", Integer, nullable=False),
    Column("began", String(40), nullable=False),
    Column("kept", JSON, nullable=False),
)
"""Each exchange's drill board: from which journal entry on its traffic counts, and what was seen of each scenario."""
