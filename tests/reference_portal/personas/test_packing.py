"""A kit as a folder and as a ZIP: the same files, the same bytes."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

from reference_portal.personas.kit import Kit, kit_of
from reference_portal.personas.packing import files_of, folder_name, write, zipped
from reference_portal.personas.persona import RESIDENT, Wish, invent


def test_folder_and_zip_hold_the_same(taxi_kit: Kit, tmp_path: Path) -> None:
    """Every sample, persona.json and persona.txt, below one folder."""
    place = write(taxi_kit, tmp_path / "new")
    with zipfile.ZipFile(BytesIO(zipped(taxi_kit))) as archive:
        packed = {name: archive.read(name) for name in archive.namelist()}

    assert place == tmp_path / "new" / "7-teksi-semenanjung"
    assert {f"{place.name}/{path.name}": path.read_bytes() for path in place.iterdir()} == packed
    assert len(packed) == len(taxi_kit.samples) + 2 == len(files_of(taxi_kit))


def test_packed_twice_it_is_the_same_to_the_byte(taxi_kit: Kit) -> None:
    """No hour of packing is in it."""
    assert zipped(taxi_kit) == zipped(taxi_kit)


def test_written_twice_it_replaces_itself(taxi_kit: Kit, tmp_path: Path) -> None:
    """The second time changes nothing."""
    before = {path.name: path.read_bytes() for path in write(taxi_kit, tmp_path).iterdir()}

    assert {path.name: path.read_bytes() for path in write(taxi_kit, tmp_path).iterdir()} == before


def test_a_residents_folder_is_another() -> None:
    """Same seed, other person."""
    assert folder_name(kit_of(invent("7", 2019, Wish(citizenship=RESIDENT)))) == "7-teksi-semenanjung-pemastautin"
