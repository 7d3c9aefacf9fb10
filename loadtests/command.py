"""`caruman load`: one run from start to verdict. Locust works in a process of its own and is never imported here."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any, TextIO

import httpx

from loadtests.books import Auditor, Books
from loadtests.errors import LoadRefused
from loadtests.measurements import Samples, figures, table
from loadtests.samples import read_samples
from loadtests.target import Target, own_sandbox

LOCUSTFILE = Path(__file__).with_name("locustfile.py")
HOUSE = LOCUSTFILE.parent.parent
TOKEN_VARIABLE = "CARUMAN_LOAD_CONTROL_TOKEN"  # noqa: S105  a variable's name, not a secret
SETTLE_SECONDS = 30.0
"""How long callbacks may take to arrive once the last user has stopped."""
STOP_SECONDS = 30
"""How long a renewal under way may take to finish when the time is up."""
_TIME = re.compile(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?")


class Verdict(IntEnum):
    """The exit codes."""

    WELL = 0
    ERRORS = 1
    REFUSED = 2
    BOOKS_DISAGREE = 3
    NOTHING_MEASURED = 4


@dataclass(frozen=True)
class Outcome:
    """What one run showed."""

    samples: Samples
    books: Books

    @property
    def verdict(self) -> Verdict:
        """The gravest thing first: lost money, then a failure, then an empty measurement."""
        if self.books.disagreement(len(self.samples.renewals)):
            return Verdict.BOOKS_DISAGREE
        if self.samples.failed:
            return Verdict.ERRORS
        return Verdict.WELL if self.samples.renewals else Verdict.NOTHING_MEASURED


def run(
    users: int,
    time: str,
    addresses: Mapping[str, str] | None = None,
    *,
    control_token: str | None = None,
    json_report: Path | None = None,
    html_report: Path | None = None,
    settle_seconds: float = SETTLE_SECONDS,
    out: TextIO | None = None,
    err: TextIO | None = None,
) -> int:
    """Drive renewals and judge them; returns the exit code.

    Args:
        users: how many contributors renew at once, each a fresh one every time.
        time: how long, e.g. "30s", "5m", "1h30m" or a number of seconds.
        addresses: `portal` and `fpx` of a running sandbox; without them a sandbox is started and stopped again.
        control_token: what the control doors ask for when the rooms are open to the network.
        json_report: where the figures and the books go for a machine.
        html_report: where Locust's own page goes.
        settle_seconds: how long callbacks may take to arrive after the last user has stopped.
        out: where the report is printed; standard output by default.
        err: where it says why a run could not start; standard error by default.
    """
    try:
        outcome = _drive(users, seconds_of(time), addresses, control_token, html_report, settle_seconds)
    except LoadRefused as refused:
        (err or sys.stderr).write(f"caruman load: {refused}\n")
        return Verdict.REFUSED
    (out or sys.stdout).write("\n".join(report(users, outcome)) + "\n")
    if json_report is not None:
        json_report.write_text(json.dumps(as_json(users, outcome), indent=2) + "\n", encoding="utf-8")
    return outcome.verdict


def report(users: int, outcome: Outcome) -> list[str]:
    """The lines a person reads."""
    samples, books = outcome.samples, outcome.books
    wrong = books.disagreement(len(samples.renewals))
    return [
        f"{len(samples.renewals)} renewals by {users} users in {samples.seconds:.1f} s:"
        f" {samples.per_second:.1f} a second, {samples.failed} failed",
        *(table(samples) if samples.renewals else ["nothing was measured: no renewal was completed"]),
        *(f"failed {times} times: {sentence}" for sentence, times in sorted(samples.failures.items())),
        f"paid orders {books.paid_orders}, receipts {books.receipts}, bank debits {books.debits}: "
        + ("the books agree" if wrong is None else f"THE BOOKS DO NOT AGREE: {wrong}"),
    ]


def as_json(users: int, outcome: Outcome) -> dict[str, Any]:
    """The same for a machine."""
    books = {name: vars(entry) for name, entry in vars(outcome.books).items()}
    return {
        "users": users,
        **figures(outcome.samples),
        "books": {**books, "disagreement": outcome.books.disagreement(len(outcome.samples.renewals))},
        "exit_code": int(outcome.verdict),
    }


def seconds_of(time: str) -> int:
    """A span as Locust writes it, in seconds.

    Raises:
        LoadRefused: it is not one, or it is no time at all.
    """
    match = _TIME.fullmatch(time.strip())
    hours, minutes, seconds = (int(part) for part in match.groups(default="0")) if match else (0, 0, 0)
    span = hours * 3600 + minutes * 60 + seconds
    if span == 0:
        raise LoadRefused(f"--time {time!r} is not a span: write 30s, 5m or 1h30m")
    return span


def _drive(
    users: int,
    seconds: int,
    addresses: Mapping[str, str] | None,
    token: str | None,
    html_report: Path | None,
    settle_seconds: float,
) -> Outcome:
    if users < 1:
        raise LoadRefused(f"--users {users}: at least one user is needed")
    if importlib.util.find_spec("locust") is None:
        raise LoadRefused("Locust is not installed; install it with: pip install 'caruman-sandbox[load]'")
    headers = {"X-Control-Token": token} if token else {}
    with _target(addresses, token) as target, httpx.Client(headers=headers, trust_env=False) as client:
        auditor = Auditor(client, target.portal, target.fpx)
        before = auditor.look()
        samples = _locust(target, users, seconds, html_report)
        return Outcome(samples, auditor.settled(before, len(samples.renewals), settle_seconds))


def _target(addresses: Mapping[str, str] | None, token: str | None) -> AbstractContextManager[Target]:
    if addresses is None:
        return own_sandbox()
    if missing := {"portal", "fpx"} - addresses.keys():
        raise LoadRefused(f"a running sandbox needs its portal and its fpx address; {', '.join(missing)} is missing")
    return nullcontext(Target(addresses["portal"].rstrip("/"), addresses["fpx"].rstrip("/"), token))


def _locust(target: Target, users: int, seconds: int, html_report: Path | None) -> Samples:
    with tempfile.TemporaryDirectory(prefix="caruman-locust-") as folder:
        samples = Path(folder, "samples.json")
        command = [sys.executable, "-m", "locust", "--locustfile", str(LOCUSTFILE), "--headless", "--only-summary"]
        command += ["--users", str(users), "--spawn-rate", str(users), "--run-time", f"{seconds}s"]
        command += ["--stop-timeout", str(STOP_SECONDS), "--exit-code-on-error", "0"]
        command += ["--host", target.portal, "--samples", str(samples)]
        command += ["--html", str(html_report.resolve())] if html_report else []
        paths = (str(HOUSE), os.environ.get("PYTHONPATH"))
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
        if target.control_token:
            environment[TOKEN_VARIABLE] = target.control_token
        limit = seconds + STOP_SECONDS + 60
        try:
            done = subprocess.run(  # noqa: S603  our own command
                command, capture_output=True, text=True, timeout=limit, env=environment, cwd=folder, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise LoadRefused(f"Locust had not ended after {limit} s and was stopped") from error
        if done.returncode != 0 or not samples.exists():
            last_words = (done.stderr or done.stdout).strip()[-2000:]
            raise LoadRefused(f"Locust ended with code {done.returncode}: {last_words}")
        return read_samples(samples)
