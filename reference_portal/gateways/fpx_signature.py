"""FPX checksums: RSA PKCS#1 v1.5 over SHA-1, upper-case hexadecimal (proved by genuine messages).

SHA-1 is the protocol's, not our choice. Incoming hexadecimal is taken in either case (two sources).
"""

from __future__ import annotations

import binascii
import threading
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from reference_portal.errors import GatewayDown


def sign(private: rsa.RSAPrivateKey, text: str) -> str:
    """The checksum of `text`."""
    signature = private.sign(text.encode(), padding.PKCS1v15(), hashes.SHA1())  # noqa: S303  the protocol's digest
    return signature.hex().upper()


def verifies(public: rsa.RSAPublicKey, text: str, checksum: str) -> bool:
    """Whether `checksum` is the key holder's over `text`."""
    try:
        public.verify(
            binascii.unhexlify(checksum.encode("ascii")),
            text.encode(),
            padding.PKCS1v15(),
            hashes.SHA1(),  # noqa: S303  the protocol's digest
        )
    except (InvalidSignature, binascii.Error, UnicodeEncodeError):
        return False
    return True


class FpxCertificate:
    """FPX's certificate on disk: read at first use, and again when a check fails and the file has changed.

    So a rolled-over certificate is picked up by the first message signed with it, without a restart.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._content = b""
        self._public: rsa.RSAPublicKey | None = None

    def verifies(self, text: str, checksum: str) -> bool:
        """Whether FPX signed `text`. GatewayDown while there is no certificate to tell by."""
        public = self._public or self._read()
        if verifies(public, text, checksum):
            return True
        renewed = self._read()
        return renewed is not public and verifies(renewed, text, checksum)

    def _read(self) -> rsa.RSAPublicKey:
        with self._lock:
            try:
                content = self._path.read_bytes()
            except OSError as error:
                raise GatewayDown("FPX", f"no certificate of FPX at {self._path}: {error.strerror}") from error
            if self._public is None or content != self._content:
                self._public, self._content = self._public_key(content), content
            return self._public

    def _public_key(self, content: bytes) -> rsa.RSAPublicKey:
        try:
            if content.lstrip().startswith(b"-----"):
                certificate = x509.load_pem_x509_certificate(content)
            else:
                certificate = x509.load_der_x509_certificate(content)
        except ValueError as error:
            raise GatewayDown("FPX", f"{self._path} is not a certificate") from error
        public = certificate.public_key()
        if not isinstance(public, rsa.RSAPublicKey):
            raise GatewayDown("FPX", f"{self._path} holds no RSA key")
        return public
