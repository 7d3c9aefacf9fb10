"""The certificates of the sandbox's authority, from keys and names; nothing here touches a file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from ipaddress import ip_address, ip_network

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_HOST_NAME = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9])?)*")
_VALID_FROM = datetime(2017, 1, 1, tzinfo=UTC)
_VALID_TO = datetime(2049, 12, 31, tzinfo=UTC)
# Clients compare these with the machine's clock or with one of their own: the sandbox's may stand anywhere between.


def authority_paper(key: ec.EllipticCurvePrivateKey, names: Iterable[str]) -> x509.Certificate:
    """The authority's certificate of itself, good for servers called by `names` (host names, addresses, networks)."""
    permitted = [_subtree(name) for name in dict.fromkeys(names)]
    return (
        _paper(_authority_name(key), key, key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.NameConstraints(permitted, None), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, SHA256())
    )


def server_paper(
    public: ec.EllipticCurvePublicKey, names: Iterable[str], authority: ec.EllipticCurvePrivateKey
) -> x509.Certificate:
    """A server's certificate, issued by the authority that has the key `authority`."""
    return (
        _paper(_name("SANDBOX server"), authority, public)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([_general(name) for name in names]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.public_key()), critical=False)
        .sign(authority, SHA256())
    )


def may_vouch(authority: x509.Certificate, name: str) -> bool:
    """Whether the authority's certificate covers a server called `name`."""
    wanted = _general(name)
    zones = vouched_for(authority)
    if isinstance(wanted, x509.DNSName):
        return any(name == zone or name.endswith(f".{zone}") for zone in zones)
    networks = [subtree.value for zone in zones if isinstance(subtree := _subtree(zone), x509.IPAddress)]
    return any(ip_address(name) in ip_network(network) for network in networks)


def vouched_for(authority: x509.Certificate) -> list[str]:
    """The names, addresses and networks the authority's certificate covers."""
    permitted = authority.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or []
    return [str(each.value) for each in permitted]


def key_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The private key as it is kept."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _paper(
    subject: x509.Name, authority: ec.EllipticCurvePrivateKey, key: ec.EllipticCurvePublicKey
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(_authority_name(authority))
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


def _authority_name(key: ec.EllipticCurvePrivateKey) -> x509.Name:
    """Two sandboxes on one machine must not look like one authority to a trust store: the name has part of the key."""
    known_by = x509.SubjectKeyIdentifier.from_public_key(key.public_key()).digest.hex()[:8]
    return _name(f"Caruman SANDBOX authority {known_by}")


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Caruman Sandbox"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return _host(name)


def _subtree(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_network(name))
    except ValueError:
        return _host(name)


def _host(name: str) -> x509.DNSName:
    if not _HOST_NAME.fullmatch(name):
        raise ValueError(f"{name!r} is neither a host name nor an address")
    return x509.DNSName(name)
