"""What every test may ask for."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

import pytest

Found = TypeVar("Found")
LIMIT_SECONDS = 15.0
LOOK_SECONDS = 0.01
LONG = ("tests/test_house.py", "tests/sandbox/test_launcher.py", "tests/sandbox/test_serve.py")


@pytest.fixture(name="until", scope="session")
def _until() -> Callable[..., object]:
    """`until(condition, "what is awaited")`: the first true answer of the condition, or a failure that names it."""

    def until(condition: Callable[[], Found], awaited: str, seconds: float = LIMIT_SECONDS) -> Found:
        end = time.monotonic() + seconds
        while not (answer := condition()):
            if time.monotonic() > end:
                pytest.fail(f"waited {seconds} s in vain until {awaited}")
            time.sleep(LOOK_SECONDS)
        return answer

    return until


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The few long tests first, so that no worker is left with one of them at the end."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))
