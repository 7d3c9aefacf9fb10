"""`caruman persona`: applicants with their folders."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reference_portal.personas.cases import NAMES
from sandbox.cli import main

SMALL = ("--upload-bytes", "131072")


def files(folder: Path) -> dict[str, bytes]:
    """What lies below it."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_seed_writes_the_same_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """To the byte; who it is and where the files lie is said."""
    for place in ("one", "two"):
        assert main(["persona", "--seed", "7", "--out", str(tmp_path / place)]) == 0

    assert files(tmp_path / "one") == files(tmp_path / "two")
    assert (tmp_path / "one" / "7-teksi-semenanjung" / "01-sah-lesen_memandu.pdf").is_file()
    told = capsys.readouterr().out
    assert "SANDBOX applicant, seed 7\n  Misalan Lapan anak Demo, 811201-69-6473" in told
    assert str(tmp_path / "two" / "7-teksi-semenanjung" / "persona.txt") in told


def test_the_documentation_shows_what_seed_seven_gives(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The pasted output, the folder apart, and a row for each case."""
    documented = (Path(__file__).parents[2] / "docs" / "personas.md").read_text()
    assert main(["persona", "--seed", "7", *SMALL, "--out", str(tmp_path)]) == 0

    assert capsys.readouterr().out.replace(str(tmp_path), "var/personas") in documented
    for case, word in NAMES.items():
        assert f"| `{word}` | `{case}` |" in documented


def test_several_are_one_line_of_json_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No two alike, each with a seed by which it is made again alone."""
    words = ["persona", "--json", "--category", "bas", "--region", "sabah", *SMALL, "--out", str(tmp_path)]
    assert main([*words, "--seed", "bus", "--count", "2"]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    assert [each["seed"] for each in told] == ["bus", "bus-2"]
    assert len({each["register"]["identity_number"] for each in told}) == 2
    assert {(each["apply"]["category"], each["apply"]["region"]) for each in told} == {("bas", "sabah")}
    assert all(len(files(Path(each["folder"]))) == len(each["files"]) + 2 for each in told)

    assert main([*words, "--seed", "bus-2"]) == 0
    assert json.loads(capsys.readouterr().out) == told[1]


def test_without_a_seed_each_time_is_another(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The seed that was drawn is told."""
    for _ in range(2):
        assert main(["persona", "--json", *SMALL, "--out", str(tmp_path)]) == 0
    one, other = (json.loads(line) for line in capsys.readouterr().out.splitlines())

    assert one["seed"] != other["seed"]
    assert one["register"]["identity_number"] != other["register"]["identity_number"]


def test_the_day_moves_the_documents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Valid beyond that year, expired before it."""
    words = ["persona", "--json", *SMALL, "--seed", "7", "--out", str(tmp_path), "--day", "2030-01-02"]
    assert main(words) == 0
    entries = json.loads(capsys.readouterr().out)["files"]
    years = {
        entry["case"]: int(entry["hand_in"]["lesen_memandu_expiry"][:4])
        for entry in entries
        if "lesen_memandu_expiry" in entry["hand_in"]
    }

    assert years["at-the-size-limit"] > 2030
    assert years["expired"] == 2029


@pytest.mark.parametrize(
    "words",
    [
        ["--seed", "a/b"],
        ["--seed", ""],
        ["--seed", "x" * 41],
        ["--count", "0"],
        ["--count", "1001"],
        ["--day", "2016-12-31"],
        ["--day", "tomorrow"],
        ["--upload-bytes", "131071"],
        ["--category", "lori"],
    ],
    ids=str,
)
def test_what_cannot_be_made_is_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """With the usage, before anything is written."""
    with pytest.raises(SystemExit) as ended:
        main(["persona", *words])

    assert ended.value.code == 2
    assert f"argument {words[0]}" in capsys.readouterr().err


def test_a_seed_has_room_for_the_numbers_of_many(capsys: pytest.CaptureFixture[str]) -> None:
    """As long as the portal takes for one; 35 signs where `-1000` may come behind it."""
    assert main(["persona", "--seed", "x" * 36, "--count", "2"]) == 2
    assert "which may have 35 signs then" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Names the flag that chooses another."""
    (tmp_path / "file").write_text("")

    assert main(["persona", *SMALL, "--out", str(tmp_path / "file")]) == 2
    assert "choose another folder with --out" in capsys.readouterr().err
