"""The command line: reads the words, calls one verb, turns its end into an exit code."""

from __future__ import annotations

import argparse
import importlib
import os
import random
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict

from emulators.foundation.authority import FOLDER, Authority
from features.addresses import Addresses
from sandbox import __version__
from sandbox.addresses import against
from sandbox.arguments import DATA_DIR, HTTPS_PORT, PROXY_PORT, parser
from sandbox.errors import SandboxError
from sandbox.exposure import Exposure
from sandbox.fpx import fpx
from sandbox.persona import persona
from sandbox.proxy import proxy_for
from sandbox.scale import ROOMS as SCALED
from sandbox.serve import Wish, serve
from sandbox.services import DOORS
from sandbox.signals import Stop, stoppable, wait_for_signal
from sandbox.speech import complain, say
from sandbox.up import Manner, up
from sandbox.walk import Walk, Wishes
from sandbox.walk_report import tell, tell_as_json
from sandbox.world import World, WorldOptions


def main(words: Sequence[str] | None = None) -> int:
    """Do what the words say; the exit code is 0 done, 1 it went wrong, 2 it could not begin, 130 Ctrl-C."""
    grammar = parser()
    given, unknown = grammar.parse_known_args(words)
    if unknown and given.verb != "test":
        grammar.error(f"unrecognized arguments: {' '.join(unknown)}")
    try:
        with stoppable():
            return VERBS[given.verb](given)
    except SandboxError as error:
        complain(str(error))
        return error.exit_code
    except Stop as stop:
        _leave_nobody_behind(stop.exit_code)
        return stop.exit_code


def _up(given: argparse.Namespace) -> int:
    exposure = Exposure.of(given.host, given.control_token)
    chosen = {door.name: getattr(given, f"{door.name}_port") for door in DOORS}
    usual = {door.name: 0 if given.ephemeral else door.port for door in DOORS}
    options = WorldOptions(
        host=given.host,
        public_host=given.public_host,
        ports=usual | {name: port for name, port in chosen.items() if port is not None},
        data_dir=None if given.ephemeral else given.data_dir or DATA_DIR,
        seed=given.seed,
        clock=given.clock,
        https_port=None if given.no_https else _port(given.https_port, HTTPS_PORT, given.ephemeral),
        proxy_port=None if given.no_proxy else _port(given.proxy_port, PROXY_PORT, given.ephemeral),
        sellers_file=given.sellers,
        control_token=exposure.token,
        fast_passwords=given.fast_passwords,
    )
    up(options, Manner(given.json, walk=not given.no_walk, warning=exposure.warning))
    return 0


def _port(chosen: int | None, usual: int, ephemeral: bool) -> int:
    if chosen is not None:
        return chosen
    return 0 if ephemeral else usual


def _serve(given: argparse.Namespace) -> int:
    if given.smtp_port is not None and given.room != "smtp":
        raise SandboxError(f"--smtp-port is for the room smtp; {given.room} has no mail listener")
    if given.smpp_port is not None and given.room != "sms":
        raise SandboxError(f"--smpp-port is for the room sms; {given.room} speaks no SMPP")
    if given.granian and given.room not in SCALED:
        raise SandboxError(f"--granian is for the rooms {', '.join(SCALED)}, not for {given.room}")
    names = ("host", "port", "smtp_port", "smpp_port", "data_dir", "control_token")
    chosen = {name: getattr(given, name) for name in names if getattr(given, name) is not None}
    serve(
        Wish(given.room, chosen | _of_fpx(given) | _others(given), given.seed, given.clock, given.json, given.granian)
    )
    return 0


def _of_fpx(given: argparse.Namespace) -> dict[str, object]:
    """What only the room fpx has."""
    told = {"https_port": given.https_port, "sellers_file": given.sellers}
    chosen = {name: value for name, value in told.items() if value is not None}
    if chosen and given.room != "fpx":
        raise SandboxError(f"--https-port and --sellers are for the room fpx, not for {given.room}")
    return chosen


def _others(given: argparse.Namespace) -> dict[str, object]:
    """Where a portal alone finds the other rooms, as the settings it has for that; what is not said is left out."""
    smtp_host, smtp_port = given.smtp or (None, None)
    told = {
        "fpx_browser_url": given.fpx_url,
        "fpx_server_url": given.fpx_url,
        "sms_url": given.sms_url,
        "inbox_browser_url": given.inbox_url,
        "smtp_host": smtp_host,
        "smtp_port": smtp_port,
        "public_url": given.public_url,
    }
    chosen = {name: value for name, value in told.items() if value is not None}
    if chosen and given.room != "portal":
        raise SandboxError(f"only the portal calls other rooms; {given.room} needs no address of theirs")
    return chosen


def _walk(given: argparse.Namespace) -> int:
    if given.against is not None:
        return _walked(given, against(given.against))
    with World(WorldOptions(seed=given.seed, fast_passwords=True)) as world:
        return _walked(given, world.addresses)


def _walked(given: argparse.Namespace, addresses: Addresses) -> int:
    source = random.SystemRandom() if given.seed is None else random.Random(f"{given.seed}:walk")  # noqa: S311  repeatable
    wishes = Wishes(
        given.category, given.region, given.plan, given.period, given.bank, given.receipts, source, given.seed
    )
    all_happened = (tell_as_json if given.json else tell)(Walk(addresses, wishes), say)
    return 0 if all_happened else 1


def _load(given: argparse.Namespace) -> int:
    command = importlib.import_module("loadtests.command")
    target = None if given.against is None else asdict(against(given.against))
    code: int = command.run(
        given.users,
        given.time,
        target,
        control_token=given.control_token,
        json_report=given.json,
        html_report=given.html,
    )
    return code


def _proxy(given: argparse.Namespace) -> int:
    addresses, authority = against(given.against), Authority(given.data_dir / FOLDER)
    proxy = proxy_for(addresses, given.port, authority)
    proxy.start()
    try:
        say(f"SANDBOX proxy: HTTPS_PROXY={proxy.url} and trust {authority.certificate_file.resolve()}")
        wait_for_signal()
        return 0
    finally:
        proxy.stop()


def _version(_given: argparse.Namespace) -> int:
    say(f"caruman {__version__}")
    return 0


def _test(_given: argparse.Namespace) -> int:
    raise SandboxError("the tests live in a clone of the repository; run them there with: ./caruman test")


VERBS: dict[str, Callable[[argparse.Namespace], int]] = {
    "up": _up,
    "serve": _serve,
    "walk": _walk,
    "persona": persona,
    "load": _load,
    "fpx": fpx,
    "proxy": _proxy,
    "version": _version,
    "test": _test,
}


def _leave_nobody_behind(exit_code: int) -> None:
    """A request that outlived the two seconds may not hold the process: end it as it is."""
    others = (thread for thread in threading.enumerate() if thread is not threading.main_thread())
    if any(not thread.daemon for thread in others):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(exit_code)
