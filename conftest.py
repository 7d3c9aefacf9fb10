"""What both suites, tests/ and features/, share: work that every test would do again is done once in a process."""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol

from tests.done_once import spare_the_repetitions

# Collecting a suite leaves hundreds of thousands of objects that live to its end; looking through them again and
# again costs a tenth of the whole run.
gc.set_threshold(100_000, 50, 100)


def pytest_collection_finish() -> None:
    """What is there before the first test is no test's garbage."""
    gc.freeze()


MEMORY = Path("/dev/shm")  # noqa: S108  a folder of our own is made in it
MEMORY_WANTED = 2**29
"""Several times what a whole run leaves there."""


def pytest_sessionstart(session: pytest.Session) -> None:
    """A worker that has said everything leaves at once: taking a million objects apart costs up to three seconds.

    What was asked for at the exit from here on is done before that. What modules still hold then (an open file, a
    folder) is left as it is: the folder of the whole run goes with the process that started the workers.
    """
    if hasattr(session.config, "workerinput"):
        atexit.register(os._exit, 0)


def pytest_configure(config: pytest.Config) -> None:
    """A run on several workers keeps its files in memory, where the machine has a file system there with room.

    The stores of the tests wait for the disk thousands of times. What survives a kill survives it in memory too, and a
    power cut is no test's. Runs in one process keep their files where the system says, to be looked at afterwards.
    """
    config.add_cleanup(_nobody_trusted.cleanup)
    if not config.getoption("numprocesses", None) or "TMPDIR" in os.environ:
        return
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > MEMORY_WANTED:
        scratch = tempfile.TemporaryDirectory(prefix="caruman-", dir=MEMORY, ignore_cleanup_errors=True)
        config.add_cleanup(scratch.cleanup)
        os.environ["TMPDIR"] = tempfile.tempdir = scratch.name


# Nothing in a test is far away: reading the system's 140 trusted roots for each httpx client costs 20 ms and proves
# nothing. A test that speaks TLS names the authority it trusts.
_nobody_trusted = tempfile.TemporaryDirectory(prefix="caruman-")
os.environ["SSL_CERT_DIR"] = _nobody_trusted.name


# Settings come from the test alone, whatever the developer's shell says.
for _told in [name for name in os.environ if name.startswith("CARUMAN_")]:
    del os.environ[_told]

spare_the_repetitions()


def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """A worker says how a test ended and no more: that it began, was set up and cleaned up well is five messages.

    Whoever wants to know how long each part took is told all.
    """
    if not hasattr(item.config, "workerinput") or item.config.getoption("durations"):
        return None
    for report in runtestprotocol(item, nextitem=nextitem, log=False):
        if report.when == "call" or not report.passed:
            item.ihook.pytest_runtest_logreport(report=report)
    return True
