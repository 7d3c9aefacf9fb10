"""The merchant drill: one board for each exchange, lit up by its own traffic.

Theory of operation. Nothing is computed while payments run. Whoever looks at a board makes it look back over the
exchange's latest payments and messages since the board was reset, and judge every scenario by them. What was seen is
kept, so that a scenario passed in the morning still stands when thousands of payments have followed; of the attempts
at one scenario the last that is decided counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from emulators.foundation.clock import Clock
from emulators.foundation.errors import CallersMistake, NotHere
from emulators.fpx.checksum import source, verifies
from emulators.fpx.drill import reading
from emulators.fpx.drill.facts import Facts, Fields
from emulators.fpx.drill.gathering import facts_of
from emulators.fpx.drill.report import Report, stand
from emulators.fpx.drill.seeing import seen_again
from emulators.fpx.messages import ac
from emulators.fpx.messages.wire import CHECKSUM_FIELD
from emulators.fpx.rollover import Rollover
from emulators.fpx.seller_storage import SellerStorage


class Board:
    """The boards of all exchanges."""

    def __init__(self, merchants: SellerStorage, rollover: Rollover, clock: Clock, product: str) -> None:
        """`product`: name and version of the sandbox, for the report."""
        self._merchants = merchants
        self._database = merchants.database
        self._rollover = rollover
        self._clock = clock
        self._product = product

    def exchanges(self) -> list[tuple[str, list[str]]]:
        """Every exchange with the names of its sellers."""
        known = self._merchants.exchanges()
        return [(exchange.exchange_id, [f"{seller} {name}" for seller, name in sellers]) for exchange, sellers in known]

    def report(self, exchange_id: str) -> Report:
        """The board as it stands now.

        Raises:
            NotHere: no such exchange is registered.
        """
        sellers = self._sellers(exchange_id)
        with self._database.read() as connection:
            since, began, kept = reading.board_of(connection, exchange_id)
            facts = self._facts(connection, exchange_id, since)
        lines = stand(facts, {name: seen_again(row) for name, row in kept.items()})
        standing = {line.scenario.id: line.seen.kept() for line in lines if line.seen}
        if standing != kept:
            self._keep(exchange_id, since, began, standing)
        now = self._clock.now().isoformat(timespec="seconds")
        return Report(exchange_id, sellers, began, now, self._product, len(facts.payments), lines)

    def reset(self, exchange_id: str) -> None:
        """Begin anew: what was seen until now counts no more.

        Raises:
            NotHere: no such exchange is registered.
        """
        self._sellers(exchange_id)
        began = self._clock.now().isoformat(timespec="seconds")
        with self._database.write() as connection:
            reading.keep(connection, exchange_id, reading.latest_entry(connection), began, {})

    def verb(self, wish: Mapping[str, Any]) -> dict[str, Any]:
        """`POST /_control/drill` {"exchange_id": "EX...", "reset": true?}: the report, after the reset if wished.

        Raises:
            CallersMistake: the wish is not as above.
            NotHere: no such exchange is registered.
        """
        exchange_id, anew = wish.get("exchange_id"), wish.get("reset", False)
        if not isinstance(exchange_id, str) or not isinstance(anew, bool) or set(wish) - {"exchange_id", "reset"}:
            raise CallersMistake('say {"exchange_id": "EX00000789"}, and "reset": true to begin anew')
        if anew:
            self.reset(exchange_id)
        return self.report(exchange_id).told()

    def forget(self) -> None:
        """Every board, when the room is reset."""
        with self._database.write() as connection:
            reading.forget(connection)

    def _keep(self, exchange_id: str, since: int, began: str, standing: dict[str, Any]) -> None:
        """Keep what was seen, unless the board was reset meanwhile."""
        with self._database.write() as connection:
            if reading.board_of(connection, exchange_id)[0] == since:
                reading.keep(connection, exchange_id, since, began, standing)

    def _sellers(self, exchange_id: str) -> tuple[tuple[str, str], ...]:
        for exchange, sellers in self._merchants.exchanges():
            if exchange.exchange_id == exchange_id:
                return tuple(sellers)
        raise NotHere(f"{exchange_id[:20]!r} is not registered: no seller of that exchange is known here")

    def _facts(self, connection: Connection, exchange_id: str, since: int) -> Facts:
        key = self._rollover.current().key.public_key()

        def current(fields: Fields) -> bool:
            return verifies(source(fields, ac.CHECKSUM_ORDER), fields.get(CHECKSUM_FIELD, ""), key)

        transactions = reading.payments_of(connection, exchange_id)
        entries = reading.entries_of(connection, [txn.fpx_txn_id for txn in transactions], since)
        return facts_of(transactions, entries, reading.others_of(connection, exchange_id, since), current)
