"""Merchants by the control door, from a sellers file and in the console: the same register behind each."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask.testing import FlaskClient

from emulators.foundation.clock import Clock
from emulators.foundation.randomness import random_source
from emulators.foundation.room import Room
from emulators.fpx.app import create_room
from emulators.fpx.errors import SellersFileWrong
from emulators.fpx.identity import Stage
from emulators.fpx.sellers_file import read_sellers
from emulators.fpx.settings import FpxSettings

URLS = {"direct_url": "http://127.0.0.1:9/direct", "indirect_url": "http://127.0.0.1:9/indirect"}


@pytest.fixture(name="start")
def _start(tmp_path: Path, switch_folder: Path) -> Iterator[Callable[..., Room]]:
    """`start(setting=...)`: an FPX room over the test's folder."""
    folder = tmp_path / "fpx"
    folder.mkdir(mode=0o700)
    (folder / Stage.CURRENT).write_bytes((switch_folder / Stage.CURRENT).read_bytes())
    rooms: list[Room] = []

    def start(**settings: Any) -> Room:
        rooms.append(create_room(FpxSettings(data_dir=tmp_path, **settings), Clock(), random_source("7", "fpx")))
        return rooms[-1]

    yield start
    for room in rooms:
        room.close()


@pytest.fixture(name="http")
def _http(start: Callable[..., Room]) -> FlaskClient:
    """A client of one room."""
    return start().app.test_client()


@pytest.fixture(name="other", scope="module")
def _other() -> rsa.RSAPrivateKey:
    """The key a merchant rolls over to."""
    return rsa.generate_private_key(65537, 1024)


def pem(key: rsa.RSAPrivateKey) -> str:
    """The bare public key."""
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def introduce(http: FlaskClient, **changes: Any) -> Any:
    """Register with the control door; a change to None leaves the field out."""
    wish = {"exchange_id": "EX00000001", "seller_id": "SE00000001", **URLS, **changes}
    return http.post("/_control/sellers", json={name: value for name, value in wish.items() if value is not None})


def listed(http: FlaskClient) -> dict[str, Any]:
    """The exchanges by their id."""
    return {each["exchange_id"]: each for each in http.post("/_control/sellers", json={}).get_json()["exchanges"]}


def takes(http: FlaskClient, key: rsa.RSAPrivateKey, exchange: str = "EX00000001") -> bool:
    """Whether the switch answers a bank list enquiry signed with `key`."""
    source = f"01|BE|{exchange}|7.0"
    signature = key.sign(source.encode(), padding.PKCS1v15(), SHA1()).hex().upper()
    fields = {"msgType": "BE", "msgToken": "01", "sellerExId": exchange, "version": "7.0", "checkSum": signature}
    body = {f"fpx_{name}": value for name, value in fields.items()}
    return "fpx_bankList=" in http.post("/FPXMain/RetrieveBankList", data=body).text


def test_the_words_of_the_issue_are_enough(http: FlaskClient, test_key: dict[str, str]) -> None:
    """Five fields; a seller without a name is called by its id."""
    answer = introduce(http, certificate=test_key["certificate"])

    assert answer.get_json() == {"registered": "EX00000001/SE00000001"}
    assert listed(http)["EX00000001"]["sellers"] == [{"seller_id": "SE00000001", "name": "SE00000001"}]


def test_a_further_seller_needs_ids_only(http: FlaskClient, test_key: dict[str, str]) -> None:
    """What belongs to the exchange is known; and a name survives a registration that gives none."""
    introduce(http, certificate=test_key["certificate"], name="Satu")
    nothing: dict[str, Any] = dict.fromkeys(URLS)
    assert introduce(http, seller_id="SE00000002", name="Dua", **nothing).status_code == 200
    assert introduce(http, **nothing).status_code == 200

    exchange = listed(http)["EX00000001"]
    assert [seller["name"] for seller in exchange["sellers"]] == ["Satu", "Dua"]
    assert {name: exchange[name] for name in URLS} == URLS
    assert [paper["kind"] for paper in exchange["certificates"]] == ["certificate"]


