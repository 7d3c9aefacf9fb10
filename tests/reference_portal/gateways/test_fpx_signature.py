"""The portal's own signing, held to the vectors it shares with the emulator."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding

from reference_portal.errors import GatewayDown
from reference_portal.gateways import fpx_messages as wire
from reference_portal.gateways.fpx_signature import FpxCertificate, sign
from reference_portal.keys import merchant_key

VECTORS = Path(__file__).parents[2] / "vectors"
SIGNED = {
    "ar": wire.REQUEST_SIGNED,
    "ae": wire.REQUEST_SIGNED,
    "ac": wire.CONFIRMATION_SIGNED,
    "be": wire.BANK_ENQUIRY_SIGNED,
    "bc": wire.BANK_LIST_SIGNED,
}


@dataclass(frozen=True)
class Vector:
    """A message, the text its checksum covers, and the checksum."""

    message: str
    name: str
    fields: dict[str, str]
    source: str
    signature: str


def vectors() -> list[Vector]:
    """Every vector of every message."""
    found = []
    for message in SIGNED:
        told = json.loads((VECTORS / f"{message}.json").read_text())
        found += [
            Vector(message, row["name"], row["fields"], row["source"], row["signature"]) for row in told["vectors"]
        ]
    return found


@pytest.fixture(name="certificate")
def _certificate(tmp_path: Path, published: dict[str, str]) -> Path:
    """The vectors' certificate where FPX's would lie."""
    path = tmp_path / "fpx_current.cer"
    path.write_text(published["certificate"])
    return path


@pytest.mark.parametrize("vector", vectors(), ids=lambda vector: f"{vector.message}: {vector.name}")
def test_every_vector_is_built_signed_and_verified_alike(vector: Vector, key: RSAPrivateKey, certificate: Path) -> None:
    """Source text, checksum and check of each published message come out to the letter."""
    source = wire.source(vector.fields, SIGNED[vector.message])

    assert source == vector.source
    assert sign(key, source) == vector.signature
    assert FpxCertificate(certificate).verifies(source, vector.signature)
    assert FpxCertificate(certificate).verifies(source, vector.signature.lower())


def test_each_message_has_vectors() -> None:
    """A vector file that lost its rows would make the test above pass by silence."""
    assert {vector.message for vector in vectors()} == set(SIGNED)


@pytest.mark.parametrize("checksum", ["", "00", "zz", "0", "É", "A" * 512, "A" * 511, " " * 512])
def test_what_is_no_signature_does_not_verify(checksum: str, certificate: Path) -> None:
    """Blank, odd, over-long or foreign text is a no, never a crash."""
    assert not FpxCertificate(certificate).verifies("01|BE|EX00000789|7.0", checksum)


def test_a_changed_character_does_not_verify(key: RSAPrivateKey, certificate: Path) -> None:
    """One sen more is another text."""
    assert not FpxCertificate(certificate).verifies("157.21", sign(key, "157.20"))


def test_a_renewed_certificate_is_read_without_a_restart(tmp_path: Path, key: RSAPrivateKey, certificate: Path) -> None:
    """The first message signed with the next key makes the portal look at the file again, and only then."""
    renewed = merchant_key(tmp_path / "next", "EX00000001")
    kept = FpxCertificate(certificate)
    assert kept.verifies("text", sign(key, "text"))
    assert not kept.verifies("text", sign(renewed.private, "text"))

    certificate.write_text(renewed.certificate)

    assert kept.verifies("text", sign(key, "text"))
    assert kept.verifies("text", sign(renewed.private, "text"))
    assert not kept.verifies("text", sign(key, "text"))


def test_a_certificate_in_der_is_read_too(tmp_path: Path, key: RSAPrivateKey, published: dict[str, str]) -> None:
    """Both forms are in circulation."""
    path = tmp_path / "der.cer"
    path.write_bytes(x509.load_pem_x509_certificate(published["certificate"].encode()).public_bytes(Encoding.DER))

    assert FpxCertificate(path).verifies("text", sign(key, "text"))


@pytest.mark.parametrize("content", [None, b"", b"-----BEGIN CERTIFICATE-----\n", b"not a certificate"])
def test_without_a_certificate_nothing_can_be_told(tmp_path: Path, content: bytes | None) -> None:
    """It is FPX's side that is missing (try again), not a forgery; once it is there, all is well."""
    path = tmp_path / "fpx_current.cer"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(GatewayDown, match=r"fpx_current\.cer"):
        FpxCertificate(path).verifies("text", "00")


def test_a_certificate_that_arrives_late_is_found(
    tmp_path: Path, key: RSAPrivateKey, published: dict[str, str]
) -> None:
    """A portal that started before FPX heals by itself."""
    path = tmp_path / "fpx_current.cer"
    certificate = FpxCertificate(path)
    with pytest.raises(GatewayDown):
        certificate.verifies("text", sign(key, "text"))
    path.write_text(published["certificate"])
    os.utime(path, (0, 0))

    assert certificate.verifies("text", sign(key, "text"))
