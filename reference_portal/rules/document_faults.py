"""Everything an applicant has to put right with the documents, so that one answer names it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from reference_portal.rules.document import Decision
from reference_portal.rules.document_number import Kind
from reference_portal.rules.paper import Fault, Given, faults_in, kinds_held

_OF_ONE_PAPER = frozenset({"E-DOC-05", "E-DOC-09", "E-DOC-10"})
_OF_A_LICENCE: dict[str, object] = {"dokumen": Kind.LESEN_MEMANDU}


def of(decision: Decision, given: Iterable[Given], submitted_at: datetime) -> tuple[Fault, ...]:
    """Each clause that is not met, and whatever else is wrong with a paper that could have met it."""
    papers = tuple(given)
    faults: list[Fault] = []
    for finding in decision.problems:
        faults.append(Fault(finding.kind, finding.code or "E-DOC-01", finding.values))
        if finding.code in _OF_ONE_PAPER:
            tried = (paper for paper in papers if paper.kind in finding.given)
            faults += (fault for paper in tried for fault in faults_in(paper, submitted_at))
    return tuple(dict.fromkeys(faults))


def without_category(given: Iterable[Given], submitted_at: datetime) -> tuple[Fault, ...]:
    """What can be said before the work is known: everybody needs a licence, a paper out of order does for nobody."""
    papers = tuple(given)
    missing = (
        () if kinds_held((Kind.LESEN_MEMANDU,), papers) else (Fault(Kind.LESEN_MEMANDU, "E-DOC-01", _OF_A_LICENCE),)
    )
    return (*missing, *(fault for paper in papers for fault in faults_in(paper, submitted_at)))
