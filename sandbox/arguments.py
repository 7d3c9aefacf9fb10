"""The words of the command line: every verb with its options, and what each is for."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from emulators.foundation.clock import MALAYSIA, check_instant
from sandbox import __version__, fpx, persona
from sandbox.addresses import takes_against
from sandbox.services import BY_ROOM, DOORS
from sandbox.walk import CATEGORIES, PERIODS, PLANS, REGIONS, Wishes

DATA_DIR = Path("var")
HTTPS_PORT = 8443
PROXY_PORT = 8040


def parser() -> argparse.ArgumentParser:
    """The whole grammar."""
    words = argparse.ArgumentParser("caruman", description="A sandbox of an online contribution journey.")
    words.add_argument("--version", action="version", version=f"caruman {__version__}")
    verbs = words.add_subparsers(dest="verb", metavar="VERB", required=True)
    _up(verbs.add_parser("up", help="start all rooms, walk the guide once, stay up until Ctrl-C"))
    _serve(verbs.add_parser("serve", help="start one room alone"))
    _walk(verbs.add_parser("walk", help="walk the sixteen steps of the guide once"))
    persona.words(
        verbs.add_parser("persona", help="make synthetic applicants and sample documents to upload"), DATA_DIR
    )
    _load(verbs.add_parser("load", help="drive renewals with many users and compare the books"))
    fpx.words(verbs.add_parser("fpx", help="why FPX refused a message, and keys for a seller"))
    _proxy(verbs.add_parser("proxy", help="a proxy for clients whose host is fixed, before a running sandbox"))
    verbs.add_parser("version", help="say which version this is")
    verbs.add_parser("test", help="run every test (in a clone, as ./caruman test)")
    return words


def instant(text: str) -> datetime:
    """`2019-05-15T09:00`, in Malaysia time unless it says otherwise."""
    try:
        told = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not an instant like 2019-05-15T09:00") from error
    try:
        return check_instant(told if told.tzinfo else told.replace(tzinfo=MALAYSIA))
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def address(text: str) -> str:
    """An http address, without a slash at its end."""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise argparse.ArgumentTypeError(f"{text!r} is not an address like http://127.0.0.1:8010")
    return text.rstrip("/")


def mail_host(text: str) -> tuple[str, int]:
    """`host:port` of a mail listener."""
    host, _, number = text.rpartition(":")
    if not host:
        raise argparse.ArgumentTypeError(f"{text!r} is not host:port")
    return host.strip("[]"), port(number)


def port(text: str) -> int:
    """A port number; 0 means a free one."""
    if text.isascii() and text.isdecimal() and int(text) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a port (0 to 65535)")


def _up(words: argparse.ArgumentParser) -> None:
    for door in DOORS:
        words.add_argument(door.flag, type=port, metavar="PORT", help=f"port of the {door.name} door ({door.port})")
    words.add_argument("--https-port", type=port, metavar="PORT", help=f"port of FPX under HTTPS ({HTTPS_PORT})")
    words.add_argument(
        "--proxy-port", type=port, metavar="PORT", help=f"port of the proxy for fixed hosts ({PROXY_PORT})"
    )
    words.add_argument("--no-https", action="store_true", help="do not serve FPX under HTTPS")
    words.add_argument("--no-proxy", action="store_true", help="do not start the proxy")
    words.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    words.add_argument("--public-host", metavar="NAME", help="name under which browsers reach this machine")
    place = words.add_mutually_exclusive_group()
    place.add_argument("--data-dir", type=Path, metavar="DIR", help=f"where data is kept ({DATA_DIR}/)")
    place.add_argument("--ephemeral", action="store_true", help="free ports and a temporary folder")
    _time_and_chance(words)
    words.add_argument("--control-token", metavar="TOKEN", help="what the control doors ask for")
    words.add_argument("--sellers", type=Path, metavar="FILE", help="TOML file of FPX merchants to register")
    words.add_argument("--fast-passwords", action="store_true", help="hash passwords cheaply: for load runs only")
    words.add_argument("--no-walk", action="store_true", help="do not walk the guide first")
    words.add_argument("--json", action="store_true", help="print one line of addresses when ready, and do not walk")


def _serve(words: argparse.ArgumentParser) -> None:
    words.add_argument("room", choices=tuple(BY_ROOM), metavar="ROOM", help=", ".join(BY_ROOM))
    words.add_argument("--host", help="address to listen on (127.0.0.1)")
    words.add_argument("--port", type=port, metavar="PORT", help="port of the room's HTTP doors")
    words.add_argument("--smtp-port", type=port, metavar="PORT", help="port of the mail listener (room smtp only)")
    words.add_argument("--smpp-port", type=port, metavar="PORT", help="port of the SMPP listener (room sms only)")
    words.add_argument("--data-dir", type=Path, metavar="DIR", help=f"where data is kept ({DATA_DIR}/)")
    words.add_argument("--https-port", type=port, metavar="PORT", help="port for HTTPS (room fpx only)")
    words.add_argument("--sellers", type=Path, metavar="FILE", help="TOML file of merchants (room fpx only)")
    words.add_argument(
        "--granian", action="store_true", help="serve HTTP by granian (not the portal): faster but for plain SMS posts"
    )
    others = words.add_argument_group("where the portal finds the others (room portal only)")
    others.add_argument("--fpx-url", type=address, metavar="URL", help="FPX, for browsers and for the portal")
    others.add_argument("--sms-url", type=address, metavar="URL", help="the SMS gateway, likewise for both")
    others.add_argument("--inbox-url", type=address, metavar="URL", help="the inbox, for browsers")
    others.add_argument("--smtp", type=mail_host, metavar="HOST:PORT", help="where mail is handed in")
    others.add_argument("--public-url", type=address, metavar="URL", help="the portal itself, as browsers reach it")
    _time_and_chance(words)
    words.add_argument("--control-token", metavar="TOKEN", help="what the control doors of every room ask for")
    words.add_argument("--json", action="store_true", help="print the addresses as one line of JSON when ready")


def _walk(words: argparse.ArgumentParser) -> None:
    like = Wishes()
    takes_against(words, without="its own sandbox")
    words.add_argument("--category", choices=CATEGORIES, default=like.category, help="what is driven (%(default)s)")
    words.add_argument("--region", choices=REGIONS, default=like.region, help="where (%(default)s)")
    words.add_argument("--plan", choices=PLANS, default=like.plan, help="plan of contribution (%(default)s)")
    words.add_argument("--period", choices=PERIODS, default=like.period, help="monthly or yearly (%(default)s)")
    words.add_argument("--bank", default=like.bank, help="bank to pay at (%(default)s)")
    words.add_argument("--receipts", type=Path, metavar="DIR", help="folder for the two receipts")
    words.add_argument("--seed", help="the same seed walks the same person, whom one sandbox registers once")
    words.add_argument("--json", action="store_true", help="one JSON object a step")


def _load(words: argparse.ArgumentParser) -> None:
    words.add_argument("--users", type=int, default=4, help="contributors renewing at once (%(default)s)")
    words.add_argument("--time", default="30s", help="how long: 30s, 5m, 1h30m (%(default)s)")
    takes_against(words, without="its own sandbox")
    words.add_argument("--control-token", metavar="TOKEN", help="what the control doors ask for")
    words.add_argument("--json", type=Path, metavar="FILE", help="write figures and books here, for a machine")
    words.add_argument("--html", type=Path, metavar="FILE", help="write the load generator's own page here")


def _proxy(words: argparse.ArgumentParser) -> None:
    takes_against(words)
    words.add_argument("--port", type=port, default=PROXY_PORT, metavar="PORT", help="port to listen on (%(default)s)")
    words.add_argument(
        "--data-dir", type=Path, default=DATA_DIR, metavar="DIR", help="folder whose authority is shown (%(default)s/)"
    )


def _time_and_chance(words: argparse.ArgumentParser) -> None:
    words.add_argument("--seed", help="make every random thing repeatable")
    words.add_argument("--clock", type=instant, metavar="INSTANT", help="begin at 2019-05-15T09:00, say")
