"""FPX signatures: RSA PKCS#1 v1.5 with SHA-1 over the values joined by bars, in upper-case hexadecimal.

Proved with genuine messages of 2021: values are signed url-decoded and untrimmed, a blank or absent field is a blank
segment. Incoming hexadecimal is taken in either case, as at least two merchants in production send lower case.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA1

from emulators.fpx.messages.wire import CHECKSUM_FIELD, PREFIX

_HEX = re.compile(r"(?:[0-9A-Fa-f]{2})+")
_REMEMBERED = 4096


def source(fields: Mapping[str, str], order: Sequence[str]) -> str:
    """The text that is signed: the values of `order` (names without `fpx_`) joined by bars."""
    return "|".join(fields.get(PREFIX + name, "") for name in order)


class Signs(Protocol):
    """What signs the switch's messages."""

    def signed(self, fields: Mapping[str, str], order: Sequence[str]) -> dict[str, str]:
        """`fields` with `fpx_checkSum` filled in, where the wire order has it."""


class Signer:
    """Signs with one private key, held in memory.

    The signature of a text never changes under PKCS#1 v1.5, so the latest ones are remembered: the direct AC, the
    indirect AC and the replies to AE of one payment cost one signature.
    """

    def __init__(self, key: RSAPrivateKey) -> None:
        self._key = key
        self.sign = lru_cache(_REMEMBERED)(self._sign)
        """`sign(text)`: the signature in 512 upper-case hexadecimal digits (for a key of 2048 bits)."""

    def _sign(self, text: str) -> str:
        return self._key.sign(text.encode(), PKCS1v15(), SHA1()).hex().upper()  # noqa: S303  the protocol's digest

    def signed(self, fields: Mapping[str, str], order: Sequence[str]) -> dict[str, str]:
        """`fields` with `fpx_checkSum` filled in, where the wire order has it."""
        return {**fields, CHECKSUM_FIELD: self.sign(source(fields, order))}


def verifies(text: str, signature: str, key: RSAPublicKey) -> bool:
    """Whether `signature` (hexadecimal, either case) over `text` was made with the private half of `key`."""
    if not _HEX.fullmatch(signature):
        return False
    try:
        key.verify(bytes.fromhex(signature), text.encode(), PKCS1v15(), SHA1())  # noqa: S303  the protocol's digest
    except InvalidSignature:
        return False
    return True