@pytest.mark.parametrize("missing", ["certificate", "direct_url", "indirect_url"])
def test_a_new_exchange_needs_everything(http: FlaskClient, test_key: dict[str, str], missing: str) -> None:
    """The field that is missing is named."""
    answer = introduce(http, **{"certificate": test_key["certificate"], missing: None})

    assert (answer.status_code, answer.get_json()["error"].split(":")[0]) == (400, missing)


def test_a_merchant_rolls_over(
    http: FlaskClient, merchant_key: rsa.RSAPrivateKey, other: rsa.RSAPrivateKey, test_key: dict[str, str]
) -> None:
    """Both certificates in a list, or the new one with `keep`: either key signs; then the new one alone."""
    introduce(http, certificate=test_key["certificate"])
    assert [takes(http, merchant_key), takes(http, other)] == [True, False]
    assert introduce(http, certificate=[pem(other), test_key["certificate"]]).status_code == 200
    assert [takes(http, merchant_key), takes(http, other)] == [True, True]
    assert introduce(http, public_key=pem(other)).status_code == 200
    assert [takes(http, merchant_key), takes(http, other)] == [False, True]

    back = {"certificate": test_key["certificate"], "keep": True}
    assert introduce(http, **back).status_code == 200
    assert [takes(http, merchant_key), takes(http, other)] == [True, True]
    assert len(listed(http)["EX00000001"]["certificates"]) == 2


def test_with_two_keys_a_mistake_is_still_explained(
    http: FlaskClient, other: rsa.RSAPrivateKey, test_key: dict[str, str]
) -> None:
    """What was signed with the second key is not called another's."""
    introduce(http, certificate=[test_key["certificate"], pem(other)])
    signature = other.sign(b"7.0|EX00000001|BE|01", padding.PKCS1v15(), SHA1()).hex().upper()
    fields = {"msgType": "BE", "msgToken": "01", "sellerExId": "EX00000001", "version": "7.0", "checkSum": signature}
    told = http.post("/_control/explain", json={"fields": {f"fpx_{name}": value for name, value in fields.items()}})

    assert told.get_json()["mistake"] == "field-order"


def test_what_is_registered_can_be_removed(http: FlaskClient, test_key: dict[str, str]) -> None:
    """One seller, then the exchange with what is left; what is not there is not found."""
    introduce(http, certificate=test_key["certificate"])
    introduce(http, seller_id="SE00000002")

    def remove(named: str) -> int:
        return http.post("/_control/sellers", json={"remove": named}).status_code

    assert [remove("EX00000001/SE00000002"), remove("EX00000001/SE00000002")] == [200, 404]
    assert [seller["seller_id"] for seller in listed(http)["EX00000001"]["sellers"]] == ["SE00000001"]
    assert [remove("EX00000001"), remove("EX00000001"), remove("?")] == [200, 404, 404]
    assert listed(http) == {}


def test_registering_the_same_again_is_no_news(start: Callable[..., Room], test_key: dict[str, str]) -> None:
    """The journal tells of changes."""
    room = start()
    http = room.app.test_client()
    for _ in range(2):
        introduce(http, certificate=test_key["certificate"])
    introduce(http, public_key=test_key["public_key"])

    assert [entry["kind"] for entry in room.journal(0, 10)] == ["seller registered"]
    assert listed(http)["EX00000001"]["certificates"][0]["kind"] == "certificate"


FILE = """
[[exchange]]
exchange_id = "EX00000001"
certificate_file = ["kedai.cer", "kedai.der"]
direct_url = "http://127.0.0.1:9/direct"
indirect_url = "http://127.0.0.1:9/indirect"

[[exchange.seller]]
seller_id = "SE00000001"
name = "Kedai Satu"

[[exchange.seller]]
seller_id = "SE00000002"

[[exchange]]
exchange_id = "EX00000002"
public_key = '''
{key}'''
direct_url = "https://kedai.example.com/direct"
indirect_url = "https://kedai.example.com/indirect"

[[exchange.seller]]
seller_id = "SE00000003"
"""


