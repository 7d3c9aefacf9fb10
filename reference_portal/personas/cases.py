"""What a sample file can be, and what handing it in must bring about: clause of the guide, sentence, field.

Written here and not asked of the rules, so that a kit can contradict a portal that is wrong. Each file is meant to
take its place in a set that is otherwise in order.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from reference_portal.rules.document import Category, Kind, Region

UPLOAD = "L12b"
"""The guide's clause of the upload; its limits are choices (PORTAL-17)."""


SMALLEST_LIMIT = 128 * 1024
"""Bytes a portal must take of a file for valid samples to be valid: the largest has some seventy thousand."""


class Case(StrEnum):
    """What a file of the kit is."""

    VALID = "valid"
    VALID_TO_11_JULY_2019 = "valid-to-11-july-2019"
    AT_THE_LIMIT = "at-the-size-limit"
    EXPIRED = "expired"
    WRONG_KIND = "wrong-kind"
    TOO_LARGE = "too-large"
    TRUNCATED = "truncated"
    LOCKED = "locked"
    RENAMED_GIF = "renamed-gif"


NAMES = {
    Case.VALID: "sah",
    Case.VALID_TO_11_JULY_2019: "sah-hingga-11-julai-2019",
    Case.AT_THE_LIMIT: "sah-tepat-had-saiz",
    Case.EXPIRED: "tamat-tempoh",
    Case.WRONG_KIND: "salah-jenis",
    Case.TOO_LARGE: "terlalu-besar",
    Case.TRUNCATED: "terputus",
    Case.LOCKED: "berkunci-kata-laluan",
    Case.RENAMED_GIF: "gif-bernama-pdf",
}
"""The word by which a file's name says what it is."""

MEANINGS: dict[Case, tuple[str, str]] = {
    Case.VALID: ("sah dan diterima", "valid and accepted"),
    Case.VALID_TO_11_JULY_2019: (
        "diterima hingga 11 Julai 2019, 11:59:59 malam waktu Malaysia, dan tidak selepas itu",
        "accepted to 11 July 2019, 23:59:59 Malaysia time, and not after",
    ),
    Case.AT_THE_LIMIT: ("sah, tepat pada had saiz fail", "valid, of just the largest size allowed"),
    Case.EXPIRED: ("tarikh luput pada dokumen telah berlalu", "the last day on the document has passed"),
    Case.WRONG_KIND: (
        "dokumen yang tidak diterima bagi kategori dan wilayah ini",
        "a document that does not count for this category and region",
    ),
    Case.TOO_LARGE: ("satu bait melebihi had saiz fail", "one byte beyond the largest size allowed"),
    Case.TRUNCATED: ("hanya sepertiga pertama fail", "only the first third of the file"),
    Case.LOCKED: ("PDF yang meminta kata laluan", "a PDF that asks for a password"),
    Case.RENAMED_GIF: ("gambar GIF yang dinamakan .pdf", "a GIF picture that is called .pdf"),
}


@dataclass(frozen=True)
class Outcome:
    """What must come of it: met and accepted, or refused with a sentence beside a field."""

    clause: str
    code: str | None = None
    beside: str | None = None
    values: dict[str, object] = field(default_factory=dict)


_FILE_FAULTS = {
    Case.TOO_LARGE: "E-DOC-03",
    Case.TRUNCATED: "E-DOC-18",
    Case.LOCKED: "E-DOC-15",
    Case.RENAMED_GIF: "E-DOC-02",
}
_CLAUSES = {
    Kind.LESEN_MEMANDU: "D-TX-1",
    Kind.KAD_PSV: "D-TX-2a",
    Kind.KAD_PEMANDU: "D-TX-2a",
    Kind.SURAT_KEBENARAN: "D-TX-2b",
    Kind.PROFIL_PEMANDU: "D-TX-2c",
}


def supporting(category: Category, region: Region) -> Kind:
    """The document the kit hands in beside the licence: the guide's first for that work (D-TX-2a, D-TX-2b, D-BS-2)."""
    if category is Category.BAS or region is Region.SEMENANJUNG:
        return Kind.KAD_PSV
    return Kind.SURAT_KEBENARAN


def wrong_kind(category: Category, region: Region) -> Kind:
    """A document that counts elsewhere and not for that work."""
    if category is Category.BAS:
        return Kind.KAD_PEMANDU
    return Kind.SURAT_KEBENARAN if region is Region.SEMENANJUNG else Kind.KAD_PSV


def clause_of(kind: Kind, category: Category) -> str:
    """The clause of the guide under which that document is asked for."""
    if category is Category.BAS:
        return "D-BS-1" if kind is Kind.LESEN_MEMANDU else "D-BS-2"
    return _CLAUSES[kind]


def outcome(case: Case, kind: Kind, category: Category, limit: int) -> Outcome:
    """What handing in such a file must bring about; `limit` is the largest file in bytes."""
    clause = clause_of(kind, category)
    if case in (Case.VALID, Case.AT_THE_LIMIT, Case.VALID_TO_11_JULY_2019):
        return Outcome(clause)
    if case is Case.EXPIRED:
        return Outcome(clause, "E-DOC-05", f"{kind}_expiry", {"dokumen": kind})
    if case is Case.WRONG_KIND:
        return _of_the_wrong_kind(kind, category)
    return Outcome(UPLOAD, _FILE_FAULTS[case], f"{kind}_file", {"mb": f"{limit / 1024 / 1024:g}"})


def after_the_last_day(kind: Kind) -> Outcome:
    """D-TX-2c from 12 July 2019 on."""
    return Outcome(_CLAUSES[kind], "E-DOC-06", f"{kind}_file")


def _of_the_wrong_kind(kind: Kind, category: Category) -> Outcome:
    if category is Category.BAS:
        return Outcome("D-BS-2", "E-DOC-01", f"{Kind.KAD_PSV}_file", {"dokumen": Kind.KAD_PSV})
    if kind is Kind.SURAT_KEBENARAN:
        return Outcome("D-TX-2b", "E-DOC-07", f"{kind}_file")
    return Outcome("D-TX-2a", "E-DOC-08", f"{kind}_file", {"dokumen": kind})
