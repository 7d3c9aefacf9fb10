"""Addresses as people give and read them: `--against`, and the table `up` prints."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from emulators.foundation.binding import bracketed
from features.addresses import Addresses
from sandbox.errors import SandboxError
from sandbox.services import DOORS, SERVICES

MEANING = {
    "portal": "the portal: start here",
    "fpx": "FPX: transactions and the buyer's banks",
    "sms": "SMS: every text message sent",
    "inbox": "inbox: every mail sent",
    "smtp": "SMTP: where mail is handed in",
    "https": "FPX under HTTPS, as uat.mepsfpx.com.my",
    "proxy": "proxy for clients whose host is fixed",
    "smpp": "SMPP 3.4: where SMS are handed in, as any system_id",
}


FPX_ROOM = "the address of the FPX room; or "
_AGAINST = "the line `caruman up --json` printed or a file that holds it; alone: the default ports of this machine"
_PORTAL_PORT = next(door.port for door in DOORS if door.name == "portal")


def takes_against(words: argparse.ArgumentParser, first: str = "", *, without: str | None = None) -> None:
    """Give a verb `--against [WHERE]`, which may stand alone.

    Args:
        words: the verb's grammar.
        first: what else may be given, before the rest of the help.
        without: what the verb has when `--against` is left out; the same as alone when absent.
    """
    default, left_out = ("", ", as without") if without is None else (None, f"; without: {without}")
    words.add_argument(
        "--against", nargs="?", const="", default=default, metavar="WHERE", help=f"{first}{_AGAINST}{left_out}"
    )


def against(told: str) -> Addresses:
    """The sandbox meant by `--against`.

    Args:
        told: the line `caruman up --json` printed, a file that holds it, or the portal's URL when the other rooms are
            at its host's default ports; empty for the default ports of this machine.

    Raises:
        SandboxError: it is none of these.
    """
    if told.startswith(("http://", "https://")):
        return _beside(told.rstrip("/"))
    if not told:
        return _default_ports("127.0.0.1")
    try:
        line = told if told.lstrip().startswith("{") else Path(told).read_text(encoding="utf-8")
        return Addresses.from_json(line)
    except OSError as error:
        raise SandboxError(
            f"--against {told}: {error.strerror}; give a URL, or what `caruman up --json` says"
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SandboxError(f"--against: this is not what `caruman up --json` says: {told[:200]}") from error


def fpx_of(told: str) -> str:
    """The FPX room meant by `--against`: its own URL, or that of the sandbox it is part of.

    Raises:
        SandboxError: it is neither.
    """
    if told.startswith(("http://", "https://")) and urlsplit(told).port != _PORTAL_PORT:
        return told.rstrip("/")
    return against(told).fpx


def table(addresses: Addresses, further: Mapping[str, str] = MappingProxyType({})) -> list[str]:
    """One line a door, aligned; `further` doors by their name."""
    rows = [(getattr(addresses, door.name), MEANING[door.name]) for door in DOORS]
    rows += [(address, MEANING[name]) for name, address in further.items() if name in MEANING]
    width = max(len(address) for address, _ in rows)
    return [f"  {address:<{width}}  {meaning}" for address, meaning in rows]


def _beside(portal: str) -> Addresses:
    place = urlsplit(portal)
    if place.port != _PORTAL_PORT:
        raise SandboxError(
            f"--against {portal}: one address does not say where the other rooms are; a portal on another port than "
            f"{_PORTAL_PORT} has them elsewhere too: give the line `caruman up --json` printed"
        )
    return _default_ports(place.hostname or "127.0.0.1", portal)


def _default_ports(host: str, portal: str | None = None) -> Addresses:
    places = {door.name: f"{bracketed(host)}:{door.port}" for door in DOORS}
    web = {service.http.name for service in SERVICES}
    urls = {name: f"http://{place}" if name in web else place for name, place in places.items()}
    return Addresses(**urls | ({"portal": portal} if portal else {}))
