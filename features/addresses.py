"""Where the six doors of a sandbox are: the only thing the features know of what they test."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Addresses:
    """URLs without a trailing slash; `smtp` and `smpp` are `host:port`."""

    portal: str
    fpx: str
    sms: str
    inbox: str
    smtp: str = ""
    smpp: str = ""

    @classmethod
    def from_json(cls, line: str) -> Addresses:
        """Read the line that `caruman up --json` prints."""
        told = json.loads(line)
        told = {"smpp": "", **told}  # a line of before the SMS room spoke SMPP
        return cls(**{name: told[name].rstrip("/") for name in ("portal", "fpx", "sms", "inbox", "smtp", "smpp")})

    def as_json(self) -> str:
        """The same line again."""
        return json.dumps(asdict(self))

    def rooms(self) -> dict[str, str]:
        """The URL of every room that has control doors, by the room's name."""
        return {"portal": self.portal, "fpx": self.fpx, "sms": self.sms, "smtp": self.inbox}
