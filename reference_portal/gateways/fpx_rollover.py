"""Which of FPX's certificates may have signed a message: the current one, or the next one published ahead of a change.

The kits of FPX do alike: they verify with the current certificate and promote the next one when the change has come.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from reference_portal.errors import GatewayDown
from reference_portal.gateways.fpx_signature import FpxCertificate

CURRENT_PATH: Final = "/certificates/fpxuat_current.cer"
NEXT_PATH: Final = "/certificates/fpxuat.cer"
NEXT_FILE: Final = "fpx_next.cer"
RENEWAL_SECONDS: Final = 1.0
"""Real time after a fetch in vain, so that forged messages cannot have FPX asked for each of them."""

Fetch = Callable[[str], bytes | None]
"""What FPX serves at a path; None when it does not."""


class FpxCertificates:
    """FPX's certificates on disk, kept up to date by themselves when there is somebody to ask."""

    def __init__(self, current: Path, fetch: Fetch | None = None) -> None:
        """`current` is the file of the current certificate; the next one lies beside it."""
        self._current_path, self._next_path = current, current.with_name(NEXT_FILE)
        self._current = FpxCertificate(current)
        self._next = FpxCertificate(self._next_path)
        self._fetch = fetch
        self._in_vain_at = -RENEWAL_SECONDS
        self._renewing = threading.Lock()

    def verifies(self, text: str, checksum: str) -> bool:
        """Whether FPX signed `text` with either certificate; GatewayDown while there is none to tell by.

        The first message signed with the next certificate makes it the current one: the former counts no more. One
        that verifies with neither has both fetched again.
        """
        try:
            if self._signed(text, checksum):
                return True
        except GatewayDown:
            if not self._renew():
                raise
            return self._signed(text, checksum)
        return self._renew() and self._signed(text, checksum)

    def _signed(self, text: str, checksum: str) -> bool:
        if self._current.verifies(text, checksum):
            return True
        if not self._next_path.exists() or not self._next.verifies(text, checksum):
            return False
        _replace(self._current_path, self._next_path.read_bytes())
        return self._current.verifies(text, checksum)

    def _renew(self) -> bool:
        """Whether there are certificates newer than those on disk; they are there now."""
        if self._fetch is None:
            return False
        with self._renewing:
            if time.monotonic() - self._in_vain_at < RENEWAL_SECONDS:
                return False
            news = False
            for path, kept in ((NEXT_PATH, self._next_path), (CURRENT_PATH, self._current_path)):
                fetched = self._fetch(path)
                if fetched and (not kept.exists() or kept.read_bytes() != fetched):
                    _replace(kept, fetched)
                    news = True
            self._in_vain_at = -RENEWAL_SECONDS if news else time.monotonic()
            return news


def _replace(path: Path, content: bytes) -> None:
    draft = path.with_suffix(f".{os.getpid()}.{threading.get_ident()}.new")
    draft.write_bytes(content)
    draft.replace(path)
