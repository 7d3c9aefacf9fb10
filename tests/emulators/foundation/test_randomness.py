"""Randomness: unguessable by default, repeatable when a seed is given."""

from __future__ import annotations

import random
from pathlib import Path

from emulators.foundation.randomness import decimal_digits, hex_digits, random_source


def test_without_a_seed_the_system_is_asked() -> None:
    """No seed means the operating system's own generator."""
    assert isinstance(random_source(None, "fpx"), random.SystemRandom)


def test_the_same_seed_gives_the_same_numbers() -> None:
    """Two sandboxes with one seed draw alike, in fresh directories."""
    one, other = random_source("7", "fpx"), random_source("7", "fpx")

    assert [one.random() for _ in range(5)] == [other.random() for _ in range(5)]


def test_two_rooms_of_one_seed_draw_differently() -> None:
    """The room's name is part of the seed, so that rooms do not hand out each other's numbers."""
    assert random_source("7", "fpx").random() != random_source("7", "sms").random()


def test_a_restart_with_kept_data_does_not_repeat_numbers(tmp_path: Path) -> None:
    """Each start in one directory draws new numbers, and a second directory repeats the row of them."""
    first = [random_source("7", "fpx", tmp_path / "one").random() for _ in range(3)]
    second = [random_source("7", "fpx", tmp_path / "two").random() for _ in range(3)]

    assert len(set(first)) == 3
    assert first == second


def test_digits_have_the_length_asked_for_and_keep_leading_zeros() -> None:
    """A code of six digits has six digits even when its number is small."""
    source = random.Random(1)
    codes = [decimal_digits(source, 2) for _ in range(200)]
    names = [hex_digits(source, 8) for _ in range(200)]

    assert {2} == {len(code) for code in codes}
    assert any(code.startswith("0") for code in codes)
    assert {8} == {len(name) for name in names}
    assert set("".join(names)) <= set("0123456789abcdef")


def test_a_start_that_was_cut_off_leaves_a_count_that_can_be_read(tmp_path: Path) -> None:
    """The counter is replaced whole: a draft left behind is no count, and the next start goes on."""
    random_source("7", "fpx", tmp_path)
    (tmp_path / "fpx.starts.new").write_text("")
    random_source("7", "fpx", tmp_path)

    assert (tmp_path / "fpx.starts").read_text() == "2"
