"""A world: one running sandbox with its rooms, stores, clock and seed; any number of them live in one process."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

from emulators.foundation.authority import FOLDER, Authority
from emulators.foundation.binding import bracketed
from emulators.foundation.clock import Clock
from emulators.foundation.randomness import random_source
from emulators.foundation.serving import Server
from emulators.foundation.trust import trusted_roots
from features.addresses import Addresses
from sandbox.building import built, configured
from sandbox.data_dir import claimed
from sandbox.errors import NotReady
from sandbox.introduction import introduce
from sandbox.proxy import Proxy, proxy_for
from sandbox.running import STOP_SECONDS, Running, bound, stop_together
from sandbox.secure_door import secure_doors
from sandbox.services import BY_ROOM, SERVICES
from sandbox.wiring import Wires, listener_address

CLOCK_FILE = "clock.json"
READY_SECONDS = 15.0
LOOK_SECONDS = 0.02
PORTAL_STOP_SECONDS = 1.2
"""What the portal may take of the stop."""


@dataclass(frozen=True)
class WorldOptions:
    """What a world can be told; as it stands it is ephemeral: free ports, a temporary folder, the default day."""

    host: str = "127.0.0.1"
    public_host: str | None = None
    """The name under which others reach this machine, when it is not `host`."""
    ports: Mapping[str, int] = field(default_factory=dict)
    """By the door's name; a free port for each that is not named."""
    data_dir: Path | None = None
    seed: str | None = None
    clock: datetime | None = None
    """The aware instant to begin at; a kept clock goes on when absent."""
    https_port: int | None = None
    """FPX under HTTPS as well: the port, 0 for a free one."""
    proxy_port: int | None = None
    """A proxy for clients whose host is fixed: the port, 0 for a free one."""
    sellers_file: Path | None = None
    control_token: str | None = None
    fast_passwords: bool = False
    """Hash passwords cheaply, for tests and load runs only."""


class World:
    """A context manager: the sandbox runs, and every store answers, for as long as the block does."""

    addresses: Addresses
    clock: Clock
    data_dir: Path

    def __init__(self, options: WorldOptions | None = None) -> None:
        self.options = options or WorldOptions()
        self.settings: dict[str, Any] = {}
        """What each room was told, by its name."""
        self._servers: dict[str, Server] = {}
        self._running: dict[str, Running] = {}
        self._proxy: Proxy | None = None
        self._data = ExitStack()

    def __enter__(self) -> Self:
        """Start."""
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop, whatever happened."""
        self.stop()

    def start(self) -> Self:
        """Bind every port, build every room, introduce them, wait until all are ready.

        Raises:
            SandboxError: it cannot be done; what was begun is undone.
        """
        try:
            self.data_dir = self._data.enter_context(claimed(self.options.data_dir, tuple(BY_ROOM)))
            for service in SERVICES:
                port = self.options.ports.get(service.http.name, 0)
                self._servers[service.room] = bound(self.options.host, port, service)
            self.clock = Clock(self.data_dir / CLOCK_FILE, self.options.clock)
            for room in ("fpx", "sms", "smtp"):
                self._begin(room)
            self.addresses = self._addresses()
            self._begin("portal", self._wires().told_to_portal(self.options.fast_passwords))
            if self.options.proxy_port is not None:
                self._proxy = proxy_for(self.addresses, self.options.proxy_port, self._authority())
                self._proxy.start()
            wait_until_ready(self._servers)
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> bool:
        """Answer what is in flight and stop within two seconds; whether everything ended in time.

        The portal goes first, while the rooms it calls still answer it; then all others at once.
        """
        deadline = time.monotonic() + STOP_SECONDS
        if self._proxy is not None:
            self._proxy.stop()
            self._proxy = None
        portal = self._running.pop("portal", None)
        clean = stop_together([portal] if portal else [], time.monotonic() + PORTAL_STOP_SECONDS)
        clean = stop_together(self._running.values(), deadline) and clean
        for room in set(self._servers) - set(self._running) - ({"portal"} if portal else set()):
            self._servers[room].stop()
        self._running.clear()
        self._servers.clear()
        self._data.close()
        return clean

    @property
    def further(self) -> dict[str, str]:
        """What stands beside `addresses`: FPX under HTTPS, the proxy, and the file of the authority both go by."""
        doors = {door.name: door.url for door in self._running["fpx"].doors}
        proxy = {"proxy": self._proxy.url} if self._proxy else {}
        ca = {"ca": str(self._authority().certificate_file.resolve())} if doors or proxy else {}
        return doors | proxy | ca

    def _authority(self) -> Authority:
        return Authority(self.data_dir / FOLDER)

    def _begin(self, room: str, more: Mapping[str, Any] | None = None) -> None:
        service, server, options = BY_ROOM[room], self._servers[room], self.options
        given = {
            "host": options.host,
            "port": server.port,
            **{door.setting: options.ports.get(door.name, 0) for door in service.doors[1:]},
            **{door.host_setting: options.host for door in service.doors[1:]},
            "data_dir": self.data_dir,
            "control_token": options.control_token,
            **({"https_port": options.https_port, "sellers_file": options.sellers_file} if room == "fpx" else {}),
            **(more or {}),
        }
        self.settings[room] = settings = configured(service, given)
        source = random_source(options.seed, room, self.data_dir)
        doors = secure_doors(settings, server, options.public_host)
        self._running[room] = running = Running(service, built(service, settings, self.clock, source), server, doors)
        if room == "portal":
            introduce(settings, fpx_control_token=self.settings["fpx"].control_token, server_url=server.url)
        running.start()

    def _addresses(self) -> Addresses:
        public = {room: self._public(server) for room, server in self._servers.items()}
        smtp, smpp = (
            f"{self._name_in_urls()}:{listener_address(self._running[room].room).rpartition(':')[2]}"
            for room in ("smtp", "sms")
        )
        return Addresses(public["portal"], public["fpx"], public["sms"], public["smtp"], smtp, smpp)

    def _wires(self) -> Wires:
        return Wires(
            portal_public=self.addresses.portal,
            fpx_public=self.addresses.fpx,
            sms_public=self.addresses.sms,
            inbox_public=self.addresses.inbox,
            fpx=self._servers["fpx"].url,
            sms=self._servers["sms"].url,
            smtp=listener_address(self._running["smtp"].room),
        )

    def _public(self, server: Server) -> str:
        return f"http://{self._name_in_urls()}:{server.port}" if self.options.public_host else server.url

    def _name_in_urls(self) -> str:
        return bracketed(self.options.public_host or self._servers["smtp"].reachable_host)


def wait_until_ready(servers: Mapping[str, Server]) -> None:
    """Ask every room's `/readyz` over HTTP until each says that its store answers.

    Raises:
        NotReady: one did not within the limit; the sentence says which and what it answered.
    """
    deadline = time.monotonic() + READY_SECONDS
    with httpx.Client(timeout=READY_SECONDS, trust_env=False, verify=trusted_roots()) as client:
        for room, server in servers.items():
            while (answer := client.get(f"{server.url}/readyz")).status_code != 200:
                if time.monotonic() > deadline:
                    raise NotReady(f"{room} is not ready after {READY_SECONDS:.0f} s: {answer.text.strip()}")
                time.sleep(LOOK_SECONDS)
