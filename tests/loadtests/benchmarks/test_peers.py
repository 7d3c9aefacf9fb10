"""A contender that is missing is named with the command that installs it."""

from __future__ import annotations

import pytest

from loadtests.benchmarks import __main__ as command
from loadtests.benchmarks import maildev, mockpost
from loadtests.benchmarks.peers import NotInstalled, free_ports


def test_what_is_missing_is_said_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each peer is looked for on the path."""
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NotInstalled, match="uv tool install mockpost"), mockpost.mockpost():
        pass
    with pytest.raises(NotInstalled, match="npm install --global maildev"), maildev.maildev():
        pass


def test_the_command_says_it_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a stack trace."""

    def missing(_name: str) -> None:
        raise NotInstalled("install it")

    monkeypatch.setattr(command, "benchmark", missing)

    assert command.main(["sms_post"]) == 2
    assert capsys.readouterr().err == "install it\n"


def test_ports_are_different() -> None:
    """A peer with six doors needs six of them."""
    assert len(set(free_ports(6))) == 6
