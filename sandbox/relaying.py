"""Passes HTTP requests on to a room, one after the other, as their client wrote them.

Every request is parsed and written anew (h11), so that what a rule has seen is what the room gets: a second request
hidden in the body of the first reaches nobody. Each goes to the room on a connection of its own.
"""

from __future__ import annotations

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import h11

IDLE_SECONDS = 75.0
CONNECT_SECONDS = 5.0
CHUNK = 65_536
_OF_ONE_HOP = frozenset(
    {
        b"connection",
        b"keep-alive",
        b"proxy-connection",
        b"proxy-authorization",
        b"te",
        b"trailer",
        b"upgrade",
        b"expect",
    }
)
"""RFC 9110, 7.6.1: meant for the next hop only. `Expect` is answered here."""

Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True)
class Onward:
    """Where a request goes, and as what: the address of a room, and the target in origin form."""

    host: str
    port: int
    target: bytes
    scheme: str = "https"
    """How the client believes to have asked; rooms that write addresses go by it."""


class Answered(Exception):
    """The request is not passed on: it is answered here."""

    def __init__(
        self, status: int, body: str, reason: str = "", content_type: str = "text/plain; charset=utf-8"
    ) -> None:
        """`reason` stands in the status line, which is all that many clients show of a proxy's refusal."""
        super().__init__(body)
        self.status = status
        self.body = body
        self.reason = reason or HTTPStatus(status).phrase
        self.content_type = content_type


Route = Callable[[h11.Request], Onward]
"""Where a request goes; raises `Answered` when it goes nowhere."""


class Wire:
    """One end of a connection: HTTP events out of bytes and into bytes."""

    def __init__(self, connection: h11.Connection, reader: StreamReader, writer: StreamWriter) -> None:
        self.state = connection
        self.reader = reader
        self.writer = writer

    async def next(self) -> Any:
        """The next event; answers a client that waits to be told to go on."""
        while (event := self.state.next_event()) is h11.NEED_DATA:
            if self.state.they_are_waiting_for_100_continue:
                await self.send(h11.InformationalResponse(status_code=100, headers=[]))
            self.state.receive_data(await self.reader.read(CHUNK))
        return event

    async def send(self, event: Any) -> None:
        """Write an event and wait until the other end can take more."""
        if data := self.state.send(event):
            self.writer.write(data)
            await self.writer.drain()


async def relay(client: Wire, route: Route) -> None:
    """Serve the client's requests until the connection ends."""
    while True:
        try:
            async with asyncio.timeout(IDLE_SECONDS):
                request = await client.next()
        except TimeoutError:
            return
        except h11.RemoteProtocolError as error:
            await refuse(client, no_request(error))
            return
        if not isinstance(request, h11.Request):
            return
        await serve(client, request, route)
        if client.state.our_state is not h11.DONE or client.state.their_state is not h11.DONE:
            return
        client.state.start_next_cycle()


async def serve(client: Wire, request: h11.Request, route: Route) -> None:
    """Pass one request on and its answer back; what cannot be passed on is answered here."""
    try:
        await _pass_on(client, request, route(request))
    except Answered as answered:
        await refuse(client, answered)
    except h11.RemoteProtocolError as error:
        await refuse(client, Answered(502, f"the other end did not keep to HTTP: {error}\n"))


async def _pass_on(client: Wire, request: h11.Request, onward: Onward) -> None:
    room = await _reached(onward)
    try:
        headers: Headers = [*_kept(request.headers), (b"connection", b"close")]
        headers.append((b"x-forwarded-proto", onward.scheme.encode()))
        await room.send(h11.Request(method=request.method, target=onward.target, headers=headers))
        try:
            while not isinstance(event := await client.next(), h11.EndOfMessage):
                await room.send(event)
            await room.send(event)
        except ConnectionError:
            pass  # a room that has heard enough answers before the end
        while isinstance(answer := await room.next(), h11.InformationalResponse):
            pass
        if not isinstance(answer, h11.Response):
            raise Answered(502, "the room hung up without an answer\n")
        kept = [header for header in _kept(answer.headers) if header[0] != b"transfer-encoding"]
        await client.send(h11.Response(status_code=answer.status_code, reason=answer.reason, headers=kept))
        while not isinstance(event := await room.next(), h11.EndOfMessage | h11.ConnectionClosed):
            await client.send(event)
        await client.send(h11.EndOfMessage())
    finally:
        room.writer.close()


async def _reached(onward: Onward) -> Wire:
    try:
        async with asyncio.timeout(CONNECT_SECONDS):
            return Wire(h11.Connection(h11.CLIENT), *await asyncio.open_connection(onward.host, onward.port))
    except (OSError, TimeoutError) as error:
        raise Answered(
            502, f"nobody answers at {onward.host}:{onward.port}: {error or 'no answer in time'}\n"
        ) from None


async def refuse(client: Wire, answered: Answered) -> None:
    """Answer here, and let the connection end."""
    if client.state.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
        return  # the answer is under way already: all that can be done is to hang up
    body = answered.body.encode()
    headers = [("Content-Type", answered.content_type), ("Content-Length", str(len(body))), ("Connection", "close")]
    await client.send(h11.Response(status_code=answered.status, reason=answered.reason.encode(), headers=headers))
    await client.send(h11.Data(data=body))
    await client.send(h11.EndOfMessage())


def no_request(error: h11.RemoteProtocolError) -> Answered:
    """What is said to a client that does not keep to HTTP."""
    return Answered(error.error_status_hint, f"this is no HTTP request: {error}\n")


def _kept(headers: Iterable[tuple[bytes, bytes]]) -> Headers:
    return [(name, value) for name, value in headers if name not in _OF_ONE_HOP]
