"""The numbers that ask for faults: a client nobody may touch meets them by whom it writes to; pure.

A recipient in the reserved block asks for a fault by its last two digits.
"""

from __future__ import annotations

from collections.abc import Mapping

MAGIC_ENDINGS: Mapping[str, str] = {
    "01": "never; code=30003",
    "02": "never; code=30004",
    "03": "never; code=30005",
    "04": "never; code=30006",
    "05": "never; code=30007",
    "06": "never; code=30008",
    "10": "rejected; code=21610",
    "11": "rejected; code=21614",
    "12": "throttled",
    "13": "queue_full",
    "14": "slow; seconds=3",
    "15": "dropped",
    "16": "dropped; taken=1",
    "20": "late; seconds=30",
    "21": "twice",
    "22": "out_of_order",
    "23": "failed; code=30001",
}
"""Last two digits of a number in the reserved block, and the fault they ask for, in the notation of the header."""


def magic(number: str, block: str) -> str:
    """What a recipient asks for by its last digits: faults in the notation of the header, or nothing."""
    if not block or not number.startswith(block) or len(number) != len(block) + 2:
        return ""
    return MAGIC_ENDINGS.get(number[-2:], "")
