"""THE table of services: every room, its doors and default ports, its settings and who builds it.

`caruman up`, `caruman serve ROOM`, the flags of both, and the tests of the compose file all read this one table.
Rooms stand in the order in which they stop: the portal first, because it calls the others.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from emulators.foundation.clock import Clock
from emulators.foundation.room import Room
from emulators.foundation.serving import THREADS
from emulators.fpx.app import create_room as create_fpx
from emulators.fpx.settings import FpxSettings
from emulators.sms.app import create_room as create_sms
from emulators.sms.settings import SmsSettings
from emulators.smtp.app import create_room as create_smtp
from emulators.smtp.settings import SmtpSettings
from reference_portal.settings import PortalSettings
from sandbox.portal_room import create_room as create_portal


@dataclass(frozen=True)
class Door:
    """One port of a room: its name in the table of addresses, its default, the settings that say where it listens."""

    name: str
    port: int
    setting: str = "port"
    host_setting: str = "host"

    @property
    def flag(self) -> str:
        """The option of `caruman up` that chooses the port."""
        return f"--{self.name}-port"


@dataclass(frozen=True)
class Service:
    """One room as a service: what to call it, where its doors are, how to make it from its settings."""

    room: str
    doors: tuple[Door, ...]
    settings: Callable[..., Any]
    """The room's settings class; reads the environment for what it is not given."""
    create: Callable[[Any, Clock, random.Random], Room]
    threads: int = THREADS
    """Of its HTTP server. Where requests wait for a commit they share, more of them share it."""

    @property
    def http(self) -> Door:
        """The door that speaks HTTP; every room has one, and it comes first."""
        return self.doors[0]


SERVICES = (
    Service("portal", (Door("portal", 8000),), PortalSettings, create_portal),
    Service("fpx", (Door("fpx", 8010),), FpxSettings, create_fpx),
    Service("sms", (Door("sms", 8020), Door("smpp", 2775, "smpp_port", "smpp_host")), SmsSettings, create_sms, 8),
    Service("smtp", (Door("inbox", 8025), Door("smtp", 1025, "smtp_port", "smtp_host")), SmtpSettings, create_smtp),
)

DOORS = tuple(door for service in SERVICES for door in service.doors)

BY_ROOM = {service.room: service for service in SERVICES}
