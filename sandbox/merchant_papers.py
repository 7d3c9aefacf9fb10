"""A merchant's key, certificate request and self-signed certificate, as FPX asks for them (reference, section 8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

KEY_BITS = 2048
_VALID_FROM = datetime(2017, 1, 1, tzinfo=UTC)
_VALID_TO = datetime(2049, 12, 31, tzinfo=UTC)
# wherever the sandbox's clock stands, and whatever clock the merchant goes by


@dataclass(frozen=True)
class MerchantPapers:
    """Three PEM files: what signs, what PayNet is asked with, what verifies."""

    key: bytes
    request: bytes
    certificate: bytes


def merchant_papers(exchange_id: str, pkcs1: bool) -> MerchantPapers:
    """New papers; `pkcs1` writes the key as older software wants it (one C# client reads no other)."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "MY"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "SANDBOX"),
            x509.NameAttribute(NameOID.COMMON_NAME, exchange_id),
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
    return MerchantPapers(
        key.private_bytes(
            Encoding.PEM, PrivateFormat.TraditionalOpenSSL if pkcs1 else PrivateFormat.PKCS8, NoEncryption()
        ),
        x509.CertificateSigningRequestBuilder().subject_name(name).sign(key, SHA256()).public_bytes(Encoding.PEM),
        certificate.public_bytes(Encoding.PEM),
    )
