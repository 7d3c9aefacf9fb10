"""A walk as it is told: ticked lines for people, one JSON object a step for programs."""

from __future__ import annotations

import json
from collections.abc import Callable

from features.steps import STEPS
from sandbox.walk import Happened, Walk, WalkStopped

Say = Callable[[str], None]
NAME_WIDTH = max(len(step.name) for step in STEPS)
SAW_WIDTH = 110


def tell(walk: Walk, say: Say) -> bool:
    """Walk and print a line as each step happens; whether all sixteen did."""
    total = 0.0
    try:
        for happened in walk:
            total += happened.ms
            say(_line(happened))
    except WalkStopped as stopped:
        say(f"  \N{BALLOT X} {stopped}")
        return False
    say(f"  {len(STEPS)} steps in {total / 1000:.1f} s")
    for path in walk.receipts:
        say(f"  receipt: {path}")
    return True


def tell_as_json(walk: Walk, say: Say) -> bool:
    """Walk and print `{"id", "name", "saw", "ms"}` for each step; a step that failed has `failed` and `url` instead."""
    try:
        for happened in walk:
            step = happened.step
            say(_json(id=step.id, name=step.name, saw=happened.saw, ms=round(happened.ms, 1)))
    except WalkStopped as stopped:
        step = stopped.step
        say(_json(id=step.id, name=step.name, failed=stopped.reason, url=stopped.url, ms=round(stopped.ms, 1)))
        return False
    return True


def _line(happened: Happened) -> str:
    saw = happened.saw if len(happened.saw) <= SAW_WIDTH else f"{happened.saw[: SAW_WIDTH - 1]}\N{HORIZONTAL ELLIPSIS}"
    step = happened.step
    return f"  \N{CHECK MARK} {step.id} {step.name:<{NAME_WIDTH}} {happened.ms:5.0f} ms  {saw}"


def _json(**facts: object) -> str:
    return json.dumps(facts, ensure_ascii=False)
