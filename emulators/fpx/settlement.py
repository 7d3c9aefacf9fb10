"""The one place where a payment gets its outcome: new state, the direct AC owed and the journal in one commit."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

from sqlalchemy import Connection

from emulators.foundation.randomness import decimal_digits
from emulators.fpx.callbacks import Callbacks
from emulators.fpx.instructions import Instructions, of_payment
from emulators.fpx.outcomes import decisions
from emulators.fpx.outcomes.stages import Stage
from emulators.fpx.settings import FpxSettings
from emulators.fpx.storage import Storage
from emulators.fpx.transaction import CODES, WITH_BUYER, Event, State, Transaction, move
from emulators.fpx.triggers import Outcome

CREDIT_AUTH_NO = "9999999999"
"""creditAuthNo of every approved payment captured from UAT."""


class Settlement:
    """Ends what the buyer or an enquiry brought about."""

    def __init__(
        self,
        settings: FpxSettings,
        storage: Storage,
        instructions: Instructions,
        callbacks: Callbacks,
        source: Random,
    ) -> None:
        self._settings = settings
        self._storage = storage
        self.instructions = instructions
        self.callbacks = callbacks
        self._source = source

    def conclude(self, connection: Connection, txn: Transaction, event: Event, code: str = "") -> Transaction:
        """Move `txn` by `event`, give it its codes, owe the direct AC; `code` is a decline's.

        Raises:
            IllegalMove: the state does not allow it; nothing was changed.
        """
        state = move(txn.state, event)
        code = code or CODES.get((txn.state, event), "")
        codes: dict[str, Any] = {"debit_auth_code": code, "credit_auth_code": self._settings.failed_credit_code}
        if code == "00":
            codes |= {"debit_auth_no": decimal_digits(self._source, 8)}
            codes |= {"credit_auth_code": "00", "credit_auth_no": CREDIT_AUTH_NO}
        elif code in ("09", "99"):
            codes |= {"credit_auth_code": ""}
        ended = replace(txn, state=state, submitted=txn.submitted or event is Event.SUBMIT, **codes)
        ended, direct = self.instructions.holding(connection, ended, Stage.DIRECT)
        if txn.state in WITH_BUYER:
            ended, _ = self.instructions.holding(connection, ended, Stage.RETURN)
        self._storage.save(connection, ended)
        self.callbacks.owe(connection, ended, direct, {"event": event, "state": state, "code": code})
        return ended

    def decided(self, connection: Connection, txn: Transaction) -> tuple[Transaction, Outcome | None]:
        """What the bank decides when a tester decided for it, and the payment with what struck."""
        txn, ask = self.instructions.holding(connection, txn, Stage.BANK)
        return txn, decisions.decision(ask) if ask else None

    def enquired(self, connection: Connection, txn: Transaction) -> Transaction:
        """Count an enquiry about a payment left pending; the one it waits for settles it."""
        if txn.state is not State.PENDING:
            return txn
        txn = replace(txn, enquiries=txn.enquiries + 1)
        wait = decisions.wait(of_payment(txn, Stage.BANK), self._settings.pending_enquiries)
        if wait.enquiries and txn.enquiries >= wait.enquiries:
            return self.conclude(connection, txn, Event.SETTLE if wait.code == "00" else Event.DECLINE, wait.code)
        self._storage.save(connection, txn)
        return txn
