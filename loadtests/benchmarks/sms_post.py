"""SMS handed in by HTTP and stored: Twilio's Messages resource of `caruman serve sms`, beside PyPI `mockpost`."""

from __future__ import annotations

import base64
from urllib.parse import urlencode, urlsplit

import httpx

from loadtests.benchmarks import mockpost
from loadtests.benchmarks.http_client import Unexpected, load, post
from loadtests.benchmarks.runner import Benchmark, Figures
from loadtests.benchmarks.served import served

MESSAGES, WARM_UP, NUMBERS = 4_000, 400, 500
FEW, MANY = 8, 64
"""Connections, each of which sends when it is answered. With few of them, callers and room take turns to wait."""
ACCOUNT = "AC" + "0" * 32
PATH = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
BASIC = f"Basic {base64.b64encode(f'{ACCOUNT}:secret'.encode()).decode()}"
_HEADERS = f"Authorization: {BASIC}\r\nAccept: application/json\r\n"


def requests(path: str, count: int) -> list[bytes]:
    """So many different one-time codes, to recipients in turn, as Twilio's clients send them."""
    texts = (f"Kod pengesahan anda ialah {100_000 + number}. Sah selama 5 minit." for number in range(count))
    forms = ({"To": f"+6011{n % NUMBERS:08d}", "From": "68833", "Body": text} for n, text in enumerate(texts))
    return [post(path, _HEADERS, urlencode(form).encode()) for form in forms]


def sandbox(lines: int, *words: str) -> float:
    """The sandbox, fresh; every message that was answered is counted in its store afterwards."""
    with served("sms", "--smpp-port", "0", *words) as addresses:
        rate = _rate(urlsplit(addresses["sms"]).port or 0, PATH, lines)
        count = httpx.get(f"{addresses['sms']}/_control/totals", timeout=60).json()["messages"]["count"]
    if count != MESSAGES + WARM_UP:
        raise Unexpected(f"{MESSAGES + WARM_UP} were answered and {count} are stored")
    return rate


def measure() -> Figures:
    """One run: every contender, fresh, with few callers and with many."""
    figures: dict[str, float] = {}
    for lines in (FEW, MANY):
        figures[f"embedded post/s, {lines}"] = sandbox(lines)
        with mockpost.mockpost() as port:
            figures[f"mockpost post/s, {lines}"] = _rate(port, mockpost.PATH.format(ACCOUNT), lines)
        figures[f"granian post/s, {lines}"] = sandbox(lines, "--granian")
    return figures


def _rate(port: int, path: str, lines: int) -> float:
    load(port, requests(path, WARM_UP), lines)
    return load(port, requests(path, MESSAGES), lines)


BENCHMARK = Benchmark(
    name="sms_post",
    sentence=f"{MESSAGES:,} SMS handed in by HTTP over {FEW} or {MANY} connections, each answered after its commit",
    measure=measure,
    ratios={
        f"{contender} / mockpost, {lines}": (f"{contender} post/s, {lines}", f"mockpost post/s, {lines}")
        for lines in (FEW, MANY)
        for contender in ("embedded", "granian")
    },
    at_least={
        f"{contender} / mockpost, {lines}": least
        for lines in (FEW, MANY)
        for contender, least in (("embedded", 2), ("granian", 3))
    },
)
