"""The forms in which sellers hand in their certificates and keys."""

from __future__ import annotations

import base64

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_public_key,
)

from emulators.fpx.certificates import as_pem, papers, public_keys
from emulators.fpx.identity import load_private_key


def public_key(given: str | bytes) -> rsa.RSAPublicKey:
    """The one key in what a seller gave."""
    (paper,) = papers(given)
    return paper.key


def test_a_sellers_key_is_read_in_every_form(test_key):
    """PEM or DER, text or the bytes of a file, certificate or bare key, of any system: the same key."""
    bare = load_pem_public_key(test_key["public_key"].encode())
    der_key = base64.b64encode(bare.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()
    certificate = x509.load_pem_x509_certificate(test_key["certificate"].encode())
    der_certificate = base64.encodebytes(certificate.public_bytes(Encoding.DER)).decode()
    pkcs1 = bare.public_bytes(Encoding.PEM, PublicFormat.PKCS1).decode()
    forms = [test_key["public_key"], test_key["certificate"], der_key, der_certificate, pkcs1]
    forms += [form.replace("\n", "\r\n") for form in forms]
    forms += [form.encode() for form in forms]
    forms += [
        certificate.public_bytes(Encoding.DER),
        bare.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
    ]

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


def test_a_bundle_gives_every_paper_in_it(test_key):
    """With anything between the blocks, as openssl writes it; a certificate is kept as one, with its days."""
    found = papers(f"subject=/CN=x\n{test_key['certificate']}\nand\n{test_key['public_key']}")

    assert [paper.told()["kind"] for paper in found] == ["certificate", "public key"]
    assert found[0].pem == test_key["certificate"]
    assert set(found[0].told()) >= {"subject", "serial", "valid_from", "valid_to", "sha256"}
    assert len({paper.known_by for paper in found}) == 1
    assert len(public_keys("".join(paper.pem for paper in found))) == 1


def test_what_a_seller_hands_in_by_mistake_is_called_by_its_name():
    """A private key is never taken, and a request is not yet a certificate."""
    key = rsa.generate_private_key(65537, 1024)
    for form in (PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL):
        with pytest.raises(ValueError, match="private key, which nobody else should ever see"):
            papers(key.private_bytes(Encoding.PEM, form, NoEncryption()))
    request = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([])).sign(key, SHA256())
    with pytest.raises(ValueError, match="certificate request"):
        papers(request.public_bytes(Encoding.PEM))


def test_a_key_that_signs_nothing_good_is_refused(merchant_key: rsa.RSAPrivateKey) -> None:
    """Its private half is not that of its public half; nobody could verify what the switch says."""
    numbers = merchant_key.private_numbers()
    broken = rsa.RSAPrivateNumbers(
        numbers.p, numbers.q, numbers.d - 2, numbers.dmp1 - 2, numbers.dmq1 - 2, numbers.iqmp, numbers.public_numbers
    ).private_key(unsafe_skip_rsa_key_validation=True)
    pem = broken.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    with pytest.raises(ValueError, match="is broken"):
        load_private_key(pem)
