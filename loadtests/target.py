"""What is driven: a running sandbox, or one of our own in a separate process, gone afterwards."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from loadtests.errors import LoadRefused

OWN_SANDBOX = (sys.executable, "-m", "sandbox", "up", "--json", "--ephemeral", "--fast-passwords")
READY_SECONDS = 60.0
STOP_SECONDS = 10.0
LOOK_SECONDS = 0.02


@dataclass(frozen=True)
class Target:
    """The two rooms a renewal and its books concern, as addresses without a trailing slash."""

    portal: str
    fpx: str
    control_token: str | None = None


@contextmanager
def own_sandbox(command: Sequence[str] = OWN_SANDBOX, ready_seconds: float = READY_SECONDS) -> Iterator[Target]:
    """Start a sandbox, yield its addresses when it says that every store answers, stop it.

    Raises:
        LoadRefused: it ended, stayed silent or said something else; the sentence carries its last words.
    """
    with tempfile.TemporaryDirectory(prefix="caruman-load-") as folder:
        said, complaints = Path(folder, "said"), Path(folder, "complaints")
        with said.open("wb") as out, complaints.open("wb") as err:
            process = subprocess.Popen(command, stdout=out, stderr=err)  # noqa: S603  our own command
        try:
            line = _first_line(process, said, ready_seconds)
            try:
                told = json.loads(line)
                target = Target(told["portal"], told["fpx"])
            except (ValueError, KeyError, TypeError) as error:
                last_words = complaints.read_text(errors="replace").strip()[-2000:] or "it said nothing"
                raise LoadRefused(f"the sandbox did not start ({' '.join(command[1:])}): {last_words}") from error
            yield target
        finally:
            _stop(process)


def _first_line(process: subprocess.Popen[bytes], said: Path, seconds: float) -> str:
    """What the process prints first, or what it had printed when it ended or the time was up."""
    deadline = time.monotonic() + seconds
    while True:
        ended = process.poll() is not None or time.monotonic() > deadline
        line, newline, _ = said.read_text(errors="replace").partition("\n")
        if newline or ended:
            return line
        time.sleep(LOOK_SECONDS)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
