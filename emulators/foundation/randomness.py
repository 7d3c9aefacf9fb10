"""One source of randomness for each room: unguessable by default, repeatable when a seed is given."""

from __future__ import annotations

import random
from pathlib import Path


def random_source(seed: str | None, room: str, data_dir: Path | None = None) -> random.Random:
    """The room's generator: the system's own without a seed, else one that repeats.

    A seeded room that keeps its data counts its starts in `data_dir`, so that a second start does not hand out the
    numbers of the first one again; a fresh directory and the same seed give the same numbers.
    """
    if seed is None:
        return random.SystemRandom()
    return random.Random(f"{seed}:{room}:{_count_start(room, data_dir)}")  # noqa: S311  repeatable on purpose


def hex_digits(source: random.Random, length: int) -> str:
    """`length` random lower-case hexadecimal digits."""
    return f"{source.getrandbits(4 * length):0{length}x}"


def decimal_digits(source: random.Random, length: int) -> str:
    """`length` random decimal digits, leading zeros kept."""
    return f"{source.randrange(10**length):0{length}d}"


def _count_start(room: str, data_dir: Path | None) -> int:
    if data_dir is None:
        return 0
    data_dir.mkdir(parents=True, exist_ok=True)
    counter = data_dir / f"{room}.starts"
    starts = int(counter.read_text()) if counter.exists() else 0
    draft = counter.with_suffix(".starts.new")
    draft.write_text(str(starts + 1))
    draft.replace(counter)  # at once: a start that is cut off leaves the old count, never an empty file
    return starts
