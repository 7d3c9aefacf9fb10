"""The links of a mail: where a reader can go, in the order in which the mail names them, each once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from emulators.smtp.header_text import quietly

READ = 500_000
"""Characters looked at: the standard library's parser takes quadratic time over some hostile markup."""
MOST = 1000
"""Links told of one mail."""
_WEB = re.compile(r"https?://[^\s<>\"\x00-\x20]{1,4000}", re.IGNORECASE)
_CLOSING = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True)
class Link:
    """An address of the web, and the words that lead there (the address itself where it stands bare)."""

    href: str
    text: str


class _Anchors(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, list[str]]] = []
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("a", "area") and given.get("href"):
            self.found.append((given["href"] or "", [given.get("alt") or ""] if tag == "area" else []))
            self._open = tag == "a"
        elif tag == "img" and self._open:
            self.found[-1][1].append(given.get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._open = False

    def handle_data(self, data: str) -> None:
        if self._open:
            self.found[-1][1].append(data)


def links_in(html: str, text: str) -> list[Link]:
    """The links of the HTML part, then those only the text part has; `http` and `https` alone."""
    parser = _Anchors()
    quietly(lambda: parser.feed(html[:READ]), None)  # what was read before the trouble is kept
    quietly(parser.close, None)
    found: dict[str, Link] = {}
    for raw, words in parser.found:
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
