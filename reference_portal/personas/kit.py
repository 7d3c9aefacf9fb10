"""The files of one applicant: what the guide asks for, in order, and one of each thing that can be wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from reference_portal.personas import drawing
from reference_portal.personas.cases import (
    NAMES,
    SMALLEST_LIMIT,
    Case,
    Outcome,
    after_the_last_day,
    outcome,
    supporting,
    wrong_kind,
)
from reference_portal.personas.damage import cut_off, locked, padded
from reference_portal.personas.persona import Persona
from reference_portal.personas.sheet import sheet_of
from reference_portal.rules.document import Category, Given, Kind, Region
from reference_portal.uploads import MEGABYTE

LIMIT = 2 * MEGABYTE
PASSWORD = "sandbox"  # noqa: S105  opens a sample file, so that a tester may look into it
_ENDINGS = {"PDF": "pdf", "PNG": "png", "JPEG": "jpg"}
_FORMS = {
    Kind.LESEN_MEMANDU: "PDF",
    Kind.KAD_PSV: "JPEG",
    Kind.KAD_PEMANDU: "PNG",
    Kind.SURAT_KEBENARAN: "PDF",
    Kind.PROFIL_PEMANDU: "PNG",
}
"""All three forms the portal takes are among the valid ones."""


@dataclass(frozen=True)
class Sample:
    """One file to hand in: its name says what it is, `paper` is what to type beside it."""

    name: str
    case: Case
    paper: Given
    outcome: Outcome
    together_with: tuple[str, ...]
    """The names of the valid files that make the set whole."""
    afterwards: Outcome | None
    """What must come of it from 12 July 2019 on, where that is something else."""
    persona: Persona
    limit: int

    @cached_property
    def content(self) -> bytes:
        """The file, drawn when it is asked for: who only looks at a kit pays for no picture."""
        return _content(self.persona, self.paper, self.case, self.limit)


@dataclass(frozen=True)
class Kit:
    """An applicant with everything to hand in."""

    persona: Persona
    limit: int
    samples: tuple[Sample, ...]


def kit_of(persona: Persona, limit: int = LIMIT) -> Kit:
    """The samples; `limit` is the portal's largest file in bytes (PORTAL-17).

    Raises:
        ValueError: the limit is so small that no valid sample could be handed in.
    """
    if limit < SMALLEST_LIMIT:
        raise ValueError(f"samples need a limit of {SMALLEST_LIMIT} bytes or more, not {limit}")
    return Kit(persona, limit, tuple(_samples(persona, limit)))


def _samples(persona: Persona, limit: int) -> Iterator[Sample]:
    licence, second = Kind.LESEN_MEMANDU, supporting(persona.category, persona.region)
    wanted = {_name(number, *what): what for number, what in enumerate(_wanted(persona), start=1)}
    valid = {kind: name for name, (case, kind) in wanted.items() if case is Case.VALID}
    for name, (case, kind) in wanted.items():
        paper = (persona.expired if case is Case.EXPIRED else persona.valid)[kind]
        yield Sample(
            name=name,
            case=case,
            paper=paper,
            outcome=outcome(case, kind, persona.category, limit),
            together_with=(valid[second if kind is licence else licence],),
            afterwards=after_the_last_day(kind) if case is Case.VALID_TO_11_JULY_2019 else None,
            persona=persona,
            limit=limit,
        )


def _name(number: int, case: Case, kind: Kind) -> str:
    ending = "pdf" if case in _AS_PDF else _ENDINGS[_FORMS[kind]]
    return f"{number:02d}-{NAMES[case]}-{kind}.{ending}"


def _wanted(persona: Persona) -> Iterator[tuple[Case, Kind]]:
    category, region = persona.category, persona.region
    second = supporting(category, region)
    yield Case.VALID, Kind.LESEN_MEMANDU
    yield Case.VALID, second
    if category is not Category.BAS:
        if region is Region.SEMENANJUNG:
            yield Case.VALID, Kind.KAD_PEMANDU
        yield Case.VALID_TO_11_JULY_2019, Kind.PROFIL_PEMANDU
    yield Case.EXPIRED, Kind.LESEN_MEMANDU
    yield Case.EXPIRED, second
    yield Case.WRONG_KIND, wrong_kind(category, region)
    yield Case.AT_THE_LIMIT, Kind.LESEN_MEMANDU
    yield Case.TOO_LARGE, Kind.LESEN_MEMANDU
    yield Case.TRUNCATED, second
    yield Case.LOCKED, Kind.LESEN_MEMANDU
    yield Case.RENAMED_GIF, second


_AS_PDF = frozenset({Case.AT_THE_LIMIT, Case.TOO_LARGE, Case.LOCKED, Case.RENAMED_GIF})


def _content(persona: Persona, paper: Given, case: Case, limit: int) -> bytes:
    sheet = sheet_of(persona, paper)
    if case is Case.RENAMED_GIF:
        return drawing.picture(sheet, "GIF")
    if case is Case.LOCKED:
        return locked(drawing.pdf(sheet), PASSWORD)
    if case in (Case.AT_THE_LIMIT, Case.TOO_LARGE):
        return padded(drawing.pdf(sheet), limit + (case is Case.TOO_LARGE))
    form = _FORMS[paper.kind]
    drawn = drawing.pdf(sheet) if form == "PDF" else drawing.picture(sheet, form)
    return cut_off(drawn) if case is Case.TRUNCATED else drawn
