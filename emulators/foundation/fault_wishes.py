"""What may be wished of a fault, and how a wish is read: from JSON, or from the line of a header."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from emulators.foundation.errors import CallersMistake

Value = str | int | float
_KEYS = ("name", "count", "probability", "seed", "ttl_seconds", "match", "with")


@dataclass(frozen=True)
class Parameter:
    """One thing a fault can be told; the default's type is the parameter's type."""

    default: Value
    sentence: str
    least: float = 0
    most: float = 10**9

    def read(self, name: str, given: object) -> Value:
        """`given` (JSON or text) as this parameter's type; CallersMistake when it is not."""
        kind = type(self.default)
        wrong = CallersMistake(f"{name} must be {_KINDS[kind]}, not {given!r}")
        if isinstance(given, bool) or not isinstance(given, str | int | float):
            raise wrong
        try:
            value = kind(given)
        except (ValueError, OverflowError) as error:
            raise wrong from error
        if not isinstance(given, str) and value != given:
            raise wrong
        if not isinstance(value, str) and not self.least <= value <= self.most:
            raise CallersMistake(f"{name} must be from {self.least:g} to {self.most:g}, not {given}")
        return value


_KINDS: Mapping[type, str] = {str: "text", int: "a whole number", float: "a number"}


@dataclass(frozen=True)
class Fault:
    """One row of a room's catalogue."""

    name: str
    stage: str
    """Where in the room's work it strikes; a room asks stage by stage."""
    sentence: str
    takes: Mapping[str, Parameter] = field(default_factory=dict)
    matches: tuple[str, ...] = ()
    """The fields of the stage's subject that a plan may match."""

    def told(self) -> dict[str, Any]:
        """The row as JSON."""
        takes = {name: {"default": p.default, "what": p.sentence} for name, p in self.takes.items()}
        row = {"name": self.name, "stage": self.stage, "sentence": self.sentence, "with": takes}
        return {**row, "match": list(self.matches)}

    def values(self, given: Mapping[str, object]) -> dict[str, Value]:
        """Every parameter: as given, else its default; CallersMistake for one it does not take."""
        for name in given:
            if name not in self.takes:
                raise CallersMistake(f"{self.name} takes {_listed(self.takes)}, not {name!r}")
        return {name: p.read(name, given[name]) if name in given else p.default for name, p in self.takes.items()}


@dataclass(frozen=True)
class Wish:
    """A plan as wished for: `count` None is without end, `ttl_seconds` None until lifted (seconds of the clock)."""

    name: str
    values: Mapping[str, Value]
    match: Mapping[str, str]
    count: int | None
    probability: float
    seed: str | None
    ttl_seconds: float | None


@dataclass(frozen=True)
class Asked:
    """A fault a single request asks for."""

    name: str
    values: Mapping[str, Value]


def read_wish(known: Mapping[str, Fault], wish: Mapping[str, Any]) -> Wish:
    """The wish of a JSON object; CallersMistake says what is wrong with it and what there is."""
    for key in wish:
        if key not in _KEYS:
            raise CallersMistake(f"a fault is planned with {', '.join(_KEYS)}; {key!r} is none of them")
    fault = _fault(known, wish.get("name"))
    match = _object(wish, "match")
    for name, pattern in match.items():
        if name not in fault.matches:
            raise CallersMistake(f"{fault.name} can match {_listed(fault.matches)}, not {name!r}")
        if not isinstance(pattern, str):
            raise CallersMistake(f"match.{name} must be text; * stands for anything")
    count = _number(wish, "count", least=1)
    if count is not None and count != int(count):
        raise CallersMistake("count must be a whole number")
    probability = _number(wish, "probability", most=1)
    return Wish(
        name=fault.name,
        values=fault.values(_object(wish, "with")),
        match=match,
        count=None if count is None else int(count),
        probability=1.0 if probability is None else probability,
        seed=None if wish.get("seed") is None else str(wish["seed"]),
        ttl_seconds=_number(wish, "ttl_seconds", most=10**8),
    )


def read_asked(known: Mapping[str, Fault], text: str) -> tuple[Asked, ...]:
    """Faults in the notation of a header, `name; parameter=value, other-name`; CallersMistake when not `known`."""
    asked = []
    for item in filter(None, (part.strip() for part in text.split(","))):
        name, *given = (part.strip() for part in item.split(";"))
        fault = _fault(known, name)
        pairs = dict(part.partition("=")[::2] for part in given if part)
        asked.append(Asked(fault.name, fault.values({key.strip(): value.strip() for key, value in pairs.items()})))
    return tuple(asked)


def _fault(known: Mapping[str, Fault], name: object) -> Fault:
    fault = known.get(name) if isinstance(name, str) else None
    if fault is None:
        raise CallersMistake(f"no fault is called {name!r}; there are {_listed(known)}")
    return fault


def _object(wish: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    given = wish.get(key)
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise CallersMistake(f"{key} must be a JSON object")
    return given


def _number(wish: Mapping[str, Any], key: str, least: float = 0, most: float = math.inf) -> float | None:
    given = wish.get(key)
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, int | float) or not least <= given <= most:
        limit = f" from {least:g} to {most:g}" if most < math.inf else f", {least:g} or more"
        raise CallersMistake(f"{key} must be a number{limit}, not {given!r}")
    return given


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "nothing"
