"""Compiled templates, kept for the life of the process.

Compiling one takes Jinja some thirty milliseconds. A process that starts a portal more than once (a restart, several
sandboxes side by side) compiles each template once; a changed template has another checksum and is compiled again.
"""

from __future__ import annotations

from types import CodeType

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class CompiledTemplates(BytecodeCache):
    """Jinja's cache in memory."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket when the template was compiled before."""
        checksum, code = self._kept.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        if bucket.code is not None:
            self._kept[bucket.key] = bucket.checksum, bucket.code


COMPILED = CompiledTemplates()
"""Shared by every portal of the process: it holds nothing but code."""
