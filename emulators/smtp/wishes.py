"""What a Mailpit client asks for, read from query strings and bodies; pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import tzinfo
from typing import Any
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from emulators.foundation.clock import MALAYSIA
from emulators.smtp.errors import BadBody, BadQuery

FORM = "application/x-www-form-urlencoded"
DEFAULT_LIMIT = 50
LARGEST_LIMIT = 1000


@dataclass(frozen=True)
class Change:
    """The body of PUT and DELETE: which messages (none named: all, as Mailpit has it) and the new mark."""

    uids: tuple[str, ...] = ()
    search: str = ""
    read: bool = False


@dataclass(frozen=True)
class TagsWish:
    """The body of a PUT of tags: which messages get which, or the new name of one."""

    uids: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    name: str = ""


def page_wish(args: Mapping[str, str]) -> tuple[int, int]:
    """`start` and `limit`; Mailpit takes its defaults for what it cannot read, and so does this."""
    start = _whole(args.get("start", ""), 0)
    return start, min(_whole(args.get("limit", ""), DEFAULT_LIMIT) or DEFAULT_LIMIT, LARGEST_LIMIT)


def query_wish(args: Mapping[str, str]) -> str:
    """`query`.

    Raises:
        BadQuery: it is missing.
    """
    query = args.get("query", "").strip()
    if not query:
        raise BadQuery("Error: no search query")
    return query


def zone_wish(args: Mapping[str, str]) -> tzinfo:
    """`tz`, the zone a bare date of a query begins in; Malaysia's when absent.

    Raises:
        BadQuery: no zone has that name.
    """
    name = args.get("tz", "").strip()
    if not name:
        return MALAYSIA
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadQuery(f"Error: no time zone is called {name!r}") from error


def change(body: bytes, content_type: str) -> Change:
    """A body of PUT or DELETE, JSON or form; nothing at all names every message.

    Raises:
        BadBody: the body is neither empty nor readable. (Mailpit would take that for "every message".)
    """
    if not body.strip():
        return Change()
    found = _of_form(body) if content_type == FORM else _of_json(body)
    return replace(found, uids=tuple(uid.replace("\x00", "\ufffd") for uid in found.uids))


def tags_wish(body: bytes, *, renaming: bool = False) -> TagsWish:
    """The body of `PUT /tags` ({IDs, Tags}), or of `PUT /tags/{tag}` ({Name}).

    Raises:
        BadBody: it is not that.
    """
    given = _object(body)
    uids, tags, name = given.get("IDs") or [], given.get("Tags") or [], given.get("Name") or ""
    for listed in (uids, tags):
        if not isinstance(listed, list) or not all(isinstance(item, str) for item in listed):
            raise BadBody("Error: IDs and Tags must be lists of strings; nothing was changed")
    if not isinstance(name, str) or (renaming and not name):
        raise BadBody("Error: Name must be text; nothing was changed")
    return TagsWish(tuple(uids), tuple(tags), name)


def _object(body: bytes) -> dict[str, Any]:
    try:
        given: Any = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadBody("Error: the body is not JSON; nothing was changed") from error
    if not isinstance(given, dict):
        raise BadBody('Error: send a JSON object like {"IDs": ["..."]}; nothing was changed')
    return given


def _of_json(body: bytes) -> Change:
    given = _object(body)
    uids, search, read = given.get("IDs") or [], given.get("Search") or "", given.get("Read") or False
    if not isinstance(uids, list) or not all(isinstance(uid, str) for uid in uids):
        raise BadBody("Error: IDs must be a list of strings; nothing was changed")
    if not isinstance(search, str) or not isinstance(read, bool):
        raise BadBody("Error: Search must be text and Read true or false; nothing was changed")
    return Change(tuple(uids), search, read)


def _of_form(body: bytes) -> Change:
    try:
        fields = parse_qs(body.decode(), strict_parsing=True, max_num_fields=10_000)
    except ValueError as error:
        raise BadBody("Error: the form cannot be read; nothing was changed") from error
    given = {name.lower(): values for name, values in fields.items()}  # one published client writes `ids`
    read = given.get("read", ["false"])[0].lower()
    if (not given.get("ids") and not given.get("search")) or read not in ("true", "false"):
        raise BadBody("Error: the form names no IDs; nothing was changed")
    return Change(tuple(given.get("ids", ())), given.get("search", [""])[0], read == "true")


def _whole(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 12 else default
