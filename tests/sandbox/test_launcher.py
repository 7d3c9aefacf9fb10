"""The launcher: `./caruman` makes its own environment, once, and gets out of the way."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
NOTHING_TO_INSTALL = "# no package at all\n# --- load and test ---\n"
NOT_TO_BE_HAD = f"./nobody-1.0-py3-none-any.whl --hash=sha256:{'0' * 64}\n"
TELL_TALE = """\
import json, os, sys
print(json.dumps({"words": sys.argv[1:], "cwd": os.getcwd(), "prefix": sys.prefix, "path": sys.path}))
raise SystemExit(7)
"""


@pytest.fixture(name="clone", scope="module")
def _clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone with the real launcher, a front door that tells what it was called with, and nothing to install."""
    clone = tmp_path_factory.mktemp("a clone")
    shutil.copy(ROOT / "caruman", clone)
    (clone / "requirements.lock").write_text(NOTHING_TO_INSTALL)
    (clone / "sandbox").mkdir()
    (clone / "sandbox" / "__init__.py").touch()
    (clone / "sandbox" / "__main__.py").write_text(TELL_TALE)
    return clone


def launch(clone: Path, *words: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the launcher the way a shell does."""
    return subprocess.run(
        [clone / "caruman", *words],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_a_fresh_clone_sets_itself_up_once_and_installs_again_when_the_lock_changes(
    clone: Path, tmp_path: Path
) -> None:
    """First start: makes .venv beside itself; second: nothing; changed lock: installs; failure: says what pip said."""
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "sandbox").mkdir(parents=True)
    (elsewhere / "sandbox" / "__init__.py").write_text("raise SystemExit('the wrong sandbox was imported')")

    first = launch(clone, "walk", "--json", "two words", cwd=elsewhere)

    assert (first.returncode, first.stderr.count("installing Python packages")) == (7, 1), first.stderr
    assert '"words": ["walk", "--json", "two words"]' in first.stdout
    assert f'"cwd": "{elsewhere}"' in first.stdout
    assert f'"prefix": "{clone}/.venv"' in first.stdout

    second = launch(clone, "up", cwd=elsewhere)

    assert (second.returncode, second.stderr) == (7, "")

    asked = launch(clone, "load", "--users", "4", "--help", cwd=elsewhere)

    assert (asked.returncode, asked.stderr) == (7, ""), "the help of load needs no load generator"

    with_packages = launch(clone, "load", cwd=elsewhere)

    assert (with_packages.returncode, with_packages.stderr.count("installing")) == (7, 1)

    (clone / "requirements.lock").write_text(NOT_TO_BE_HAD + NOTHING_TO_INSTALL)
    broken = launch(clone, "up", cwd=elsewhere)

    assert broken.returncode == 1
    assert broken.stdout == ""
    assert "nobody-1.0-py3-none-any.whl" in broken.stderr
    assert "pip install failed" in broken.stderr

    (clone / "requirements.lock").write_text("# mended\n" + NOTHING_TO_INSTALL)
    mended = launch(clone, "up", cwd=elsewhere)

    assert (mended.returncode, mended.stderr.count("installing")) == (7, 1)


@pytest.fixture(name="bare_path")
def _bare_path(tmp_path: Path) -> Path:
    """A PATH of a machine with no Python, for somebody who is not root."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in ("sh", "dirname", "readlink", "mktemp", "sed", "cat", "cksum", "rm", "flock", "env"):
        if found := shutil.which(tool):
            (folder / tool).symlink_to(found)
    (folder / "id").write_text("#!/bin/sh\necho 1000\n")
    (folder / "id").chmod(0o755)
    return folder


def test_without_python_the_command_that_installs_it_is_named(bare_path: Path, tmp_path: Path) -> None:
    """Somebody who may not install anything is told what to ask for."""
    clone = tmp_path / "clone"
    clone.mkdir()
    shutil.copy(ROOT / "caruman", clone)
    (clone / "requirements.lock").write_text(NOTHING_TO_INSTALL)

    told = launch(clone, "up", cwd=tmp_path, PATH=str(bare_path))

    assert told.returncode == 1
    assert "apt-get install python3 python3-venv" in told.stderr
    assert not (clone / ".venv").exists()


def test_what_the_tests_need_of_the_system_is_named_when_it_may_not_be_installed(
    clone: Path, bare_path: Path, tmp_path: Path
) -> None:
    """`./caruman test` without a browser or a PDF renderer stops before the first test, with the command."""
    (clone / "requirements.lock").write_text(NOTHING_TO_INSTALL)
    launch(clone, "load", cwd=tmp_path)

    told = launch(clone, "test", cwd=tmp_path, PATH=str(bare_path))

    assert told.returncode == 1
    assert "sudo apt-get install chromium-headless-shell poppler-utils" in told.stderr
