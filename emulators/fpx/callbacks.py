"""Both confirmations of a payment as they go out: the direct AC owed to the seller, the indirect AC for the browser.

What a tester asked of the payment (`instructions`) is applied here, to what is sent, and to nothing that is stored as
the payment's own: an enquiry always gets the truth.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from sqlalchemy import Connection

from emulators.foundation.courier import Attempt, Courier, Terms
from emulators.foundation.journal import Journal
from emulators.fpx.confirmation import Confirmations
from emulators.fpx.instructions import of_payment
from emulators.fpx.messages.wire import encode
from emulators.fpx.outcomes.asked import Ask
from emulators.fpx.outcomes.deliveries import deliveries
from emulators.fpx.outcomes.spoiling import SPOILERS, Hands
from emulators.fpx.outcomes.stages import Stage
from emulators.fpx.seller_storage import SellerStorage
from emulators.fpx.transaction import Transaction

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


class Callbacks:
    """Owes, spoils, holds back and notes."""

    def __init__(
        self,
        sellers: SellerStorage,
        journal: Journal,
        courier: Courier,
        confirmations: Confirmations,
        hands: Hands,
    ) -> None:
        self._sellers = sellers
        self._journal = journal
        self._courier = courier
        self._confirmations = confirmations
        self._hands = hands

    def owe(self, connection: Connection, txn: Transaction, ask: Ask | None, facts: dict[str, object]) -> str:
        """Owe the direct AC of a payment as it stands, in the form and as often as `ask` says; where it goes."""
        ac = self._confirmations.of(txn)
        seller = self._sellers.exchange(txn.seller_ex_id)
        url = seller.direct_url if seller else ""
        for owed in deliveries(ac, ask, self._hands):
            terms = Terms(owed.after, owed.fault, owed.lost, owed.once)
            self._courier.owe(connection, txn.fpx_txn_id, url, encode(owed.fields), terms=terms)
        if ask is not None:
            facts["fault"] = ask.name
        self._journal.write(connection, "AC owed", txn.fpx_txn_id, **facts, url=url, fields=ac)
        return url

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
        return self.owe(connection, txn, ask, {"resent": True, "state": txn.state, "code": txn.debit_auth_code})

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


def acknowledges(status: int, answer: str) -> bool:
    """Whether a seller's answer ends the deliveries: HTTP 200 and, once trimmed, exactly OK."""
    return status == 200 and answer.strip() == "OK"
