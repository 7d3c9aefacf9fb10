"""One-time codes in a message, read as a phone or a person reads them; pure.

Theory of operation. Three readers, the surest first. The origin-bound line (WICG, "Origin-bound one-time codes", parser
rules; confidence high): the last line of the text, `@host #code`. The sender's template: a sentence the tester gave,
with `{code}` in it. The keyword: digits beside a word that announces a code. Each announcing word claims the nearest
run of four to eight digits in its sentence, or the one that stands alone on a line below; what is an amount, a year, a
date, a time or a telephone number is blotted out beforehand (`code_words`), and a bare number beside no such word is
nothing. So a four-digit PIN that looks like a year is found by template or origin only.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from unicodedata import decimal

from emulators.foundation.code_words import FILLER, NOTIONS, is_date, is_said_to_be, masked, said_of_something_else

READ = 20_000
"""Characters of a text that are looked at."""
NEAR = 80
"""Farthest that digits may stand from the word that announces them, in characters."""
BESIDE = 12
"""What is no farther from its word than this stands beside it, in characters."""
LONGEST = 9
"""Characters of the longest run of digits, its separator included."""
ANY_SENDER = "*"

_ORIGIN_BOUND = re.compile(r"@([^\s@#]+) #(\S+)")
_PLACE = re.compile(r"\{(\w+)\}")
_CODE = r"([0-9]{3,4}[ -][0-9]{3,4}|[0-9A-Za-z]{3,12})"
_RUN = re.compile(r"(?<!\d)(?:\d{4}[ -]\d{4}|\d{3}[ -]\d{3}|\d{4,8})(?!\d)")
_END = re.compile(r"(?<!\b[Nn]o)[.!?](?=\s)|[。！？]|(?:\r?\n)+(?![a-z])")
"""Where a sentence ends; a line that goes on with a small letter was only wrapped."""
_PREFIX = re.compile(r"(?:^|[^\w-])[A-Za-z]{1,3}-$")


class FoundBy(StrEnum):
    """Which reader found a code."""

    ORIGIN_BOUND = "origin_bound"
    TEMPLATE = "template"
    KEYWORD = "keyword"


@dataclass(frozen=True)
class Code:
    """A code without the spaces and hyphens it was grouped with."""

    value: str
    found_by: FoundBy
    host: str | None = None
    """The site the code is bound to, when the message says so."""

    def as_json(self) -> dict[str, Any]:
        """How both rooms show it."""
        return {"value": self.value, "found_by": str(self.found_by), "host": self.host}


def template_pattern(template: str) -> re.Pattern[str]:
    """What a sender's sentence looks like: `{code}` is the code, any other `{name}` up to 200 characters of anything.

    Raises:
        ValueError: `{code}` does not stand in it exactly once.
    """
    if _PLACE.findall(template).count("code") != 1:
        raise ValueError(f"a template needs {{code}} exactly once: {template!r}")
    pieces = _PLACE.split(template)
    pattern = [r"(?<![0-9A-Za-z])" if template.startswith("{code}") else ""]
    for index, piece in enumerate(pieces):
        if index % 2:
            pattern.append(_CODE if piece == "code" else r"[\s\S]{0,200}?")
        else:
            pattern.append(r"\s+".join(re.escape(word) for word in re.split(r"\s+", piece)))
    return re.compile("".join(pattern) + (r"(?![0-9A-Za-z])" if template.endswith("{code}") else ""))


class CodeReader:
    """Finds the codes of messages; knows the templates of their senders."""

    def __init__(self, templates: Mapping[str, Sequence[str]] | None = None) -> None:
        """`templates`: sentences by sender as the room writes it, `*` for any sender."""
        self._patterns = {
            sender.lower(): [template_pattern(sentence) for sentence in sentences]
            for sender, sentences in (templates or {}).items()
        }

    def read(self, texts: Iterable[str], sender: str | None = None) -> list[Code]:
        """The codes of one message, each once, the surest first; `texts` are its parts as a person reads them."""
        parts = [text[:READ] for text in texts if text]
        found: dict[str, Code] = {}
        for reader in (self._bound, self._templated, _announced):
            for part in parts:
                for code in reader(part, (sender or "").lower()):
                    found.setdefault(code.value, code)
        return list(found.values())

    def _bound(self, text: str, _sender: str) -> Iterator[Code]:
        line = text.rstrip().rpartition("\n")[2]
        found = _ORIGIN_BOUND.match(line)
        if found:
            yield Code(found[2], FoundBy.ORIGIN_BOUND, found[1])

    def _templated(self, text: str, sender: str) -> Iterator[Code]:
        names = dict.fromkeys((sender, ANY_SENDER))
        for pattern in (pattern for name in names for pattern in self._patterns.get(name, ())):
            for found in pattern.finditer(text):
                yield Code(re.sub("[ -]", "", found[1]), FoundBy.TEMPLATE)


@dataclass(frozen=True)
class _Run:
    """Digits that may be a code: where they stand."""

    start: int
    end: int
    value: str


def _announced(text: str, _sender: str) -> Iterator[Code]:
    seen = masked(text)
    runs = [run for run in _runs(seen) if not is_date(run.value) and not _other(seen, run.start)]
    ends = [0, *(found.end() for found in _END.finditer(seen)), len(seen)]
    claims: list[tuple[int, _Run]] = []
    for word in NOTIONS.finditer(seen):
        if not word["other"]:
            first = bisect_left(runs, word.start() - NEAR - LONGEST, key=_start)
            beyond = bisect_right(runs, word.end() + 2 * NEAR, key=_start)
            begin = ends[bisect_right(ends, word.start()) - 1]
            end = ends[bisect_left(ends, word.end())]
            claims += _claim(word, runs[first:beyond], (begin, end), seen)
    for _, run in sorted(claims, key=lambda claim: (claim[0], claim[1].start)):
        yield Code(run.value, FoundBy.KEYWORD)


def _start(run: _Run) -> int:
    return run.start


def _other(text: str, start: int) -> bool:
    return said_of_something_else(text[max(0, start - NEAR) : start])


def _runs(text: str) -> Iterator[_Run]:
    for found in _RUN.finditer(text):
        before, after = text[max(0, found.start() - 6) : found.start()], text[found.end() : found.end() + 2]
        if _begins(before, grouped=not found[0].isdigit()) and _ends(after, grouped=not found[0].isdigit()):
            yield _Run(found.start(), found.end(), "".join(str(decimal(sign)) for sign in found[0] if sign not in " -"))


def _begins(before: str, *, grouped: bool) -> bool:
    last = before[-1:]
    if last == FILLER or last == "_" or (last.isascii() and last.isalnum()):
        return False
    if last == "-":
        return _PREFIX.search(before) is not None  # G-123456
    return not (before[-2:-1].isdigit() and last and (last in ".,:/" or (grouped and last == " ")))


def _ends(after: str, *, grouped: bool) -> bool:
    first = after[:1]
    if first == FILLER or first == "_" or (first.isascii() and first.isalnum()):
        return False
    return not (after[1:].isdigit() and (first in ".,:/-" or (grouped and first == " ")))


def _claim(word: re.Match[str], runs: list[_Run], sentence: tuple[int, int], text: str) -> list[tuple[int, _Run]]:
    """The digits a word announces, and how far off they are; digits below the sentence count as farther.

    What stands beside the word or is said outright to be the code goes before what is only nearer.
    """
    near: list[tuple[bool, int, int, _Run]] = []
    for run in runs:
        after = run.start >= word.end()
        far = run.start - word.end() if after else word.start() - run.end
        if sentence[0] <= run.start < sentence[1] and far <= NEAR:
            around = text[max(0, run.start - BESIDE) : run.start], text[run.end : run.end + BESIDE]
            near.append((far > BESIDE and not is_said_to_be(*around), far, 0 if after else 1, run))
        elif run.start >= sentence[1] and _alone(run, word.end(), text):
            near.append((True, NEAR + far, 0, run))
    return [(far, run) for _, far, _, run in sorted(near, key=lambda claim: claim[:3])[:1]]


def _alone(run: _Run, after: int, text: str) -> bool:
    """Whether digits below a sentence belong to it: only signs lie between, or they are a line or sentence alone."""
    if not any(sign.isalpha() for sign in text[after : run.start]):
        return True
    left = _END.split(text[max(0, run.start - NEAR) : run.start])[-1]
    right = _END.split(text[run.end : run.end + NEAR], maxsplit=1)[0]
    return not any(sign.isalnum() for sign in left + right)
