"""One document as it was handed in, and what is wrong with it wherever it counts: its number, its last day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from reference_portal.clock import MALAYSIA
from reference_portal.errors import RuleBroken
from reference_portal.rules.document_number import Kind, check_number


@dataclass(frozen=True)
class Given:
    """A document handed in: its kind, the number on it and the last day it is valid (None when it has none)."""

    kind: Kind
    number: str
    expires: date | None


@dataclass(frozen=True)
class Fault:
    """One thing to put right, and the document beside which it is said."""

    kind: Kind
    code: str
    values: dict[str, object] = field(default_factory=dict, compare=False)


def faults_in(paper: Given, at: datetime) -> tuple[Fault, ...]:
    """Everything; empty when the paper is in order on the day of `at`."""
    faults: list[Fault] = []
    try:
        check_number(paper.kind, paper.number)
    except RuleBroken as broken:
        faults.append(Fault(paper.kind, broken.code, broken.values))
    dateless = paper.kind is Kind.PROFIL_PEMANDU  # the guide asks only for proof of registration
    if paper.expires is None and not dateless:
        faults.append(Fault(paper.kind, "E-DOC-09", {"dokumen": paper.kind}))
    if paper.expires is not None and paper.expires < at.astimezone(MALAYSIA).date():
        faults.append(Fault(paper.kind, "E-DOC-05", {"dokumen": paper.kind}))
    return tuple(faults)


def kinds_held(kinds: tuple[Kind, ...], papers: Iterable[Given]) -> tuple[Kind, ...]:
    """Which of these kinds were handed in, each once."""
    return tuple(dict.fromkeys(paper.kind for paper in papers if paper.kind in kinds))
