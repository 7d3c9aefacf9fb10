"""Contributing: what was declared is judged (**Hantar & bayar**, L12) and, when everything is in order, ordered."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from reference_portal.clock import Clock
from reference_portal.described import Described, given
from reference_portal.documents import Documents
from reference_portal.errors import RuleBroken
from reference_portal.judging import Judging
from reference_portal.ordering import Ordering
from reference_portal.rules import cover
from reference_portal.rules.contribution import Period
from reference_portal.rules.cover import Cover
from reference_portal.rules.document import Category, Kind, Region
from reference_portal.storage import applications, covers
from reference_portal.storage.accounts import Account
from reference_portal.storage.applications import Application, HandedIn
from reference_portal.storage.database import Database
from reference_portal.storage.orders import Order
from reference_portal.tokens import handle


@dataclass(frozen=True)
class Answers:
    """The form of L12 without its documents, each value already parsed."""

    citizenship: str
    address_1: str
    address_2: str
    address_3: str
    postcode: str
    town: str
    state: str
    category: Category
    region: Region
    vehicle_number: str
    operator: str
    start_date: date
    plan: int
    period: Period


Admission = Callable[[Sequence[Cover]], RuleBroken | None]
"""Says why somebody with these periods of cover may not contribute now, or None."""


class Contributions:
    """Judges an application as a whole and places its order in the same transaction."""

    def __init__(
        self,
        clock: Clock,
        source: random.Random,
        database: Database,
        documents: Documents,
        judging: Judging,
        ordering: Ordering,
    ) -> None:
        self._documents = documents
        self._judging = judging
        self._clock = clock
        self._source = source
        self._database = database
        self._ordering = ordering

    def registration_refusal(self, account: Account) -> RuleBroken | None:
        """Why **Daftar** is closed for this person, or None."""
        return not_registered(self.covers(account.id))

    def covers(self, account_id: str) -> list[Cover]:
        """The person's periods of cover as the rules see them."""
        with self._database.read() as connection:
            return covers_of(connection, account_id)

    def latest(self, account_id: str) -> Application | None:
        """What the person declared last."""
        with self._database.read() as connection:
            return applications.latest(connection, account_id)

    def apply(self, account: Account, answers: Answers, described: Mapping[Kind, Described]) -> Order:
        """The first contribution (**Daftar**).

        Raises:
            RuleBroken: E-COV-05 when registered already; what `submit` raises.
        """
        return self.submit(account, answers, described, not_registered)

    def submit(
        self, account: Account, answers: Answers, described: Mapping[Kind, Described], admission: Admission
    ) -> Order:
        """Judge age, documents and cover, keep what was handed in, place the order: all of it or nothing.

        Raises:
            DocumentsRefused: the documents will not do.
            RuleBroken: E-AGE, E-COV-03, what `admission` says, or E-PAY-09 while another payment is on its way.
        """
        now = self._clock.now()
        cover.check_in_force(now)
        with self._documents.keeping(account.id, described) as (connection, kept):
            self._judging.judge(account, answers.category, answers.region, given(kept))
            refusal = admission(covers_of(connection, account.id))
            if refusal is not None:
                raise refusal
            application = Application(id=handle(self._source), account_id=account.id, submitted_at=now, **vars(answers))
            papers = [
                HandedIn(application.id, kind, paper.id, paper.number, paper.expires) for kind, paper in kept.items()
            ]
            return self._ordering.place(connection, application, papers)


def not_registered(known: Sequence[Cover]) -> RuleBroken | None:
    """E-COV-05 for whoever has contributed before."""
    return RuleBroken("E-COV-05") if known else None


def covers_of(connection: Connection, account_id: str) -> list[Cover]:
    """The stored periods as the rules see them."""
    return [Cover(stored.starts, stored.ends) for stored in covers.of(connection, account_id)]
