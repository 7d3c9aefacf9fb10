"""One kept connection that asks a room, and how long answers take."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Iterable, Mapping
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from loadtests.benchmarks.http_client import Unexpected


class Asker:
    """Asks one thing after the other."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)

    def ask(self, path: str) -> dict[str, Any]:
        """The JSON object at a path.

        Raises:
            Unexpected: it is not there.
        """
        self.begin(path)
        return self.end()

    def begin(self, path: str) -> None:
        """Ask, and do not wait for the answer."""
        self._line.request("GET", path)

    def end(self) -> dict[str, Any]:
        """The answer to what was asked."""
        answer = self._line.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise Unexpected(f"answered {answer.status}: {body[:200]!r}")
        told: dict[str, Any] = json.loads(body)
        return told

    def post(self, path: str, form: str, headers: Mapping[str, str]) -> None:
        """Hand a form in; it must be taken.

        Raises:
            Unexpected: it was not.
        """
        self._line.request("POST", path, form, {"Content-Type": "application/x-www-form-urlencoded", **headers})
        answer = self._line.getresponse()
        body = answer.read()
        if answer.status != 201:
            raise Unexpected(f"answered {answer.status}: {body[:200]!r}")

    def close(self) -> None:
        """Hang up."""
        self._line.close()


def p50(asker: Asker, paths: Iterable[str]) -> float:
    """The middle of how long each of these takes, in milliseconds; each must bring a message with a code.

    Raises:
        Unexpected: one brought none.
    """
    taken = []
    for path in paths:
        begun = time.perf_counter()
        told = asker.ask(path)
        taken.append(time.perf_counter() - begun)
        if not told["message"]["codes"]:
            raise Unexpected(f"no code in what {path} brought")
    return 1000 * median(taken)
