"""What is seen of a scenario: one attempt with its verdict, and which of several attempts counts; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from emulators.fpx.drill.facts import Sent, Timed
from emulators.fpx.triggers import Words


class State(StrEnum):
    """How a scenario stands."""

    NOT_SEEN = "not seen"
    UNDER_WAY = "under way"
    WRONG = "seen wrong"
    PASSED = "passed"


@dataclass(frozen=True)
class Seen:
    """One attempt at a scenario: the verdict, the evidence, and the payment it is about (blank: none)."""

    state: State
    entry: int
    at: str
    fpx_txn_id: str
    saw: Words

    def kept(self) -> dict[str, Any]:
        """As the store keeps it."""
        return asdict(self)


def seen_again(kept: dict[str, Any]) -> Seen:
    """What `Seen.kept` wrote."""
    return Seen(**kept | {"state": State(kept["state"]), "saw": Words(**kept["saw"])})


def passed(when: Timed, txn: str, english: str, malay: str) -> Seen:
    """An attempt that went as it should."""
    return Seen(State.PASSED, when.entry, when.at, txn, Words(english, malay))


def wrong(when: Timed, txn: str, english: str, malay: str) -> Seen:
    """One that did not."""
    return Seen(State.WRONG, when.entry, when.at, txn, Words(english, malay))


def under_way(when: Timed, txn: str, english: str, malay: str) -> Seen:
    """One that has begun and can still go either way."""
    return Seen(State.UNDER_WAY, when.entry, when.at, txn, Words(english, malay))


def last(attempts: Iterable[Seen]) -> Seen | None:
    """The attempt that counts: the latest that is decided; one under way counts while none is."""
    latest: Seen | None = None
    for attempt in sorted(attempts, key=lambda each: each.entry):
        if latest is None or attempt.state is not State.UNDER_WAY or latest.state is State.UNDER_WAY:
            latest = attempt
    return latest


def answer_of(sent: Sent) -> Words:
    """What the merchant answered to an AC."""
    if not sent.status:
        return Words(f"no answer ({sent.answer[:120]})", f"tiada jawapan ({sent.answer[:120]})")
    said = " ".join(sent.answer.split())[:80]
    return Words(f"HTTP {sent.status} {said!r}", f"HTTP {sent.status} {said!r}")