@pytest.fixture(name="file")
def _file(tmp_path: Path, test_key: dict[str, str], other: rsa.RSAPrivateKey) -> Path:
    """A sellers file beside its certificates."""
    folder = tmp_path / "merchants"
    folder.mkdir()
    der = other.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    (folder / "kedai.cer").write_text(test_key["certificate"])
    (folder / "kedai.der").write_bytes(der)
    (folder / "note.txt").write_text("no certificate")
    (folder / "sellers.toml").write_text(FILE.format(key=pem(other)))
    return folder / "sellers.toml"


def test_a_sellers_file_registers_at_each_start(
    start: Callable[..., Room], file: Path, merchant_key: rsa.RSAPrivateKey, other: rsa.RSAPrivateKey
) -> None:
    """Exchanges, their sellers and keys, in PEM and DER; the second start changes nothing."""
    start(sellers_file=file)
    room = start(sellers_file=file)
    http = room.app.test_client()

    assert {name: len(each["sellers"]) for name, each in listed(http).items()} == {"EX00000001": 2, "EX00000002": 1}
    assert [takes(http, merchant_key), takes(http, other), takes(http, other, "EX00000002")] == [True] * 3
    assert [entry["kind"] for entry in room.journal(0, 100)].count("seller registered") == 3


WRONG = [
    ("[[exchange]]", "[[exchange", "is not TOML"),
    ('exchange_id = "EX00000002"', 'exchange_id = "EX2"', "exchange 2 (EX2): exchange_id: "),
    ('exchange_id = "EX00000002"', "", "exchange 2: exchange_id: missing"),
    ('exchange_id = "EX00000002"', "exchange_id = 2", "exchange 2: exchange_id: "),
    ('seller_id = "SE00000002"', 'seller_id = "2"', "exchange 1 (EX00000001), seller 2: seller_id: "),
    ('name = "Kedai Satu"', 'nama = "Kedai Satu"', "exchange 1 (EX00000001), seller 1: nama: no such key here"),
    ('name = "Kedai Satu"', 'name = ""', "exchange 1 (EX00000001), seller 1: name: "),
    ('direct_url = "https:', 'direct_url = "ftp:', "exchange 2 (EX00000002): direct_url: "),
    ('"kedai.der"', '"none.der"', "exchange 1 (EX00000001): certificate_file: "),
    ('["kedai.cer", "kedai.der"]', '"note.txt"', "exchange 1 (EX00000001): certificate: neither"),
    ('["kedai.cer", "kedai.der"]', "[]", "exchange 1 (EX00000001): certificate_file: must be"),
    ("certificate_file", "certificate", "exchange 1 (EX00000001): certificate: neither"),
    ("certificate_file", "certificates", "exchange 1 (EX00000001): certificates: no such key here"),
    ('[[exchange.seller]]\nseller_id = "SE00000003"', "", "exchange 2 (EX00000002): seller: there must be"),
    ("[[exchange]]\n", "[exchange]\n", "is not TOML"),
    ("[[exchange]]\nexchange_id", "x = 1\n[[exchange]]\nexchange_id", "sellers.toml: x: no such key here"),
]


@pytest.mark.parametrize(("what", "by", "reason"), WRONG)
def test_a_wrong_sellers_file_names_file_table_and_key(file: Path, what: str, by: str, reason: str) -> None:
    """One sentence that leads to the line."""
    text = file.read_text()
    assert what in text
    file.write_text(text.replace(what, by, 1))

    with pytest.raises(SellersFileWrong) as refused:
        read_sellers(file)
    assert refused.value.sentence.startswith(str(file))
    assert reason in refused.value.sentence


def test_a_sellers_file_that_is_missing_or_empty_is_said_to_be(tmp_path: Path) -> None:
    """It was named, so somebody wants its merchants."""
    empty = tmp_path / "empty.toml"
    empty.write_text("")

    for file, reason in (
        (empty, "at least one table"),
        (tmp_path / "none.toml", "No such file"),
        (tmp_path, "directory"),
    ):
        with pytest.raises(SellersFileWrong, match=reason):
            read_sellers(file)


def form(**changes: Any) -> dict[str, Any]:
    """The form of the sellers page, filled in."""
    return {"exchange_id": "EX00000001", "seller_id": "SE00000001", "name": "Kedai", **URLS, **changes}


