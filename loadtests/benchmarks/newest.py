"""The newest mail and the newest SMS for one recipient, codes read, while more and more is stored."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from urllib.parse import quote

from loadtests.benchmarks.asking import Asker, p50
from loadtests.benchmarks.mail_client import load as hand_in
from loadtests.benchmarks.mail_client import mail, recipient
from loadtests.benchmarks.runner import Benchmark, Figures
from loadtests.benchmarks.served import served
from loadtests.benchmarks.smpp_client import load

LOOK_SECONDS = 0.5
STORED = (500, 5_000, 50_000)
ASKED, LINES, WINDOW, PEOPLE, SMALL = 300, 8, 25, 5_000, 900
"""ASKED: recipients asked for, all of whom have a message from the first step on."""


def measure() -> Figures:
    """One run: each room is filled step by step, and asked at each step."""
    figures: dict[str, float] = {}
    with served("sms", "--smpp-port", "0") as addresses:
        host, _, port = addresses["smpp"].rpartition(":")

        def more_sms(_begin: int, count: int) -> None:
            asyncio.run(load(host, int(port), count, LINES, WINDOW))

        numbers = [f"/api/v1/wait?timeout=0&to=%2B6011{number:08d}" for number in range(ASKED)]
        figures |= _asked("SMS", addresses["sms"], more_sms, numbers)
    with served("smtp", "--smtp-port", "0") as addresses:
        smtp = int(addresses["smtp"].rpartition(":")[2])

        def more_mail(begin: int, count: int) -> None:
            mails = [mail(number, PEOPLE, size=SMALL) for number in range(begin, begin + count)]
            asyncio.run(hand_in(smtp, mails, LINES))

        people = [f"/api/v1/wait?timeout=0&to={quote(recipient(number))}" for number in range(ASKED)]
        figures |= _asked("mail", addresses["inbox"], more_mail, people)
    return figures


def _asked(kind: str, url: str, fill: Callable[[int, int], None], paths: list[str]) -> Figures:
    figures, stored = {}, 0
    for count in STORED:
        fill(stored, count - stored)
        stored, asker = count, Asker(url)
        while asker.ask("/api/v1/wait?timeout=0")["message"].get("status", "delivered") != "delivered":
            time.sleep(LOOK_SECONDS)  # nothing else is measured than asking
        p50(asker, paths[:50])
        figures[f"{kind} p50 ms of {count:,}"] = p50(asker, paths)
        asker.close()
    return figures


BENCHMARK = Benchmark(
    name="newest",
    sentence=f"the newest message of one recipient, with its codes, of {', '.join(f'{n:,}' for n in STORED)} stored",
    measure=measure,
    ratios={f"{kind} 50,000 / 500": (f"{kind} p50 ms of 50,000", f"{kind} p50 ms of 500") for kind in ("SMS", "mail")},
    at_most={
        **{f"{kind} p50 ms of {count:,}": 2 for kind in ("SMS", "mail") for count in STORED},
        "SMS 50,000 / 500": 1.5,
        "mail 50,000 / 500": 1.5,
    },
)
