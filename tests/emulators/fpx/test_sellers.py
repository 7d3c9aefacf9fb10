"""Merchants introduce themselves through the control door."""

from __future__ import annotations

import re

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


@pytest.fixture(name="another_key", scope="module")
def _another_key():
    """The public key of somebody else."""
    key = rsa.generate_private_key(65537, 2048).public_key()
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def test_a_merchant_known_by_its_key_may_move(running, merchant, arrive, until):
    """Started again on other ports, or renamed: the direct AC goes where the latest registration says."""
    answer = merchant.introduce(direct_url=f"{merchant.url}/direct?latest=1", name="Nama Baharu")
    buyer = arrive(merchant.ar())

    assert answer.json() == {"registered": "EX00000789/SE00000789"}
    assert "Nama Baharu" in buyer.text
    buyer.pay()
    until(lambda: running.journal("AC delivery"), "the direct AC arrives")
    assert f"{merchant.url}/direct?latest=1" == running.journal("AC delivery")[0]["facts"]["url"]


def test_another_key_does_not_take_an_exchange_unless_it_says_so(running, merchant, arrive, until, another_key):
    """A second portal is told who is there and how to replace it; the first goes on being paid."""
    stranger = {"certificate": another_key, "direct_url": f"{merchant.url}/direct?stranger"}
    answer = merchant.introduce(**stranger)
    told = answer.json()["error"]

    assert answer.status_code == 409
    assert "EX00000789" in told
    assert '{"replace": true}' in told
    for address in (f"{merchant.url}/direct", f"{merchant.url}/direct?stranger", f"{merchant.url}/indirect"):
        assert f"{address} " in told or f"{address}," in told or f"{address}." in told
    assert len(set(re.findall(r"\bkey ([0-9a-f]{16})\b", told))) == 2
    arrive(merchant.ar()).pay()
    until(lambda: running.journal("AC delivery"), "the direct AC arrives")
    assert running.journal("AC delivery")[0]["facts"]["url"] == f"{merchant.url}/direct"
    assert [entry["facts"]["direct_url"] for entry in running.journal("seller registered")] == [
        f"{merchant.url}/direct"
    ]


def test_another_key_cannot_join_an_exchange_as_a_second_seller(running, merchant, another_key):
    """The key is the exchange's: a new seller id does not change whose it is."""
    assert merchant.introduce(certificate=another_key, seller_id="SE00000790").status_code == 409
    assert merchant.post("seller2DReceiver.jsp", merchant.ar()).status_code == 303


def test_a_merchant_that_says_so_takes_the_exchange(running, merchant, another_key):
    """The new key counts from then on, and the old one no more."""
    assert merchant.introduce(certificate=another_key, replace=True).status_code == 200

    answer = merchant.post("seller2DReceiver.jsp", merchant.ar(), Accept="application/json")
    assert answer.json()["code"] == "XC"
    assert merchant.introduce().status_code == 409
    assert merchant.introduce(replace=True).status_code == 200
    assert merchant.post("seller2DReceiver.jsp", merchant.ar()).status_code == 303


def test_registering_the_same_again_changes_nothing(running, merchant):
    """Every start of a portal does it, with the certificate or with the bare key."""
    key = merchant.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    assert [merchant.introduce().status_code, merchant.introduce(certificate=key).status_code] == [200, 200]
    assert merchant.http.get(f"{merchant.fpx}/sellers").text.count("SE00000789") == 1


def test_an_exchange_may_have_several_sellers(running, merchant):
    """Each is found under its exchange."""
    merchant.introduce(seller_id="SE00000790", name="Kedua")

    assert merchant.post("seller2DReceiver.jsp", merchant.ar(sellerId="SE00000790")).status_code == 303
    assert merchant.post("seller2DReceiver.jsp", merchant.ar()).status_code == 303


BAD = [
    ({"exchange_id": "EX1"}, "exchange_id"),
    ({"exchange_id": "EX00000789\n"}, "exchange_id"),
    ({"seller_id": "../../x"}, "seller_id"),
    ({"name": ""}, "name"),
    ({"name": "a\x00"}, "name"),
    ({"certificate": "mine"}, "certificate"),
    ({"direct_url": "ftp://x"}, "direct_url"),
    ({"direct_url": "http://[x"}, "direct_url"),
    ({"indirect_url": ""}, "indirect_url"),
    ({"indirect_url": "javascript:alert(1)"}, "indirect_url"),
    ({"replace": "yes"}, "replace"),
    ({"replace": 1}, "replace"),
    ({"surprise": "1"}, "surprise"),
]


def test_a_bad_registration_names_its_field(world, merchant, subtests):
    """400, with the field in the sentence, and nothing is registered."""
    merchant.fpx = world.start()
    for changes, field in BAD:
        with subtests.test(**changes):
            answer = merchant.introduce(**changes)

            assert answer.status_code == 400
            assert answer.json()["error"].startswith(f"{field}: ")

    assert world.journal("seller registered") == []
