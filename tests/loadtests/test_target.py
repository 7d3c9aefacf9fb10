"""A sandbox of our own is started, awaited, and never left behind."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from loadtests.errors import LoadRefused
from loadtests.target import Target, own_sandbox

STAYS_UP = """
import json, os, pathlib, time
pathlib.Path(%r).write_text(str(os.getpid()))
print(json.dumps({"portal": "http://127.0.0.1:1", "fpx": "http://127.0.0.1:2"}), flush=True)
time.sleep(60)
"""


def test_the_addresses_are_those_the_sandbox_said_and_it_is_stopped_afterwards(tmp_path: Path) -> None:
    """The process lives inside the block and is gone after it."""
    note = tmp_path / "pid"
    with own_sandbox((sys.executable, "-c", STAYS_UP % str(note))) as target:
        assert target == Target("http://127.0.0.1:1", "http://127.0.0.1:2")
        os.kill(int(note.read_text()), 0)

    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), 0)


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("import sys; sys.exit('port 8000 is taken: use --portal-port')", "port 8000 is taken"),
        ("print('hello')", "it said nothing"),
        ("print('[1, 2]')", "it said nothing"),
    ],
)
def test_a_sandbox_that_does_not_start_is_quoted(script: str, words: str) -> None:
    """The sandbox's own last words reach the person who typed the command."""
    with pytest.raises(LoadRefused, match=words), own_sandbox((sys.executable, "-c", script)):
        pytest.fail("there was no sandbox to use")


def test_a_sandbox_that_stays_silent_is_given_up() -> None:
    """The wait for the first line has a limit."""
    silent = (sys.executable, "-c", "import time; time.sleep(60)")

    with pytest.raises(LoadRefused, match="did not start"), own_sandbox(silent, ready_seconds=0.2):
        pytest.fail("there was no sandbox to use")
