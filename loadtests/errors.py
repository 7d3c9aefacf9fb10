"""What can keep a load run from being a measurement."""

from __future__ import annotations


class LoadRefused(Exception):
    """The run cannot start or cannot be judged; the sentence says what is missing and how to mend it."""


class NoContributors(Exception):
    """The portal's control door prepared no contributors; the sentence is the door's own."""
