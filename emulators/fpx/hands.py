"""Who can sign an AC: the switch, the switch with the key it used before, and somebody whom nobody knows."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from cryptography.hazmat.primitives.asymmetric import rsa

from emulators.fpx.checksum import Signer, Signs
from emulators.fpx.messages import ac
from emulators.fpx.outcomes.spoiling import Hands


def hands(switch: Signs, retired: Callable[[], Signer]) -> Hands:
    """The three; the last two keys are made, or read, only when a fault wants them."""
    return Hands(
        switch=lambda fields: switch.signed(fields, ac.CHECKSUM_ORDER),
        retired=lambda fields: retired().signed(fields, ac.CHECKSUM_ORDER),
        stranger=lambda fields: _stranger().signed(fields, ac.CHECKSUM_ORDER),
    )


@cache
def _stranger() -> Signer:
    return Signer(rsa.generate_private_key(public_exponent=65537, key_size=2048))
