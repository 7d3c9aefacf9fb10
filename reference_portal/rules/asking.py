"""When FPX is asked again about an order it has not ended (AE): soon at first, then ever more seldom.

How often a merchant may ask is not public; that it asks when no AC came is the official way (high confidence). The
pause doubles, because what has taken long will take longer, and thousands of old orders must not keep FPX busy.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Patience:
    """`shortest` and `longest` pause between two enquiries, and the age at which an order FPX never saw is over."""

    shortest: timedelta
    longest: timedelta
    too_old: timedelta

    def next_ask(self, sent_at: datetime, now: datetime) -> datetime:
        """When to ask again about an order sent then and asked about now: after as long again as it has taken.

        A clock that was set back makes it an order of the future, which has taken no time at all.
        """
        taken = max(now - sent_at, timedelta())
        due = now + max(min(taken, self.longest), self.shortest)
        last_chance = sent_at + self.too_old
        return last_chance if now < last_chance < due else due


def looks_to_rest(failures: int, longest: int) -> int:
    """How many looks to let pass after that many rounds in a row without an answer: 1, 3, 7, ... up to `longest`."""
    return min((1 << min(failures, longest)) - 1, longest)
