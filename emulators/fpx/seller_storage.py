"""What the room keeps of its merchants: exchanges with keys and addresses, and their sellers. Survives a reset.

Every message and every page asks for the same few rows, so what was read is remembered: until a registration of this
process is committed, and for a second at most, as another process may share the store.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import groupby

from sqlalchemy import Connection, bindparam, select

from emulators.foundation.database import Database
from emulators.foundation.prepared import Prepared
from emulators.foundation.remembered import Remembered
from emulators.fpx.tables import EXCHANGES, SELLERS

REMEMBERED_SECONDS = 1.0
_X, _S = EXCHANGES.c, SELLERS.c
_EXCHANGE = Prepared(
    select(_X.exchange_id, _X.public_key, _X.direct_url, _X.indirect_url).where(_X.exchange_id == bindparam("key"))
)
_HELD_EXCHANGE = select(EXCHANGES).where(_X.exchange_id == bindparam("key")).with_for_update()
_SELLER = Prepared(select(_S.exchange_id, _S.name).where(_S.seller_id == bindparam("key")))
_NAME = select(_S.name).where(_S.exchange_id == bindparam("exchange"), _S.seller_id == bindparam("seller"))
_ALL = (
    select(EXCHANGES, _S.seller_id, _S.name)
    .outerjoin(SELLERS, _X.exchange_id == _S.exchange_id)
    .order_by(_X.exchange_id, _S.seller_id)
)
_KEYS = select(_X.exchange_id, _X.public_key).order_by(_X.exchange_id).limit(bindparam("count"))
_FORGET_EXCHANGE = EXCHANGES.delete().where(_X.exchange_id == bindparam("exchange"))
_FORGET_SELLERS = SELLERS.delete().where(_S.exchange_id == bindparam("exchange"))
_FORGET_SELLER = _FORGET_SELLERS.where(_S.seller_id == bindparam("seller"))


@dataclass(frozen=True)
class Exchange:
    """A seller exchange: what its messages are verified with, and where its confirmations go."""

    exchange_id: str
    public_key: str
    """PEM of one or more certificates or bare keys: any of them may have signed."""
    direct_url: str
    indirect_url: str


class SellerStorage:
    """The merchants' part of the store."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._exchanges = Remembered(self._read_exchange, REMEMBERED_SECONDS)
        self._sellers = Remembered(self._read_seller, REMEMBERED_SECONDS)

    def exchange(self, exchange_id: str) -> Exchange | None:
        """The exchange of that id."""
        return self._exchanges(exchange_id)

    def keys(self, count: int) -> list[tuple[str, str]]:
        """The papers (PEM) of the first `count` exchanges, by id."""
        with self.database.read() as connection:
            return [(row.exchange_id, row.public_key) for row in connection.execute(_KEYS, {"count": count})]

    def hold(self, connection: Connection, exchange_id: str) -> Exchange | None:
        """The same, kept from other writers until the caller's transaction ends."""
        row = connection.execute(_HELD_EXCHANGE, {"key": exchange_id}).mappings().first()
        return Exchange(**row) if row else None

    def name_of(self, connection: Connection, exchange_id: str, seller_id: str) -> str | None:
        """What the seller is called at the exchange, if it is known there."""
        name = connection.execute(_NAME, {"exchange": exchange_id, "seller": seller_id}).scalar_one_or_none()
        return None if name is None else str(name)

    def names_of_seller(self, seller_id: str) -> dict[str, str]:
        """The seller's name at each exchange that has it."""
        return self._sellers(seller_id) or {}

    def all(self) -> list[dict[str, str]]:
        """Every seller with its exchange's addresses."""
        return [
            {
                "exchange_id": each.exchange_id,
                "seller_id": seller,
                "name": name,
                "direct_url": each.direct_url,
                "indirect_url": each.indirect_url,
            }
            for each, sellers in self.exchanges()
            for seller, name in sellers
        ]

    def exchanges(self) -> Iterator[tuple[Exchange, list[tuple[str, str]]]]:
        """Every exchange with the ids and names of its sellers, by id."""
        with self.database.read() as connection:
            rows = list(connection.execute(_ALL).mappings())
        for _, group in groupby(rows, key=lambda row: row["exchange_id"]):
            same = list(group)
            exchange = Exchange(**{name: same[0][name] for name in Exchange.__dataclass_fields__})
            yield exchange, [(row["seller_id"], row["name"]) for row in same if row["seller_id"] is not None]

    def register(self, connection: Connection, exchange: Exchange, seller_id: str, name: str) -> None:
        """Keep an exchange and one of its sellers, in place of what was known of them."""
        self._forget_afterwards()
        connection.execute(_FORGET_SELLER, {"exchange": exchange.exchange_id, "seller": seller_id})
        connection.execute(_FORGET_EXCHANGE, {"exchange": exchange.exchange_id})
        connection.execute(EXCHANGES.insert(), asdict(exchange))
        seller = {"exchange_id": exchange.exchange_id, "seller_id": seller_id, "name": name}
        connection.execute(SELLERS.insert(), seller)

    def remove(self, connection: Connection, exchange_id: str, seller_id: str) -> bool:
        """Forget a seller, or with a blank id the exchange and all its sellers; whether there was anything."""
        self._forget_afterwards()
        if seller_id:
            return connection.execute(_FORGET_SELLER, {"exchange": exchange_id, "seller": seller_id}).rowcount > 0
        connection.execute(_FORGET_SELLERS, {"exchange": exchange_id})
        return connection.execute(_FORGET_EXCHANGE, {"exchange": exchange_id}).rowcount > 0

    def _forget_afterwards(self) -> None:
        self.database.after_commit(self._exchanges.forget)
        self.database.after_commit(self._sellers.forget)

    def _read_exchange(self, exchange_id: str) -> Exchange | None:
        rows = self.database.look(_EXCHANGE, key=exchange_id)
        return Exchange(*rows[0]) if rows else None

    def _read_seller(self, seller_id: str) -> dict[str, str] | None:
        return dict(self.database.look(_SELLER, key=seller_id)) or None
