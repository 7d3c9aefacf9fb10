"""A proxy on loopback for clients whose host cannot be configured: `HTTPS_PROXY=http://127.0.0.1:8040`.

Theory of operation. A client asks for a tunnel (CONNECT). Of a host that a room stands in for, the tunnel ends here:
the proxy shows a certificate of the sandbox's authority for that host and passes each request on to the room, with its
Host header. Any other host is refused, unless a setting lets it through untouched. Plain requests to a proxy (`GET
http://host/...`) are treated alike, and a request to the proxy itself gets a page that says how to use it.
"""

from __future__ import annotations

import asyncio
import ssl
from asyncio import StreamReader, StreamWriter
from urllib.parse import urlsplit

import h11
from pydantic_settings import SettingsError

from emulators.foundation.authority import Authority
from emulators.foundation.authority_door import PATH as CA_PATH
from emulators.foundation.binding import CannotListen, bracketed
from features.addresses import Addresses
from sandbox.errors import AddressRefused, SandboxError
from sandbox.listening import Listening
from sandbox.proxy_rules import ProxySettings, Rules, host_of
from sandbox.relaying import CHUNK, CONNECT_SECONDS, Answered, Onward, Wire, no_request, refuse, relay, serve


class Proxy(Listening):
    """The proxy; it stops with the sandbox."""

    def __init__(self, host: str, port: int, rules: Rules, authority: Authority) -> None:
        """Bind at once, and have the authority vouch for every host of the rules.

        Raises:
            CannotListen: the address cannot be had.
        """
        authority.server_context(rules.hosts)  # widens the authority before anybody fetches it
        super().__init__(host, port)
        self._rules = rules
        self._authority = authority
        self._contexts: dict[str, ssl.SSLContext] = {}
        self.url = f"http://{bracketed(host)}:{self.port}"

    async def answer(self, reader: StreamReader, writer: StreamWriter) -> None:
        """One tunnel, or plain requests one after the other."""
        client = Wire(h11.Connection(h11.SERVER), reader, writer)
        try:
            request = await client.next()
        except h11.RemoteProtocolError as error:
            await refuse(client, no_request(error))
            return
        if isinstance(request, h11.Request) and request.method == b"CONNECT":
            await self._tunnel(client, request)
        elif isinstance(request, h11.Request):
            await serve(client, request, self._plain)
            if client.state.our_state is h11.DONE and client.state.their_state is h11.DONE:
                client.state.start_next_cycle()
                await relay(client, self._plain)

    async def _tunnel(self, client: Wire, request: h11.Request) -> None:
        try:
            host, port = host_of(request)
            known = self._rules.answers_for(host)
            if not known and not self._rules.lets_through(host):
                raise self._rules.refuse(host)
            real = None if known else await _real(host, port)
        except Answered as answered:
            await refuse(client, answered)
            return
        client.writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        if real is not None:
            await _splice((client.reader, client.writer), real)
            return
        await client.writer.start_tls(self._context(host))
        inside = Wire(h11.Connection(h11.SERVER), client.reader, client.writer)
        await relay(inside, lambda each: self._rules.onward(host, each.target, "https"))

    def _plain(self, request: h11.Request) -> Onward:
        if request.target.startswith(b"/"):
            raise self._about(request.target.decode("ascii"))
        host, port = host_of(request)
        place = urlsplit(request.target.decode("ascii"))
        target = (place.path or "/") + (f"?{place.query}" if place.query else "")
        if self._rules.answers_for(host):
            return self._rules.onward(host, target.encode(), "http")
        if not self._rules.lets_through(host):
            raise self._rules.refuse(host)
        return Onward(host, port, target.encode(), "http")

    def _about(self, path: str) -> Answered:
        if path == CA_PATH:
            return Answered(200, self._authority.pem(), content_type="application/x-pem-file")
        if path != "/":
            return Answered(404, f"SANDBOX: there is / and {CA_PATH} here; this is a proxy\n")
        return Answered(
            200,
            f"SANDBOX proxy: HTTPS_PROXY={self.url}, and trust {self.url}{CA_PATH}"
            f" ({self._authority.certificate_file.resolve()}).\nEmulated: {', '.join(self._rules.hosts)}.\n",
        )

    def _context(self, host: str) -> ssl.SSLContext:
        if host not in self._contexts:
            self._contexts[host] = self._authority.server_context([host])
        return self._contexts[host]


def proxy_for(addresses: Addresses, port: int, authority: Authority) -> Proxy:
    """The proxy of a sandbox, with its settings from the environment.

    Raises:
        AddressRefused: the port is taken.
        SandboxError: a setting is wrong.
    """
    try:
        settings = ProxySettings()
        rules = Rules(settings, {"fpx": addresses.fpx, "sms": addresses.sms, "smtp": addresses.inbox})
        return Proxy(settings.host, port, rules, authority)
    except CannotListen as error:
        raise AddressRefused.of("the proxy", error, "--proxy-port") from error
    except (ValueError, SettingsError) as error:
        raise SandboxError(f"the proxy cannot be set up so: {error}") from error


async def _real(host: str, port: int) -> tuple[StreamReader, StreamWriter]:
    try:
        async with asyncio.timeout(CONNECT_SECONDS):
            return await asyncio.open_connection(host, port)
    except (OSError, TimeoutError) as error:
        raise Answered(
            502, f"{host}:{port} is let through, but does not answer: {error or 'no answer in time'}\n"
        ) from None


async def _splice(one: tuple[StreamReader, StreamWriter], other: tuple[StreamReader, StreamWriter]) -> None:
    """Carry bytes both ways until both ends have finished."""

    async def carry(reader: StreamReader, writer: StreamWriter) -> None:
        while data := await reader.read(CHUNK):
            writer.write(data)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()

    try:
        await asyncio.gather(carry(one[0], other[1]), carry(other[0], one[1]))
    finally:
        other[1].close()
