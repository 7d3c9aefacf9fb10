"""The sandbox's own certificate authority: what TLS listeners show, and the one certificate clients have to trust.

Theory of operation. The authority is made on this machine and never leaves its folder. Its certificate is constrained
by name (RFC 5280, 4.2.1.10, critical) to loopback and to the names it was asked for so far, so that whoever trusts it
gives away nothing else even if its key is stolen. A name that is new widens the constraint: the certificate is issued
again under the same key, and clients fetch it again. Each set of names has one certificate, kept for the next start.
"""

from __future__ import annotations

import fcntl
import os
import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

from emulators.foundation.authority_papers import authority_paper, key_pem, may_vouch, server_paper, vouched_for

FOLDER = "authority"
"""Below the data folder; shared by all rooms that use the folder."""
CERTIFICATE = "ca.pem"
LOOPBACK_NAMES = ("localhost", "127.0.0.0/8", "::1")


class Authority:
    """The authority kept in a folder (0700, keys 0600), made when it is first needed.

    Processes that share the folder share the authority; they make and widen it one at a time.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def certificate_file(self) -> Path:
        """Where the authority's certificate is kept, for `--cacert` and its like; there once something was issued."""
        return self._folder / CERTIFICATE

    def pem(self) -> str:
        """The authority's certificate as it stands, for clients to trust."""
        with self._alone():
            return self._standing(())[1].public_bytes(Encoding.PEM).decode()

    def server_context(self, names: Iterable[str]) -> ssl.SSLContext:
        """What a listener needs that clients call by any of `names` (host names or addresses); TLS 1.2 and newer.

        Raises:
            ValueError: a name is neither a host name nor an address.
            OSError: the folder cannot be used.
        """
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.load_cert_chain(self._server_file(sorted({name.rstrip(".").lower() for name in names})))
        return context

    def _server_file(self, names: list[str]) -> Path:
        with self._alone():
            key, _ = self._standing(names)
            known_by = sha256("\n".join([*names, key_pem(key).decode()]).encode()).hexdigest()[:16]
            file = self._folder / f"server-{known_by}.pem"
            if not file.exists():
                secret = ec.generate_private_key(ec.SECP256R1())
                paper = server_paper(secret.public_key(), names, key)
                _write(file, key_pem(secret) + paper.public_bytes(Encoding.PEM), 0o600)
        return file

    def _standing(self, names: Iterable[str]) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
        """Key and certificate, made or widened so that it may vouch for `names`."""
        key_file = self._folder / "ca.key"
        try:
            key, paper = (
                _loaded(key_file.read_bytes()),
                x509.load_pem_x509_certificate(self.certificate_file.read_bytes()),
            )
        except FileNotFoundError:
            key = ec.generate_private_key(ec.SECP256R1())
            _write(key_file, key_pem(key), 0o600)
            return key, self._issue(key, [*LOOPBACK_NAMES, *names])
        except ValueError as error:
            raise OSError(
                f"{self._folder} holds no authority; delete it, and have clients trust the next: {error}"
            ) from None
        missing = [name for name in names if not may_vouch(paper, name)]
        return key, self._issue(key, [*vouched_for(paper), *missing]) if missing else paper

    def _issue(self, key: ec.EllipticCurvePrivateKey, names: list[str]) -> x509.Certificate:
        paper = authority_paper(key, names)
        _write(self.certificate_file, paper.public_bytes(Encoding.PEM), 0o644)
        return paper

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)


def _loaded(pem: bytes) -> ec.EllipticCurvePrivateKey:
    key = load_pem_private_key(pem, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError("the key is of another kind")  # noqa: TRY004  the value is wrong, not a type of ours
    return key


def _write(path: Path, content: bytes, mode: int) -> None:
    """At once and whole: a crash leaves what was there before."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
