"""Posts one letter over real HTTP, and never waits for longer than a courier may hold it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import httpx

from emulators.foundation.trust import trusted_roots

CONNECT_SECONDS = 2.0
ANSWER_SECONDS = 5.0
LONGEST_ANSWER = 2000


def client(answer_seconds: float = ANSWER_SECONDS) -> httpx.Client:
    """A client for one thread's letters, with the longest silence it bears; it asks no environment for a proxy."""
    patience = httpx.Timeout(CONNECT_SECONDS, read=answer_seconds)
    return httpx.Client(timeout=patience, trust_env=False, verify=trusted_roots())


def longest(answer_seconds: float) -> float:
    """No delivery takes more seconds: connecting, sending, an answer, and the last silence before it is cut."""
    return 2 * CONNECT_SECONDS + 2 * answer_seconds


def post(client: httpx.Client, letter: Mapping[str, Any], answer_seconds: float = ANSWER_SECONDS) -> tuple[int, str]:
    """Status and text of the answer; 0 and a reason when there was none, or none that ended in time."""
    ends = time.monotonic() + answer_seconds
    try:
        with client.stream("POST", letter["url"], content=letter["body"], headers=letter["headers"]) as answer:
            said = ""
            for part in answer.iter_text():
                said += part
                if time.monotonic() > ends:
                    return 0, f"the answer was not complete after {answer_seconds:g} seconds: {said[:LONGEST_ANSWER]}"
                if len(said) > LONGEST_ANSWER:
                    break
            return answer.status_code, said[:LONGEST_ANSWER]
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return 0, f"{type(error).__name__}: {error}"
