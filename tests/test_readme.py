"""What the README shows is what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.readme_tables import TABLES, filled, main, table
from features.steps import STEPS
from sandbox.services import SERVICES

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
FIRST_SCREEN = README.partition("\n## ")[0]
PROMPT = "$ ./caruman "


def test_the_first_screen_has_one_sentence_and_exactly_the_two_commands() -> None:
    """A person who has only cloned the repository sees what it is and what to type."""
    title, sentence = FIRST_SCREEN.split("\n\n")[:2]

    assert title == "# Caruman Sandbox"
    assert sentence.count(".") == 1
    assert re.findall(r"^\$ .*$", FIRST_SCREEN, re.MULTILINE) == ["$ ./caruman up", "$ ./caruman test"]


def test_the_output_shown_ticks_every_step_of_the_guide_in_order() -> None:
    """The pasted output is that of this version: sixteen ticked lines with these ids, then the addresses."""
    shown = FIRST_SCREEN.partition(f"{PROMPT}up\n")[2].partition("```")[0]
    ticked = [line.split()[1] for line in shown.splitlines() if line.lstrip().startswith("✓")]

    assert ticked == [step.id for step in STEPS]
    assert all(f":{door.port}" in shown for service in SERVICES for door in service.doors)


def test_the_output_shown_of_the_tests_is_a_pass() -> None:
    """What `./caruman test` ends with is pasted, and nothing failed or was skipped."""
    shown = FIRST_SCREEN.partition(f"{PROMPT}test\n")[2].partition("```")[0]

    assert re.search(r"\d+ passed", shown)
    assert not re.search(r"failed|error|skipped", shown)


@pytest.mark.parametrize("place", ["up", "test", "load"])
def test_no_place_is_left_for_an_output_that_was_never_pasted(place: str) -> None:
    """Nothing in the README waits to be filled in."""
    assert f"OUTPUT-OF-{place.upper()}" not in README


def test_every_file_the_readme_points_to_is_there() -> None:
    """Links and pictures lead somewhere."""
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)

    assert {"docs/images/portal.png", "docs/images/receipt.png", "LICENSE"} <= set(targets)
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_the_addresses_are_those_of_the_table_of_services() -> None:
    """Each door of each room stands in the README under its room, with its default port."""
    rows = re.findall(r"^\| `(\w+)` \| \w+://127\.0\.0\.1:(\d+) \|", README, re.MULTILINE)

    assert rows == [(service.room, str(door.port)) for service in SERVICES for door in service.doors]


def test_the_tables_are_as_their_data_says() -> None:
    """The registers shown are the registers kept: triggers of the bank, differences from production."""
    assert filled(README) == README, "run: python docs/readme_tables.py"
    assert main(["--check"]) == 0


@pytest.mark.parametrize("name", list(TABLES))
def test_a_table_without_its_place_is_said(name: str) -> None:
    """A marker lost in editing cannot make a table vanish in silence."""
    with pytest.raises(ValueError, match=name):
        filled(README.replace(f"<!-- end of {name} -->", ""))


def test_a_cell_cannot_break_its_table() -> None:
    """A bar or a line break inside a cell stays inside it."""
    assert table(("a", "b"), [("x|y", "one\ntwo")]) == ["| a | b |", "| --- | --- |", "| x\\|y | one two |"]


def test_a_table_that_was_changed_by_hand_is_noticed() -> None:
    """The comparison looks at every row, not at the markers alone."""
    row = next(line for line in README.splitlines() if line.startswith("| User id (`CardNum`) "))

    assert filled(README.replace(row, row.replace("00", "99"))) == README
