"""The merchant's RSA key and self-signed certificate: made at first start, kept in files only we can read.

FPX asks for a 2048-bit key named after the exchange id (`EX00000789.key`, `.cer`); its test system takes self-signed
certificates (reference 8, one source and more).
"""

from __future__ import annotations

import functools
import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.x509.oid import NameOID

from reference_portal.errors import OurFault

KEY_BITS = 2048
VALID_FROM = datetime(2017, 6, 1, tzinfo=UTC)
VALID_TO = datetime(2049, 12, 31, tzinfo=UTC)
"""Wide on purpose: the sandbox's clock may be set to any day of the scheme's life."""


@dataclass(frozen=True)
class MerchantKey:
    """The key that signs our messages and the certificate (PEM) FPX checks them with."""

    private: rsa.RSAPrivateKey
    certificate: str


def merchant_key(folder: Path, exchange_id: str) -> MerchantKey:
    """The key kept in `folder`, made now when there is none. Two processes starting at once agree on one key."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    key_path = folder / f"{exchange_id}.key"
    if not key_path.exists():
        _keep_first(key_path, _fresh_key())
    private = _read_key(key_path)
    certificate_path = folder / f"{exchange_id}.cer"
    if not certificate_path.exists():
        _keep_first(certificate_path, _self_signed(private, exchange_id))
    certificate = certificate_path.read_text("ascii")
    if x509.load_pem_x509_certificate(certificate.encode()).public_key() != private.public_key():
        raise OurFault(f"{certificate_path} does not belong to {key_path}")
    return MerchantKey(private, certificate)


def _read_key(path: Path) -> rsa.RSAPrivateKey:
    try:
        private = _loaded(path.read_bytes())
    except InvalidSignature as error:
        raise OurFault(f"{path} is broken: what it signs cannot be verified") from error
    if not isinstance(private, rsa.RSAPrivateKey):
        raise OurFault(f"{path} is not an RSA key")
    return private


@functools.lru_cache(maxsize=16)
def _loaded(pem: bytes) -> PrivateKeyTypes:
    """The key, proved by a signature; proving it by its primes, as OpenSSL would, takes a hundred times as long."""
    private = serialization.load_pem_private_key(pem, password=None, unsafe_skip_rsa_key_validation=True)
    if isinstance(private, rsa.RSAPrivateKey):
        signature = private.sign(pem, padding.PKCS1v15(), hashes.SHA256())
        private.public_key().verify(signature, pem, padding.PKCS1v15(), hashes.SHA256())
    return private


def _fresh_key() -> bytes:
    return rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _self_signed(private: rsa.RSAPrivateKey, exchange_id: str) -> bytes:
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Caruman Sandbox"),
            x509.NameAttribute(NameOID.COMMON_NAME, exchange_id),
        ]
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(VALID_FROM)
        .not_valid_after(VALID_TO)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(private, hashes.SHA256())
    )
    return certificate.public_bytes(serialization.Encoding.PEM)


def _keep_first(path: Path, content: bytes) -> None:
    """Write `content` whole, readable by us alone, unless somebody else's whole file got there first."""
    descriptor, name = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)  # mode 0600
    draft = Path(name)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
