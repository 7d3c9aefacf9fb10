"""The feature files as values: what gherkin's own parser reads in them, which pytest-bdd is then held against."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler

from features.steps import CATALOGUE

FEATURES = Path(__file__).parent.parent / "features"
LANGUAGES = ("ms", "en")
GHERKIN_LANGUAGE = {"ms": "bm", "en": "en"}
"""Malay is `bm` to gherkin, `ms` to everybody else."""

FORBIDDEN_TAGS = ("@skip", "@xfail", "@wip")
OWN_ID = re.compile(rf"@(?:{'|'.join(map(re.escape, CATALOGUE))})\.[1-9][0-9]*")


@dataclass(frozen=True)
class Case:
    """One thing to be executed: a scenario, or one row of an outline."""

    scenario: str
    tags: frozenset[str]
    steps: tuple[str, ...]
    values: tuple[str, ...]
    """The row's values; the reason column left out."""


@dataclass(frozen=True)
class FeatureFile:
    """One file, parsed."""

    name: str
    document: dict[str, Any]
    pickles: list[dict[str, Any]]

    @property
    def language(self) -> str:
        """What the file's first line says, as gherkin calls it."""
        return str(self.document["feature"]["language"])

    def scenarios(self) -> Iterator[dict[str, Any]]:
        """Scenarios and outlines as written, those under a Rule too."""
        for child in _children(self.document["feature"]):
            if "scenario" in child:
                yield child["scenario"]

    def tags(self) -> set[str]:
        """Every tag any case carries."""
        return {tag["name"] for pickle in self.pickles for tag in pickle["tags"]}

    def shape(self) -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
        """By scenario id: for each case, how many steps and which quoted words and table values, reasons left out."""
        reasons = self._reasons()
        told: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
        for pickle in self.pickles:
            (own,) = (tag["name"] for tag in pickle["tags"] if OWN_ID.fullmatch(tag["name"]))
            clauses = tuple(sorted(tag["name"] for tag in pickle["tags"]))
            quoted = tuple(" ".join(re.findall(r'"([^"]*)"', step["text"])) for step in pickle["steps"])
            told.setdefault(own, []).append((clauses, tuple(word for word in quoted if word not in reasons)))
        return told

    def _reasons(self) -> set[str]:
        return {
            row["cells"][-1]["value"]
            for scenario in self.scenarios()
            for examples in scenario["examples"]
            if examples["tableHeader"]["cells"][-1]["value"] in ("sebab", "reason")
            for row in examples["tableBody"]
        }


def read(path: Path) -> FeatureFile:
    """One file from the disk."""
    return parse(path.read_text("utf-8"), path.relative_to(FEATURES).as_posix())


def parse(text: str, name: str = "a.feature") -> FeatureFile:
    """One file from its text."""
    document: dict[str, Any] = Parser().parse(text)
    document["uri"] = name
    return FeatureFile(name, document, list(Compiler().compile(document)))


def all_features() -> list[FeatureFile]:
    """Every feature file there is."""
    return [read(path) for path in sorted(FEATURES.rglob("*.feature"))]


def faults(feature: FeatureFile) -> list[str]:
    """What pytest-bdd would pass over in silence, and what breaks the house's own rules; empty for a good file."""
    found = []
    names = Counter(scenario["name"] for scenario in feature.scenarios())
    found += [f"two scenarios are called {name!r}: one would never run" for name, times in names.items() if times > 1]
    compiled = Counter(node for pickle in feature.pickles for node in pickle["astNodeIds"][:1])
    for scenario in feature.scenarios():
        rows = sum(len(examples["tableBody"]) for examples in scenario["examples"])
        if "examples" in scenario and scenario["keyword"] not in ("Scenario", "Senario") and rows == 0:
            found.append(f"{scenario['name']!r} is an outline without rows")
        elif not compiled[scenario["id"]]:
            found.append(f"{scenario['name']!r} yields nothing to run")
    for pickle in feature.pickles:
        tags = [tag["name"] for tag in pickle["tags"]]
        own = {tag for tag in tags if OWN_ID.fullmatch(tag)}
        if not pickle["steps"]:
            found.append(f"{pickle['name']!r} has no steps")
        if len(own) != 1:
            found.append(f"{pickle['name']!r} carries {len(own)} scenario ids, not one")
        elif f"@{next(iter(own))[1:].partition('.')[0]}" not in tags:
            found.append(f"{pickle['name']!r} does not carry the clause of its id {next(iter(own))}")
        strangers = {tag for tag in tags if tag[1:] not in CATALOGUE} - own
        found += [f"{pickle['name']!r} carries the unknown tag {tag}" for tag in sorted(strangers)]
        found += [f"{pickle['name']!r} is set aside by {tag}" for tag in FORBIDDEN_TAGS if tag in tags]
    owners: dict[str, set[str]] = {}
    for scenario in feature.scenarios():
        for tag in scenario["tags"]:
            if OWN_ID.fullmatch(tag["name"]):
                owners.setdefault(tag["name"], set()).add(scenario["name"])
    found += [f"{own} is the id of {len(names)} scenarios" for own, names in owners.items() if len(names) > 1]
    return list(dict.fromkeys(found))


def _children(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for child in node["children"]:
        if "rule" in child:
            yield from _children(child["rule"])
        else:
            yield child
