"""In what form, when and how often a direct AC is sent, by the fault that was asked for."""

from __future__ import annotations

from dataclasses import dataclass

from emulators.fpx.outcomes.asked import Ask
from emulators.fpx.outcomes.spoiling import SPOILERS, Fields, Hands

EVERY = -1


@dataclass(frozen=True)
class Delivery:
    """One direct AC owed: its fields, and how it travels."""

    fields: Fields
    after: float = 0.0
    """Seconds from now, by the room's clock."""
    lost: int = 0
    """How many first attempts never arrive; EVERY for all."""
    once: bool = False
    """Sent once, whatever the answer: what is spoiled is not to be sent until somebody believes it."""
    fault: str = ""


def deliveries(ac: Fields, ask: Ask | None, hands: Hands) -> tuple[Delivery, ...]:
    """What is owed for a signed `ac`; without a fault, one delivery at once."""
    if ask is None:
        return (Delivery(ac),)
    name, values = ask.name, ask.values
    seconds = float(values.get("seconds", 0))
    match name:
        case "direct-lost" | "debited-callback-lost":
            return (Delivery(ac, lost=int(values.get("deliveries", 0)) or EVERY, fault=name),)
        case "direct-delayed":
            return (Delivery(ac, seconds, fault=name),)
        case "direct-twice" | "direct-repeated":
            return tuple(Delivery(ac, seconds * n, fault=name) for n in range(int(values.get("times", 2))))
        case "direct-after-indirect":
            return (Delivery(ac, float(values["at_latest"]), fault=name),)
    spoiled = Delivery(SPOILERS[name](ac, values, hands), once=True, fault=name)
    follows = float(values["genuine_after"])
    return (spoiled, Delivery(ac, follows)) if follows else (spoiled,)
