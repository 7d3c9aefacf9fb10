"""HTML without its markup, for search, for snippets and for readers of mail that brought no text part."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from emulators.smtp.header_text import quietly

READ = 500_000
"""Characters looked at: the standard library's parser takes quadratic time over some hostile markup."""
_UNSEEN = frozenset({"script", "style", "head", "title", "template"})
_BREAKS = frozenset({"p", "br", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "hr", "blockquote"})


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "body":
            self._unseen = 0  # a head that was never closed
        elif tag in _BREAKS:
            self.pieces.append("\n")
        elif tag == "img":
            self.pieces.append(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN and self._unseen:
            self._unseen -= 1
        elif tag in _BREAKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.pieces.append(data)


def text_of(html: str) -> str:
    """What a person would read of `html`: blocks on lines of their own, no script, no style."""
    if not html:
        return ""
    parser = _Text()
    quietly(lambda: parser.feed(html[:READ]), None)  # what was read before the trouble is kept
    quietly(parser.close, None)
    lines = (" ".join(line.split()) for line in "".join(parser.pieces).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
