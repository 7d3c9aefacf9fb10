"""From transactions and journal to the facts the scenarios are judged by; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from emulators.fpx.drill.facts import BankList, Enquiry, Facts, Fields, Moment, Outcome, Payment, Refusal, Sent
from emulators.fpx.transaction import Transaction

Entry = Mapping[str, Any]


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
