"""Merchants introduce themselves through the control door."""

from __future__ import annotations


def test_registering_again_replaces_key_and_addresses(running, merchant, arrive, until):
    """The direct AC goes where the latest registration says."""
    answer = merchant.introduce(direct_url=f"{merchant.url}/direct?latest=1", name="Nama Baharu")
    buyer = arrive(merchant.ar())

    assert answer.json() == {"registered": "EX00000789/SE00000789"}
    assert "Nama Baharu" in buyer.text
    buyer.pay()
    until(lambda: running.journal("AC delivery"), "the direct AC arrives")
    assert f"{merchant.url}/direct?latest=1" == running.journal("AC delivery")[0]["facts"]["url"]


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
