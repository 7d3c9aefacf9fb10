"""The HTML of a mail taken apart once: what a person reads, where links lead, which elements stand in it.

libxml2 reads it, in time that grows with its length whatever a hostile sender wrote (the standard library's parser
takes quadratic time over some markup).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from emulators.smtp.header_text import quietly, storable

READ = 2_000_000
"""Characters looked at."""
_UNSEEN = frozenset({"script", "style", "head", "title", "template"})
_BREAKS = frozenset({"p", "br", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "hr", "blockquote"})
_CELLS = frozenset({"td", "th", "dt"})
CELL_END = "\x1f"
"""Stands in `words` behind each cell of a table."""
_CSS = frozenset({"style"})


@dataclass(frozen=True)
class Picture:
    """A picture the HTML shows."""

    src: str
    alt: str

    @property
    def ending(self) -> str:
        """How its address ends, in lower case: `.webp`."""
        return "." + self.src.partition("?")[0].lower().rpartition(".")[2]


class HtmlDocument:
    """What was found; build it with `read_html`."""

    def __init__(self) -> None:
        self.words: list[str] = []
        """Pieces of the text; a line break for each block, `CELL_END` behind each cell."""
        self.anchors: list[tuple[str, list[str]]] = []
        """Where links lead, and the pieces of the words that lead there."""
        self.elements: Counter[str] = Counter()
        self.css: list[str] = []
        """Style sheets and `style` attributes."""
        self.pictures: list[Picture] = []
        self._unseen = 0
        self._in_css = False
        self._in_anchor = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins (called by the parser, like the other three)."""
        self.elements[tag] += 1
        self._in_css = tag in _CSS
        if style := attributes.get("style"):
            self.css.append(style)
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "body":
            self._unseen = 0  # a head that was never closed
        elif tag in _BREAKS:
            self.words.append("\n")
        elif tag == "img":
            self._picture(attributes)
        if tag in ("a", "area") and attributes.get("href"):
            self.anchors.append((attributes["href"], [attributes.get("alt", "")] if tag == "area" else []))
            self._in_anchor = tag == "a"

    def end(self, tag: str) -> None:
        """An element ends."""
        self._in_css = False
        if tag == "a":
            self._in_anchor = False
        if tag in _UNSEEN and self._unseen:
            self._unseen -= 1
        elif tag in _BREAKS:
            self.words.append("\n")
        elif tag in _CELLS:
            self.words.append(CELL_END)

    def data(self, text: str) -> None:
        """Text inside an element."""
        if self._in_css:
            self.css.append(text)
        elif not self._unseen:
            self.words.append(text)
            if self._in_anchor:
                self.anchors[-1][1].append(text)

    def close(self) -> None:
        """The document ends."""

    def _picture(self, attributes: Mapping[str, str]) -> None:
        picture = Picture(attributes.get("src", ""), attributes.get("alt", ""))
        self.pictures.append(picture)
        self.words.append(picture.alt)
        if self._in_anchor:
            self.anchors[-1][1].append(picture.alt)


def read_html(html: str) -> HtmlDocument:
    """Take HTML apart; what was read before any trouble is kept."""
    document = HtmlDocument()
    if html.strip():
        parser = etree.HTMLParser(target=document, huge_tree=True, encoding="utf-8")  # type: ignore[call-overload]  # the stubs ask for comment() too
        text = storable(html[:READ])
        quietly(lambda: parser.feed(text.encode("utf-8", "replace")), None)
        quietly(parser.close, None)
    return document
