"""A stored message as lists show it, and the pages of such messages; values without behaviour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Kept:
    """A stored message without its content."""

    id: int
    uid: str
    """Mailpit's ID: 22 characters."""
    message_id: str
    read: bool
    created: datetime
    """When it arrived; aware."""
    size: int
    attachments: int
    """Inline parts included, as Mailpit counts."""
    subject: str
    snippet: str
    people: dict[str, Any]
    """`From` ({Name, Address}), `To`, `Cc`, `Bcc`, `ReplyTo` (lists of them): as they go on the wire."""
    tags: list[str]
    username: str = ""
    """Who signed in to send it; empty for nobody."""
    arrived: datetime | None = None
    """When it arrived by the machine's clock; aware."""


@dataclass(frozen=True)
class Page:
    """Some messages of the mailbox or of a search, newest first."""

    messages: list[Kept]
    start: int
    total: int
    """In the whole mailbox."""
    unread: int
    matches: int
    """Found by the search; the whole mailbox when there is none."""
    unread_matches: int
    tags: list[str]
    """Every tag of the mailbox."""
