"""A message as received -> a value. Whatever arrives gives a value: malformed MIME is shown as far as it can be read.

The parts are numbered as Mailpit numbers them: the root is "0", its children "1", "2", theirs "1.1", "1.2" (shapes
captured from Mailpit 1.30.5, confidence medium for unusual nestings).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property

from emulators.smtp.header_text import NOBODY, Address, addresses, decoded, header_text, quietly, storable
from emulators.smtp.html_document import HtmlDocument, read_html
from emulators.smtp.html_text import text_of
from emulators.smtp.part import Part
from emulators.smtp.parts import parse

SNIPPET = 250
_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,100}/[a-z0-9!#$&^_.+-]{1,100}")


@dataclass(frozen=True)
class File:
    """A part that is not the text: an attachment, or an inline picture."""

    part_id: str
    name: str
    content_type: str
    content_id: str
    """Without angle brackets."""
    inline: bool
    data: bytes


@dataclass(frozen=True)
class Mail:
    """A message taken apart."""

    fields: tuple[tuple[str, str], ...] = ()
    """Every header in order, as it stands in the message."""
    subject: str = ""
    message_id: str = ""
    """Without angle brackets; empty when the sender gave none."""
    from_: Address = NOBODY
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    bcc: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    tags: tuple[str, ...] = ()
    """From `X-Tags`, in alphabetical order."""
    text: str = ""
    """The text part, else the HTML without its markup."""
    text_part: bool = False
    """Whether the sender wrote a text part."""
    html: str = ""
    files: tuple[File, ...] = field(default=())

    @cached_property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """Every header in order, unfolded, encoded words left as they are."""
        return tuple((header_text(name), _unfolded(value)) for name, value in self.fields)

    @cached_property
    def return_path(self) -> str:
        """Without angle brackets; empty when there is none."""
        return self._first("return-path").strip("<> ")

    @cached_property
    def date(self) -> datetime | None:
        """What the sender wrote; aware."""
        text = self._first("date")
        found = quietly(lambda: parsedate_to_datetime(text), None)
        return found.replace(tzinfo=UTC) if found is not None and found.tzinfo is None else found

    @property
    def snippet(self) -> str:
        """The beginning of the text, at most 250 characters."""
        return " ".join(self.text[: SNIPPET * 8].split())[:SNIPPET]

    @cached_property
    def document(self) -> HtmlDocument:
        """The HTML taken apart, once."""
        return read_html(self.html)

    @property
    def readable(self) -> tuple[str, ...]:
        """What a person may read of it: the text, the HTML without its markup when it says more, the subject."""
        shown = text_of(self.document)
        return (self.text, *((shown,) if shown != self.text else ()), self.subject)

    def file(self, part_id: str) -> File | None:
        """The attachment or inline part of that number."""
        return next((file for file in self.files if file.part_id == part_id), None)

    def _first(self, name: str) -> str:
        return header_text(next((value for known, value in self.fields if known.lower() == name), ""))


def read(raw: bytes) -> Mail:
    """Take a message apart; never raises."""
    mail = quietly(lambda: _taken_apart(raw), None)
    return Mail(text=decoded(raw, "utf-8")) if mail is None else mail


def _taken_apart(raw: bytes) -> Mail:
    root = parse(raw)
    by_name: dict[str, list[str]] = {}
    for name, value in root.fields:
        by_name.setdefault(name.lower(), []).append(value)

    def everybody(name: str) -> tuple[Address, ...]:
        return addresses(by_name[name]) if name in by_name else ()

    def first(name: str) -> str:
        return header_text(by_name[name][0]) if name in by_name else ""

    texts: list[str] = []
    htmls: list[str] = []
    files: list[File] = []
    for part_id, part in _leaves(root, "0"):
        _sort(part_id, part, texts, htmls, files)
    html = "\n".join(htmls)
    if files:
        files = [replace(file, inline=file.inline or _shown(file, html)) for file in files]
    return Mail(
        fields=tuple(root.fields),
        subject=first("subject"),
        message_id=first("message-id").strip("<> "),
        from_=next(iter(everybody("from")), NOBODY),
        to=everybody("to"),
        cc=everybody("cc"),
        bcc=everybody("bcc"),
        reply_to=everybody("reply-to"),
        tags=tuple(sorted({tag.strip()[:100] for tag in first("x-tags").split(",") if tag.strip()})),
        text="\n".join(texts) if texts else text_of(read_html(html)),
        text_part=bool(texts),
        html=html,
        files=tuple(files),
    )


def _leaves(part: Part, part_id: str) -> Iterator[tuple[str, Part]]:
    if not part.parts:
        yield part_id, part
    for number, child in enumerate(part.parts, 1):
        yield from _leaves(child, str(number) if part_id == "0" else f"{part_id}.{number}")


def _sort(part_id: str, part: Part, texts: list[str], htmls: list[str], files: list[File]) -> None:
    kind, disposition, name = part.kind, part.disposition, storable(part.name)
    if kind in ("text/plain", "text/html") and disposition != "attachment" and not name:
        (htmls if kind == "text/html" else texts).append(decoded(part.content, part.charset))
        return
    content_id = header_text(part.content_id).strip("<> ")
    inline = disposition == "inline" or (disposition is None and bool(content_id))  # see _shown for the third way
    kind = kind if _TYPE.fullmatch(kind) else "application/octet-stream"
    files.append(File(part_id, header_text(name), kind, content_id, inline, part.content))


def _shown(file: File, html: str) -> bool:
    """Whether the HTML shows the file: some senders call even those pictures attachments."""
    return bool(file.content_id) and f"cid:{file.content_id}" in html


def _unfolded(raw: str) -> str:
    value = re.sub(r"\r?\n([ \t])", r"\1", raw)
    return storable(decoded(value.encode("ascii", "surrogateescape"), "utf-8") if not value.isascii() else value)
