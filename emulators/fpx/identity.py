"""The switch's key pairs as files: the current one, the next one that is published, the one retired last.

Each pair is one file, key and certificate together, that appears at once and whole: two processes starting together
end up with the same pair, and a crash leaves none or all.
"""

from __future__ import annotations

import functools
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from uuid import uuid4

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509.oid import NameOID

VALID_FROM = datetime(2017, 1, 1, tzinfo=UTC)
VALID_TO = datetime(2049, 12, 31, tzinfo=UTC)
# The scheme's first year to as far as a certificate reaches without a four-digit year: the sandbox's clock may stand
# anywhere between, and merchant software checks the dates against a clock of its own (FPX-14).
RETIRED_SINCE = datetime(2018, 12, 31, 15, 59, 59, tzinfo=UTC)
"""The last second of a pair that nobody retired: the end of 2018 in Malaysia."""


class Stage(StrEnum):
    """The life of a pair, by the name of its file."""

    CURRENT = "switch.pem"
    NEXT = "switch_next.pem"
    RETIRED = "switch_retired.pem"


@dataclass(frozen=True)
class Identity:
    """A private key of the switch and the certificate it publishes."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate

    @property
    def certificate_pem(self) -> str:
        """The certificate as merchants get it."""
        return self.certificate.public_bytes(Encoding.PEM).decode()

    @property
    def ends(self) -> datetime:
        """The last instant the certificate is good for."""
        return self.certificate.not_valid_after_utc


def switch_identity(folder: Path, stage: Stage = Stage.CURRENT) -> Identity:
    """The pair kept in `folder`, made when there is none; file 0600 in a folder 0700."""
    kept = folder / stage
    if not kept.exists():
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        draft = _draft(folder, key, _certificate(key, RETIRED_SINCE if stage is Stage.RETIRED else VALID_TO))
        try:
            kept.hardlink_to(draft)
        except FileExistsError:
            pass  # another process was faster: its pair is the switch's
        finally:
            draft.unlink()
    return _loaded(kept)


def kept_identity(folder: Path, stage: Stage) -> Identity | None:
    """The pair of that stage, if there is one."""
    return _loaded(folder / stage) if (folder / stage).exists() else None


def shorten(folder: Path, ends: datetime) -> Identity:
    """Issue the current certificate again, under its key, so that it is good until `ends`."""
    key = switch_identity(folder).key
    _draft(folder, key, _certificate(key, ends)).replace(folder / Stage.CURRENT)
    return _loaded(folder / Stage.CURRENT)


def succeed(folder: Path) -> None:
    """Retire the current pair and make the next one current.

    In this order: a crash between the two leaves the current pair kept twice, and the next one still to come.
    """
    draft = folder / f".retiring.{uuid4().hex}.pem"
    draft.hardlink_to(folder / Stage.CURRENT)
    draft.replace(folder / Stage.RETIRED)
    draft.unlink(missing_ok=True)  # a rename between two names of one file does nothing, not even that
    (folder / Stage.NEXT).replace(folder / Stage.CURRENT)


@functools.lru_cache(maxsize=16)
def load_private_key(pem: bytes) -> rsa.RSAPrivateKey:
    """The RSA key in an unencrypted PEM, proved by a signature: proving its primes takes a hundred times as long.

    Raises:
        ValueError: it holds another kind of key, a broken one, or none.
    """
    key = load_pem_private_key(pem, password=None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise ValueError("the PEM does not hold an RSA key")  # noqa: TRY004  the value is wrong, not a type of ours
    try:
        key.public_key().verify(key.sign(pem, PKCS1v15(), SHA256()), pem, PKCS1v15(), SHA256())
    except InvalidSignature as error:
        raise ValueError("the RSA key in the PEM is broken: what it signs cannot be verified") from error
    return key


def _loaded(path: Path) -> Identity:
    pem = path.read_bytes()
    return Identity(load_private_key(pem), x509.load_pem_x509_certificate(pem))


def _draft(folder: Path, key: rsa.RSAPrivateKey, certificate: x509.Certificate) -> Path:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = folder / f".switch.{uuid4().hex}.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(private + certificate.public_bytes(Encoding.PEM))
        file.flush()
        os.fsync(file.fileno())
    return draft


def _certificate(key: rsa.RSAPrivateKey, ends: datetime) -> x509.Certificate:
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Caruman Sandbox"),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "SANDBOX - not FPX"),
            x509.NameAttribute(NameOID.COMMON_NAME, "FPX"),
        ]
    )
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(VALID_FROM)
        .not_valid_after(ends)
        .sign(key, SHA256())
    )