def test_the_console_registers_what_is_pasted_or_uploaded(
    http: FlaskClient, test_key: dict[str, str], merchant_key: rsa.RSAPrivateKey
) -> None:
    """PEM in the text field, or a file in DER."""
    der = x509.load_pem_x509_certificate(test_key["certificate"].encode()).public_bytes(Encoding.DER)
    pasted = http.post("/sellers", data=form(certificate=test_key["certificate"]))
    uploaded = http.post("/sellers", data=form(exchange_id="EX00000002", certificate_file=(BytesIO(der), "a.cer")))

    assert [pasted.location, uploaded.location] == ["/sellers/EX00000001", "/sellers/EX00000002"]
    assert [takes(http, merchant_key), takes(http, merchant_key, "EX00000002")] == [True, True]
    assert "EX00000002" in http.get("/sellers").text
    assert URLS["direct_url"] in http.get("/sellers/EX00000002").text


def test_the_console_keeps_what_was_typed_beside_what_is_wrong(http: FlaskClient) -> None:
    """The field is marked, nothing is registered, nothing typed is lost."""
    answer = http.post("/sellers", data=form(certificate="<mine>", name="Kedai & Anak"))

    assert answer.status_code == 422
    assert 'id="certificate-error"' in answer.text
    assert "Kedai &amp; Anak" in answer.text
    assert "&lt;mine&gt;" in answer.text
    assert "EX00000001" not in listed(http)
    assert 'id="exchange_id-error"' in http.post("/sellers", data=form(exchange_id="1")).text


def test_the_console_replaces_a_key_only_when_told_to(
    http: FlaskClient, test_key: dict[str, str], other: rsa.RSAPrivateKey
) -> None:
    """The first try says so and offers it."""
    http.post("/sellers", data=form(certificate=test_key["certificate"]))
    refused = http.post("/sellers", data=form(certificate=pem(other)))

    assert (refused.status_code, 'name="replace"' in refused.text) == (409, True)
    assert http.post("/sellers", data=form(certificate=pem(other), replace="ya")).status_code == 303
    assert takes(http, other)


def test_the_console_edits_and_removes(http: FlaskClient, test_key: dict[str, str]) -> None:
    """Other addresses with the certificate there is; then the seller, then the exchange."""
    http.post("/sellers", data=form(certificate=test_key["certificate"]))
    moved = form(certificate="", replace="ya", direct_url="http://127.0.0.1:10/direct")
    assert http.post("/sellers", data=moved).status_code == 303
    assert listed(http)["EX00000001"]["direct_url"] == "http://127.0.0.1:10/direct"

    assert http.post("/sellers/remove", data={"registered": "EX00000001/SE00000001"}).status_code == 303
    assert listed(http)["EX00000001"]["sellers"] == []
    assert "tiada penjual" in http.get("/sellers/EX00000001").text
    assert http.post("/sellers/remove", data={"registered": "EX00000001"}).status_code == 303
    assert (listed(http), http.get("/sellers/EX00000001").status_code) == ({}, 404)


def test_a_page_of_another_site_registers_nobody(http: FlaskClient, test_key: dict[str, str]) -> None:
    """The forms are guarded like the control doors."""
    foreign = {"Origin": "http://evil.example.com"}

    assert http.post("/sellers", data=form(certificate=test_key["certificate"]), headers=foreign).status_code == 401
    assert http.post("/sellers/remove", data={"registered": "EX00000001"}, headers=foreign).status_code == 401


def test_too_much_is_refused(http: FlaskClient, test_key: dict[str, str]) -> None:
    """A list of nothing, of numbers, of very long or of very many papers."""
    long = "A" * 20_001
    many = [pem(rsa.generate_private_key(65537, 1024)) for _ in range(11)]
    for certificate in ([], [1], {"a": 1}, 7, long, many, base64.b64encode(b"\x30\x82").decode()):
        answer = introduce(http, certificate=certificate)
        assert (answer.status_code, answer.get_json()["error"][:13]) == (400, "certificate: ")
