"""What a program of ours has cost so far, as the kernel counts it."""

from __future__ import annotations

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(*words: str) -> float:
    """CPU seconds, user and system, of our child process whose command line holds these words.

    Raises:
        LookupError: there is none, or more than one.
    """
    found = [process for process in Path("/proc").glob("[0-9]*") if _ours(process, words)]
    if len(found) != 1:
        raise LookupError(f"{len(found)} programs of ours are called {' '.join(words)}")
    figures = _figures(found[0])
    return (int(figures[11]) + int(figures[12])) / _TICKS


def _ours(process: Path, words: tuple[str, ...]) -> bool:
    try:
        told = (process / "cmdline").read_text().split("\0")
        return int(_figures(process)[1]) == os.getpid() and all(word in told for word in words)
    except OSError:
        return False  # it ended while we looked


def _figures(process: Path) -> list[str]:
    """The fields of /proc/PID/stat behind the name, which may hold blanks: state, parent, and so on."""
    return (process / "stat").read_text().rpartition(") ")[2].split()
