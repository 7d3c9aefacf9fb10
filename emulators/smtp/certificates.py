"""The listener's certificate and the authority that signed it, made at first start.

The authority signs this one certificate and its key is thrown away: whoever trusts it trusts this inbox and nothing
else that anybody could make later.
"""

from __future__ import annotations

import os
import ssl
from collections.abc import Iterable
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from uuid import uuid4

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

FILE = "tls.pem"
_VALID_FROM = datetime(2017, 1, 1, tzinfo=UTC)
_VALID_TO = datetime(2049, 12, 31, tzinfo=UTC)
# Mail software compares these with the machine's clock, the sandbox's own may stand anywhere between.


def certificate_file(folder: Path, names: Iterable[str]) -> Path:
    """Key, certificate and authority in one PEM file (0600, folder 0700), made when it is not there.

    `names`: what clients may call the listener, host names or addresses. The file appears at once and whole, so that
    two processes starting together use the same one. Deleting it has a new one made at the next start.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = folder / FILE
    if not kept.exists():
        draft = folder / f".tls.{uuid4().hex}.pem"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(_made(tuple(dict.fromkeys(names))))
            file.flush()
            os.fsync(file.fileno())
        try:
            kept.hardlink_to(draft)
        except FileExistsError:
            pass  # another process was faster
        finally:
            draft.unlink()
    return kept


def server_context(file: Path) -> ssl.SSLContext:
    """What the listener shows its clients; TLS 1.2 and newer."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(file)
    return context


def authority_pem(file: Path) -> str:
    """The authority's certificate, for clients to trust."""
    return x509.load_pem_x509_certificates(file.read_bytes())[-1].public_bytes(Encoding.PEM).decode()


def _made(names: tuple[str, ...]) -> bytes:
    authority_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority_name = _name("SANDBOX inbox authority")
    authority = (
        _certificate(authority_name, authority_name, authority_key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(authority_key.public_key()), critical=False)
        .sign(authority_key, SHA256())
    )
    own = (
        _certificate(_name("SANDBOX inbox"), authority_name, key.public_key())
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([_general(name) for name in names]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False)
        .sign(authority_key, SHA256())
    )
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return secret + own.public_bytes(Encoding.PEM) + authority.public_bytes(Encoding.PEM)


def _certificate(subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(_VALID_FROM)
        .not_valid_after(_VALID_TO)
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs,
        key_cert_sign=signs,
        crl_sign=signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)
