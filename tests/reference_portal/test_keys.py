"""The merchant's key and certificate."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.x509.oid import NameOID

from reference_portal.errors import OurFault
from reference_portal.keys import merchant_key

EXCHANGE = "EX00000789"


def test_the_first_start_makes_a_key_only_we_can_read(tmp_path: Path) -> None:
    """2048 bits, PKCS#8 PEM, file modes 0600 in a folder 0700, nothing left beside the two files."""
    made = merchant_key(tmp_path / "portal", EXCHANGE)
    folder = tmp_path / "portal"

    assert made.private.key_size == 2048
    assert sorted(path.name for path in folder.iterdir()) == [f"{EXCHANGE}.cer", f"{EXCHANGE}.key"]
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / f"{EXCHANGE}.key").read_bytes().startswith(b"-----BEGIN PRIVATE KEY-----")


def test_the_certificate_is_the_keys_own_and_lasts_the_sandboxs_days(tmp_path: Path) -> None:
    """Self-signed, named after the exchange, valid from the scheme's first day."""
    made = merchant_key(tmp_path, EXCHANGE)
    certificate = x509.load_pem_x509_certificate(made.certificate.encode())
    certificate.verify_directly_issued_by(certificate)

    assert certificate.public_key() == made.private.public_key()
    assert [name.value for name in certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)] == [EXCHANGE]
    assert (certificate.not_valid_before_utc.year, certificate.not_valid_after_utc.year) == (2017, 2049)


def test_the_next_start_finds_the_same_key(tmp_path: Path) -> None:
    """What FPX was introduced to stays true after a restart, and after the certificate alone was lost."""
    first = merchant_key(tmp_path, EXCHANGE)
    second = merchant_key(tmp_path, EXCHANGE)
    (tmp_path / f"{EXCHANGE}.cer").unlink()
    third = merchant_key(tmp_path, EXCHANGE)

    assert second.certificate == first.certificate
    assert {key.private.private_numbers() for key in (first, second, third)} == {first.private.private_numbers()}


def test_starts_at_the_same_moment_agree_on_one_key(tmp_path: Path) -> None:
    """Whoever comes second takes the first one's files whole."""
    with ThreadPoolExecutor(4) as starts:
        made = list(starts.map(lambda _: merchant_key(tmp_path / "portal", EXCHANGE), range(4)))

    assert len({key.certificate for key in made}) == 1
    assert len({key.private.private_numbers() for key in made}) == 1


def test_a_certificate_of_another_key_is_noticed_at_start(tmp_path: Path) -> None:
    """Better no start than signatures FPX refuses without a word."""
    merchant_key(tmp_path / "one", EXCHANGE)
    merchant_key(tmp_path / "two", EXCHANGE)
    (tmp_path / "one" / f"{EXCHANGE}.cer").replace(tmp_path / "two" / f"{EXCHANGE}.cer")

    with pytest.raises(OurFault, match="does not belong"):
        merchant_key(tmp_path / "two", EXCHANGE)


def test_a_key_of_another_kind_is_noticed_at_start(tmp_path: Path) -> None:
    """FPX knows RSA alone."""
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (tmp_path / f"{EXCHANGE}.key").write_bytes(pem)

    with pytest.raises(OurFault, match="not an RSA key"):
        merchant_key(tmp_path, EXCHANGE)


def test_a_broken_key_is_noticed_at_start(tmp_path: Path) -> None:
    """One whose private half is not that of its public half signs nothing FPX would take."""
    numbers = merchant_key(tmp_path, EXCHANGE).private.private_numbers()
    broken = rsa.RSAPrivateNumbers(
        numbers.p, numbers.q, numbers.d - 2, numbers.dmp1 - 2, numbers.dmq1 - 2, numbers.iqmp, numbers.public_numbers
    ).private_key(unsafe_skip_rsa_key_validation=True)
    pem = broken.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (tmp_path / f"{EXCHANGE}.key").write_bytes(pem)

    with pytest.raises(OurFault, match="is broken"):
        merchant_key(tmp_path, EXCHANGE)
