"""Compiled templates, kept for the life of the process and shared by its rooms.

The base page and the components are compiled once instead of once for each room, and a room that is made again (a
restart, sandboxes side by side) compiles nothing. A changed template has another checksum and is compiled anew.
"""

from __future__ import annotations

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class CompiledTemplates(BytecodeCache):
    """Jinja's cache in memory."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket if the template has been compiled before."""
        if (kept := self._kept.get(bucket.key)) is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what has just been compiled."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = CompiledTemplates()
"""It holds nothing but code, under keys made of each template's own path."""
