"""Twilio's list of messages: what a query string asks for, and the page that answers it.

A page is fixed by the message it ends (or begins) with, not by a row number, so that messages arriving between two
requests neither repeat nor skip one. Parameters: Messages resource, "List" (confidence high); the tokens are our own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from emulators.sms.errors import BadPaging
from emulators.sms.messages import Message, collection_uri, twilio_reply

PAGE_SIZE = 50
LARGEST_PAGE = 1000
_OLDER, _NEWER = "PA", "PB"


@dataclass(frozen=True)
class Listing:
    """A list as asked for; `sent_from` is inclusive, `sent_until` exclusive."""

    account_sid: str
    filters: tuple[tuple[str, str], ...]
    """The filtering parameters as they were typed, for the addresses of the other pages."""
    to: str
    sender: str
    sent_from: datetime | None
    sent_until: datetime | None
    page_size: int
    page: int
    token: str

    @property
    def cursor(self) -> str:
        """The sid of the message the page starts beside; empty on the first page."""
        return self.token[2:]

    @property
    def backwards(self) -> bool:
        """Whether the page lies before its cursor."""
        return self.token.startswith(_NEWER)


@dataclass(frozen=True)
class Page:
    """Messages of one page, newest first, and whether there are others on either side."""

    messages: Sequence[Message]
    older: bool
    newer: bool


def read_listing(account_sid: str, args: Mapping[str, str]) -> Listing:
    """What a query string asks for.

    Raises:
        BadPaging: a number, date or token cannot be read.
    """
    names = ("To", "From", "DateSent", "DateSent<", "DateSent>")
    filters = tuple((name, args[name]) for name in names if args.get(name))
    token = args.get("PageToken", "")
    if token and not token.startswith((_OLDER, _NEWER)):
        raise BadPaging(f"PageToken {token!r} was not handed out by this list")
    listing = Listing(
        account_sid=account_sid,
        filters=filters,
        to=args.get("To", ""),
        sender=args.get("From", ""),
        sent_from=None,
        sent_until=None,
        page_size=min(_whole(args, "PageSize", PAGE_SIZE, 1), LARGEST_PAGE),
        page=_whole(args, "Page", 0, 0),
        token=token,
    )
    for name, value in filters[:]:
        if name.startswith("DateSent"):
            listing = _narrowed(listing, name, *_span(name, value))
    return listing


def twilio_page(listing: Listing, page: Page) -> dict[str, Any]:
    """The JSON object Twilio answers for a page."""
    first, last = listing.page * listing.page_size, len(page.messages)
    older = _uri(listing, listing.page + 1, _OLDER + page.messages[-1].sid) if page.older and last else None
    newer = _uri(listing, max(listing.page - 1, 0), _NEWER + page.messages[0].sid) if page.newer and last else None
    return {
        "end": max(first + last - 1, 0),
        "first_page_uri": _uri(listing, 0, ""),
        "messages": [twilio_reply(message) for message in page.messages],
        "next_page_uri": older,
        "page": listing.page,
        "page_size": listing.page_size,
        "previous_page_uri": newer,
        "start": first,
        "uri": _uri(listing, listing.page, listing.token),
    }


def _narrowed(listing: Listing, name: str, start: datetime, end: datetime) -> Listing:
    if name == "DateSent>":
        return replace(listing, sent_from=start)
    if name == "DateSent<":
        return replace(listing, sent_until=end)
    return replace(listing, sent_from=start, sent_until=end)


def _span(name: str, value: str) -> tuple[datetime, datetime]:
    """A day (in UTC, as Twilio counts) or an instant, as a span that includes it.

    Plain `DateSent` is always a whole day: the official clients write a date as its midnight.
    """
    try:
        start = datetime.fromisoformat(value)
        start = (start if start.tzinfo else start.replace(tzinfo=UTC)).astimezone(UTC)
        if name != "DateSent" and len(value) > len("2019-05-15"):
            return start, start + timedelta(milliseconds=1)
        day = start.replace(hour=0, minute=0, second=0, microsecond=0)
        return day, day + timedelta(days=1)
    except (ValueError, OverflowError) as error:
        raise BadPaging(f"{name} must be a date like 2019-05-15 or an instant in ISO 8601, not {value!r}") from error


def _whole(args: Mapping[str, str], name: str, default: int, least: int) -> int:
    text = args.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) >= least):
        raise BadPaging(f"{name} must be a whole number from {least} up, not {text!r}")
    return int(text)


def _uri(listing: Listing, page: int, token: str) -> str:
    query = [*listing.filters, ("PageSize", str(listing.page_size)), ("Page", str(page))]
    if token:
        query.append(("PageToken", token))
    return f"{collection_uri(listing.account_sid)}?{urlencode(query)}"
