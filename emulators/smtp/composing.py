"""A mail handed in by HTTP (`POST /api/v1/send`) made into a message; the body's shape is Mailpit's (1.30.5, high)."""

from __future__ import annotations

import base64
import binascii
import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTPUTF8
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from emulators.smtp.errors import BadSend
from emulators.smtp.header_text import quietly

_RESTRICTED = frozenset(
    {"to", "from", "cc", "bcc", "reply-to", "date", "subject", "content-type", "mime-version", "x-tags"}
)
_NAME = re.compile(r"[!-9;-~]+")
"""What a header may be called (RFC 5322, 2.2)."""
_SIGNATURES = (
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"%PDF", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
)


class _Shape(BaseModel):
    model_config = ConfigDict(extra="ignore")


class Person(_Shape):
    """Somebody named in a header."""

    Email: str = ""
    Name: str = ""


class Attachment(_Shape):
    """A file; one with a ContentID is shown inside the HTML."""

    Content: str
    """Base64, a `data:` prefix allowed."""
    Filename: str = ""
    ContentType: str = ""
    ContentID: str = ""


def _none_is_empty(value: object) -> object:
    return [] if value is None else value


People = Annotated[list[Person], BeforeValidator(_none_is_empty)]
Texts = Annotated[list[str], BeforeValidator(_none_is_empty)]


class Letter(_Shape):
    """The body of a request to send."""

    From: Person = Field(default_factory=Person)
    To: People = Field(default_factory=list)
    Cc: People = Field(default_factory=list)
    Bcc: Texts = Field(default_factory=list)
    ReplyTo: People = Field(default_factory=list)
    Subject: str = ""
    Text: str = ""
    HTML: str = ""
    Attachments: Annotated[list[Attachment], BeforeValidator(_none_is_empty)] = Field(default_factory=list)
    Tags: Texts = Field(default_factory=list)
    Headers: Annotated[dict[str, str], BeforeValidator(lambda given: given or {})] = Field(default_factory=dict)


def read_letter(body: bytes) -> Letter:
    """The letter of a request's body.

    Raises:
        BadSend: it is not JSON, or not of that shape.
    """
    try:
        return Letter.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise BadSend(f"{place}: {first['msg']}" if place else str(first["msg"])) from error


def compose(letter: Letter, *, date: str) -> tuple[tuple[str, ...], bytes]:
    """The recipients of the envelope, and the message; `date` is its Date header.

    Raises:
        BadSend: an address, a header or an attachment cannot be used; the sentence names it.
    """
    message = EmailMessage(policy=SMTPUTF8)
    message["Date"] = date
    message["From"] = _address("From", letter.From)
    for name, people in (("To", letter.To), ("Cc", letter.Cc), ("Reply-To", letter.ReplyTo)):
        if people:
            message[name] = [_address(name, person) for person in people]
    hidden = [_address("Bcc", Person(Email=email)).addr_spec for email in letter.Bcc]
    _set(message, "Subject", letter.Subject)
    if letter.Tags:
        _set(message, "X-Tags", ", ".join(letter.Tags))
    for name, value in letter.Headers.items():
        if not _NAME.fullmatch(name):
            raise BadSend(f'invalid header name: "{name}"')
        if name.lower() in _RESTRICTED:
            raise BadSend(f'cannot overwrite header: "{name}"')
        _set(message, name, value)
    message.set_content(letter.Text)
    if letter.HTML:
        message.add_alternative(letter.HTML, subtype="html")
    for file in letter.Attachments:
        _attach(message, file)
    shown = [person.Email for person in (*letter.To, *letter.Cc)]
    made = quietly(message.as_bytes, None)
    if made is None:
        raise BadSend("error building message: a header or a text in it cannot be written")
    return tuple(dict.fromkeys([*shown, *hidden])), made


def _address(role: str, person: Person) -> Address:
    try:
        address = Address(person.Name, addr_spec=person.Email)
    except (ValueError, IndexError) as error:
        raise BadSend(f"invalid {role} address: {person.Email}") from error
    if not address.domain:
        raise BadSend(f"invalid {role} address: {person.Email}")
    return address


def _set(message: EmailMessage, name: str, value: str) -> None:
    try:
        message[name] = value
    except ValueError as error:
        raise BadSend(f'invalid header "{name}": {error}') from error


def _attach(message: EmailMessage, file: Attachment) -> None:
    try:
        data = base64.b64decode(file.Content.rpartition(",")[2], validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadSend(f'error decoding base64 attachment "{file.Filename}": {error}') from error
    kind = file.ContentType or next((kind for mark, kind in _SIGNATURES if data.startswith(mark)), "")
    main, slash, sub = (kind or "application/octet-stream").partition(";")[0].strip().partition("/")
    if not slash or not main or not sub:
        raise BadSend(f'attachment "{file.Filename}" has no content type: {file.ContentType}')
    if main in ("multipart", "message"):
        main, sub = "application", "octet-stream"
    name = file.Filename or None
    try:
        if file.ContentID:
            message.add_attachment(data, main, sub, filename=name, cid=f"<{file.ContentID}>", disposition="inline")
        else:
            message.add_attachment(data, main, sub, filename=name)
    except ValueError as error:
        raise BadSend(f'attachment "{file.Filename}" cannot be written: {error}') from error
