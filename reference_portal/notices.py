"""What a use case has to tell the person, beside what it did: a sentence of the catalogue and how loud to say it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Tone(StrEnum):
    """How a notice is shown; the words are those of the base page."""

    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Notice:
    """One sentence for the top of the next page."""

    tone: Tone
    code: str
    values: dict[str, object] = field(default_factory=dict)
