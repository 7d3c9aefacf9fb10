"""A message as received -> a value. Whatever arrives gives a value: malformed MIME is shown as far as it can be read.

The parts are numbered as Mailpit numbers them: the root is "0", its children "1", "2", theirs "1.1", "1.2" (shapes
captured from Mailpit 1.30.5, confidence medium for unusual nestings).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from functools import cached_property

from emulators.smtp.header_text import NOBODY, Address, addresses, decoded, header_text, quietly, storable
from emulators.smtp.html_document import HtmlDocument, read_html
from emulators.smtp.html_text import text_of
from emulators.smtp.parts import Part, parse

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

    headers: tuple[tuple[str, str], ...] = ()
    """Every header in order, unfolded, encoded words left as they are."""
    subject: str = ""
    message_id: str = ""
    """Without angle brackets; empty when the sender gave none."""
    return_path: str = ""
    from_: Address = NOBODY
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    bcc: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    date: datetime | None = None
    """What the sender wrote; aware."""
    tags: tuple[str, ...] = ()
    """From `X-Tags`, in alphabetical order."""
    text: str = ""
    """The text part, else the HTML without its markup."""
    text_part: bool = False
    """Whether the sender wrote a text part."""
    html: str = ""
    files: tuple[File, ...] = field(default=())

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


def read(raw: bytes) -> Mail:
    """Take a message apart; never raises."""
    opaque = Mail(text=decoded(raw, "utf-8"))
    return quietly(lambda: _taken_apart(raw), opaque)


def _taken_apart(raw: bytes) -> Mail:
    root = parse(raw)
    headers = [(name, str(value)) for name, value in root.raw_items()]

    by_name: dict[str, list[str]] = {}
    for name, value in headers:
        by_name.setdefault(name.lower(), []).append(value)

    def values(name: str) -> list[str]:
        return by_name.get(name, [])

    def first(name: str) -> str:
        return header_text(next(iter(values(name)), ""))

    texts: list[str] = []
    htmls: list[str] = []
    files: list[File] = []
    for part_id, part in _leaves(root, "0"):
        _sort(part_id, part, texts, htmls, files)
    html = "\n".join(htmls)
    return Mail(
        headers=tuple((header_text(name), _unfolded(value)) for name, value in headers),
        subject=first("subject"),
        message_id=first("message-id").strip("<> "),
        return_path=first("return-path").strip("<> "),
        from_=next(iter(addresses(values("from"))), NOBODY),
        to=addresses(values("to")),
        cc=addresses(values("cc")),
        bcc=addresses(values("bcc")),
        reply_to=addresses(values("reply-to")),
        date=_date(first("date")),
        tags=tuple(sorted({tag.strip()[:100] for tag in first("x-tags").split(",") if tag.strip()})),
        text="\n".join(texts) if texts else text_of(read_html(html)),
        text_part=bool(texts),
        html=html,
        files=tuple(replace(file, inline=file.inline or _shown(file, html)) for file in files),
    )


def _leaves(part: Part, part_id: str) -> Iterator[tuple[str, Part]]:
    payload = part.get_payload()
    if part.get_content_maintype() == "message" or not isinstance(payload, list):
        yield part_id, part
        return
    for number, child in enumerate(payload, 1):
        if isinstance(child, Message):
            yield from _leaves(child, str(number) if part_id == "0" else f"{part_id}.{number}")


def _sort(part_id: str, part: Part, texts: list[str], htmls: list[str], files: list[File]) -> None:
    kind = part.get_content_type().lower()
    placed = "content-disposition" in part
    disposition = quietly(part.get_content_disposition, None) if placed else None
    named = placed or "name" in str(part.get("content-type", "")).lower()
    name = storable(quietly(lambda: part.get_filename() or "", "")) if named else ""
    if kind in ("text/plain", "text/html") and disposition != "attachment" and not name:
        charset = quietly(lambda: part.get_content_charset() or "", "")
        (htmls if kind == "text/html" else texts).append(decoded(_content(part), charset))
        return
    content_id = header_text(quietly(lambda: str(part.get("Content-ID", "")), "")).strip("<> ")
    inline = disposition == "inline" or (disposition is None and bool(content_id))  # see _shown for the third way
    kind = kind if _TYPE.fullmatch(kind) else "application/octet-stream"
    files.append(File(part_id, header_text(name), kind, content_id, inline, _content(part)))


def _shown(file: File, html: str) -> bool:
    """Whether the HTML shows the file: some senders call even those pictures attachments."""
    return bool(file.content_id) and f"cid:{file.content_id}" in html


def _content(part: Part) -> bytes:
    payload = part.get_payload()
    if isinstance(payload, list):  # message/rfc822: the enclosed message, or what is left of it
        return b"".join(quietly(child.as_bytes, b"") for child in payload if isinstance(child, Message))
    data = quietly(lambda: part.get_payload(decode=True), None)
    return data if isinstance(data, bytes) else str(payload).encode("utf-8", "replace")


def _date(text: str) -> datetime | None:
    found = quietly(lambda: parsedate_to_datetime(text), None)
    return found.replace(tzinfo=UTC) if found is not None and found.tzinfo is None else found


def _unfolded(raw: str) -> str:
    value = re.sub(r"\r?\n([ \t])", r"\1", raw)
    return storable(decoded(value.encode("ascii", "surrogateescape"), "utf-8") if not value.isascii() else value)
