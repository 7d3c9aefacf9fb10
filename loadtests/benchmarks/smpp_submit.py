"""submit_sm answered and stored: `caruman serve sms` in a process of its own, beside a server that stores nothing."""

from __future__ import annotations

import asyncio
import sys

import httpx

from loadtests.benchmarks.runner import Benchmark, Figures
from loadtests.benchmarks.served import running, served
from loadtests.benchmarks.smpp_client import Unexpected, load

MESSAGES, BINDS, WINDOW = 40_000, 8, 100


def measure() -> Figures:
    """One run: the sandbox, then the bare server; every answered message is counted in the sandbox's store."""
    with served("sms", "--smpp-port", "0") as addresses:
        host, _, port = addresses["smpp"].rpartition(":")
        stored = asyncio.run(load(host, int(port), MESSAGES, BINDS, WINDOW))
        count = httpx.get(f"{addresses['sms']}/_control/totals", timeout=60).json()["messages"]["count"]
        if count != MESSAGES:
            raise Unexpected(f"{MESSAGES} were answered and {count} are stored")
    with running([sys.executable, "-m", "loadtests.benchmarks.smpp_sink"]) as line:
        bare = asyncio.run(load("127.0.0.1", int(line), MESSAGES, BINDS, WINDOW))
    return {"sandbox msg/s": stored, "bare server msg/s": bare}


BENCHMARK = Benchmark(
    name="smpp_submit",
    sentence=f"{MESSAGES:,} submit_sm answered after the commit, {BINDS} binds with {WINDOW} outstanding each",
    measure=measure,
    ratios={"sandbox / bare server": ("sandbox msg/s", "bare server msg/s")},
    at_least={"sandbox msg/s": 10_000},
)
