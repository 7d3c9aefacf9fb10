"""What the proxy does with each host: to which room it leads, or that it leads nowhere."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Literal
from urllib.parse import unquote, urlsplit

import h11
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from sandbox.relaying import Answered, Onward

Room = Literal["fpx", "sms", "smtp"]

HOSTS: dict[str, Room] = {
    "api.twilio.com": "sms",
    "verify.twilio.com": "sms",
    "rest.moceanapi.com": "sms",
    "www.isms.com.my": "sms",
    "isms.com.my": "sms",
    "mailosaur.com": "smtp",
    "uat.mepsfpx.com.my": "fpx",
    "www.mepsfpx.com.my": "fpx",
    "mepsfpx.com.my": "fpx",
}
"""The hosts that the software of these services has built in, and the room that stands in for each."""

CONTROL = "/_control"


class ProxySettings(BaseSettings):
    """What the proxy can be told; the environment prefix is `CARUMAN_PROXY_`."""

    model_config = SettingsConfigDict(env_prefix="CARUMAN_PROXY_", frozen=True, extra="ignore")

    host: str = Field("127.0.0.1", description="Address the proxy listens on.")
    hosts: dict[str, Room] = Field(
        {}, description="Further hosts, or others for those known: {'api.vonage.com': 'sms'}."
    )
    allow: tuple[str, ...] = Field(
        (), description="Hosts (or patterns, *.example.com) passed on to the real world; none unless given."
    )


class Rules:
    """The hosts that lead to a room, those let through, and the refusal of all others."""

    def __init__(self, settings: ProxySettings, rooms: Mapping[Room, str]) -> None:
        """`rooms`: the URL of each room."""
        self._rooms = {host.lower(): rooms[room] for host, room in {**HOSTS, **settings.hosts}.items()}
        self._allow = tuple(pattern.lower() for pattern in settings.allow)

    @property
    def hosts(self) -> list[str]:
        """The hosts that lead to a room."""
        return sorted(self._rooms)

    def answers_for(self, host: str) -> bool:
        """Whether a room stands in for the host."""
        return host in self._rooms

    def lets_through(self, host: str) -> bool:
        """Whether a setting passes the host on to the real world."""
        return any(fnmatchcase(host, pattern) for pattern in self._allow)

    def onward(self, host: str, target: bytes, scheme: str) -> Onward:
        """Where a request to one of `hosts` goes; the control doors are not reachable this way.

        Raises:
            Answered: it may not go there.
        """
        if not target.startswith(b"/"):
            raise Answered(400, "a request inside a tunnel begins with the path\n")
        path = posixpath.normpath("/" + unquote(target.decode("ascii").partition("?")[0]).lstrip("/"))
        if path == CONTROL or path.startswith(f"{CONTROL}/"):
            raise Answered(403, "the control doors of the sandbox are not reachable through its proxy\n")
        room = urlsplit(self._rooms[host])
        return Onward(room.hostname or "127.0.0.1", room.port or 80, target, scheme)

    def refuse(self, host: str) -> Answered:
        """The answer to a request for any other host."""
        return Answered(
            403,
            f"SANDBOX: {host} is not emulated, and nothing is passed on to the real world.\n"
            f"Emulated: {', '.join(self.hosts)}.\n"
            "To have a room answer for it: CARUMAN_PROXY_HOSTS='{\"" + host + '": "sms"}\'.\n'
            "To let it through to the real one: CARUMAN_PROXY_ALLOW='[\"" + host + "\"]', or name it in NO_PROXY.\n",
            f"SANDBOX does not emulate {host} (CARUMAN_PROXY_HOSTS, CARUMAN_PROXY_ALLOW)",
        )


def host_of(request: h11.Request) -> tuple[str, int]:
    """Host (small letters, without a last dot) and port that a CONNECT or an absolute request names.

    Raises:
        Answered: it names none.
    """
    target = request.target.decode("ascii")
    try:
        place = urlsplit(f"//{target}" if request.method == b"CONNECT" else target)
        host, port = (place.hostname or "").rstrip("."), place.port
    except ValueError:
        host, port = "", None
    if not host:
        raise Answered(400, f"{target[:200]!r} names no host\n")
    return host, port or (443 if request.method == b"CONNECT" else 80)
