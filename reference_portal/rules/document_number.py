"""The five documents of the guide and the numbers printed on them.

The series are the sandbox's own (choice, prefix SBX), so that nobody types the number of a real paper. A driver profile
comes from an app and has no series: any text will do.
"""

from __future__ import annotations

import re
from enum import StrEnum

from reference_portal.errors import RuleBroken


class Kind(StrEnum):
    """The five documents an applicant may hold; the values are the form's field names."""

    LESEN_MEMANDU = "lesen_memandu"
    KAD_PSV = "kad_psv"
    KAD_PEMANDU = "kad_pemandu"
    SURAT_KEBENARAN = "surat_kebenaran"
    PROFIL_PEMANDU = "profil_pemandu"


_NUMBERS: dict[Kind, tuple[re.Pattern[str], str]] = {
    Kind.LESEN_MEMANDU: (re.compile(r"SBX[0-9]{7}"), "SBX0000123"),
    Kind.KAD_PSV: (re.compile(r"SBX-PSV-[0-9]{6}"), "SBX-PSV-000123"),
    Kind.KAD_PEMANDU: (re.compile(r"SBX-KP-[0-9]{6}"), "SBX-KP-000123"),
    Kind.SURAT_KEBENARAN: (re.compile(r"SBX-LPKP-[0-9]{6}"), "SBX-LPKP-000123"),
    Kind.PROFIL_PEMANDU: (re.compile(r"\S.{0,39}"), "SBX-PROFIL-000123"),
}


def example(kind: Kind) -> str:
    """A number of the series, to be shown beside its field."""
    return _NUMBERS[kind][1]


def check_number(kind: Kind, text: str) -> str:
    """The number as it is kept (upper case, outer spaces gone); E-DOC-10 when it is not of the sandbox's series."""
    number = text.strip().upper()
    pattern, example = _NUMBERS[kind]
    if not pattern.fullmatch(number):
        raise RuleBroken("E-DOC-10", dokumen=kind, contoh=example)
    return number
