"""The one place where a payment gets its outcome: new state, the direct AC owed and the journal in one commit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from random import Random
from urllib.parse import parse_qsl

from sqlalchemy import Connection

from emulators.foundation.courier import Attempt, Courier
from emulators.foundation.journal import Journal
from emulators.foundation.randomness import decimal_digits
from emulators.fpx.confirmation import Confirmations
from emulators.fpx.messages.wire import encode
from emulators.fpx.seller_storage import SellerStorage
from emulators.fpx.settings import FpxSettings
from emulators.fpx.storage import Storage
from emulators.fpx.transaction import CODES, Event, Transaction, move

CREDIT_AUTH_NO = "9999999999"
"""creditAuthNo of every approved payment captured from UAT."""


class Settlement:
    """Ends what the buyer or an enquiry brought about."""

    def __init__(
        self,
        settings: FpxSettings,
        storage: Storage,
        sellers: SellerStorage,
        journal: Journal,
        courier: Courier,
        confirmations: Confirmations,
        source: Random,
    ) -> None:
        self._settings = settings
        self._storage = storage
        self._sellers = sellers
        self._journal = journal
        self._courier = courier
        self._confirmations = confirmations
        self._source = source

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A write transaction after whose commit the courier looks for what is owed."""
        with self._storage.database.write() as connection:
            yield connection
        self._courier.look_now()

    def conclude(self, connection: Connection, txn: Transaction, event: Event, code: str = "") -> Transaction:
        """Move `txn` by `event`, give it its codes, owe the direct AC; `code` is a decline's.

        Raises:
            IllegalMove: the state does not allow it; nothing was changed.
        """
        state = move(txn.state, event)
        code = CODES.get((txn.state, event), code)
        ended = replace(txn, state=state, debit_auth_code=code, credit_auth_code=self._settings.failed_credit_code)
        if code == "00":
            number = decimal_digits(self._source, 8)
            ended = replace(ended, debit_auth_no=number, credit_auth_code="00", credit_auth_no=CREDIT_AUTH_NO)
        elif code in ("09", "99"):
            ended = replace(ended, credit_auth_code="")
        self._storage.save(connection, ended)
        owed = self._confirmations.of(ended)
        url = self._sellers.direct_url(connection, txn.seller_ex_id)
        self._courier.owe(connection, txn.fpx_txn_id, url, encode(owed))
        facts = {"event": event, "state": state, "code": code, "url": url, "fields": owed}
        self._journal.write(connection, "AC owed", txn.fpx_txn_id, **facts)
        return ended

    def note_attempt(self, connection: Connection, attempt: Attempt) -> None:
        """Journal one delivery of a direct AC with the seller's answer and our verdict."""
        fields = dict(parse_qsl(attempt.body, keep_blank_values=True))
        facts = {"url": attempt.url, "number": attempt.number, "status": attempt.status, "fields": fields}
        verdict = {"acknowledged": attempt.acknowledged, "gave_up": attempt.gave_up}
        self._journal.write(connection, "AC delivery", attempt.ref, **facts, answer=attempt.answer[:500], **verdict)


def acknowledges(status: int, answer: str) -> bool:
    """Whether a seller's answer ends the deliveries: HTTP 200 and, once trimmed, exactly OK."""
    return status == 200 and answer.strip() == "OK"
