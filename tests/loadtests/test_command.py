"""A load run ends with figures, a judgement of the books, and the exit code that goes with it."""

from __future__ import annotations

import importlib.util
import io
import sys

import pytest

from loadtests import command
from loadtests.books import Books, Entry
from loadtests.command import Outcome, Verdict, as_json, report, run, seconds_of
from loadtests.errors import LoadRefused
from loadtests.measurements import Samples

PAID = Entry(2, 3144)
EQUAL = Books(PAID, PAID, PAID)
LOST = Books(debits=Entry(3, 4716), paid_orders=PAID, receipts=PAID)
NOTHING = Books(Entry(0, 0), Entry(0, 0), Entry(0, 0))
MEASURED = Samples(steps={"L01 home": [1.0, 2.0]}, renewals=[30.0, 40.0], seconds=1.0)
FAILED = Samples(steps={"L01 home": [1.0, 2.0]}, renewals=[30.0, 40.0], failures={"L13: 503": 3}, seconds=1.0)


@pytest.mark.parametrize(
    ("samples", "books", "verdict"),
    [
        (MEASURED, EQUAL, Verdict.WELL),
        (FAILED, EQUAL, Verdict.ERRORS),
        (MEASURED, LOST, Verdict.BOOKS_DISAGREE),
        (FAILED, LOST, Verdict.BOOKS_DISAGREE),
        (MEASURED, NOTHING, Verdict.BOOKS_DISAGREE),
        (Samples(), NOTHING, Verdict.NOTHING_MEASURED),
        (Samples(failures={"L01: 500": 1}), NOTHING, Verdict.ERRORS),
        (Samples(), EQUAL, Verdict.NOTHING_MEASURED),
    ],
)
def test_the_verdict_names_the_gravest_thing(samples: Samples, books: Books, verdict: Verdict) -> None:
    """Lost money before failures, failures before an empty measurement; only a clean run is 0."""
    assert Outcome(samples, books).verdict is verdict


def test_the_exit_codes_are_the_documented_ones() -> None:
    """Scripts rely on the numbers."""
    assert [int(verdict) for verdict in Verdict] == [0, 1, 2, 3, 4]


def test_a_person_reads_rate_steps_failures_and_books() -> None:
    """The report says what was measured, what went wrong how often, and all three books."""
    text = "\n".join(report(8, Outcome(FAILED, EQUAL)))

    assert "2 renewals by 8 users in 1.0 s: 2.0 a second, 3 failed" in text
    assert "L01 home" in text
    assert "failed 3 times: L13: 503" in text
    assert "paid orders 2 (RM 31.44), receipts 2 (RM 31.44), bank debits 2 (RM 31.44): the books agree" in text


def test_books_that_do_not_agree_are_shouted() -> None:
    """The last line says which book differs."""
    *_, last = report(8, Outcome(MEASURED, LOST))

    assert "THE BOOKS DO NOT AGREE: bank debits 3 (RM 47.16)" in last


def test_an_empty_measurement_says_so() -> None:
    """No table of nothing."""
    assert "nothing was measured" in "\n".join(report(2, Outcome(Samples(), NOTHING)))


def test_a_machine_reads_the_books_and_the_exit_code() -> None:
    """The JSON report carries figures, books, disagreement and verdict."""
    told = as_json(8, Outcome(MEASURED, LOST))

    assert told["books"]["debits"] == {"count": 3, "sen": 4716}
    assert "differ" in told["books"]["disagreement"]
    assert (told["users"], told["exit_code"], told["renewals"]) == (8, 3, 2)


@pytest.mark.parametrize(
    ("text", "seconds"), [("30s", 30), ("5m", 300), ("1h30m", 5400), ("1h1m1s", 3661), ("20", 20), (" 3s ", 3)]
)
def test_a_span_is_read_as_locust_writes_it(text: str, seconds: int) -> None:
    """Hours, minutes, seconds, or a bare number of seconds."""
    assert seconds_of(text) == seconds


@pytest.mark.parametrize("text", ["", "0s", "-3s", "soon", "1.5m", "30 s", "s"])
def test_what_is_no_span_is_refused(text: str) -> None:
    """The sentence shows how to write one."""
    with pytest.raises(LoadRefused, match="write 30s, 5m or 1h30m"):
        seconds_of(text)


def test_a_run_without_locust_names_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clear sentence and exit code 2, before anything is started."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    err = io.StringIO()

    code = run(2, "3s", {"portal": "http://127.0.0.1:9", "fpx": "http://127.0.0.1:9"}, err=err)

    assert code == 2
    assert err.getvalue() == (
        "caruman load: Locust is not installed; install it with: pip install 'caruman-sandbox[load]'\n"
    )


@pytest.mark.parametrize(
    ("users", "time", "addresses", "sentence"),
    [
        (0, "3s", None, "at least one user"),
        (2, "never", None, "is not a span"),
        (2, "3s", {"portal": "http://127.0.0.1:9"}, "fpx is missing"),
        (2, "3s", {"portal": "http://127.0.0.1:9", "fpx": "http://127.0.0.1:9/"}, "127.0.0.1:9/_control/totals"),
    ],
)
def test_a_run_that_cannot_start_says_why(
    users: int, time: str, addresses: dict[str, str] | None, sentence: str
) -> None:
    """Exit code 2 and one line, never a stack of lines."""
    err = io.StringIO()

    assert run(users, time, addresses, err=err) == 2
    assert sentence in err.getvalue()
    assert err.getvalue().count("\n") == 1


def test_our_own_process_never_imports_locust() -> None:
    """Locust replaces parts of the standard library when it is imported; here it would break every other test."""
    assert command.LOCUSTFILE.exists()
    assert not [name for name in sys.modules if name.split(".")[0] in ("locust", "gevent")]
