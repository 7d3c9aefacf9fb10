"""SMS handed in by HTTP and stored: Twilio's Messages resource of `caruman serve sms`, beside PyPI `mockpost`."""

from __future__ import annotations

import asyncio
import base64
from urllib.parse import urlencode, urlsplit

import httpx

from loadtests.benchmarks import mockpost
from loadtests.benchmarks.http_client import Unexpected, load, post
from loadtests.benchmarks.runner import Benchmark, Figures
from loadtests.benchmarks.served import served

MESSAGES, WARM_UP, LINES, NUMBERS = 4_000, 400, 8, 500
ACCOUNT = "AC" + "0" * 32
PATH = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
BASIC = f"Basic {base64.b64encode(f'{ACCOUNT}:secret'.encode()).decode()}"
_HEADERS = f"Authorization: {BASIC}\r\nAccept: application/json\r\n"


def requests(path: str, count: int) -> list[bytes]:
    """So many different one-time codes, to recipients in turn, as Twilio's clients send them."""
    texts = (f"Kod pengesahan anda ialah {100_000 + number}. Sah selama 5 minit." for number in range(count))
    forms = ({"To": f"+6011{n % NUMBERS:08d}", "From": "68833", "Body": text} for n, text in enumerate(texts))
    return [post(path, _HEADERS, urlencode(form).encode()) for form in forms]


def sandbox(*words: str) -> float:
    """The sandbox, fresh; every message that was answered is counted in its store afterwards."""
    with served("sms", "--smpp-port", "0", *words) as addresses:
        rate = _rate(urlsplit(addresses["sms"]).port or 0, PATH)
        count = httpx.get(f"{addresses['sms']}/_control/totals", timeout=60).json()["messages"]["count"]
    if count != MESSAGES + WARM_UP:
        raise Unexpected(f"{MESSAGES + WARM_UP} were answered and {count} are stored")
    return rate


def measure() -> Figures:
    """One run: every contender, fresh."""
    embedded = sandbox()
    with mockpost.mockpost() as port:
        peer = _rate(port, mockpost.PATH.format(ACCOUNT))
    return {"embedded post/s": embedded, "mockpost post/s": peer, "granian post/s": sandbox("--granian")}


def _rate(port: int, path: str) -> float:
    asyncio.run(load(port, requests(path, WARM_UP), LINES))
    return asyncio.run(load(port, requests(path, MESSAGES), LINES))


BENCHMARK = Benchmark(
    name="sms_post",
    sentence=f"{MESSAGES:,} SMS handed in by HTTP over {LINES} connections, each answered after its commit",
    measure=measure,
    ratios={
        "embedded / mockpost": ("embedded post/s", "mockpost post/s"),
        "granian / mockpost": ("granian post/s", "mockpost post/s"),
    },
    at_least={"embedded / mockpost": 2, "granian / mockpost": 3},
)
