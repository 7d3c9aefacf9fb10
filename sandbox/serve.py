"""`caruman serve ROOM`: one room alone, from the same table of services; four of them make the same sandbox."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from emulators.foundation.clock import Clock
from emulators.foundation.randomness import random_source
from emulators.foundation.serving import Server
from sandbox.building import built, configured
from sandbox.data_dir import claimed
from sandbox.errors import SandboxError
from sandbox.exposure import Exposure
from sandbox.introduction import Introduction, introduce
from sandbox.running import STOP_SECONDS, Running, bound, stop_together
from sandbox.scale import Scaled, serve_scaled
from sandbox.secure_door import secure_doors
from sandbox.services import BY_ROOM, Service
from sandbox.settling import settle
from sandbox.signals import wait_for_signal
from sandbox.speech import complain
from sandbox.wiring import tell_places
from sandbox.world import CLOCK_FILE


class ServeSettings(BaseSettings):
    """What a room alone must be told about the sandbox around it; the environment prefix is `CARUMAN_`."""

    model_config = SettingsConfigDict(env_prefix="CARUMAN_", frozen=True, extra="ignore")

    control_token: str | None = Field(None, description="Secret the control doors of every room ask for.")
    portal_server_url: str | None = Field(
        None, description="The portal as FPX's server reaches it; the portal's public URL when absent."
    )


@dataclass(frozen=True)
class Wish:
    """What the command line says; what it does not say is left to the environment and the defaults."""

    room: str
    given: Mapping[str, Any]
    seed: str | None = None
    clock: datetime | None = None
    json: bool = False
    granian: bool = False
    """Served by granian in a process of its own."""


def serve(wish: Wish) -> None:
    """Run the room until a signal raises `Stop`; never returns by itself.

    Raises:
        SandboxError: it cannot be served as asked.
    """
    service, around = BY_ROOM[wish.room], ServeSettings()
    settings = configured(service, {"control_token": around.control_token, **wish.given})
    exposure = Exposure.of(settings.host, settings.control_token)
    if wish.granian:
        _serve_scaled(service, settings, exposure, wish)
        return
    with claimed(settings.data_dir, [service.room]) as data_dir, ExitStack() as held:
        server = bound(settings.host, settings.port, service, flag="--port")
        held.callback(server.stop)
        settings = settings.model_copy(
            update={"control_token": exposure.token, **_follows_from_host(service, settings, server)}
        )
        clock = Clock(data_dir / CLOCK_FILE, wish.clock)
        room = built(service, settings, clock, random_source(wish.seed, service.room, data_dir))
        running = Running(service, room, server, secure_doors(settings, server))
        held.pop_all()
        try:
            if exposure.warning:
                complain(exposure.warning)
            _start(running, settings, around)
            settle()
            _tell(running, wish.json)
            wait_for_signal()
        finally:
            stop_together([running], time.monotonic() + STOP_SECONDS)


def _serve_scaled(service: Service, settings: Any, exposure: Exposure, wish: Wish) -> None:
    if getattr(settings, "https_port", None) is not None:
        raise SandboxError("under granian there is no HTTPS: leave --granian or the HTTPS port out")
    follows = {door.host_setting: settings.host for door in service.doors[1:]}
    changes = {name: value for name, value in follows.items() if name not in settings.model_fields_set}
    settings = settings.model_copy(update={"control_token": exposure.token, **changes})
    with claimed(settings.data_dir, [service.room]) as data_dir:
        if exposure.warning:
            complain(exposure.warning)
        clock_file, port = data_dir / CLOCK_FILE, settings.port
        serve_scaled(Scaled(service.room, settings, data_dir, clock_file, port, wish.seed, wish.clock, wish.json))


def _follows_from_host(service: Service, settings: Any, server: Server) -> dict[str, str]:
    """What was not told and follows from where the room listens: its other doors' host, the portal's own address."""
    follows = {door.host_setting: settings.host for door in service.doors[1:]}
    if service.room == "portal":
        follows["public_url"] = server.url
    return {name: value for name, value in follows.items() if name not in settings.model_fields_set}


def _start(running: Running, settings: Any, around: ServeSettings) -> None:
    """Serve the room; return when it is ready, which for the portal means introduced to FPX."""
    if running.service.room != "portal":
        running.start()
        return
    fpx_token = around.control_token or settings.control_token
    introduction = Introduction(
        lambda: introduce(settings, fpx_control_token=fpx_token, server_url=around.portal_server_url), complain
    )
    running.start(introduction.before(running.room.app))
    introduction.persist()


def _tell(running: Running, as_json: bool) -> None:
    doors = {door.name: door.url for door in running.doors}
    tell_places(running.service, running.room, running.server.url, doors, as_json=as_json)
