"""What the applicant came away with: a receipt, a cover."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from features.page import Page


@dataclass(frozen=True)
class Receipt:
    """The receipt as a file to keep and as facts."""

    pdf: bytes
    facts: Mapping[str, Any]
    """What `resit.json` holds."""
    url: str

    @classmethod
    def of(cls, pdf: Page, facts: Page) -> Receipt:
        """From the two downloads."""
        return cls(pdf.response.body, json.loads(facts.response.body), pdf.url)

    @property
    def number(self) -> str:
        """The receipt's number, `SBX-SPS-2019-0000001`."""
        return str(self.facts["receipt_number"])

    def __str__(self) -> str:
        """In a few words, for a person."""
        cover = self.facts.get("cover") or {}
        span = " to ".join(str(cover.get(end, "?"))[:19].replace("T", " ") for end in ("start", "end"))
        return f"receipt {self.number}, a PDF of {len(self.pdf)} bytes; cover {span}"


@dataclass(frozen=True)
class Cover:
    """The dashboard's word on the present cover, as shown."""

    status: str
    start: str
    end: str
    receipts: tuple[str, ...]
    """Addresses of the receipts in the history, newest first as shown."""

    @classmethod
    def of(cls, page: Page) -> Cover:
        """Read off the dashboard."""
        links = [link.get("href", "") for link in page.find("//table//a[contains(@href, '/resit.pdf')]")]
        return cls(
            page.testid("cover-status") or "",
            page.testid("cover-start") or "",
            page.testid("cover-end") or "",
            tuple(dict.fromkeys(links)),
        )

    def __str__(self) -> str:
        """In a few words, for a person."""
        return f"cover {self.status}, {self.start} to {self.end}, {len(self.receipts)} receipt(s) in the history"
