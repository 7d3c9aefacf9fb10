"""`caruman fpx new-seller`: from nothing to a merchant that FPX knows."""

from __future__ import annotations

import random
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from emulators.foundation.clock import Clock
from emulators.foundation.room import Room
from emulators.foundation.serving import Server
from emulators.fpx.app import create_room
from emulators.fpx.sellers_file import read_sellers
from emulators.fpx.settings import FpxSettings
from sandbox.cli import main

EXCHANGE = "EX00001234"
NAMES = [f"{EXCHANGE}.{kind}" for kind in ("cer", "csr", "key")]


@pytest.fixture(name="quick_key", scope="module")
def _quick_key() -> rsa.RSAPrivateKey:
    """One key for all tests of this file."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(autouse=True)
def _quick_keys(monkeypatch: pytest.MonkeyPatch, quick_key: rsa.RSAPrivateKey) -> None:
    """A key that is made is one made before: proving primes is not what is tested here."""
    monkeypatch.setattr("sandbox.merchant_papers.rsa.generate_private_key", lambda **_: quick_key)


@pytest.fixture(name="room", scope="module")
def _room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Room, str]]:
    """A running FPX room that knows nobody, and its address."""
    room = create_room(FpxSettings(data_dir=tmp_path_factory.mktemp("fpx"), port=0), Clock(), random.Random(1))
    server = Server("127.0.0.1", 0)
    server.serve(room.app)
    yield room, server.url
    server.stop()
    room.close()


def test_three_files_are_made_and_the_key_is_its_owners(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Key, request and certificate fit together and name the exchange; the key is never printed."""
    folder = tmp_path / "kedai"
    assert main(["fpx", "new-seller", EXCHANGE, "--dir", str(folder)]) == 0
    shown = capsys.readouterr().out
    made = {file.name: file for file in folder.iterdir()}
    key = load_pem_private_key(made[f"{EXCHANGE}.key"].read_bytes(), None)
    request = x509.load_pem_x509_csr(made[f"{EXCHANGE}.csr"].read_bytes())
    certificate = x509.load_pem_x509_certificate(made[f"{EXCHANGE}.cer"].read_bytes())

    assert sorted(made) == NAMES
    assert stat.S_IMODE(made[f"{EXCHANGE}.key"].stat().st_mode) == 0o600
    assert request.public_key() == certificate.public_key() == key.public_key()
    assert EXCHANGE in request.subject.rfc4514_string()
    assert request.is_signature_valid
    assert all(str(file) in shown for file in made.values())
    assert "BEGIN" not in shown


def test_what_is_printed_can_be_pasted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The table is a sellers file as it stands; the environment has every address of the room."""
    words = [
        "--dir",
        str(tmp_path),
        "--seller",
        "SE00009999",
        "--name",
        'Kedai "Ali" \\ é',
        "--direct-url",
        "http://h/d",
    ]
    assert main(["fpx", "new-seller", EXCHANGE, *words]) == 0
    _, _, rest = capsys.readouterr().out.partition("\n\n")
    table, _, environment = rest.partition("\n\n# the merchant's environment")
    (tmp_path / "sellers.toml").write_text(table)

    (seller,) = read_sellers(tmp_path / "sellers.toml")
    assert (seller.exchange_id, seller.seller_id, seller.name) == (EXCHANGE, "SE00009999", 'Kedai "Ali" \\ é')
    assert (seller.direct_url, seller.indirect_url) == ("http://h/d", "http://127.0.0.1:5000/fpx/indirect")
    assert seller.papers == ((tmp_path / f"{EXCHANGE}.cer").read_text(),)
    told = dict(line.split("=", 1) for line in environment.splitlines() if line.startswith("FPX_"))
    assert told["FPX_PRIVATE_KEY"] == str(tmp_path / f"{EXCHANGE}.key")
    assert told["FPX_BANK_LIST_URL"] == "http://127.0.0.1:8010/FPXMain/RetrieveBankList"


def test_nothing_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One file of the three is enough to stop it, whatever it holds."""
    (tmp_path / f"{EXCHANGE}.csr").write_text("mine")

    assert main(["fpx", "new-seller", EXCHANGE, "--dir", str(tmp_path)]) == 2
    assert "is not overwritten" in capsys.readouterr().err
    assert [file.name for file in tmp_path.iterdir()] == [f"{EXCHANGE}.csr"]


def test_it_is_registered_where_it_should_be(room: tuple[Room, str], tmp_path: Path) -> None:
    """The running room knows exchange, seller and certificate at once."""
    assert main(["fpx", "new-seller", EXCHANGE, "--dir", str(tmp_path), "--register", f"{room[1]}/"]) == 0
    (exchange,) = room[0].verbs["sellers"]({})["exchanges"]

    assert exchange["exchange_id"] == EXCHANGE
    assert exchange["sellers"] == [{"seller_id": "SE00001234", "name": "Penjual 00001234 (sandbox)"}]
    assert exchange["certificates"][0]["kind"] == "certificate"


@pytest.mark.parametrize(
    ("url", "direct_url", "reason"),
    [("http://127.0.0.1:9", "http://h/", "does not answer"), ("", "ftp://h/", "direct_url")],
)
def test_a_registration_that_fails_leaves_no_files(
    room: tuple[Room, str], tmp_path: Path, capsys: pytest.CaptureFixture[str], url: str, direct_url: str, reason: str
) -> None:
    """So that the same words can be said again."""
    words = ["--dir", str(tmp_path), "--register", url or room[1], "--direct-url", direct_url]

    assert main(["fpx", "new-seller", "EX00004321", *words]) == 2
    assert reason in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_older_software_gets_its_key_as_pkcs1(tmp_path: Path) -> None:
    """One client takes no other header."""
    assert main(["fpx", "new-seller", EXCHANGE, "--dir", str(tmp_path), "--pkcs1"]) == 0
    assert (tmp_path / f"{EXCHANGE}.key").read_text().startswith("-----BEGIN RSA PRIVATE KEY-----")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file in its place, say."""
    (tmp_path / "file").write_text("")

    assert main(["fpx", "new-seller", EXCHANGE, "--dir", str(tmp_path / "file")]) == 2
    assert str(tmp_path / "file") in capsys.readouterr().err


@pytest.mark.parametrize("words", [["EX1"], ["SE00001234"], [EXCHANGE, "--seller", "EX00001234"], []])
def test_ids_are_ids(words: list[str]) -> None:
    """Said before anything is made."""
    with pytest.raises(SystemExit) as refused:
        main(["fpx", "new-seller", *words])
    assert refused.value.code == 2
