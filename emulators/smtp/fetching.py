"""Looks at the links of a mail, and at nothing a stranger should not make this machine look at.

Only loopback and the hosts the settings name are asked; every other link is told as blocked (451). A name is resolved
once and that address is connected to, so that a name cannot mean something else a moment later; a redirection is
followed only to where a link might lead. Answers are read to a bound, and no cookie or credential is sent.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import ssl
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from fnmatch import fnmatchcase
from urllib.parse import urljoin

import httpx

from emulators.smtp.looks import BLOCKED, Look

AGENT = "Mozilla/5.0 (compatible; SANDBOX mail scanner)"
SECONDS = 5.0
READ = 65_536
HOPS = 5
MOST = 50
"""Links of one mail that are looked at."""
AT_ONCE = 5
_TITLE = re.compile(r"<title[^>]*>([^<]{0,300})", re.IGNORECASE)


class Fetcher:
    """Looks at links; safe to use from several threads."""

    def __init__(self, hosts: Iterable[str], seconds: float = SECONDS) -> None:
        """`hosts`: names that may be asked besides loopback, `*` for any part; `seconds`: patience with one answer."""
        self._hosts = tuple(host.lower() for host in hosts)
        self._seconds = seconds
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._tls.check_hostname = False  # asked is whether the link lives, not whom a test's certificate names
        self._tls.verify_mode = ssl.CERT_NONE

    def look(self, urls: Iterable[str], *, method: str = "HEAD", follow: bool = False) -> list[Look]:
        """One look at each link, in their order; links beyond the bound are left out."""
        chosen = list(urls)[:MOST]
        if not chosen:
            return []
        with self._client() as client, ThreadPoolExecutor(min(AT_ONCE, len(chosen))) as pool:
            return list(pool.map(lambda url: self._look(client, method, url, HOPS if follow else 0), chosen))

    def _look(self, client: httpx.Client, method: str, url: str, hops: int) -> Look:
        try:
            target = httpx.URL(url)
            address = self._address(target)
            if address is None:
                return Look(url, BLOCKED, "Blocked: only loopback and the hosts of CARUMAN_SMTP_LINK_HOSTS are asked")
            answer = self._ask(client, method, target, address, url)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            return Look(url, 0, str(error)[:200] or type(error).__name__)
        if hops and answer.location and httpx.codes.is_redirect(answer.status):
            beyond = self._look(client, method, answer.location, hops - 1)
            return Look(url, beyond.status, beyond.words, answer.location, beyond.title)
        return answer

    def _ask(self, client: httpx.Client, method: str, target: httpx.URL, address: str, url: str) -> Look:
        pinned = target.copy_with(host=address, fragment=None)
        headers = {"Host": target.netloc.decode("ascii"), "User-Agent": AGENT, "Accept": "text/html,*/*"}
        with client.stream(method, pinned, headers=headers, extensions={"sni_hostname": target.host}) as answer:
            read = b""
            for piece in answer.iter_bytes(READ):
                read += piece
                if len(read) >= READ:
                    break
            title = _TITLE.search(read.decode("utf-8", "replace"))
            location = urljoin(url, answer.headers["Location"]) if "Location" in answer.headers else ""
            words = httpx.codes.get_reason_phrase(answer.status_code)
            return Look(url, answer.status_code, words, location, title[1].strip() if title else "")

    def _address(self, target: httpx.URL) -> str | None:
        """The address to connect to; None when the link may not be looked at."""
        if target.scheme not in ("http", "https") or not target.host:
            return None
        host = target.host.lower()
        named = any(fnmatchcase(host, pattern) for pattern in self._hosts)
        if not named and not _is_here(host):
            return None  # not even looked up: a name can carry a secret to its owner's name server
        found = socket.getaddrinfo(host, target.port or target.scheme, type=socket.SOCK_STREAM)
        addresses = [str(entry[4][0]) for entry in found]
        if named or all(ipaddress.ip_address(address).is_loopback for address in addresses):
            return addresses[0]
        return None

    @contextmanager
    def _client(self) -> Iterator[httpx.Client]:
        with httpx.Client(timeout=self._seconds, trust_env=False, verify=self._tls, follow_redirects=False) as client:
            yield client


def _is_here(host: str) -> bool:
    """Whether a host can only be this machine: an address, or a name that is reserved for it (RFC 6761)."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
