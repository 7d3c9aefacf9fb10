"""One part of a message: its headers as they stand, its body, and what it says about that.

What almost every part says is read here; the standard library reads the rest, and makes of it whatever it makes of it.
"""

from __future__ import annotations

from email.message import Message
from functools import cached_property

from emulators.smtp.content_type import PLAIN, ContentType, usual
from emulators.smtp.header_text import quietly

_AS_IT_STANDS = frozenset({None, "7bit", "8bit", "7BIT", "8BIT", "binary"})
"""Transfer encodings that leave a body as it is; None where a part names none."""


class Part:
    """Built by `parts.parse`; octets beyond ASCII stand in it as surrogates, as the standard library has them."""

    def __init__(self) -> None:
        self.fields: list[tuple[str, str]] = []
        """Name and value of each header, in order."""
        self.first: dict[str, str] = {}
        """The first value of each header, by its name in lower case."""
        self.body = ""
        """Of a part that has no parts."""
        self.parts: list[Part] = []

    def note(self, name: str, value: str) -> None:
        """One more header."""
        self.fields.append((name, value))
        self.first.setdefault(name.lower(), value)

    @cached_property
    def library(self) -> Message[str, str]:
        """The headers as the standard library has them; it may raise whatever it is asked."""
        message: Message[str, str] = Message()
        for name, value in self.fields:
            message.set_raw(name, value)
        return message

    @cached_property
    def usual(self) -> ContentType | None:
        """What it says it is, if it says so in the usual way."""
        value = self.first.get("content-type")
        return PLAIN if value is None else usual(value)

    @property
    def kind(self) -> str:
        """`text/plain`, in lower case."""
        return self.usual.kind if self.usual else self.library.get_content_type().lower()

    @property
    def boundary(self) -> str | None:
        """What stands between the parts of a multipart, if it says that."""
        return self.usual.parameters.get("boundary") if self.usual else self.library.get_boundary()

    @property
    def charset(self) -> str:
        """Of a text, in lower case; empty when it does not say."""
        if self.usual:
            return self.usual.parameters.get("charset", "").lower()
        return quietly(lambda: self.library.get_content_charset() or "", "")

    @property
    def disposition(self) -> str | None:
        """`inline` or `attachment`, if it says so."""
        return quietly(self.library.get_content_disposition, None) if "content-disposition" in self.first else None

    @property
    def name(self) -> str:
        """Of a file; empty when it has none."""
        named = "content-disposition" in self.first or "name" in self.first.get("content-type", "").lower()
        return quietly(lambda: self.library.get_filename() or "", "") if named else ""

    @property
    def content_id(self) -> str:
        """As it stands, where it is ASCII; empty when it has none."""
        value = self.first.get("content-id", "")
        return value if value.isascii() else quietly(lambda: str(self.library.get("Content-ID", "")), "")

    @property
    def content(self) -> bytes:
        """The body, its transfer encoding taken away as far as it can be."""
        if self.first.get("content-transfer-encoding") in _AS_IT_STANDS:
            return self.body.encode("ascii", "surrogateescape")
        self.library.set_payload(self.body)
        data = quietly(lambda: self.library.get_payload(decode=True), None)
        return data if isinstance(data, bytes) else self.body.encode("utf-8", "replace")
