"""The one catalogue of outcomes a tester can choose by input; the bank's sign-in page prints it.

A row says what to enter, where, and what it brings. The bank speaks first: a test bank's behaviour holds whatever
the card (one integrator's note: A approves, B declines, C at random).
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from enum import StrEnum

from emulators.fpx.transaction import Event

PASSWORDS = frozenset({"1234", "1111"})
"""Both are in use in the published test scripts of UAT's bank simulator."""


class Where(StrEnum):
    """The input that pulls a trigger."""

    CARD = "CardNum"
    BANK = "buyerBankId"
    BUTTON = "Cancel"
    PASSWORD = "HPin"  # noqa: S105  the simulator's field name, not a secret


@dataclass(frozen=True)
class Outcome:
    """What the bank does when the buyer confirms: the move and, for a decline, its code."""

    event: Event
    code: str


APPROVED = Outcome(Event.APPROVE, "00")
NO_FUNDS = Outcome(Event.DECLINE, "51")
LEFT_PENDING = Outcome(Event.LEAVE_PENDING, "09")


@dataclass(frozen=True)
class Trigger:
    """One row: enter `value` at `where` and this happens. Several outcomes are drawn from at random.

    A row without outcomes is brought about by the pages themselves and is listed to be seen.
    """

    where: Where
    value: str
    code: str
    meaning: str
    outcomes: tuple[Outcome, ...] = ()


CATALOGUE = (
    Trigger(Where.CARD, "1234", "00", "diluluskan", (APPROVED,)),
    Trigger(Where.CARD, "5151", "51", "ditolak: baki tidak mencukupi", (NO_FUNDS,)),
    Trigger(Where.CARD, "0909", "09", "menunggu; pertanyaan AE yang kemudian mendapati 00", (LEFT_PENDING,)),
    Trigger(Where.BANK, "TEST0021", "00", "diluluskan, apa-apa pun ID pengguna", (APPROVED,)),
    Trigger(Where.BANK, "TEST0022", "51", "ditolak, apa-apa pun ID pengguna", (NO_FUNDS,)),
    Trigger(Where.BANK, "TEST0023", "00 / 51", "rawak, mengikut benih sandbox", (APPROVED, NO_FUNDS)),
    Trigger(Where.BUTTON, "Sign in", "1C", "dibatalkan semasa log masuk"),
    Trigger(Where.BUTTON, "Confirm", "1L", "dibatalkan semasa pengesahan"),
    Trigger(Where.PASSWORD, "3 x salah", "1B", "log masuk gagal"),
)

_PULLED = {(row.where, row.value): row for row in CATALOGUE if row.outcomes}


def knows_card(card: str) -> bool:
    """Whether the bank simulator has an account under that user id."""
    return (Where.CARD, card) in _PULLED


def outcome(bank_id: str, card: str, source: random.Random) -> Outcome:
    """What the bank answers to Confirm; a card nobody knows cannot have signed in."""
    row = _PULLED.get((Where.BANK, bank_id)) or _PULLED[Where.CARD, card]
    return row.outcomes[0] if len(row.outcomes) == 1 else source.choice(row.outcomes)
