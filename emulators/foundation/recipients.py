"""Where a letter goes: the line to its recipient, the octets of the request, and the answer's time.

All of it by hand: httpx costs a millisecond a letter for what is forty lines here.
"""

from __future__ import annotations

import base64
import io
import socket
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import SplitResult, quote, unquote

from emulators.foundation import product
from emulators.foundation.trust import trusted_roots

CONNECT_SECONDS = 2.0
_PORTS = {"http": 80, "https": 443}
_AS_IT_IS = "!$%&'()*+,;=:@/?~-._"
"""What stands unquoted in a path and a query; all else is quoted in UTF-8."""


class Until(io.RawIOBase):
    """What comes over a line, until the time is up; `http.client` takes it for the line itself."""

    def __init__(self, line: socket.socket, seconds: float) -> None:
        self._line = line
        self._ends = time.monotonic() + seconds

    def makefile(self, _mode: str) -> io.BufferedReader:
        """As a socket has it."""
        return io.BufferedReader(self)

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """The next octets.

        Raises:
            TimeoutError: the time is up.
        """
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeoutError("timed out")
        self._line.settimeout(left)
        return self._line.recv_into(buffer)


def connected(url: SplitResult, answer_seconds: float) -> socket.socket:
    """A new line to the recipient, with TLS when its address says so.

    Raises:
        ValueError: it is no address that a letter can go to.
        OSError: nobody answers there, or not with a certificate we believe.
    """
    if url.scheme not in _PORTS or not url.hostname:
        raise ValueError(f"a letter goes to an http or https address, not to {url.geturl()[:200]!r}")
    line = socket.create_connection((url.hostname, url.port or _PORTS[url.scheme]), CONNECT_SECONDS)
    try:
        line.settimeout(answer_seconds)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if url.scheme == "https":
            line = trusted_roots().wrap_socket(line, server_hostname=url.hostname)
    except BaseException:
        line.close()
        raise
    return line


def request(url: SplitResult, body: bytes, given: Mapping[str, str]) -> bytes:
    """The whole POST; who is named in the address is told as `Authorization`.

    Raises:
        ValueError: a header holds what none may.
    """
    address = url.netloc.rpartition("@")[2].encode("idna" if not url.netloc.isascii() else "ascii").decode()
    headers = {"Host": address, "User-Agent": f"{product.NAME}/{product.VERSION}".replace(" ", ""), "Accept": "*/*"}
    if url.username is not None:
        words = f"{unquote(url.username)}:{unquote(url.password or '')}"
        headers["Authorization"] = f"Basic {base64.b64encode(words.encode()).decode()}"
    headers |= {**given, "Content-Length": str(len(body))}
    target = quote(url.path or "/", safe=_AS_IT_IS) + (f"?{quote(url.query, safe=_AS_IT_IS)}" if url.query else "")
    lines = [f"POST {target} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    if any("\r" in line or "\n" in line for line in lines):
        raise ValueError("a header holds a line break")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body
