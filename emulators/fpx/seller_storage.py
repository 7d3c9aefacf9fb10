"""What the room keeps of its merchants: exchanges with key and addresses, and their sellers. Survives a reset."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select

from emulators.foundation.database import Database
from emulators.fpx.tables import EXCHANGES, SELLERS

_X, _S = EXCHANGES.c, SELLERS.c
_EXCHANGE = select(EXCHANGES).where(_X.exchange_id == bindparam("key"))
_HELD_EXCHANGE = _EXCHANGE.with_for_update()
_SELLER = select(SELLERS).where(_S.seller_id == bindparam("key"))
_ALL_SELLERS = (
    select(SELLERS, _X.direct_url, _X.indirect_url)
    .join(EXCHANGES, _X.exchange_id == _S.exchange_id)
    .order_by(_S.exchange_id, _S.seller_id)
)
_KEYS = select(_X.exchange_id, _X.public_key).order_by(_X.exchange_id).limit(bindparam("count"))
_FORGET_EXCHANGE = EXCHANGES.delete().where(_X.exchange_id == bindparam("exchange"))
_FORGET_SELLER = SELLERS.delete().where(_S.exchange_id == bindparam("exchange"), _S.seller_id == bindparam("seller"))


@dataclass(frozen=True)
class Exchange:
    """A seller exchange: its public key (PEM) and where its confirmations go."""

    exchange_id: str
    public_key: str
    direct_url: str
    indirect_url: str


class SellerStorage:
    """The merchants' part of the store."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def exchange(self, exchange_id: str) -> Exchange | None:
        """The exchange of that id."""
        with self.database.read() as connection:
            row = connection.execute(_EXCHANGE, {"key": exchange_id}).mappings().first()
        return Exchange(**row) if row else None

    def keys(self, count: int) -> list[tuple[str, str]]:
        """The public keys (PEM) of the first `count` exchanges, by id."""
        with self.database.read() as connection:
            return [(row.exchange_id, row.public_key) for row in connection.execute(_KEYS, {"count": count})]

    def hold(self, connection: Connection, exchange_id: str) -> Exchange | None:
        """The same, kept from other writers until the caller's transaction ends."""
        row = connection.execute(_HELD_EXCHANGE, {"key": exchange_id}).mappings().first()
        return Exchange(**row) if row else None

    def direct_url(self, connection: Connection, exchange_id: str) -> str:
        """Where the exchange takes its direct AC; asked inside the transaction that owes it."""
        return str(connection.execute(_EXCHANGE, {"key": exchange_id}).mappings().one()["direct_url"])

    def names_of_seller(self, seller_id: str) -> dict[str, str]:
        """The seller's name at each exchange that has it."""
        with self.database.read() as connection:
            rows = connection.execute(_SELLER, {"key": seller_id}).mappings()
            return {row["exchange_id"]: row["name"] for row in rows}

    def all(self) -> list[dict[str, Any]]:
        """Every seller with its exchange's addresses."""
        with self.database.read() as connection:
            return [dict(row) for row in connection.execute(_ALL_SELLERS).mappings()]

    def register(self, connection: Connection, exchange: Exchange, seller_id: str, name: str) -> None:
        """Keep an exchange and one of its sellers, in place of what was known of them."""
        connection.execute(_FORGET_SELLER, {"exchange": exchange.exchange_id, "seller": seller_id})
        connection.execute(_FORGET_EXCHANGE, {"exchange": exchange.exchange_id})
        connection.execute(EXCHANGES.insert(), asdict(exchange))
        seller = {"exchange_id": exchange.exchange_id, "seller_id": seller_id, "name": name}
        connection.execute(SELLERS.insert(), seller)
