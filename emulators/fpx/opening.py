"""Opens a transaction for an accepted AR (or AD): its FPX id, the buyer's visit, what testers asked of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from random import Random

from sqlalchemy import Connection

from emulators.foundation.clock import MALAYSIA, Clock
from emulators.foundation.journal import Journal
from emulators.foundation.randomness import decimal_digits, hex_digits
from emulators.fpx.admission import Admission
from emulators.fpx.instructions import Instructions
from emulators.fpx.messages import ar
from emulators.fpx.messages.wire import abridged, fingerprint
from emulators.fpx.outcomes.asked import Ask
from emulators.fpx.settings import FpxSettings
from emulators.fpx.storage import Storage
from emulators.fpx.transaction import Event, State, Transaction, move

_KEPT_OF_AR = {
    "msg_type",
    "seller_ex_id",
    "seller_ex_order_no",
    "seller_id",
    "seller_order_no",
    "seller_txn_time",
    "msg_token",
    "txn_currency",
    "buyer_bank_id",
    "buyer_email",
    "buyer_id",
    "buyer_iban",
    "product_desc",
    "version",
}


@dataclass(frozen=True)
class Opening:
    """One commit: the transaction, the message that opened it, and its journal entry."""

    settings: FpxSettings
    storage: Storage
    admission: Admission
    instructions: Instructions
    journal: Journal
    clock: Clock
    source: Random

    def open(self, request: ar.AR, sen: int, fields: Mapping[str, str], asks: tuple[Ask, ...]) -> Transaction:
        """The transaction of a message that passed admission.

        Raises:
            RepeatedOrderNumber, DuplicateExchangeOrderNumber: its number was taken; nothing was kept.
        """
        now = self.clock.now().astimezone(MALAYSIA)
        mark = fingerprint(fields)
        with self.storage.database.write() as connection:
            self.admission.check_order_number(connection, request)
            number_use = self.admission.earlier_uses(connection, request, mark)
            taken = request.model_dump(include=_KEPT_OF_AR)
            txn = Transaction(
                **taken,
                fpx_txn_id=self._new_id(connection, now),
                fpx_txn_time=now.strftime("%Y%m%d%H%M%S"),
                session=hex_digits(self.source, 32),
                state=move(State.RECEIVED, Event.HAND_OVER),
                received_at=now.isoformat(timespec="milliseconds"),
                expires_at=now.timestamp() + min(self.settings.session_seconds, self.settings.bank_session_seconds),
                session_ends_at=now.timestamp() + self.settings.bank_session_seconds,
                amount_sen=sen,
                number_use=number_use,
            )
            self.journal.write(connection, "AR", txn.fpx_txn_id, fields=abridged(fields))
            txn = self.instructions.keep(connection, txn, asks)
            self.storage.add(connection, txn, mark)
        return txn

    def _new_id(self, connection: Connection, now: datetime) -> str:
        """yyMMddHHmmss and four digits; when a second's numbers run short the next second lends its own.

        Captures show the id up to a second off fpxTxnTime.
        """
        for attempt in count():
            moment = now + timedelta(seconds=attempt // 20)
            candidate = moment.strftime("%y%m%d%H%M%S") + decimal_digits(self.source, 4)
            if not self.storage.id_taken(connection, candidate):
                return candidate
        raise AssertionError("count() does not end")
