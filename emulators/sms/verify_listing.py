"""Verify's pages of a list: `meta` with absolute addresses, as its clients follow them (confidence high); pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from emulators.sms.errors import InvalidParameter

PAGE_SIZE, LARGEST_PAGE = 50, 1000


def verify_page(items: Sequence[dict[str, Any]], key: str, url: str, args: Mapping[str, str]) -> dict[str, Any]:
    """The page of `items` that the query string asks for.

    Raises:
        InvalidParameter: a page or page size that is no number.
    """
    size = min(max(_whole(args, "PageSize", PAGE_SIZE), 1), LARGEST_PAGE)
    page = _whole(args, "Page", 0)

    def address(number: int) -> str:
        return f"{url}?{urlencode({'PageSize': size, 'Page': number})}"

    more = len(items) > (page + 1) * size
    return {
        key: list(items[page * size : (page + 1) * size]),
        "meta": {
            "first_page_url": address(0),
            "key": key,
            "next_page_url": address(page + 1) if more else None,
            "page": page,
            "page_size": size,
            "previous_page_url": address(page - 1) if page else None,
            "url": address(page),
        },
    }


def _whole(args: Mapping[str, str], name: str, default: int) -> int:
    text = args.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise InvalidParameter(f"Invalid parameter `{name}`: {text}")
    return int(text)
