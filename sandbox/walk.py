"""The guide, walked once from L01 to L16 by a synthetic driver, over the wires, as a browser does."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from features.addresses import Addresses
from features.applicant import BANK, Applicant
from features.people import Application, People
from features.seen import Receipt
from features.steps import STEPS, Step
from features.transport import HttpTransport

CATEGORIES = ("teksi", "e-hailing", "bas")
REGIONS = ("semenanjung", "sabah", "sarawak")
PLANS = ("1", "2", "3", "4")
PERIODS = ("bulanan", "tahunan")


@dataclass(frozen=True)
class Wishes:
    """What kind of applicant walks, where they pay, and where the receipts go."""

    category: str = "teksi"
    region: str = "semenanjung"
    plan: str = "1"
    period: str = "tahunan"
    bank: str = BANK
    receipts: Path | None = None
    source: random.Random = field(default_factory=random.SystemRandom)
    seed: str | None = None
    """What `source` was made from, when somebody chose it: the same seed is the same person."""


@dataclass(frozen=True)
class Happened:
    """A step that happened: what was seen, and how long it took."""

    step: Step
    saw: str
    ms: float


class WalkStopped(Exception):
    """A step that did not happen: which, at what address, and what the page said."""

    def __init__(self, step: Step, url: str, reason: str, ms: float) -> None:
        reason = reason.removeprefix(f"{step.id} {step.name}: ")
        place = "" if url in reason else f" at {url}"
        super().__init__(f"{step.id} {step.name} did not happen{place}: {reason}")
        self.step = step
        self.url = url
        self.reason = reason
        self.ms = ms


class Walk:
    """One walk; iterate it to take the steps one by one."""

    def __init__(self, addresses: Addresses, wishes: Wishes | None = None) -> None:
        self.wishes = wishes or Wishes()
        self.receipts: list[Path] = []
        """Where the receipts were kept, the first payment's before the renewal's."""
        self._transport = HttpTransport()
        people = People(self.wishes.source)
        self._applicant = Applicant(
            addresses,
            people.somebody(self.wishes.region),
            Application.of(self.wishes.category, self.wishes.region, plan=self.wishes.plan, period=self.wishes.period),
            transport=self._transport,
            source=self.wishes.source,
        )
        self._deeds: dict[str, Callable[[], object]] = {
            "pay_by_fpx": lambda: self._applicant.pay_by_fpx(self.wishes.bank),
            "receipt": self._receipt,
            "renew": self._renew,
        }

    def __iter__(self) -> Iterator[Happened]:
        """Take each step in the guide's order.

        Raises:
            WalkStopped: a step did not happen; none after it was tried.
        """
        try:
            for step in STEPS:
                yield self._happen(step)
        finally:
            self._transport.close()

    def _happen(self, step: Step) -> Happened:
        started = time.perf_counter()
        deed = self._deeds.get(step.name) or getattr(self._applicant, step.name)
        try:
            saw = str(deed())
        except Exception as error:  # whatever stopped the applicant is this step's failure
            url = getattr(error, "url", None) or self._applicant.page.url
            raise WalkStopped(step, url, _sentence(error) + self._hint(step), _ms_since(started)) from error
        return Happened(step, saw, _ms_since(started))

    def _hint(self, step: Step) -> str:
        """What to do when the portal does not take a seed's person, whom an earlier walk may have registered there."""
        page = self._applicant.page
        unique = (page.error(name) for name in ("identity_number", "email", "mobile"))
        if self.wishes.seed is None or step.name != "register" or not any(unique):
            return ""
        return (
            f" (seed {self.wishes.seed} is the same person each time, who may be registered there already: "
            "leave --seed out or choose another)"
        )

    def _receipt(self) -> str:
        receipt = self._applicant.receipt()
        self._keep(receipt)
        return str(receipt)

    def _renew(self) -> str:
        """L16: L01, then L08 to L14, with the account there is; ends on the dashboard, covered for longer."""
        applicant = self._applicant
        applicant.sign_out()
        applicant.sign_in_again()
        applicant.renew()
        applicant.pay_by_fpx(self.wishes.bank)
        receipt = applicant.receipt()
        self._keep(receipt)
        applicant.covered()
        return str(receipt)

    def _keep(self, receipt: Receipt) -> None:
        if self.wishes.receipts is None:
            return
        self.wishes.receipts.mkdir(parents=True, exist_ok=True)
        path = self.wishes.receipts / f"{receipt.number}.pdf"
        path.write_bytes(receipt.pdf)
        self.receipts.append(path)


def _ms_since(started: float) -> float:
    return (time.perf_counter() - started) * 1000


def _sentence(error: Exception) -> str:
    return " ".join((str(error) or type(error).__name__).split())
