"""A kit on its way to somebody: as a folder, or as one ZIP; the same bytes whenever it is asked for."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

from reference_portal.personas.kit import Kit
from reference_portal.personas.persona import RESIDENT
from reference_portal.personas.telling import as_json, as_text

_WHEN = (2019, 5, 15, 9, 0, 0)
"""Written into the ZIP in place of the hour of packing."""
_READABLE_FILE = 0o100644 << 16


def folder_name(kit: Kit) -> str:
    """Seed and work: `7-teksi-semenanjung`, `7-teksi-semenanjung-pemastautin`."""
    persona = kit.persona
    resident = f"-{RESIDENT}" if persona.citizenship == RESIDENT else ""
    return f"{persona.seed}-{persona.category}-{persona.region}{resident}"


def files_of(kit: Kit) -> dict[str, bytes]:
    """Everything that belongs to it, by its name."""
    told = {"persona.txt": as_text(kit), "persona.json": as_json(kit)}
    return told | {sample.name: sample.content for sample in kit.samples}


def write(kit: Kit, below: Path) -> Path:
    """Put it into a folder of its own below another one; what lies there under the same names is replaced.

    Raises:
        OSError: it cannot be written there.
    """
    place = below / folder_name(kit)
    place.mkdir(parents=True, exist_ok=True)
    for name, content in files_of(kit).items():
        (place / name).write_bytes(content)
    return place


def zipped(kit: Kit) -> bytes:
    """All files in one folder of a ZIP."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files_of(kit).items():
            entry = zipfile.ZipInfo(f"{folder_name(kit)}/{name}", _WHEN)
            entry.external_attr = _READABLE_FILE
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return packed.getvalue()
