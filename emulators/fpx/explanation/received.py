"""A refused message as received, and what a guess about its signature is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from emulators.fpx.messages.wire import CHECKSUM_FIELD, PREFIX

_EXTRAS = 12


class Guess(NamedTuple):
    """A text the merchant may have signed instead, and what that would mean."""

    text: str | bytes
    fields: tuple[str, ...] = ()
    """The fields concerned, without `fpx_`; empty when it is the whole message."""
    detail: str = ""
    variant: str = ""
    """Chooses the sentence among those of one mistake."""
    own: tuple[str, ...] = ()
    """Posted fields concerned that FPX does not know, as they are called."""

    @property
    def names(self) -> list[str]:
        """The fields concerned, as they are called on the wire."""
        return [*self.own, *(PREFIX + name for name in self.fields)]


Hypothesis = Callable[["Received"], Iterable[Guess]]
"""A mistake tried: the texts it could have led to, the likelier first."""


@dataclass(frozen=True)
class Received:
    """One message: its url-decoded fields in the order posted, and the names that are signed, in their order."""

    fields: Mapping[str, str]
    order: tuple[str, ...]

    def value(self, name: str) -> str:
        """What was posted under a name (without `fpx_`), blank when nothing was."""
        return self.fields.get(PREFIX + name, "")

    @cached_property
    def values(self) -> tuple[str, ...]:
        """The signed values, in their order."""
        return tuple(map(self.value, self.order))

    @cached_property
    def expected(self) -> str:
        """The text whose signature would have been accepted."""
        return "|".join(self.values)

    @cached_property
    def posted(self) -> tuple[str, ...]:
        """The signed names that were posted, in the order posted."""
        names = (name.removeprefix(PREFIX) for name in self.fields if name.startswith(PREFIX))
        return tuple(name for name in names if name in self.order)

    @cached_property
    def absent(self) -> tuple[str, ...]:
        """The signed names that were not posted."""
        return tuple(name for name in self.order if PREFIX + name not in self.fields)

    @cached_property
    def extras(self) -> dict[str, str]:
        """Posted fields that are not signed, by their full names; a dozen at most."""
        signed = {PREFIX + name for name in self.order} | {CHECKSUM_FIELD}
        return dict([(name, value) for name, value in self.fields.items() if name not in signed][:_EXTRAS])

    @cached_property
    def around(self) -> dict[str, tuple[str, str]]:
        """What stands before and after each signed value in the expected text."""
        bars = [*(value + "|" for value in self.values[:-1]), self.values[-1]]
        found: dict[str, tuple[str, str]] = {}
        for place, name in enumerate(self.order):
            before = "".join(bars[:place])
            found[name] = (before, self.expected[len(before) + len(self.values[place]) :])
        return found

    def with_value(self, name: str, value: str) -> str:
        """The expected text with another value for one field."""
        before, after = self.around[name]
        return f"{before}{value}{after}"

    def with_values(self, changes: Mapping[str, str]) -> str:
        """The expected text with other values in some places (names without `fpx_`)."""
        return "|".join(changes.get(name, value) for name, value in zip(self.order, self.values, strict=True))
