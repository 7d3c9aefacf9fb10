"""What the inbox refuses; pure, so that the heart may import it. Mailpit answers these as plain text."""

from __future__ import annotations

from emulators.foundation.errors import CallersMistake, NotHere


class BadQuery(CallersMistake):
    """A search that cannot be understood; nothing is found, changed or deleted by it."""


class BadBody(CallersMistake):
    """A request body that cannot be read; nothing is changed or deleted by it."""


class BadSince(CallersMistake):
    """A wait was to begin after a message nobody knows."""


class BadTag(CallersMistake):
    """A tag that no message carries, or a name that cannot be one."""


class NoSuchMessage(NotHere):
    """No message has that id; the sentence is the one Mailpit sends."""


class NoHtml(NotHere):
    """The message has no HTML to show (404), or to check (400)."""

    def __init__(self, sentence: str, status: int = NotHere.status) -> None:
        super().__init__(sentence)
        self.status = status


class BadSend(CallersMistake):
    """A message handed in by HTTP that cannot be made; answered as JSON, unlike every other refusal."""


class NotStored(Exception):
    """The store did not take a message, so the sender must keep it (451)."""
