"""The board's standing as values: what the page shows, the export writes and the command line reads; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from emulators.fpx.drill.facts import Facts
from emulators.fpx.drill.scenarios import Scenario, scenarios
from emulators.fpx.drill.seeing import Seen, State, last


@dataclass(frozen=True)
class Line:
    """A scenario and what was seen of it, if anything."""

    scenario: Scenario
    seen: Seen | None

    @property
    def state(self) -> State:
        """How it stands."""
        return self.seen.state if self.seen else State.NOT_SEEN


@dataclass(frozen=True)
class Report:
    """One merchant's board."""

    exchange_id: str
    sellers: tuple[tuple[str, str], ...]
    """Ids and names."""
    began: str
    made: str
    """Instants of the room's clock: since when traffic counts, and when the report was made."""
    product: str
    payments: int
    lines: tuple[Line, ...]

    def count(self, state: State | None = None, *, mandatory: bool = True) -> int:
        """How many of the (mandatory) scenarios stand so, or how many there are."""
        of_kind = [line for line in self.lines if line.scenario.mandatory is mandatory]
        return len([line for line in of_kind if state in (None, line.state)])

    @property
    def passed(self) -> bool:
        """Whether every mandatory scenario is passed."""
        return self.count(State.PASSED) == self.count()

    def told(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "sandbox": True,
            "product": self.product,
            "exchange_id": self.exchange_id,
            "sellers": [{"seller_id": seller, "name": name} for seller, name in self.sellers],
            "began": self.began,
            "made": self.made,
            "payments": self.payments,
            "passed": self.passed,
            "mandatory": {"passed": self.count(State.PASSED), "of": self.count()},
            "optional": {"passed": self.count(State.PASSED, mandatory=False), "of": self.count(mandatory=False)},
            "scenarios": [_told(line) for line in self.lines],
        }


def stand(facts: Facts, before: Mapping[str, Seen]) -> tuple[Line, ...]:
    """Every scenario with the attempt that counts: the latest of the facts and of what was seen before them."""
    lines = []
    for scenario in scenarios():
        attempts = [*scenario.check(facts), *filter(None, [before.get(scenario.id)])]
        lines.append(Line(scenario, last(attempts)))
    return tuple(lines)


def _told(line: Line) -> dict[str, Any]:
    row, seen = line.scenario, line.seen
    said = {name: vars(getattr(row, name)) for name in ("sentence", "how", "expected")}
    saw = {"saw": vars(seen.saw), "at": seen.at, "fpx_txn_id": seen.fpx_txn_id} if seen else {}
    return {"id": row.id, "mandatory": row.mandatory, "state": str(line.state), **said, **saw}
