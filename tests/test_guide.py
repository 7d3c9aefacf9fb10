"""One step, one name: from the feature down to the template a step of the guide is one word, in both languages."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest
from flask import Blueprint, Flask

from features.applicant import Applicant
from features.steps import BY_NAME, CATALOGUE, COVER_RULES, DOCUMENT_RULES, PARTS, STEPS, Step
from reference_portal.guide import PAGES
from tests.feature_files import FEATURES, GHERKIN_LANGUAGE, LANGUAGES, FeatureFile, all_features, parse, read

HOUSE = Path(__file__).parent.parent
ADDRESSES = {"home": "/", "activate": "/activate", "receipt": "/receipt"}
"""Pages whose address is not simply their name, or only begins with it."""

each_step = pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)


@pytest.fixture(name="features", scope="module")
def _features() -> list[FeatureFile]:
    return all_features()


def test_the_guide_has_sixteen_steps() -> None:
    """L01 to L16, in order, each with its word and a label in either language."""
    names = (
        "home first_time register confirm_mobile registered activate set_secrets sign_in sign_in_password choose_mode "
        "dashboard apply pay_by_fpx receipt covered renew"
    )

    assert [step.name for step in STEPS] == names.split()
    assert [step.id for step in STEPS] == [f"L{number:02}" for number in range(1, 17)]
    assert all(step.label("ms") and step.label("en") for step in STEPS)
    assert {step.name: step.page for step in STEPS if step.shown_on} == {
        "first_time": "sign_in",
        "covered": "dashboard",
    }


def test_the_catalogue_names_every_clause_once() -> None:
    """Sixteen steps, seven named parts, seven document rules, five cover rules."""
    assert len(CATALOGUE) == len(set(CATALOGUE)) == 16 + len(PARTS) + len(DOCUMENT_RULES) + len(COVER_RULES)
    assert (len(PARTS), len(DOCUMENT_RULES), len(COVER_RULES)) == (7, 7, 5)


@each_step
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_step_has_its_feature_in_this_language(step: Step, language: str) -> None:
    """`features/guide/13_pay_by_fpx.ms.feature`, about that step and in that language."""
    feature = read(FEATURES / "guide" / f"{step.number:02}_{step.name}.{language}.feature")

    assert feature.language == GHERKIN_LANGUAGE[language]
    assert f"@{step.id}" in {tag["name"] for tag in feature.document["feature"]["tags"]}
    assert feature.document["feature"]["name"].startswith(step.id)


@each_step
def test_the_step_definitions_bind_both_languages(step: Step) -> None:
    """`features/guide/test_13_pay_by_fpx.py` runs both of the step's files and no other."""
    stem = f"{step.number:02}_{step.name}"
    source = (FEATURES / "guide" / f"test_{stem}.py").read_text("utf-8")

    bound = re.findall(r'"(guide/[^"]+\.feature)"', source)
    assert bound == [f"guide/{stem}.{language}.feature" for language in LANGUAGES]


@each_step
def test_the_driver_has_a_verb_of_that_name(step: Step) -> None:
    """`Applicant.pay_by_fpx()`, whose first line names the step."""
    verb = getattr(Applicant, step.name)

    assert callable(verb)
    assert re.match(rf"{step.id}|L11b and L12", verb.__doc__)


@each_step
def test_the_portal_has_a_page_of_that_name(step: Step) -> None:
    """`reference_portal/guide/pay_by_fpx.py`: blueprint `pay_by_fpx`, address `/pay-by-fpx`, listed among the pages."""
    module = importlib.import_module(f"reference_portal.guide.{step.page}")
    blueprint: Blueprint = module.blueprint
    app = Flask(__name__)
    app.register_blueprint(blueprint)
    rules = {rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith(f"{step.page}.")}
    address = ADDRESSES.get(step.page, f"/{step.page.replace('_', '-')}")

    assert blueprint.name == step.page
    assert blueprint in PAGES
    assert rules
    assert all(rule == address or rule.startswith(f"{address.rstrip('/')}/") for rule in rules)


@each_step
def test_the_page_has_a_template_of_that_name(step: Step) -> None:
    """`reference_portal/templates/guide/pay_by_fpx.html`, which carries page and step for whoever looks."""
    template = (HOUSE / "reference_portal" / "templates" / "guide" / f"{step.page}.html").read_text("utf-8")

    assert re.search(rf"{{%-? *block page *-?%}}{step.page}{{%", template)
    assert re.search(r"{%-? *block step *-?%}", template)


@each_step
def test_the_page_has_a_unit_test_of_that_name(step: Step) -> None:
    """`tests/reference_portal/guide/test_pay_by_fpx.py`, with at least one test."""
    tests = (HOUSE / "tests" / "reference_portal" / "guide" / f"test_{step.page}.py").read_text("utf-8")

    assert "def test_" in tests


def test_no_feature_is_without_a_step_or_rule(features: list[FeatureFile]) -> None:
    """What stands under `guide/` is about a step; what stands elsewhere is about rules."""
    for feature in features:
        folder, _, name = feature.name.partition("/")
        clauses = {tag for tag in feature.tags() if tag[1:] in CATALOGUE}
        if folder == "guide":
            number, _, step = name.partition(".")[0].partition("_")
            assert BY_NAME[step].number == int(number)
        else:
            assert clauses <= {f"@{rule}" for rule in (*DOCUMENT_RULES, *COVER_RULES)}
        assert clauses


def test_both_languages_say_the_same(features: list[FeatureFile]) -> None:
    """Same files, same scenario ids, same clauses, same number of steps and examples, same words in quotes."""
    spoken = {
        language: {
            feature.name.removesuffix(f".{language}.feature"): feature.shape()
            for feature in features
            if feature.name.endswith(f".{language}.feature")
        }
        for language in LANGUAGES
    }

    assert sum(map(len, spoken.values())) == len(features)
    assert spoken["ms"].keys() == spoken["en"].keys()
    for name, malay in spoken["ms"].items():
        assert malay == spoken["en"][name], name


ONE = '@L01\nFeature: L01\n  @L01.1\n  Scenario: A\n    Given it says "RM13.10"\n'


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(ONE.replace("RM13.10", "RM19.40"), id="another amount"),
        pytest.param(ONE.replace("@L01.1", "@L01.2"), id="another id"),
        pytest.param(ONE + '    And it says "more"\n', id="another step"),
        pytest.param(ONE + '  @L01.2\n  Scenario: B\n    Given it says "RM13.10"\n', id="another scenario"),
    ],
)
def test_a_difference_between_languages_is_seen(other: str) -> None:
    """The comparison notices another amount, id, step or scenario."""
    assert parse(ONE).shape() != parse(other).shape()
    assert parse(ONE).shape() == parse(ONE.replace("Scenario: A", "Scenario: Z")).shape()
