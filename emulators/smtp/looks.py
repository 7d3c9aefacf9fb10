"""How one look at a link of a mail went; a value."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

BLOCKED = 451
"""The status of a link that may not be looked at, as Mailpit tells it."""


@dataclass(frozen=True)
class Look:
    """A link and what answered."""

    url: str
    status: int
    """0 when nothing answered."""
    words: str
    location: str = ""
    """Where the answer sends the reader on."""
    title: str = ""
    """The title of the page that answered."""

    @property
    def alive(self) -> bool:
        """Whether a reader would get something."""
        return 0 < self.status < HTTPStatus.BAD_REQUEST
