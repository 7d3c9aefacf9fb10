"""Keys: the switch's own, made at first start and loaded once, and the sellers', in whatever form they come."""

from __future__ import annotations

import base64
import binascii
import functools
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_public_key,
    load_pem_private_key,
    load_pem_public_key,
)
from cryptography.x509.oid import NameOID

_VALID_FROM = datetime(2017, 1, 1, tzinfo=UTC)
_VALID_TO = datetime(2049, 12, 31, tzinfo=UTC)
# The scheme's first year to as far as a certificate reaches without a four-digit year: the sandbox's clock may stand
# anywhere between, and merchant software checks the dates against a clock of its own (FPX-14).


@dataclass(frozen=True)
class SwitchIdentity:
    """The switch's private key and the certificate it publishes."""

    key: rsa.RSAPrivateKey
    certificate_pem: str


def switch_identity(folder: Path) -> SwitchIdentity:
    """The identity kept in `folder`, made when there is none; key file 0600 in a folder 0700.

    Key and certificate share one file that appears at once and whole, so that two processes starting together end
    up with the same pair and a crash leaves none or all.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = folder / "switch.pem"
    if not kept.exists():
        draft = folder / f".switch.{uuid4().hex}.pem"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(_made())
            file.flush()
            os.fsync(file.fileno())
        try:
            kept.hardlink_to(draft)
        except FileExistsError:
            pass  # another process was faster: its pair is the switch's
        finally:
            draft.unlink()
    pem = kept.read_bytes()
    certificate = x509.load_pem_x509_certificate(pem)
    return SwitchIdentity(load_private_key(pem), certificate.public_bytes(Encoding.PEM).decode())


@functools.lru_cache(maxsize=16)
def load_private_key(pem: bytes) -> rsa.RSAPrivateKey:
    """The RSA key in an unencrypted PEM; kept, because proving that it is one takes some forty milliseconds.

    Raises:
        ValueError: it holds another kind of key, or none.
    """
    key = load_pem_private_key(pem, password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise ValueError("the PEM does not hold an RSA key")  # noqa: TRY004  the value is wrong, not a type of ours
    return key


def public_key(text: str) -> rsa.RSAPublicKey:
    """A seller's public key from a certificate or a bare key, in PEM, or in DER written in base64.

    Raises:
        ValueError: it is none of these, or not an RSA key of 1024 to 4096 bits; says which.
    """
    for load in _FORMS:
        try:
            key = load(text)
        except (ValueError, TypeError, binascii.Error):
            continue
        if not isinstance(key, rsa.RSAPublicKey) or not 1024 <= key.key_size <= 4096:
            raise ValueError("the key must be RSA of 1024 to 4096 bits")
        return key
    raise ValueError("neither a certificate nor a public key, in PEM or in base64 of DER")


def _made() -> bytes:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Caruman Sandbox"),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "SANDBOX - not FPX"),
            x509.NameAttribute(NameOID.COMMON_NAME, "FPX"),
        ]
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_VALID_FROM)
        .not_valid_after(_VALID_TO)
        .sign(key, SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private + certificate.public_bytes(Encoding.PEM)


def fingerprint(pem: str) -> str:
    """A short name for a public key: the first 16 hex digits of the SHA-256 of its PEM text."""
    return sha256(pem.encode()).hexdigest()[:16]


def as_pem(key: rsa.RSAPublicKey) -> str:
    """The key in the form the store keeps."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _der(text: str) -> bytes:
    return base64.b64decode("".join(text.split()), validate=True)


_FORMS: tuple[Callable[[str], object], ...] = (
    lambda text: x509.load_pem_x509_certificate(text.encode()).public_key(),
    lambda text: load_pem_public_key(text.encode()),
    lambda text: x509.load_der_x509_certificate(_der(text)).public_key(),
    lambda text: load_der_public_key(_der(text)),
)
