"""The one thing a browser needs of a network: send a request, get an answer, keep cookies."""

from __future__ import annotations

import functools
import select
import ssl
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from http.cookiejar import CookieJar
from typing import Protocol
from urllib.parse import quote
from urllib.request import Request

PATIENCE_SECONDS = 30.0
_AS_IT_STANDS = "%/:?#[]@!$&'()*+,;=~"
"""All that an address may hold already; anything else (a space, a letter of another script) is quoted."""


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


class HttpTransport:
    """The default transport: connections are kept and used again, and may be used by several threads at once."""

    def __init__(self, timeout: float = PATIENCE_SECONDS) -> None:
        self._timeout = timeout
        self._cookies = CookieJar()
        self._idle: dict[tuple[str, str], list[HTTPConnection]] = {}

    def request(self, method: str, url: str, *, data: bytes | None, headers: Mapping[str, str], name: str) -> Response:
        """Send one request; `name` is of no use here."""
        del name
        told = {"User-Agent": "caruman-applicant", **headers}
        asked = Request(quote(url, safe=_AS_IT_STANDS), headers=told)  # noqa: S310  never opened: cookies go by it
        self._cookies.add_cookie_header(asked)
        place = (asked.type, asked.host)
        connection = self._connection(*place)
        try:
            connection.request(method, asked.selector, data, dict(asked.header_items()))
            answer = connection.getresponse()
            body = answer.read()
        except (OSError, HTTPException) as error:
            connection.close()
            raise Unreachable(f"{type(error).__name__}: {error}") from error
        if not answer.will_close:
            self._idle.setdefault(place, []).append(connection)
        self._cookies.extract_cookies(answer, asked)
        return Response(answer.status, url, _in_lower_case(answer.getheaders()), body)

    def forget_cookies(self) -> None:
        """What closing the browser does."""
        self._cookies.clear()

    def close(self) -> None:
        """Give the connections back."""
        for connections in self._idle.values():
            while connections:
                connections.pop().close()

    def _connection(self, scheme: str, host: str) -> HTTPConnection:
        """One that is open and silent, else a new one: the server may have closed an idle connection meanwhile."""
        idle = self._idle.get((scheme, host), [])
        while idle:
            connection = idle.pop()
            if connection.sock is not None and not select.select([connection.sock], [], [], 0)[0]:
                return connection
            connection.close()
        if scheme == "https":
            return HTTPSConnection(host, timeout=self._timeout, context=_trusted_roots())
        return HTTPConnection(host, timeout=self._timeout)


def _in_lower_case(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each name once; the values of one that came more often, in order."""
    told: dict[str, str] = {}
    for name, value in headers:
        key = name.lower()
        told[key] = f"{told[key]}, {value}" if key in told else value
    return told


@functools.cache
def _trusted_roots() -> ssl.SSLContext:
    """Reading the roots takes longer than a whole step of the guide: once is enough."""
    return ssl.create_default_context()
