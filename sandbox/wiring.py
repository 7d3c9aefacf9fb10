"""Who is told what: the settings each room is given so that it finds the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.errors import SandboxError
from sandbox.services import Room


@dataclass(frozen=True)
class Wires:
    """Where the rooms of one world reach each other, and where browsers reach them."""

    portal_public: str
    fpx_public: str
    fpx: str
    sms: str
    smtp_host: str
    smtp_port: int

    def told_to_portal(self, fast_passwords: bool) -> Mapping[str, Any]:
        """The settings only the portal has: it is the one room that calls the others."""
        return {
            "public_url": self.portal_public,
            "fpx_browser_url": self.fpx_public,
            "fpx_server_url": self.fpx,
            "sms_url": self.sms,
            "smtp_host": self.smtp_host,
            "smtp_port": self.smtp_port,
            **({"password_hashing": "fast"} if fast_passwords else {}),
        }


def listening_port(room: Room) -> int:
    """The port which a worker of the room listens on, known once it has started.

    Raises:
        SandboxError: the room has no such worker.
    """
    for worker in room.workers:
        port = getattr(worker, "port", None)
        if isinstance(port, int):
            return port
    raise SandboxError("the mail room has no listener")
