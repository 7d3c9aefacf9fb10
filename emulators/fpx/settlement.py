"""The one place where a payment gets its outcome: new state, the direct AC owed and the journal in one commit.

What a tester asked of the payment (`instructions`) is applied here to what is owed, and to nothing that is stored as
the payment's own: an enquiry always gets the truth.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from random import Random
from urllib.parse import parse_qsl

from sqlalchemy import Connection

from emulators.foundation.courier import Attempt, Courier, Terms
from emulators.foundation.journal import Journal
from emulators.foundation.randomness import decimal_digits
from emulators.fpx.confirmation import Confirmations
from emulators.fpx.instructions import Instructions, of_payment
from emulators.fpx.messages.wire import encode
from emulators.fpx.outcomes import decisions
from emulators.fpx.outcomes.asked import Ask
from emulators.fpx.outcomes.deliveries import deliveries
from emulators.fpx.outcomes.spoiling import SPOILERS, Hands
from emulators.fpx.outcomes.stages import Stage
from emulators.fpx.seller_storage import SellerStorage
from emulators.fpx.settings import FpxSettings
from emulators.fpx.storage import Storage
from emulators.fpx.transaction import CODES, WITH_BUYER, Event, State, Transaction, move
from emulators.fpx.triggers import Outcome

CREDIT_AUTH_NO = "9999999999"
"""creditAuthNo of every approved payment captured from UAT."""
AFTER_INDIRECT = "direct-after-indirect"


@dataclass(frozen=True)
class Indirect:
    """The indirect AC of a visit that has ended, as the browser gets it."""

    fields: dict[str, str]
    fault: str = ""
    lost: bool = False
    """There is no way back."""
    first: bool = False
    """The direct AC waits until the buyer has gone back."""


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
        instructions: Instructions,
        hands: Hands,
        source: Random,
    ) -> None:
        self._settings = settings
        self._storage = storage
        self._sellers = sellers
        self._journal = journal
        self._courier = courier
        self._confirmations = confirmations
        self.instructions = instructions
        self._hands = hands
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
        code = code or CODES.get((txn.state, event), "")
        ended = replace(txn, state=state, debit_auth_code=code, credit_auth_code=self._settings.failed_credit_code)
        ended = replace(ended, submitted=txn.submitted or event is Event.SUBMIT)
        if code == "00":
            number = decimal_digits(self._source, 8)
            ended = replace(ended, debit_auth_no=number, credit_auth_code="00", credit_auth_no=CREDIT_AUTH_NO)
        elif code in ("09", "99"):
            ended = replace(ended, credit_auth_code="")
        ended, direct = self.instructions.holding(connection, ended, Stage.DIRECT)
        if txn.state in WITH_BUYER:
            ended, _ = self.instructions.holding(connection, ended, Stage.RETURN)
        self._storage.save(connection, ended)
        self._owe(connection, ended, direct, {"event": event, "state": state, "code": code})
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

    def indirect(self, txn: Transaction) -> Indirect:
        """The indirect AC of a visit that has ended; the maker's (B2B1) says what the maker's submission brought."""
        ac = self._confirmations.of(txn.as_submitted)
        direct = of_payment(txn, Stage.DIRECT)
        first = direct is not None and direct.name == AFTER_INDIRECT
        ask = of_payment(txn, Stage.RETURN)
        if ask is None:
            return Indirect(ac, first=first)
        if ask.name not in SPOILERS:
            return Indirect({}, ask.name, lost=True)
        return Indirect(SPOILERS[ask.name](ac, ask.values, self._hands), ask.name, first=first)

    def gone_back(self, connection: Connection, txn: Transaction) -> None:
        """Let the direct AC that waited for the buyer's return follow it."""
        ask = of_payment(txn, Stage.DIRECT)
        if ask is not None and ask.name == AFTER_INDIRECT:
            self._courier.hasten(connection, txn.fpx_txn_id, AFTER_INDIRECT, float(ask.values["seconds"]))

    def resend(self, connection: Connection, txn: Transaction, ask: Ask | None) -> str:
        """Owe the direct AC once more, as the payment stands now, or as `ask` spoils it; the address it goes to."""
        return self._owe(connection, txn, ask, {"resent": True, "state": txn.state, "code": txn.debit_auth_code})

    def note_attempt(self, connection: Connection, attempt: Attempt) -> None:
        """Journal one delivery of a direct AC: what was sent where, what was answered how fast, and our verdict."""
        fields = dict(parse_qsl(attempt.body, keep_blank_values=True))
        facts = {"url": attempt.url, "number": attempt.number, "status": attempt.status, "fields": fields}
        facts |= {"body": attempt.body, "answer": attempt.answer[:500], "milliseconds": round(attempt.seconds * 1000)}
        facts |= {"acknowledged": attempt.acknowledged, "gave_up": attempt.gave_up, "verdict": attempt.verdict}
        if attempt.next_due:
            facts["next_due"] = attempt.next_due.isoformat(timespec="seconds")
        if attempt.fault:
            facts["fault"] = attempt.fault
        self._journal.write(connection, "AC delivery", attempt.ref, **facts)

    def _owe(self, connection: Connection, txn: Transaction, ask: Ask | None, facts: dict[str, object]) -> str:
        ac = self._confirmations.of(txn)
        url = self._sellers.direct_url(connection, txn.seller_ex_id)
        for owed in deliveries(ac, ask, self._hands):
            terms = Terms(owed.after, owed.fault, owed.lost, owed.once)
            self._courier.owe(connection, txn.fpx_txn_id, url, encode(owed.fields), terms=terms)
        if ask is not None:
            facts["fault"] = ask.name
        self._journal.write(connection, "AC owed", txn.fpx_txn_id, **facts, url=url, fields=ac)
        return url


def acknowledges(status: int, answer: str) -> bool:
    """Whether a seller's answer ends the deliveries: HTTP 200 and, once trimmed, exactly OK."""
    return status == 200 and answer.strip() == "OK"
