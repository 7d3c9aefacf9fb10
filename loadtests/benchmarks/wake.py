"""Who waits for an SMS or a mail is answered when it comes: from its last octet until the waiter has it."""

from __future__ import annotations

import smtplib
import time
from collections.abc import Callable
from statistics import median
from urllib.parse import quote, urlencode

from loadtests.benchmarks.asking import Asker
from loadtests.benchmarks.http_client import Unexpected
from loadtests.benchmarks.mail_client import mail, recipient
from loadtests.benchmarks.runner import Benchmark, Figures
from loadtests.benchmarks.served import served
from loadtests.benchmarks.sms_post import BASIC, PATH

WAITS, SETTLED_SECONDS = 100, 0.02
"""How many are woken, and after how long a request surely waits."""


def measure() -> Figures:
    """One run: both rooms."""
    with served("sms", "--smpp-port", "0") as addresses:
        gateway = Asker(addresses["sms"])

        def post(number: int) -> float:
            form = {"To": f"+6011{number:08d}", "From": "68833", "Body": f"Kod {100_000 + number}"}
            begun = time.perf_counter()
            gateway.post(PATH, urlencode(form), {"Authorization": BASIC})
            return begun

        sms = _woken(addresses["sms"], [f"%2B6011{number:08d}" for number in range(WAITS)], post)
        gateway.close()
    with served("smtp", "--smtp-port", "0") as addresses, smtplib.SMTP() as client:
        host, _, port = addresses["smtp"].rpartition(":")
        client.connect(host, int(port))
        client.ehlo("ujian.example")

        def hand_in(number: int) -> float:
            *steps, data = mail(number, WAITS)
            replies = [client.docmd(step.decode().rstrip()) for step in steps]
            begun = time.perf_counter()
            client.send(data)
            replies.append(client.getreply())
            if [code for code, _ in replies] != [250, 250, 354, 250]:
                raise Unexpected(f"a mail was answered {replies}")
            return begun

        inbox = _woken(addresses["inbox"], [quote(recipient(number)) for number in range(WAITS)], hand_in)
    return {"SMS p50 ms": sms, "mail p50 ms": inbox}


def _woken(url: str, recipients: list[str], hand_in: Callable[[int], float]) -> float:
    """The middle of how long it takes, in milliseconds; `hand_in` gives the instant of the last octet."""
    asker, taken = Asker(url), []
    for number, each in enumerate(recipients):
        asker.begin(f"/api/v1/wait?timeout=20&to={each}")
        time.sleep(SETTLED_SECONDS)
        begun = hand_in(number)
        told = asker.end()
        taken.append(time.perf_counter() - begun)
        if told["timed_out"]:
            raise Unexpected(f"nobody told who waited for {each}")
    asker.close()
    return 1000 * median(taken)


BENCHMARK = Benchmark(
    name="wake",
    sentence=f"{WAITS} waiters, one after the other: from the last octet of the message until its waiter has it",
    measure=measure,
    at_most={"SMS p50 ms": 5, "mail p50 ms": 5},
)
