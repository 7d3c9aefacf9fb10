"""What the bank decides, by the row of its stage that was asked for."""

from __future__ import annotations

from dataclasses import dataclass

from emulators.fpx.outcomes.asked import Ask
from emulators.fpx.transaction import Event
from emulators.fpx.triggers import Outcome

SILENT = "debited-callback-lost"
"""The one row of the bank's stage that speaks for the stages after it too, unless they were asked themselves."""


@dataclass(frozen=True)
class Wait:
    """How a payment left pending ends: at the `enquiries`-th AE, with `code`; never when `enquiries` is 0."""

    enquiries: int
    code: str = "00"


def decision(ask: Ask) -> Outcome:
    """The move and, for a decline, the code."""
    code = ask.row.code
    if code == "00":
        return Outcome(Event.APPROVE, code)
    return Outcome(Event.LEAVE_PENDING if code in ("09", "99") else Event.DECLINE, code)


def wait(ask: Ask | None, usual: int) -> Wait:
    """How long the payment stays pending; `usual` enquiries when nothing was asked."""
    match ask.name if ask else "":
        case "pending-for-good":
            return Wait(0)
        case "pending-then-failed" if ask:
            return Wait(int(ask.values["enquiries"]), str(ask.values["code"]))
        case "pending-then-paid" if ask:
            return Wait(int(ask.values["enquiries"]))
    return Wait(usual)
