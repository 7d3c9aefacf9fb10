"""Renewing (**Memperbaharui**, L16): the same person, the same work, a new period of cover, possibly another plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields

from reference_portal.clock import Clock
from reference_portal.contributions import Answers, Contributions
from reference_portal.described import Described
from reference_portal.errors import RuleBroken
from reference_portal.rules import cover
from reference_portal.rules.contribution import Period
from reference_portal.rules.cover import Cover
from reference_portal.rules.document import Kind
from reference_portal.settings import PortalSettings
from reference_portal.storage.accounts import Account
from reference_portal.storage.applications import Application
from reference_portal.storage.orders import Order


class Renewals:
    """A renewal is an application that repeats the last one, with the plan and period chosen now."""

    def __init__(self, settings: PortalSettings, clock: Clock, contributions: Contributions) -> None:
        self._settings = settings
        self._clock = clock
        self._contributions = contributions

    def refusal(self, account: Account) -> RuleBroken | None:
        """Why **Memperbaharui** is closed for this person today, or None."""
        return self.refusal_for(self._contributions.covers(account.id))

    def last(self, account: Account) -> Application | None:
        """The application a renewal repeats."""
        return self._contributions.latest(account.id)

    def renew(self, account: Account, plan: int, period: Period, described: Mapping[Kind, Described]) -> Order:
        """Order the next period of cover.

        Raises:
            RuleBroken: E-COV-01, -02 or -04; what `Contributions.submit` raises.
        """
        last = self.last(account)
        if last is None:
            raise RuleBroken("E-COV-01")
        same = {field.name: getattr(last, field.name) for field in fields(Answers)}
        answers = Answers(**{**same, "plan": plan, "period": period})
        return self._contributions.submit(account, answers, described, self.refusal_for)

    def refusal_for(self, known: Sequence[Cover]) -> RuleBroken | None:
        """The same for periods of cover that are at hand."""
        return cover.renewal_refusal(known, self._clock.now(), self._settings.queued_renewal)
