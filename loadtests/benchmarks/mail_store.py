"""Mail handed in by SMTP, stored and visible: `caruman serve smtp`, beside bare aiosmtpd and npm `maildev`."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable, Sequence

import httpx

from loadtests.benchmarks.http_client import Unexpected
from loadtests.benchmarks.mail_client import load, mail
from loadtests.benchmarks.maildev import maildev
from loadtests.benchmarks.runner import Benchmark, Figures
from loadtests.benchmarks.served import running, served

MAILS, WARM_UP, LINES, PEOPLE = 3_000, 300, 8, 500
VISIBLE_SECONDS = 30.0
_MAILS = [mail(number, PEOPLE) for number in range(WARM_UP + MAILS)]


def measure() -> Figures:
    """One run: every contender, fresh."""
    return {"sandbox mail/s": sandbox(), "bare aiosmtpd mail/s": bare(), "maildev mail/s": peer()}


def sandbox() -> float:
    """The sandbox: every mail is in its list."""
    with served("smtp", "--smtp-port", "0") as addresses, httpx.Client(base_url=addresses["inbox"]) as client:
        port = int(addresses["smtp"].rpartition(":")[2])
        return _rate(port, lambda: int(client.get("/api/v1/messages?limit=1").json()["total"]))


def bare() -> float:
    """aiosmtpd alone, which forgets every mail."""
    with running([sys.executable, "-m", "loadtests.benchmarks.smtp_sink"]) as line:
        return _rate(int(line), None)


def peer() -> float:
    """maildev: every mail is in its list."""
    with maildev() as (smtp, web), httpx.Client(base_url=f"http://127.0.0.1:{web}", timeout=60) as client:
        return _rate(smtp, lambda: len(client.get("/email").json()))


def _rate(port: int, stored: Callable[[], int] | None) -> float:
    """Mails a second, until the last is visible; a bare server shows none."""
    asyncio.run(load(port, _MAILS[:WARM_UP], LINES))
    _visible(stored, WARM_UP)
    return len(_MAILS[WARM_UP:]) / _seconds(port, _MAILS[WARM_UP:], stored)


def _seconds(port: int, mails: Sequence[list[bytes]], stored: Callable[[], int] | None) -> float:
    begun = time.perf_counter()
    asyncio.run(load(port, mails, LINES))
    _visible(stored, len(_MAILS))
    return time.perf_counter() - begun


def _visible(stored: Callable[[], int] | None, count: int) -> None:
    ends = time.monotonic() + VISIBLE_SECONDS
    while stored is not None and (shown := stored()) != count:
        if time.monotonic() > ends:
            raise Unexpected(f"{count} were acknowledged and {shown} are visible")


BENCHMARK = Benchmark(
    name="mail_store",
    sentence=f"{MAILS:,} mails of 2 KB over {LINES} connections, acknowledged after their commit and visible",
    measure=measure,
    ratios={
        "sandbox / bare aiosmtpd": ("sandbox mail/s", "bare aiosmtpd mail/s"),
        "sandbox / maildev": ("sandbox mail/s", "maildev mail/s"),
    },
    at_least={"sandbox / bare aiosmtpd": 0.8, "sandbox / maildev": 1},
)
