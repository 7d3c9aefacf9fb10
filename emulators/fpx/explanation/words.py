"""What each mistake means and how to mend it, in one sentence, in English and in Malay."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from emulators.fpx.explanation.received import Guess

_NAMED = 6
_LONGEST = 200


@cache
def templates() -> dict[str, dict[str, str]]:
    """The sentences by `mistake` or `mistake:variant`, each in `english` and `malay`."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def sentence(mistake: str, guess: Guess) -> tuple[str, str]:
    """The sentence for a mistake in English and in Malay, with the fields' names and the detail in place."""
    known = templates()
    template = known.get(f"{mistake}:{guess.variant}") or known[mistake]
    names = guess.names
    told = ", ".join(names[:_NAMED]) + (f", … ({len(names)})" if len(names) > _NAMED else "")
    detail = guess.detail if len(guess.detail) <= _LONGEST else guess.detail[:_LONGEST] + "…"
    english, malay = (template[tongue].format(fields=told, detail=detail) for tongue in ("english", "malay"))
    return english, malay
