"""Run as a program: has pytest collect the features, and prints as JSON what it would execute with which functions."""

from __future__ import annotations

import inspect
import json
import sys
from pathlib import Path
from typing import Any

import pytest

FEATURES = Path(__file__).parent.parent / "features"


class Collector:
    """Writes down, for each test: its feature, its scenario, its steps, and the functions that answer each step."""

    def __init__(self) -> None:
        self.cases: list[dict[str, Any]] = []
        self.definitions: dict[str, bool] = {}
        """Each sentence with its function -> whether the function is async."""

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Look at every item."""
        # imported here: pytest wants to be the first to import its plugins
        from pytest_bdd.compat import get_fixture_names, getfixturedefs
        from pytest_bdd.scenario import find_fixturedefs_for_step, scenario_wrapper_template_registry
        from pytest_bdd.steps import step_function_context_registry

        manager = session._fixturemanager
        for item in session.items:
            assert isinstance(item, pytest.Function)
            template = scenario_wrapper_template_registry[item.obj]
            values = item.callspec.params["_pytest_bdd_example"] if hasattr(item, "callspec") else {}
            scenario = template.render(values)
            steps = [
                {
                    "text": f"{step.type} {step.name}",
                    "answers": [
                        named(step_function_context_registry[found.func])
                        for found in find_fixturedefs_for_step(step, manager, item)
                    ],
                }
                for step in scenario.steps
            ]
            feature = Path(scenario.feature.filename).relative_to(FEATURES).as_posix()
            self.cases.append({"feature": feature, "scenario": template.name, "steps": steps})
            for name in get_fixture_names(manager):
                for found in getfixturedefs(manager, name, item) or ():
                    context = step_function_context_registry.get(found.func)
                    if context is not None and not context.step_func.__module__.startswith("pytest_bdd."):
                        self.definitions[named(context)] = inspect.iscoroutinefunction(context.step_func)


def named(context: Any) -> str:
    """A step definition as a person finds it."""
    function = context.step_func
    return f"{function.__module__}.{function.__name__}: {context.parser.name}"


def main() -> int:
    """Collect; print one JSON object as the last line."""
    collector = Collector()
    code = pytest.main(
        ["--collect-only", "-q", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", str(FEATURES)], plugins=[collector]
    )
    print()  # noqa: T201  a line of its own
    print(json.dumps({"cases": collector.cases, "definitions": collector.definitions}))  # noqa: T201  the result
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
