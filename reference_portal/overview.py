"""What the dashboard shows (L11, L15): cover today, what may be done next, and the history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from reference_portal.clock import Clock
from reference_portal.contributions import not_registered
from reference_portal.errors import RuleBroken
from reference_portal.renewals import Renewals
from reference_portal.rules import cover
from reference_portal.rules.cover import Cover, Status
from reference_portal.rules.order import OrderState
from reference_portal.storage import covers, orders, receipts
from reference_portal.storage.accounts import Account
from reference_portal.storage.covers import StoredCover
from reference_portal.storage.database import Database
from reference_portal.storage.orders import Order

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Period:
    """A row of the history: a period of cover, its status today, and its receipt when it has one."""

    cover: StoredCover
    status: Status
    receipt_number: str | None
    amount_sen: int | None
    paid_at: datetime | None
    gap_before: Cover | None
    """The stretch without protection between the period before and this one."""


@dataclass(frozen=True)
class Overview:
    """Everything the dashboard says; `shown` is the period that protects now, else the next, else the last."""

    status: Status
    shown: StoredCover | None
    days_left: int | None
    queued: StoredCover | None
    history: list[Period]
    attempts: list[Order]
    paid_twice: list[Order]
    """Payments that bought no cover, because another order had paid for it: to be refunded."""
    open_order: Order | None
    registration_refusal: RuleBroken | None
    renewal_refusal: RuleBroken | None


class Overviews:
    """Puts the dashboard together from one look at the store."""

    def __init__(self, clock: Clock, database: Database, renewals: Renewals) -> None:
        self._clock = clock
        self._database = database
        self._renewals = renewals

    def of(self, account: Account) -> Overview:
        """This person's."""
        now = self._clock.now()
        with self._database.read() as connection:
            stored = covers.of(connection, account.id)
            every_order = orders.history(connection, account.id)
            issued = {receipt.order_number: receipt for receipt in receipts.of_account(connection, account.id)}
        known = {Cover(bought.starts, bought.ends): bought for bought in stored}
        active, queued = cover.current(known, now), cover.queued(known, now)
        shown = active or queued or max(known, default=None)
        gaps = {gap.end: gap for gap in cover.gaps(known)}
        history = []
        for period in sorted(known, reverse=True):
            receipt = issued.get(known[period].order_number or "")
            paid = next(
                (order for order in every_order if receipt and order.order_number == receipt.order_number), None
            )
            history.append(
                Period(
                    cover=known[period],
                    status=cover.status_of(period, now),
                    receipt_number=receipt.receipt_number if receipt else None,
                    amount_sen=receipt.amount_sen if receipt else None,
                    paid_at=paid.paid_at if paid else None,
                    gap_before=gaps.get(period.start - _SECOND),
                )
            )
        return Overview(
            status=cover.status(known, now),
            shown=known[shown] if shown else None,
            days_left=active.days_left(now) if active else None,
            queued=known[queued] if queued and active else None,
            history=history,
            attempts=[order for order in every_order if order.state is not OrderState.PAID and not order.open_for],
            paid_twice=_without_cover(every_order, stored),
            open_order=next((order for order in every_order if order.open_for), None),
            registration_refusal=not_registered(list(known)),
            renewal_refusal=self._renewals.refusal_for(list(known)),
        )


def _without_cover(every_order: list[Order], stored: list[StoredCover]) -> list[Order]:
    covered = {bought.order_number for bought in stored}
    return [order for order in every_order if order.state is OrderState.PAID and order.order_number not in covered]
