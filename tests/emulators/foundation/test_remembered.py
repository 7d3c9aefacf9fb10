"""What is asked all the time is asked of the store now and then."""

from __future__ import annotations

import pytest

from emulators.foundation.remembered import Remembered


def test_an_answer_is_remembered_until_it_is_forgotten_or_old(monkeypatch: pytest.MonkeyPatch) -> None:
    """For its seconds of real time; what is missing is asked every time."""
    asked: list[str] = []
    answers: dict[str, int] = {"a": 1}
    now = 100.0
    monkeypatch.setattr("time.monotonic", lambda: now)

    def ask(key: str) -> int | None:
        asked.append(key)
        return answers.get(key)

    known = Remembered(ask, 1.0)

    assert [known("a"), known("a"), known("b"), known("b")] == [1, 1, None, None]
    assert asked == ["a", "b", "b"]

    answers["a"] = 2
    now += 0.9
    assert known("a") == 1
    now += 0.2
    assert known("a") == 2

    answers["a"] = 3
    known.forget()
    assert known("a") == 3


def test_an_answer_overtaken_by_a_change_is_not_remembered() -> None:
    """It was read before the change and arrives after everything was forgotten."""
    answers = iter([1, 2])

    def ask(_key: str) -> int:
        answer = next(answers)
        if answer == 1:
            known.forget()
        return answer

    known: Remembered[int] = Remembered(ask, 60)

    assert [known("a"), known("a"), known("a")] == [1, 2, 2]
