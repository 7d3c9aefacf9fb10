"""The data folder: one sandbox at a time, nothing left of a temporary one, nothing to clean up after a crash."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sandbox.data_dir import claimed
from sandbox.errors import DataDirInUse, SandboxError


def test_a_temporary_folder_vanishes_with_everything_in_it() -> None:
    """An ephemeral sandbox leaves nothing behind."""
    with claimed(None, ["portal"]) as folder:
        (folder / "portal").mkdir()
        (folder / "portal" / "key").write_text("secret")

    assert not folder.exists()


def test_a_folder_of_ones_own_is_made_and_kept(tmp_path: Path) -> None:
    """What is given is created when missing and never removed."""
    with claimed(tmp_path / "deep" / "var", ["portal"]) as folder:
        (folder / "kept").touch()

    assert (tmp_path / "deep" / "var" / "kept").exists()


def test_a_second_sandbox_on_the_same_data_is_refused_with_a_sentence(tmp_path: Path) -> None:
    """It names the folder, the process and what to do, and holds nothing itself."""
    with claimed(tmp_path, ["fpx"]), pytest.raises(DataDirInUse) as caught, claimed(tmp_path, ["portal", "fpx"]):
        pytest.fail("the second claim must not be granted")

    assert str(tmp_path) in str(caught.value)
    assert str(os.getpid()) in str(caught.value)
    assert "--data-dir" in str(caught.value)
    with claimed(tmp_path, ["portal", "fpx"]):
        pass


def test_two_rooms_may_share_a_folder(tmp_path: Path) -> None:
    """Four processes make one sandbox in one folder."""
    with claimed(tmp_path, ["fpx"]), claimed(tmp_path, ["portal"]):
        pass


def test_a_killed_sandbox_leaves_no_claim(tmp_path: Path) -> None:
    """The operating system gives the claim back, however the holder died."""
    holder = (
        "import os, pathlib, sys; from sandbox.data_dir import claimed\n"
        "with claimed(pathlib.Path(sys.argv[1]), ['fpx']): os.kill(os.getpid(), 9)"
    )
    died = subprocess.run([sys.executable, "-c", holder, tmp_path], check=False)

    assert died.returncode == -9
    with claimed(tmp_path, ["fpx"]):
        pass


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """A file where the folder should be: one sentence with the way out, not a traceback."""
    (tmp_path / "var").touch()

    with (
        pytest.raises(SandboxError, match=r"cannot keep data in .*var: .*--data-dir"),
        claimed(tmp_path / "var", ["fpx"]),
    ):
        pytest.fail("there is no folder to hold")
