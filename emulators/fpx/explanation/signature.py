"""What a signature says of itself: RSA gives back, under the public key, the digest that was signed.

PKCS#1 v1.5 (RFC 8017, 9.2) wraps the digest in a structure no other key produces by chance, and PSS (9.1) does nearly
so: what opens was made by that key. The public operation is done here with plain integers, because libraries give
back nothing of a signature whose padding is not the one asked for.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from urllib.parse import unquote

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

_DIGEST_INFO = {
    bytes.fromhex(prefix): name
    for name, prefix in {
        "sha1": "3021300906052b0e03021a05000414",
        "md5": "3020300c06082a864886f70d020505000410",
        "sha224": "302d300d06096086480165030402040500041c",
        "sha256": "3031300d060960864801650304020105000420",
        "sha384": "3041300d060960864801650304020205000430",
        "sha512": "3051300d060960864801650304020305000440",
        "sha3_256": "3031300d060960864801650304020805000420",
        "sha3_512": "3051300d060960864801650304020a05000440",
    }.items()
}
"""How PKCS#1 v1.5 announces each digest (RFC 8017, note 1 of 9.2; SHA-3: NIST's identifiers)."""

_DIGESTS: dict[str, Callable[[bytes], hashlib._Hash]] = {
    name: partial(getattr(hashlib, name), usedforsecurity=False) for name in _DIGEST_INFO.values()
}
_PSS_DIGESTS = ("sha256", "sha1", "sha512", "sha384", "md5")
SHORTENED = "hex without its leading zeros"
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2})+")


@dataclass(frozen=True)
class Opened:
    """A signature that a key opened: how it was padded, which digest it names, and a test for a text."""

    padding: str
    """`v1.5`, `PSS`, or `no DigestInfo`."""
    digest: str
    signs: Callable[[bytes], bool]
    sure: bool = True
    """Whether its form alone proves the key; a PSS salt of full length leaves too little to tell it from chance."""


def readings(text: str, size: int) -> Iterator[tuple[str, bytes]]:
    """The ways to read a checkSum as a signature of `size` bytes, the right one (hexadecimal) first."""
    seen: set[bytes] = set()
    for name, read in _READINGS:
        try:
            found = read(text, size)
        except (ValueError, binascii.Error):
            continue
        if len(found) == size and found not in seen:
            seen.add(found)
            yield name, found


def opened(signature: bytes, key: RSAPublicKey) -> Opened | None:
    """What `key` finds in the signature; None when its private half did not make it."""
    numbers = key.public_numbers()
    whole = pow(int.from_bytes(signature), numbers.e, numbers.n).to_bytes((key.key_size + 7) // 8)
    if whole.startswith(b"\0\1\xff\xff\xff\xff\xff\xff\xff\xff"):
        _, _, payload = whole[2:].partition(b"\0")
        return _announced(payload) or _bare(payload)
    return next((found for name in _PSS_DIGESTS if (found := _pss(whole, key.key_size - 1, name))), None)


def _announced(payload: bytes) -> Opened | None:
    for prefix, name in _DIGEST_INFO.items():
        digest = payload[len(prefix) :]
        if payload.startswith(prefix) and len(digest) == prefix[-1]:
            return Opened("v1.5", name, partial(_digested, name, digest))
    return None


def _bare(payload: bytes) -> Opened:
    """What some languages make when asked to encrypt with the private key: no word about the digest."""

    def signs(text: bytes) -> bool:
        digests = (_hash(name, text) for name in ("sha1", "sha256", "md5"))
        return payload == text or any(each == payload or each.hex().encode() == payload.lower() for each in digests)

    return Opened("no DigestInfo", "sha1", signs)


def _pss(whole: bytes, bits: int, name: str) -> Opened | None:
    length = len(_hash(name, b""))
    block = whole[-((bits + 7) // 8) :]
    masked, seal = block[: -length - 1], block[-length - 1 : -1]
    if block[-1] != 0xBC or not masked:
        return None
    for mask_name in dict.fromkeys((name, "sha1")):
        mask = b"".join(
            _hash(mask_name, seal + count.to_bytes(4)) for count in range(len(masked) // 16 + 1)
        )  # 16: no digest is shorter
        clear = int.from_bytes(masked) ^ int.from_bytes(mask[: len(masked)])
        data = (clear & ((1 << (bits - 8 * (length + 1))) - 1)).to_bytes(len(masked))
        zeros, one, salt = data.partition(b"\1")
        if one and not any(zeros):
            return Opened("PSS", name, partial(_sealed, name, salt, seal), sure=len(zeros) > 7)
    return None


def _digested(name: str, digest: bytes, text: bytes) -> bool:
    return _hash(name, text) == digest


def _sealed(name: str, salt: bytes, seal: bytes, text: bytes) -> bool:
    return _hash(name, bytes(8) + _hash(name, text) + salt) == seal


def _hash(name: str, text: bytes) -> bytes:
    return _DIGESTS[name](text).digest()


def _hexadecimal(text: str, _size: int) -> bytes:
    return bytes.fromhex(text) if _HEX.fullmatch(text) else b""


_URL_SAFE = str.maketrans(" -_", "++/")


def _base64(text: str) -> bytes:
    # A plus sign that was not percent-encoded on the wire arrives as a space.
    bare = re.sub(r"-----[A-Z ]+-----|[\r\n]", "", unquote(text))
    clean = bare.translate(_URL_SAFE).rstrip("=")
    return base64.b64decode(clean + "=" * (-len(clean) % 4), validate=True)


_READINGS: tuple[tuple[str, Callable[[str, int], bytes]], ...] = (
    ("hex", _hexadecimal),
    ("base64", lambda text, _: _base64(text)),
    ("hex with separators", lambda text, _: bytes.fromhex(re.sub(r"0[xX]|[\s:,-]", "", text))),
    ("base64 in hex", lambda text, _: _base64(bytes.fromhex(text).decode("ascii"))),
    ("hex in base64", lambda text, _: bytes.fromhex(_base64(text).decode("ascii"))),
    ("hex in hex", lambda text, _: bytes.fromhex(bytes.fromhex(text).decode("ascii"))),
    (
        SHORTENED,
        lambda text, size: bytes.fromhex(text.zfill(2 * size)) if len(text) > size else b"",
    ),
    ("hex with a zero byte in front", lambda text, _: bytes.fromhex(text)[1:] if text.startswith("00") else b""),
    ("hex of the bytes in reverse", lambda text, _: bytes.fromhex(text)[::-1]),
    ("hex, backwards", lambda text, _: bytes.fromhex(text[::-1])),
    ("raw bytes", lambda text, _: text.encode("latin-1")),
)
