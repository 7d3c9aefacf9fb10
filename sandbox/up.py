"""`caruman up`: one world with known ports, the guide walked once, then open until somebody says stop."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from emulators.foundation.randomness import random_source
from sandbox.addresses import table
from sandbox.settling import settle
from sandbox.signals import wait_for_signal
from sandbox.speech import complain, say
from sandbox.walk import Walk, Wishes
from sandbox.walk_report import tell
from sandbox.world import World, WorldOptions


@dataclass(frozen=True)
class Manner:
    """How `up` presents itself."""

    json: bool = False
    walk: bool = True
    warning: str | None = None


def up(options: WorldOptions, manner: Manner) -> None:
    """Run until a signal raises `Stop`; never returns by itself."""
    with World(options) as world:
        if manner.warning:
            complain(manner.warning)
        settle()
        if manner.json:
            say(json.dumps(asdict(world.addresses) | world.further))
        else:
            _present(world, manner.walk)
        wait_for_signal()


def _present(world: World, walk: bool) -> None:
    say(f"Caruman SANDBOX, {world.clock.now():%d %b %Y %H:%M} in its own time. Nothing here is real.")
    if walk:
        say("\nA synthetic taxi driver walks the guide:")
        source = random_source(world.options.seed, "walk", world.data_dir)
        if not tell(Walk(world.addresses, Wishes(receipts=world.data_dir / "receipts", source=source)), say):
            complain("the walk stopped; the sandbox stays up so that you can look")
    say("")
    for line in table(world.addresses, world.further):
        say(line)
    kept = world.options.data_dir
    rest = "forgets everything" if kept is None else f"keeps everything in {kept}/ for the next start"
    say(f"\nCtrl-C stops it and {rest}.")
