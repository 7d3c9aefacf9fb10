"""What the front door says: the answer on standard output, everything else on standard error."""

from __future__ import annotations

import sys


def say(line: str) -> None:
    """A line of the answer, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def complain(sentence: str) -> None:
    """A line that is not part of the answer, at once."""
    sys.stderr.write(f"caruman: {sentence}\n")
    sys.stderr.flush()
