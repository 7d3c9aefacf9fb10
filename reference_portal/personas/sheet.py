"""What stands on a sample document: invented issuer, holder, numbers, last day. No crest, no real authority's name."""

from __future__ import annotations

from dataclasses import dataclass

from reference_portal.clock import spoken_date
from reference_portal.messages import term
from reference_portal.personas.persona import Persona
from reference_portal.rules.document import Category, Given, Kind, Region

STRIP = "SANDBOX - DOKUMEN CONTOH, BUKAN DOKUMEN SEBENAR"
MARK = "SANDBOX"

_ISSUERS = {
    Kind.LESEN_MEMANDU: "Jabatan Lesen Rekaan Sandbox",
    Kind.KAD_PSV: "Jabatan Lesen Rekaan Sandbox",
    Kind.KAD_PEMANDU: "Agensi Pengangkutan Rekaan Sandbox",
    Kind.SURAT_KEBENARAN: "Lembaga Pelesenan Rekaan Sandbox",
    Kind.PROFIL_PEMANDU: "Aplikasi E-hailing Rekaan Sandbox",
}
_LICENCE_CLASS = {Category.TEKSI: "CDL D", Category.E_HAILING: "CDL DA", Category.BAS: "CDL E"}
_PSV_CLASS = {Category.TEKSI: "PSV teksi", Category.E_HAILING: "PSV e-hailing", Category.BAS: "PSV bas"}
_BOARDS = {Region.SABAH: "Sabah", Region.SARAWAK: "Sarawak", Region.SEMENANJUNG: "Sabah"}
"""A peninsular driver's letter is from the wrong place whichever it names."""


@dataclass(frozen=True)
class Sheet:
    """One document, before it is drawn."""

    title: str
    issuer: str
    rows: tuple[tuple[str, str], ...]


def sheet_of(persona: Persona, paper: Given) -> Sheet:
    """That person's document, with the number and the last day of `paper`."""
    rows = [
        ("Nama", persona.full_name),
        ("No. kad pengenalan", persona.identity_number),
        ("No. dokumen", paper.number),
        *_particulars(persona, paper.kind),
    ]
    if paper.expires is not None:
        rows.append(("Sah hingga", spoken_date(paper.expires)))
    return Sheet(f"CONTOH {term(paper.kind).upper()}", _ISSUERS[paper.kind], tuple(rows))


def blank_sheet(kind: Kind) -> Sheet:
    """The same for nobody, where one file stands for many people's."""
    return Sheet(f"CONTOH {term(kind).upper()}", _ISSUERS[kind], (("Nama", "Pencarum contoh"),))


def _particulars(persona: Persona, kind: Kind) -> list[tuple[str, str]]:
    if kind is Kind.LESEN_MEMANDU:
        return [("Jenis dan kelas", _LICENCE_CLASS[persona.category])]
    if kind is Kind.KAD_PSV:
        return [("Jenis lesen vokasional", _PSV_CLASS[persona.category])]
    if kind is Kind.SURAT_KEBENARAN:
        return [("Wilayah", _BOARDS[persona.region]), ("Kenderaan", persona.vehicle_number)]
    return [("Pengendali", persona.operator), ("Kenderaan", persona.vehicle_number)]
