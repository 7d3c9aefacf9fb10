"""What the switch saw of one merchant, as facts the scenarios are judged by; pure, from transactions and journal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from emulators.fpx.transaction import Transaction

Fields = dict[str, str]
Entry = Mapping[str, Any]


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


def facts_of(
    transactions: Iterable[Transaction],
    entries: Iterable[Entry],
    others: Iterable[Entry],
    current: Callable[[Fields], bool],
) -> Facts:
    """The facts.

    Args:
        transactions: of one exchange.
        entries: the journal's on these transactions.
        others: the journal's on the exchange's messages that belong to no transaction.
        current: whether an AC was signed with the current key.
    """
    by_ref: dict[str, list[Entry]] = {}
    for entry in entries:
        by_ref.setdefault(entry["ref"], []).append(entry)
    payments = [_payment(txn, by_ref.get(txn.fpx_txn_id, []), current) for txn in transactions]
    known = tuple(sorted((each for each in payments if each is not None), key=lambda each: each.entry))
    kept = list(others)
    refusals = tuple(_refusal(entry) for entry in kept if entry["kind"].endswith(" refused"))
    requests: list[Payment | Refusal] = [*known, *(each for each in refusals if each.message == "AR")]
    return Facts(
        payments=known,
        lists=tuple(_bank_list(entry) for entry in kept if entry["kind"] == "BE"),
        refusals=refusals,
        strangers=tuple(_enquiry(entry) for entry in kept if entry["kind"] == "AE unknown"),
        requests=tuple(sorted(requests, key=lambda each: each.entry)),
    )


def _payment(txn: Transaction, entries: list[Entry], current: Callable[[Fields], bool]) -> Payment | None:
    kinds: dict[str, list[Entry]] = {}
    for entry in entries:
        kinds.setdefault(entry["kind"], []).append(entry)
    if "AR" not in kinds:
        return None  # opened before the board was reset
    opened = kinds["AR"][0]
    owed = kinds.get("AC owed", [])
    outcomes = tuple(_outcome(entry) for entry in owed if entry["facts"].get("event"))  # the others were sent again
    return Payment(
        opened["id"],
        opened["at"],
        txn,
        opened["facts"].get("fields", {}),
        outcomes,
        tuple(_sent(entry, outcomes, current) for entry in kinds.get("AC delivery", [])),
        tuple(_enquiry(entry) for entry in kinds.get("AE", [])),
        tuple(Moment(entry["id"], entry["at"]) for entry in kinds.get("AC indirect", []) if entry["facts"]["fields"]),
    )


def _outcome(entry: Entry) -> Outcome:
    facts = entry["facts"]
    return Outcome(entry["id"], entry["at"], str(facts["event"]), str(facts.get("code", "")), facts.get("fields", {}))


def _sent(entry: Entry, outcomes: tuple[Outcome, ...], current: Callable[[Fields], bool]) -> Sent:
    facts = entry["facts"]
    fields: Fields = facts.get("fields", {})
    return Sent(
        entry["id"],
        entry["at"],
        number=int(facts.get("number", 1)),
        fields=fields,
        status=int(facts.get("status", 0)),
        answer=str(facts.get("answer", "")),
        acknowledged=bool(facts.get("acknowledged")),
        fault=str(facts.get("fault") or ""),
        genuine=any(outcome.fields == fields for outcome in outcomes),
        current=current(fields),
    )


def _enquiry(entry: Entry) -> Enquiry:
    facts = entry["facts"]
    reply: Fields = facts.get("reply", {})
    return Enquiry(entry["id"], entry["at"], facts.get("fields", {}), reply.get("fpx_debitAuthCode", ""))


def _bank_list(entry: Entry) -> BankList:
    facts = entry["facts"]
    banks = facts["reply"].get("fpx_bankList", "").split(",")
    blocked = tuple(bank.partition("~")[0] for bank in banks if bank.endswith("~B"))
    return BankList(entry["id"], entry["at"], facts["fields"].get("fpx_msgToken", ""), blocked)


def _refusal(entry: Entry) -> Refusal:
    facts = entry["facts"]
    return Refusal(
        entry["id"],
        entry["at"],
        entry["kind"].partition(" ")[0],
        str(facts.get("check", "")),
        str(facts.get("mistake") or ""),
        str(facts.get("sentence", "")),
        str(facts.get("fields", {}).get("fpx_buyerBankId", "")),
    )
