"""One message of a payment's ladder as a value: who said what to whom, when, with which fields, and how it went."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Party(StrEnum):
    """Who speaks, in the order of the ladder's columns."""

    BROWSER = "browser"
    MERCHANT = "merchant"
    SWITCH = "switch"
    BANK = "bank"


class Verdict(StrEnum):
    """How a message went; the values are the kinds of a badge."""

    GOOD = "good"
    BAD = "bad"
    WAIT = "wait"
    PLAIN = "neutral"


@dataclass(frozen=True)
class Rung:
    """One message, or something that one party did by itself (`sender` and `receiver` alike)."""

    at: str
    sender: Party
    receiver: Party
    message: str
    """What it is, in FPX's words: AR, AC direct, AE, ..."""
    verdict: Verdict
    said: str
    """The verdict in Malay."""
    fields: dict[str, str] = field(default_factory=dict)
    source: str = ""
    """The text under the checksum, when the message carries one."""
    facts: dict[str, Any] = field(default_factory=dict)
    seen: bool = True
    """False: the sandbox can only expect this message, it does not pass through it."""

    def as_json(self) -> dict[str, Any]:
        """The same for programs."""
        ends = {"from": str(self.sender), "to": str(self.receiver)}
        told = {"message": self.message, "verdict": _VERDICTS[self.verdict], "said": self.said, "seen": self.seen}
        return {"at": self.at, **ends, **told, "fields": self.fields, "source": self.source, "facts": self.facts}


_VERDICTS = {Verdict.GOOD: "good", Verdict.BAD: "bad", Verdict.WAIT: "waiting", Verdict.PLAIN: "none"}
