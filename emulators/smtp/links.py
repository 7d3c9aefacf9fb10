"""The links of a mail: where a reader can go, in the order in which the mail names them, each once."""

from __future__ import annotations

import re
from dataclasses import dataclass

from emulators.smtp.html_document import HtmlDocument

READ = 500_000
"""Characters of the text part that are looked at."""
MOST = 1000
"""Links told of one mail."""
_WEB = re.compile(r"https?://[^\s<>\"\x00-\x20]{1,4000}", re.IGNORECASE)
_CLOSING = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True)
class Link:
    """An address of the web, and the words that lead there (the address itself where it stands bare)."""

    href: str
    text: str


def links_in(document: HtmlDocument | None, text: str) -> list[Link]:
    """The links of the HTML part, then those only the text part has; `http` and `https` alone."""
    found: dict[str, Link] = {}
    for raw, words in document.anchors if document else ():
        href = "".join(raw.split())
        if _WEB.fullmatch(href):
            found.setdefault(href, Link(href, " ".join("".join(words).split())))
    for bare in _WEB.findall(text[:READ]):
        href = _trimmed(bare)
        found.setdefault(href, Link(href, href))
    return list(found.values())[:MOST]


def _trimmed(address: str) -> str:
    """An address in running text without the punctuation of the sentence around it."""
    while address and (address[-1] in ".,;:!?'*_" or address[-1] in _CLOSING):
        opening = _CLOSING.get(address[-1])
        if opening and address.count(opening) >= address.count(address[-1]):
            break
        address = address[:-1]
    return address
