"""Posts one letter over real HTTP, and never waits for longer than a courier may hold it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import httpx

from emulators.foundation.trust import trusted_roots

CONNECT_SECONDS = 2.0
ANSWER_SECONDS = 5.0
"""Longest silence of the addressee; a whole answer may take LISTEN_SECONDS."""
LISTEN_SECONDS = 6.0
LONGEST_ANSWER = 2000


def client() -> httpx.Client:
    """A client for one thread's letters; it asks no environment for a proxy."""
    return httpx.Client(
        timeout=httpx.Timeout(CONNECT_SECONDS, read=ANSWER_SECONDS), trust_env=False, verify=trusted_roots()
    )


def post(client: httpx.Client, letter: Mapping[str, Any]) -> tuple[int, str]:
    """Status and text of the answer; 0 and a reason when there was none, or none within `LISTEN_SECONDS`."""
    ends = time.monotonic() + LISTEN_SECONDS
    try:
        with client.stream("POST", letter["url"], content=letter["body"], headers=letter["headers"]) as answer:
            said = ""
            for part in answer.iter_text():
                said += part
                if time.monotonic() > ends:
                    return 0, f"the answer was not complete after {LISTEN_SECONDS:g} seconds: {said[:LONGEST_ANSWER]}"
                if len(said) > LONGEST_ANSWER:
                    break
            return answer.status_code, said[:LONGEST_ANSWER]
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return 0, f"{type(error).__name__}: {error}"
