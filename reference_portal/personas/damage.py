"""Samples a portal must refuse, and one it must just take: padded to a size, cut off, or not what the name says."""

from __future__ import annotations

from io import BytesIO

import pikepdf

COMMENT = b"\n%"


def padded(document: bytes, size: int) -> bytes:
    """The PDF made `size` bytes long by a comment before its last lines, which say where everything lies.

    Raises:
        ValueError: it is longer than that already.
    """
    head, mark, tail = document.rpartition(b"startxref")
    missing = size - len(document)
    if not mark or missing < len(COMMENT) + 1:
        raise ValueError(f"a PDF of {len(document)} bytes cannot be made {size} bytes long")
    filling = COMMENT + b"-" * (missing - len(COMMENT) - 1) + b"\n"
    return head + filling + mark + tail


def cut_off(document: bytes) -> bytes:
    """The first third: what arrives when the line breaks."""
    return document[: len(document) // 3]


def locked(document: bytes, password: str) -> bytes:
    """The PDF, opening for nobody without the password.

    RC4 with 128 bits and a fixed id: newer ciphers draw random salts, and no two kits of a seed would be alike. It
    keeps nothing secret.
    """
    kept = BytesIO()
    lock = pikepdf.Encryption(owner=password, user=password, R=3, aes=False, metadata=False)
    with pikepdf.open(BytesIO(document)) as opened:
        opened.save(kept, static_id=True, encryption=lock)
    return kept.getvalue()
