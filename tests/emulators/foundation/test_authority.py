"""The sandbox's own authority, judged by the TLS of Python and of openssl."""

from __future__ import annotations

import shutil
import ssl
import stat
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509

from emulators.foundation.authority import Authority
from emulators.foundation.authority_papers import may_vouch


def shaken(server: ssl.SSLContext, trusted: str, name: str) -> None:
    """One handshake in memory; raises what the client says of the server's certificate."""
    ours, theirs = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = ssl.create_default_context(cadata=trusted).wrap_bio(theirs, ours, server_hostname=name)
    peer = server.wrap_bio(ours, theirs, server_side=True)
    for side in (client, peer, client, peer):
        try:
            side.do_handshake()
        except ssl.SSLWantReadError:
            continue


def test_a_client_that_trusts_the_authority_trusts_every_name_it_was_asked_for(tmp_path: Path) -> None:
    """Host names in any case, IPv4 and IPv6, all in one certificate."""
    authority = Authority(tmp_path / "authority")
    server = authority.server_context(["UAT.mepsfpx.com.my.", "www.mepsfpx.com.my", "127.0.0.1", "::1"])

    for name in ("uat.mepsfpx.com.my", "www.mepsfpx.com.my", "127.0.0.1", "::1"):
        shaken(server, authority.pem(), name)


def test_a_name_that_was_not_asked_for_is_not_vouched_for(tmp_path: Path) -> None:
    """Neither the server's certificate nor the authority's covers it."""
    authority = Authority(tmp_path / "authority")
    server = authority.server_context(["uat.mepsfpx.com.my"])

    with pytest.raises(ssl.SSLCertVerificationError, match="Hostname mismatch"):
        shaken(server, authority.pem(), "bank.example.com")
    paper = x509.load_pem_x509_certificate(authority.pem().encode())
    assert [may_vouch(paper, name) for name in ("uat.mepsfpx.com.my", "localhost", "127.9.9.9")] == [True] * 3
    assert [may_vouch(paper, name) for name in ("mepsfpx.com.my", "xuat.mepsfpx.com.my", "10.0.0.1")] == [False] * 3


def test_the_constraint_holds_even_for_whoever_steals_the_key(tmp_path: Path) -> None:
    """A certificate issued for a new name is refused by those who trust what the authority was before."""
    authority = Authority(tmp_path / "authority")
    authority.server_context(["localhost"])
    trusted_before = authority.pem()
    stolen = authority.server_context(["bank.example.com"])

    with pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree violation"):
        shaken(stolen, trusted_before, "bank.example.com")
    shaken(stolen, authority.pem(), "bank.example.com")
    shaken(authority.server_context(["localhost"]), authority.pem(), "localhost")


def test_a_second_start_uses_what_the_first_made(tmp_path: Path) -> None:
    """Nobody has to trust anything anew; keys are readable by their owner alone."""
    folder = tmp_path / "authority"
    first = Authority(folder)
    first.server_context(["localhost", "fpx"])
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    again = Authority(folder)
    again.server_context(["fpx", "localhost"])

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert modes.pop(first.certificate_file.name) == 0o644
    assert set(modes.values()) == {0o600}
    assert "PRIVATE" not in first.pem()


def test_rooms_that_start_at_once_share_one_authority(tmp_path: Path) -> None:
    """Whoever comes second widens what the first made."""
    names = [f"host{number}.test" for number in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda name: Authority(tmp_path / "authority").server_context([name]), names))

    paper = x509.load_pem_x509_certificate(Authority(tmp_path / "authority").pem().encode())
    assert all(may_vouch(paper, name) for name in names)


def test_it_says_sandbox_and_stands_whatever_the_clock_says(tmp_path: Path) -> None:
    """In every trust store it is seen for what it is; merchant software may live in 2019."""
    paper = x509.load_pem_x509_certificate(Authority(tmp_path / "authority").pem().encode())

    assert "SANDBOX" in paper.subject.rfc4514_string()
    assert paper.not_valid_before_utc < datetime(2017, 6, 1, tzinfo=UTC)
    assert paper.not_valid_after_utc > datetime(2049, 1, 1, tzinfo=UTC)


def test_openssl_accepts_chain_constraint_and_name(tmp_path: Path) -> None:
    """The strictest reading of the standard: `openssl verify -x509_strict`."""
    openssl = shutil.which("openssl")
    assert openssl is not None, "install openssl: apt-get install openssl"
    folder = tmp_path / "authority"
    authority = Authority(folder)
    authority.server_context(["uat.mepsfpx.com.my", "127.0.0.1"])
    server = next(folder.glob("server-*.pem"))
    ask = [openssl, "verify", "-x509_strict", "-purpose", "sslserver", "-verify_hostname", "uat.mepsfpx.com.my"]
    said = subprocess.run(
        [*ask, "-CAfile", authority.certificate_file, server], capture_output=True, text=True, check=False
    )

    assert said.returncode == 0, said.stderr


@pytest.mark.parametrize("name", ["", "two words", "ujian.é", "*.example.com", "a..b"])
def test_what_is_no_name_is_refused(tmp_path: Path, name: str) -> None:
    """The error names it."""
    with pytest.raises(ValueError, match="neither a host name nor an address"):
        Authority(tmp_path / "authority").server_context([name])


def test_a_folder_that_holds_something_else_is_named(tmp_path: Path) -> None:
    """It is not overwritten."""
    (tmp_path / "ca.key").write_text("not a key")
    (tmp_path / "ca.pem").write_text("not a certificate")

    with pytest.raises(OSError, match="holds no authority; delete it"):
        Authority(tmp_path).pem()
    assert (tmp_path / "ca.key").read_text() == "not a key"
