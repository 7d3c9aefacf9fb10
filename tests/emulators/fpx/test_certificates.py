"""The switch's own keys and the forms in which sellers hand theirs in."""

from __future__ import annotations

import base64
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from emulators.fpx.certificates import as_pem, public_key, switch_identity


def test_the_switch_makes_its_key_once_and_keeps_it_private(tmp_path):
    """A second start loads the same pair; the file is 0600 and the folder 0700; nothing else is left behind."""
    folder = tmp_path / "fpx"
    first, second = switch_identity(folder), switch_identity(folder)

    assert first.certificate_pem == second.certificate_pem
    assert first.key.private_numbers() == second.key.private_numbers()
    assert [path.name for path in folder.iterdir()] == ["switch.pem"]
    assert stat.S_IMODE((folder / "switch.pem").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_certificate_is_of_the_key_and_says_sandbox(switch_folder):
    """It is published without the private key."""
    identity = switch_identity(switch_folder)
    certificate = x509.load_pem_x509_certificate(identity.certificate_pem.encode())

    assert as_pem(identity.key.public_key()) == as_pem(certificate.public_key())
    assert "SANDBOX" in certificate.subject.rfc4514_string()
    assert "PRIVATE" not in identity.certificate_pem


def test_two_starts_at_once_end_up_with_one_pair(tmp_path):
    """Whoever comes second uses what the first has made."""
    with ThreadPoolExecutor(3) as pool:
        made = list(pool.map(switch_identity, [tmp_path / "fpx"] * 3))

    assert len({identity.certificate_pem for identity in made}) == 1


def test_a_sellers_key_is_read_in_every_form(test_key):
    """PEM or base64 of DER, certificate or bare key: the same key."""
    bare = load_pem_public_key(test_key["public_key"].encode())
    der_key = base64.b64encode(bare.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()
    certificate = x509.load_pem_x509_certificate(test_key["certificate"].encode())
    der_certificate = base64.encodebytes(certificate.public_bytes(Encoding.DER)).decode()
    forms = [test_key["public_key"], test_key["certificate"], der_key, der_certificate]

    assert {test_key["public_key"]} == {as_pem(public_key(form)) for form in forms}


@pytest.mark.parametrize(
    "text", ["", "hello", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "QUJD", "é"]
)
def test_what_is_no_key_is_named_so(text):
    """The error says what would have been taken."""
    with pytest.raises(ValueError, match="neither a certificate nor a public key"):
        public_key(text)


def test_a_key_of_another_kind_is_refused():
    """FPX signs with RSA."""
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    with pytest.raises(ValueError, match="must be RSA"):
        public_key(key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode())
