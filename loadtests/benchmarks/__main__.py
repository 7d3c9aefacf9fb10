"""`python -m loadtests.benchmarks [NAME ...] [--json] [--runs 3]`; without a name it says which there are.

Exit codes: 0 everything that must be reached was, 1 something was not, 2 no such benchmark, or a program it
compares with is missing.
"""

from __future__ import annotations

import argparse
import importlib
import sys

from loadtests.benchmarks.peers import NotInstalled
from loadtests.benchmarks.runner import Benchmark, run, told

NAMES = ("fpx_payment", "smpp_submit", "sms_post", "mail_store", "newest", "wake")
"""Each is a module beside this one with a `BENCHMARK`."""


def benchmark(name: str) -> Benchmark:
    """The benchmark of that name."""
    found: Benchmark = importlib.import_module(f"loadtests.benchmarks.{name}").BENCHMARK
    return found


def main(words: list[str] | None = None) -> int:
    """Run what was named; the exit code."""
    grammar = argparse.ArgumentParser("loadtests.benchmarks", description="Measure the sandbox on this machine.")
    grammar.add_argument("names", nargs="*", metavar="NAME", choices=[*NAMES, []], help=", ".join(NAMES))
    grammar.add_argument("--json", action="store_true", help="for a machine")
    grammar.add_argument("--runs", type=int, default=3, metavar="N", help="medians of so many (%(default)s)")
    given = grammar.parse_args(words)
    if not given.names:
        sys.stdout.write("".join(f"{name}: {benchmark(name).sentence}\n" for name in NAMES))
        return 0
    try:
        outcomes = [run(benchmark(name), given.runs) for name in given.names]
    except NotInstalled as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(told(outcomes, given.json) + "\n")
    return 1 if any(outcome.missed for outcome in outcomes) else 0


if __name__ == "__main__":
    raise SystemExit(main())
