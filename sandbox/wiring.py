"""Who is told what: the settings each room is given so that it finds the others."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from emulators.foundation.room import Room
from emulators.sms.smpp.listener import Listener as SmppListener
from emulators.smtp.listener import Listener as MailListener
from sandbox.errors import SandboxError
from sandbox.services import Service
from sandbox.speech import say


@dataclass(frozen=True)
class Wires:
    """Where the rooms of one world reach each other, and where browsers reach them."""

    portal_public: str
    fpx_public: str
    sms_public: str
    inbox_public: str
    fpx: str
    sms: str
    smtp: str
    """`host:port`."""

    def told_to_portal(self, fast_passwords: bool) -> Mapping[str, Any]:
        """The settings only the portal has: it is the one room that calls the others."""
        smtp_host, _, smtp_port = self.smtp.rpartition(":")
        return {
            "public_url": self.portal_public,
            "fpx_browser_url": self.fpx_public,
            "fpx_server_url": self.fpx,
            "sms_url": self.sms,
            "sms_browser_url": self.sms_public,
            "inbox_browser_url": self.inbox_public,
            "smtp_host": smtp_host.strip("[]"),
            "smtp_port": int(smtp_port),
            **({"password_hashing": "fast"} if fast_passwords else {}),
        }


def listener_address(room: Room) -> str:
    """`host:port` of the door beside HTTP that a worker of the room keeps, known once it has started.

    Raises:
        SandboxError: the room has no such worker.
    """
    for worker in room.workers:
        if isinstance(worker, MailListener | SmppListener):
            return worker.address
    raise SandboxError(f"the room {room.name} has no listener beside HTTP")


def tell_places(service: Service, room: Room, url: str, others: Mapping[str, str], *, as_json: bool) -> None:
    """Say where the doors of a room alone are: HTTP at `url`, its listeners, and `others` by name."""
    listeners = {door.name: listener_address(room) for door in service.doors[1:]}
    places = {service.http.name: url, **listeners, **others}
    say(json.dumps(places) if as_json else f"SANDBOX {service.room}: {', '.join(places.values())}")
