"""The one thing a browser needs of a network: send a request, get an answer, keep cookies."""

from __future__ import annotations

import functools
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import httpx

PATIENCE_SECONDS = 30.0


@dataclass(frozen=True)
class Response:
    """An answer as it came: `headers` in lower case, `body` undecoded (but not compressed)."""

    status: int
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class Unreachable(Exception):
    """No answer came."""


class Transport(Protocol):
    """A session that keeps cookies and does NOT follow redirects: the browser does, alike over any transport."""

    def request(self, method: str, url: str, *, data: bytes | None, headers: Mapping[str, str], name: str) -> Response:
        """Send `data`, already encoded as `headers["Content-Type"]` says; `name` is the step, for statistics.

        Raises:
            Unreachable: no answer came.
        """


class HttpxTransport:
    """The default transport."""

    def __init__(self, timeout: float = PATIENCE_SECONDS) -> None:
        self._client = httpx.Client(
            timeout=timeout,
            follow_redirects=False,
            trust_env=False,
            verify=_trusted_roots(),
            headers={"User-Agent": "caruman-applicant"},
        )

    def request(self, method: str, url: str, *, data: bytes | None, headers: Mapping[str, str], name: str) -> Response:
        """Send one request; `name` is of no use here."""
        del name
        try:
            answer = self._client.request(method, url, content=data, headers=dict(headers))
        except httpx.HTTPError as error:
            raise Unreachable(f"{type(error).__name__}: {error}") from error
        return Response(answer.status_code, str(answer.url), dict(answer.headers), answer.content)

    def forget_cookies(self) -> None:
        """What closing the browser does."""
        self._client.cookies.clear()

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()


@functools.cache
def _trusted_roots() -> ssl.SSLContext:
    """Reading the roots takes longer than a whole step of the guide: once is enough."""
    return ssl.create_default_context()
