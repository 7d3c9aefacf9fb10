"""The command line: what it takes, and what it answers to words it does not know."""

from __future__ import annotations

import pytest

from sandbox import __version__
from sandbox.addresses import against
from sandbox.arguments import parser
from sandbox.cli import VERBS, main


def test_it_says_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    """As a verb and as an option."""
    assert main(["version"]) == 0
    with pytest.raises(SystemExit) as ended:
        main(["--version"])

    assert ended.value.code == 0
    assert capsys.readouterr().out == f"caruman {__version__}\n" * 2


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["dance"],
        ["up", "--portal-port", "x"],
        ["up", "--ephemeral", "--data-dir", "v"],
        ["up", "--clock", "1999-12-31"],
        ["walk", "--plan", "5"],
        ["serve", "portal", "--fpx-url", "127.0.0.1:8010"],
        ["serve", "portal", "--smtp", "1025"],
    ],
    ids=str,
)
def test_words_it_does_not_know_end_with_two(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """The usage is shown on standard error."""
    with pytest.raises(SystemExit) as ended:
        main(words)

    assert ended.value.code == 2
    assert "usage: caruman" in capsys.readouterr().err


def test_every_verb_is_in_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    """A newcomer finds all of them in one place."""
    with pytest.raises(SystemExit):
        main(["--help"])
    told = capsys.readouterr().out

    assert all(f"    {verb} " in told for verb in VERBS)


def test_the_tests_are_run_by_the_launcher(capsys: pytest.CaptureFixture[str]) -> None:
    """An installed `caruman test` names the command that does it."""
    assert main(["test", "-k", "anything"]) == 2
    assert "./caruman test" in capsys.readouterr().err


def test_against_nonsense_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    """No traceback for a mistyped file."""
    assert main(["walk", "--against", "no/such/file"]) == 2

    [line] = capsys.readouterr().err.splitlines()

    assert "no/such/file" in line


@pytest.mark.parametrize(
    "verb", ["walk", "load", "proxy", "fpx explain message.txt", "fpx drill --exchange EX00000789"]
)
def test_against_alone_means_the_default_ports_wherever_it_is_taken(verb: str) -> None:
    """And not, for some verbs only, an argument that is missing."""
    assert against(parser().parse_args([*verb.split(), "--against"]).against) == against("")


def test_only_the_portal_is_told_where_others_are(capsys: pytest.CaptureFixture[str]) -> None:
    """The portal is the one room that calls others; telling it to another room is a mistake worth a sentence."""
    assert main(["serve", "sms", "--fpx-url", "http://127.0.0.1:8010"]) == 2
    assert "only the portal calls other rooms" in capsys.readouterr().err
