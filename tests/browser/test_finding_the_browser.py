"""What happens where no browser is installed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


def test_a_missing_browser_is_an_error_that_names_the_command(
    find_browser: Callable[[], str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Nobody is left to guess what to install, and no walk is skipped in silence."""
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(Exception, match="sudo apt-get install chromium-headless-shell"):
        find_browser()


def test_the_first_browser_on_the_path_is_taken(
    find_browser: Callable[[], str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A full Chromium serves as well as the headless shell."""
    program = tmp_path / "chromium"
    program.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert find_browser() == str(program) == shutil.which("chromium")
