"""The walk: sixteen steps or a step that names itself."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from features.steps import STEPS
from sandbox.cli import main
from sandbox.walk import CATEGORIES, PERIODS, PLANS, REGIONS, Walk, WalkStopped, Wishes
from sandbox.world import World, WorldOptions

Caruman = Callable[..., Any]


@pytest.fixture(name="world", scope="module")
def _world() -> Iterator[World]:
    with World(WorldOptions(fast_passwords=True)) as world:
        yield world


def walk(world: World, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[str]]:
    """`caruman walk --against` a running world: the exit code and the lines."""
    code = main(["walk", "--against", world.addresses.as_json(), *words])
    return code, capsys.readouterr().out.splitlines()


def test_json_is_one_object_a_step(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """Id, name, what was seen and how long it took, for L01 to L16 in the guide's order; exit code 0."""
    code, lines = walk(world, capsys, "--json")
    told = [json.loads(line) for line in lines]

    assert code == 0
    assert [(step["id"], step["name"]) for step in told] == [(step.id, step.name) for step in STEPS]
    assert all(list(step) == ["id", "name", "saw", "ms"] for step in told)
    assert all(step["saw"] and step["ms"] > 0 for step in told)


def test_people_get_ticks_times_and_the_receipts_path(
    world: World, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The two receipts, of the first payment and of the renewal, are PDFs in the folder asked for."""
    code, lines = walk(world, capsys, "--receipts", str(tmp_path / "receipts"))
    kept = sorted((tmp_path / "receipts").iterdir())

    assert code == 0
    assert sum("\N{CHECK MARK}" in line for line in lines) == 16
    assert [path.read_bytes()[:5] for path in kept] == [b"%PDF-"] * 2
    assert sorted(line.partition("receipt: ")[2] for line in lines if "receipt: " in line) == [
        str(path) for path in kept
    ]


DRIVERS = [
    (category, region, plan, period)
    for (category, region), plan, period in zip(
        itertools.product(CATEGORIES, REGIONS), itertools.cycle(PLANS), itertools.cycle(PERIODS), strict=False
    )
]
"""Every category in every region; the plans and both periods take turns."""


@pytest.mark.parametrize(("category", "region", "plan", "period"), DRIVERS)
def test_every_kind_of_driver_gets_from_the_first_step_to_the_last(
    world: World, category: str, region: str, plan: str, period: str
) -> None:
    """With the documents the guide asks of them there, paying for the plan they chose, and renewing it."""
    assert len(list(Walk(world.addresses, Wishes(category, region, plan, period)))) == 16


def test_a_bank_that_declines_stops_the_walk_at_the_payment(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """The step names itself, the address, and what the page said; exit code 1; nothing after it is tried."""
    code, lines = walk(world, capsys, "--bank", "TEST0022")

    assert code == 1
    assert sum("\N{CHECK MARK}" in line for line in lines) == 12
    assert "\N{BALLOT X} L13 pay_by_fpx did not happen: " in lines[-1]
    assert lines[-1].count(f"{world.addresses.portal}/receipt/") == 1
    assert "GAGAL" in lines[-1]


def test_a_failed_step_is_an_object_too(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """With `--json` the last object has `failed` and `url` where the others have `saw`."""
    code, lines = walk(world, capsys, "--bank", "TEST0022", "--json")
    last = json.loads(lines[-1])

    assert code == 1
    assert list(last) == ["id", "name", "failed", "url", "ms"]
    assert (last["id"], last["name"]) == ("L13", "pay_by_fpx")


@pytest.mark.parametrize(
    ("bank", "why"), [("NOBANK01", "there is no such choice"), ("UJIAN003", "that choice is disabled on the page")]
)
def test_a_bank_that_cannot_be_chosen_is_told_with_those_that_can(world: World, bank: str, why: str) -> None:
    """Unknown or offline: what was wanted, why not, what instead, and where; no word of what else the page shows."""
    with pytest.raises(WalkStopped) as caught:
        list(Walk(world.addresses, Wishes(bank=bank)))

    assert str(caught.value) == (
        f"L13 pay_by_fpx did not happen: expected to fill 'bank' with '{bank}' ({why}; it offers CONTOH01, UJIAN001, "
        f"UJIAN002, TEST0021, TEST0022, TEST0023); the page is {world.addresses.portal}/pay-by-fpx "
        "[200, '[SANDBOX] Bayar dengan FPX']"
    )


def test_a_seed_walked_twice_in_one_sandbox_is_told_why_it_stopped(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same person is registered already; somebody whose seed nobody chose, or who stops elsewhere, gets no hint."""
    hint = "(seed twice is the same person each time, who may be registered there already: leave --seed out or"
    _, elsewhere = walk(world, capsys, "--seed", "twice", "--bank", "NOBANK01")
    code, lines = walk(world, capsys, "--seed", "twice")
    list(Walk(world.addresses, Wishes(source=random.Random(3))))
    with pytest.raises(WalkStopped) as unchosen:
        list(Walk(world.addresses, Wishes(source=random.Random(3))))

    assert code == 1
    assert "L03 register did not happen" in lines[-1]
    assert hint in lines[-1]
    assert unchosen.value.step.name == "register"
    assert "seed" not in elsewhere[-1] + str(unchosen.value)


def test_nobody_at_the_address_is_the_first_steps_failure(capsys: pytest.CaptureFixture[str]) -> None:
    """The address is named; exit code 1."""
    with World(WorldOptions(fast_passwords=True)) as gone:
        addresses = gone.addresses

    code = main(["walk", "--against", addresses.as_json()])
    [line] = capsys.readouterr().out.splitlines()

    assert code == 1
    assert line.lstrip().startswith("\N{BALLOT X} L01 home")
    assert addresses.portal in line


def test_without_a_sandbox_the_walk_makes_one_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    """An ephemeral world, gone afterwards."""
    code = main(["walk", "--json"])

    assert code == 0
    assert len(capsys.readouterr().out.splitlines()) == 16


def test_the_same_seed_walks_the_same_person(capsys: pytest.CaptureFixture[str]) -> None:
    """In two sandboxes of one seed everything seen is alike, receipt numbers and mail addresses included."""

    def seen() -> list[str]:
        assert main(["walk", "--json", "--seed", "7"]) == 0
        return [
            str(json.loads(line)["saw"]).partition(", a PDF")[0] for line in capsys.readouterr().out.splitlines()[:14]
        ]

    assert seen() == seen()
