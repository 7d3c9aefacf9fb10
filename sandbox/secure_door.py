"""HTTPS in front of a room, for clients that know its production host and nothing else."""

from __future__ import annotations

from asyncio import Server as AsyncServer
from asyncio import StreamReader, StreamWriter, start_server
from collections.abc import Sequence
from typing import Any

import h11

from emulators.foundation.authority import FOLDER, Authority
from emulators.foundation.binding import CannotListen, bracketed
from emulators.foundation.serving import Server
from sandbox.errors import AddressRefused, SandboxError
from sandbox.listening import Listening
from sandbox.relaying import Onward, Wire, relay

FPX_HOSTS = ("uat.mepsfpx.com.my", "www.mepsfpx.com.my", "mepsfpx.com.my")
"""The hosts merchants' software has built in (reference, section 3; the last one in one client)."""


class SecureDoor(Listening):
    """Takes TLS from the first octet and passes each request on to the room's HTTP server."""

    name = "https"

    def __init__(self, server: Server, host: str, port: int, authority: Authority, names: Sequence[str]) -> None:
        """`names`: what the certificate is good for.

        Raises:
            CannotListen: the address cannot be had.
        """
        self._context = authority.server_context(names)
        super().__init__(host, port)
        self._room = (server.reachable_host, server.port)
        self.url = f"https://{bracketed(server.reachable_host)}:{self.port}"

    async def begin(self) -> AsyncServer:
        """Serve with TLS."""
        return await start_server(self.answer_safely, sock=self.socket, ssl=self._context)

    async def answer(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Every request of the connection goes to the room."""
        await relay(
            Wire(h11.Connection(h11.SERVER), reader, writer), lambda request: Onward(*self._room, request.target)
        )


def secure_doors(settings: Any, server: Server, public_host: str | None = None) -> list[SecureDoor]:
    """What a room's settings ask for beside its server; only FPX has such a setting.

    Raises:
        AddressRefused: the port is taken.
        SandboxError: the authority cannot vouch for a name.
    """
    port = getattr(settings, "https_port", None)
    if port is None:
        return []
    host = [] if settings.host in ("", "0.0.0.0", "::") else [settings.host]  # noqa: S104  compared, not bound
    names = [*FPX_HOSTS, "localhost", "127.0.0.1", "::1", *host, *settings.https_names, *([public_host or "localhost"])]
    try:
        return [SecureDoor(server, settings.host, port, Authority(settings.data_dir / FOLDER), names)]
    except CannotListen as error:
        raise AddressRefused.of("the https", error, "--https-port") from error
    except ValueError as error:
        raise SandboxError(f"FPX cannot be served under HTTPS: {error}") from error
