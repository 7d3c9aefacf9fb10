"""Nothing a feature file says is passed over in silence: the traps of pytest-bdd 9 closed, one by one."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from features.steps import BY_NAME, CATALOGUE, STEPS
from tests.feature_files import FEATURES, GHERKIN_LANGUAGE, LANGUAGES, FeatureFile, all_features, faults, parse

COLLECTION = Path(__file__).parent / "feature_collection.py"
COLLECT_SECONDS = 60

GOOD = """
@L01
Feature: F

  @L01.1
  Scenario: One
    Given something
"""


@pytest.fixture(name="features", scope="module")
def _features() -> list[FeatureFile]:
    return all_features()


@pytest.fixture(name="collected", scope="module")
def _collected() -> dict[str, Any]:
    run = subprocess.run(
        [sys.executable, str(COLLECTION)],
        capture_output=True,
        text=True,
        timeout=COLLECT_SECONDS,
        check=False,
        cwd=FEATURES.parent,
    )
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-3000:]
    told: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return told


def test_every_feature_file_is_free_of_silent_traps(features: list[FeatureFile]) -> None:
    """Names are unique, scenarios have steps, outlines have rows, every tag is an id of the guide."""
    found = {feature.name: faults(feature) for feature in features}

    assert features
    assert {name: said for name, said in found.items() if said} == {}


def test_every_scenario_written_is_executed(features: list[FeatureFile], collected: dict[str, Any]) -> None:
    """As many tests are collected for each scenario as gherkin's own parser makes cases of it."""
    written = Counter((feature.name, pickle["name"]) for feature in features for pickle in feature.pickles)
    scenarios = Counter(
        (feature.name, scenario["name"])
        for feature in features
        for scenario in feature.scenarios()
        for _row in range(sum(len(examples["tableBody"]) for examples in scenario["examples"]) or 1)
    )
    executed = Counter((case["feature"], case["scenario"]) for case in collected["cases"])

    assert executed == scenarios
    assert sum(written.values()) == sum(executed.values())


def test_every_step_is_answered_by_exactly_one_function(collected: dict[str, Any]) -> None:
    """None is undefined, and none is ambiguous."""
    steps = [step for case in collected["cases"] for step in case["steps"]]
    answers = {step["text"]: sorted(set(step["answers"])) for step in steps}

    assert {text: names for text, names in answers.items() if len(names) != 1} == {}


def test_no_step_definition_is_unused(collected: dict[str, Any]) -> None:
    """A sentence no feature says is dead."""
    used = {name for case in collected["cases"] for step in case["steps"] for name in step["answers"]}

    assert set(collected["definitions"]) - used == set()


def test_every_step_definition_is_spoken_to_in_both_languages(collected: dict[str, Any]) -> None:
    """A function bound to its Malay sentence only would leave the English feature behind, and the other way round."""
    spoken: dict[str, set[str]] = {}
    for case in collected["cases"]:
        language = case["feature"].split(".")[-2]
        for step in case["steps"]:
            for name in step["answers"]:
                spoken.setdefault(name.partition(":")[0], set()).add(language)

    assert {name: languages for name, languages in spoken.items() if languages != set(LANGUAGES)} == {}


def test_no_step_definition_is_async(collected: dict[str, Any]) -> None:
    """pytest-bdd would pass it without running it."""
    assert [name for name, is_async in collected["definitions"].items() if is_async] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_id_of_the_guide_has_a_scenario_in_either_language(features: list[FeatureFile], language: str) -> None:
    """No clause of the guide is left without an example."""
    spoken = [feature for feature in features if feature.language == GHERKIN_LANGUAGE[language]]
    tags = {tag for feature in spoken for tag in feature.tags()}

    assert {clause for clause in CATALOGUE if f"@{clause}" not in tags} == set()


@pytest.mark.parametrize("step", [step.name for step in STEPS])
def test_every_step_has_a_happy_path_and_two_ways_it_goes_wrong(features: list[FeatureFile], step: str) -> None:
    """At least three scenarios a step, in each language."""
    number = BY_NAME[step].number
    files = [feature for feature in features if feature.name.startswith(f"guide/{number:02}_{step}.")]

    assert len(files) == len(LANGUAGES)
    assert all(len(list(feature.scenarios())) >= 3 for feature in files)


def test_a_good_feature_has_no_faults() -> None:
    """The gate does not cry wolf."""
    assert faults(parse(GOOD)) == []


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        pytest.param(GOOD + "  @L01.2\n  Scenario: One\n    Given more\n", "two scenarios are called", id="same name"),
        pytest.param(
            GOOD + "  Rule: R\n    @L01.2\n    Scenario: One\n      Given more\n",
            "two scenarios are called",
            id="same name in a rule",
        ),
        pytest.param(GOOD + "  @L01.2\n  Scenario: Two\n", "yields nothing|has no steps", id="no steps"),
        pytest.param(
            GOOD + "  @L01.2\n  Scenario Outline: Two\n    Given <x>\n\n    Examples:\n      | x |\n",
            "without rows",
            id="no rows",
        ),
        pytest.param(
            GOOD + "  @L01.2\n  Scenario Outline: Two\n    Given more\n", "without rows", id="no table of examples"
        ),
        pytest.param(GOOD + "  Scenario: Two\n    Given more\n", "carries 0 scenario ids", id="no id"),
        pytest.param(GOOD + "  @L01.1\n  Scenario: Two\n    Given more\n", "is the id of 2", id="same id"),
        pytest.param(GOOD + "  @L02.1\n  Scenario: Two\n    Given more\n", "does not carry the clause", id="stranger"),
        pytest.param(GOOD + "  @L99 @L01.2\n  Scenario: Two\n    Given more\n", "unknown tag @L99", id="no such id"),
        pytest.param(GOOD + "  @skip @L01.2\n  Scenario: Two\n    Given more\n", "set aside by @skip", id="skipped"),
    ],
)
def test_each_trap_is_seen(bad: str, fault: str) -> None:
    """The gate catches what it is there for."""
    assert any(any(part in said for part in fault.split("|")) for said in faults(parse(bad))), faults(parse(bad))
