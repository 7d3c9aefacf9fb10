"""Which documents make an application complete: clauses D-TX-1, D-TX-2 (a, b, c), D-BS-1 and D-BS-2 of the guide.

Every clause that speaks to the category is evaluated, and every answer is kept, so that a refused applicant can be
told rule by rule what was needed and what was given. Document numbers are the sandbox's own series (choice): real
ones are refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from reference_portal.rules.document_kinds import counts_for, kinds_asked, profile_accepted
from reference_portal.rules.document_number import Kind, check_number, example
from reference_portal.rules.driver import Category, Region, check_age, minimum_age
from reference_portal.rules.paper import Fault, Given, faults_in, kinds_held

__all__ = [
    "Category",
    "Decision",
    "Fault",
    "Finding",
    "Given",
    "Kind",
    "Region",
    "check_age",
    "check_number",
    "counts_for",
    "decide",
    "example",
    "kinds_asked",
    "minimum_age",
    "profile_accepted",
]


@dataclass(frozen=True)
class Finding:
    """What one clause says: whether it is met, the kinds that could meet it, those handed in for it, and why not."""

    clause: str
    satisfied: bool
    kinds: tuple[Kind, ...]
    code: str | None = None
    values: dict[str, object] = field(default_factory=dict)
    given: tuple[Kind, ...] = ()

    @property
    def kind(self) -> Kind:
        """The document to which the sentence belongs: the one it names, else the first that would do."""
        named = self.values.get("dokumen")
        if isinstance(named, Kind):
            return named
        return self.given[0] if self.given else self.kinds[0]


@dataclass(frozen=True)
class Decision:
    """Whether the set is accepted, with every clause's finding in the guide's order."""

    accepted: bool
    findings: tuple[Finding, ...]

    @property
    def problems(self) -> tuple[Finding, ...]:
        """The findings an applicant has to act on; empty when accepted.

        An alternative of D-TX-2 nobody tried is no problem of its own; one that was tried and failed is.
        """
        if self.accepted:
            return ()
        unmet = [finding for finding in self.findings if not finding.satisfied]
        plain = [finding for finding in unmet if finding.clause not in _ALTERNATIVES]
        tried = [finding for finding in unmet if finding.clause in _ALTERNATIVES and finding.given]
        if tried and any(finding.clause == "D-TX-2" for finding in plain):
            return tuple(finding for finding in plain if finding.clause != "D-TX-2") + tuple(tried)
        return tuple(plain)


_ALTERNATIVES = ("D-TX-2a", "D-TX-2b", "D-TX-2c")


def decide(category: Category, region: Region, given: Iterable[Given], submitted_at: datetime) -> Decision:
    """Judge the set handed in at `submitted_at` (aware): each clause on its own, then all together."""
    papers = tuple(given)
    if category is Category.BAS:
        findings: tuple[Finding, ...] = (
            _valid("D-BS-1", (Kind.LESEN_MEMANDU,), papers, submitted_at),
            _valid("D-BS-2", (Kind.KAD_PSV,), papers, submitted_at),
        )
        return Decision(all(finding.satisfied for finding in findings), findings)
    licence = _valid("D-TX-1", (Kind.LESEN_MEMANDU,), papers, submitted_at)
    ways = (
        _peninsular(region, papers, submitted_at),
        _letter(region, papers, submitted_at),
        _profile(papers, submitted_at),
    )
    one_of = _one_of(region, ways, submitted_at)
    return Decision(licence.satisfied and one_of.satisfied, (licence, one_of, *ways))


def _peninsular(region: Region, papers: tuple[Given, ...], at: datetime) -> Finding:
    kinds = (Kind.KAD_PSV, Kind.KAD_PEMANDU)
    held = kinds_held(kinds, papers)
    if region is not Region.SEMENANJUNG and held:
        return Finding("D-TX-2a", False, kinds, "E-DOC-08", {"dokumen": held[0]}, held)
    return _valid("D-TX-2a", kinds, papers, at)


def _letter(region: Region, papers: tuple[Given, ...], at: datetime) -> Finding:
    kinds = (Kind.SURAT_KEBENARAN,)
    held = kinds_held(kinds, papers)
    if region is Region.SEMENANJUNG and held:
        return Finding("D-TX-2b", False, kinds, "E-DOC-07", {}, held)
    return _valid("D-TX-2b", kinds, papers, at)


def _profile(papers: tuple[Given, ...], at: datetime) -> Finding:
    kinds = (Kind.PROFIL_PEMANDU,)
    held = kinds_held(kinds, papers)
    if held and not profile_accepted(at):
        return Finding("D-TX-2c", False, kinds, "E-DOC-06", {}, held)
    return _valid("D-TX-2c", kinds, papers, at)


def _one_of(region: Region, ways: tuple[Finding, ...], at: datetime) -> Finding:
    held = tuple(kind for way in ways for kind in way.given)
    open_kinds = tuple(kind for kind in kinds_asked(Category.TEKSI, region, at) if kind is not Kind.LESEN_MEMANDU)
    if any(way.satisfied for way in ways):
        return Finding("D-TX-2", True, open_kinds, given=held)
    if region is Region.SEMENANJUNG:
        return Finding("D-TX-2", False, open_kinds, "E-DOC-12" if profile_accepted(at) else "E-DOC-11", {}, held)
    if profile_accepted(at):
        return Finding("D-TX-2", False, open_kinds, "E-DOC-13", {}, held)
    return Finding("D-TX-2", False, open_kinds, "E-DOC-01", {"dokumen": Kind.SURAT_KEBENARAN}, held)


def _valid(clause: str, kinds: tuple[Kind, ...], papers: tuple[Given, ...], at: datetime) -> Finding:
    """Met when one paper of these kinds is in order; else the first paper's fault, or that none was given."""
    held = kinds_held(kinds, papers)
    faults = [faults_in(paper, at) for paper in papers if paper.kind in kinds]
    if not all(faults):
        return Finding(clause, True, kinds, given=held)
    fault = faults[0][0] if faults else Fault(kinds[0], "E-DOC-01", {"dokumen": kinds[0]})
    return Finding(clause, False, kinds, fault.code, fault.values, held)
