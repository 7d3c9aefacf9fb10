"""What the switch saw of one merchant, as facts the scenarios are judged by; `gathering` makes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from emulators.fpx.transaction import Transaction

Fields = dict[str, str]


class Timed(Protocol):
    """Whatever has a place in the journal's order and an instant on the room's clock."""

    @property
    def entry(self) -> int:
        """The journal's number."""

    @property
    def at(self) -> str:
        """The instant, ISO 8601."""


@dataclass(frozen=True)
class Moment:
    """One entry of the journal: its number (the order of things) and the instant on the room's clock."""

    entry: int
    at: str


@dataclass(frozen=True)
class Outcome(Moment):
    """What the bank decided, and the direct AC that is owed for it."""

    event: str
    code: str
    fields: Fields


@dataclass(frozen=True)
class Sent(Moment):
    """One attempt at a direct AC: what was posted and what the merchant answered (status 0: nothing)."""

    number: int
    fields: Fields
    status: int
    answer: str
    acknowledged: bool
    fault: str
    genuine: bool
    """It is the very message the switch owed, not one that a fault has spoiled."""
    current: bool
    """It was signed with the key of the certificate that is current now."""

    @property
    def arrived(self) -> bool:
        """The merchant had it; one that a fault lost on its way never was with the merchant."""
        return bool(self.status) or not self.fault

    @property
    def code(self) -> str:
        """What it says of the debit."""
        return self.fields.get("fpx_debitAuthCode", "")


@dataclass(frozen=True)
class Enquiry(Moment):
    """An AE with the code of its reply."""

    fields: Fields
    code: str


@dataclass(frozen=True)
class BankList(Moment):
    """A BE: for which model, and the banks its reply called blocked."""

    model: str
    blocked: tuple[str, ...]


@dataclass(frozen=True)
class Refusal(Moment):
    """A message of the merchant that the switch refused."""

    message: str
    check: str
    mistake: str
    sentence: str
    bank_id: str


@dataclass(frozen=True)
class Payment(Moment):
    """One accepted AR and all that followed, oldest first."""

    transaction: Transaction
    fields: Fields
    outcomes: tuple[Outcome, ...]
    sent: tuple[Sent, ...]
    enquiries: tuple[Enquiry, ...]
    returned: tuple[Moment, ...]
    """The indirect AC was put into the browser's hands."""


@dataclass(frozen=True)
class Facts:
    """Everything of one exchange since its board was reset, as far as it is looked back, oldest first."""

    payments: tuple[Payment, ...] = ()
    lists: tuple[BankList, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    strangers: tuple[Enquiry, ...] = ()
    """Enquiries about orders that FPX has never seen."""
    requests: tuple[Payment | Refusal, ...] = ()
    """Every AR, taken or refused."""
