"""The papers sellers hand in, in whatever form they come: certificates and bare public keys, PEM or DER."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
    load_pem_public_key,
)

_BLOCK = re.compile(r"-----BEGIN ([A-Z0-9 ]+)-----.*?-----END \1-----", re.DOTALL)
_KEY_LABELS = frozenset({"PUBLIC KEY", "RSA PUBLIC KEY"})
_REQUEST = "this is a certificate request (CSR); give the certificate made of it, or the public key"
_PRIVATE = "this holds a private key, which nobody else should ever see; give the certificate or the public key"
_NOTHING = "neither a certificate nor a public key, in PEM or in base64 of DER"


@dataclass(frozen=True)
class Paper:
    """One certificate, or one bare public key, as PEM."""

    pem: str
    key: rsa.RSAPublicKey
    certificate: x509.Certificate | None

    @property
    def known_by(self) -> str:
        """A short name for the key: the first 16 hex digits of the SHA-256 of its PEM text."""
        return sha256(as_pem(self.key).encode()).hexdigest()[:16]

    def told(self) -> dict[str, Any]:
        """What people compare: key, size and, of a certificate, whose it is, its number, print and days."""
        facts: dict[str, Any] = {"key": self.known_by, "bits": self.key.key_size}
        if self.certificate is None:
            return facts | {"kind": "public key"}
        return facts | {
            "kind": "certificate",
            "subject": self.certificate.subject.rfc4514_string(),
            "issuer": self.certificate.issuer.rfc4514_string(),
            "serial": f"{self.certificate.serial_number:X}",
            "sha256": self.certificate.fingerprint(SHA256()).hex(),
            "valid_from": self.certificate.not_valid_before_utc.isoformat(),
            "valid_to": self.certificate.not_valid_after_utc.isoformat(),
        }


def papers(given: str | bytes) -> list[Paper]:
    """Every certificate and public key in `given`: PEM blocks with anything between them, or one in DER.

    DER comes as bytes, or as text in base64.

    Raises:
        ValueError: there is none, one cannot be read or is not RSA of 1024 to 4096 bits, or it is something else.
    """
    text = given.decode("latin-1") if isinstance(given, bytes) else given
    blocks = list(_BLOCK.finditer(text))
    if not blocks:
        if "-----BEGIN" in text:
            raise ValueError(_NOTHING)
        return [_from_der(given if isinstance(given, bytes) and not given.isascii() else _der(text))]
    return [_from_block(block[1], block[0]) for block in blocks]


@lru_cache(512)
def paper(pem: str) -> Paper:
    """The one paper of a PEM text that was kept; remembered, as parsing a key costs more than verifying with it."""
    return papers(pem)[0]


@lru_cache(256)
def public_keys(pem: str) -> tuple[rsa.RSAPublicKey, ...]:
    """The keys of the papers an exchange is kept with, in their order, each once."""
    keys = {each.known_by: each.key for each in papers(pem)}
    return tuple(keys.values())


def as_pem(key: rsa.RSAPublicKey) -> str:
    """The bare key."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _from_block(label: str, block: str) -> Paper:
    if "PRIVATE KEY" in label:
        raise ValueError(_PRIVATE)
    if label.endswith("CERTIFICATE REQUEST"):
        raise ValueError(_REQUEST)
    try:
        if label in _KEY_LABELS:
            return _of_key(load_pem_public_key(block.encode()))
        if "CERTIFICATE" in label:
            return _of_certificate(x509.load_pem_x509_certificate(_plain(block, label).encode()))
    except (ValueError, TypeError) as error:
        raise _told(error) from None
    raise ValueError(_NOTHING)


def _from_der(der: bytes) -> Paper:
    for load in (x509.load_der_x509_certificate, load_der_public_key):
        try:
            found = load(der)
        except (ValueError, TypeError):
            continue
        return _of_certificate(found) if isinstance(found, x509.Certificate) else _of_key(found)
    raise ValueError(_NOTHING)


def _der(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (ValueError, binascii.Error):
        raise ValueError(_NOTHING) from None


def _plain(block: str, label: str) -> str:
    """`TRUSTED CERTIFICATE` and `X509 CERTIFICATE` are older names of the same."""
    return block.replace(f"-----BEGIN {label}", "-----BEGIN CERTIFICATE").replace(
        f"-----END {label}", "-----END CERTIFICATE"
    )


def _of_certificate(certificate: x509.Certificate) -> Paper:
    return Paper(certificate.public_bytes(Encoding.PEM).decode(), _rsa(certificate.public_key()), certificate)


def _of_key(key: object) -> Paper:
    return Paper(as_pem(_rsa(key)), _rsa(key), None)


def _rsa(key: object) -> rsa.RSAPublicKey:
    if not isinstance(key, rsa.RSAPublicKey) or not 1024 <= key.key_size <= 4096:
        raise _NotForFpx("the key must be RSA of 1024 to 4096 bits")
    return key


class _NotForFpx(ValueError):
    """The paper was read and is of no use."""


def _told(error: Exception) -> ValueError:
    return error if isinstance(error, _NotForFpx) else ValueError(_NOTHING)
