"""The tester's door shows what happened, message by message."""

from __future__ import annotations

import re
from datetime import timedelta

from emulators.fpx.console import EVENTS, FACTS, KINDS, STATES
from emulators.fpx.transaction import Event, State


def test_a_payment_is_shown_with_its_messages_and_attempts(running, merchant, arrive, until):
    """AR, sign-in, AC owed, delivery and AE, with fields and the text that was signed."""
    ar = merchant.ar()
    arrive(ar).pay()
    until(lambda: running.journal("AC delivery"), "the delivery is journalled")
    txn_id = merchant.enquire(ar)["fpx_fpxTxnId"]
    listed = merchant.http.get(f"{merchant.fpx}/").text
    page = merchant.http.get(f"{merchant.fpx}/transactions/{txn_id}").text

    assert f"/transactions/{txn_id}" in listed
    assert "Diluluskan" in listed
    kinds = ["AR diterima", "Pembeli log masuk", "AC perlu dihantar", "AC dihantar kepada penjual", "AE dijawab"]
    assert [page.index(f"<h3>{kind} ") for kind in kinds] == sorted(page.index(f"<h3>{kind} ") for kind in kinds)
    assert "BANK UJIAN A|UJIAN001|||N@ME()/ .-&amp;BUYER|00|9999999999|00|" in page
    assert f"{merchant.url}/direct" in page


def test_the_console_speaks_malay_and_tells_time_like_the_other_rooms(running, merchant, arrive, until):
    """No word, verdict or instant is left as the program keeps it; FPX's own words stay."""
    merchant.answers = [("<b>not yet</b>", 503)]
    ar = merchant.ar()
    buyer = arrive(ar)
    merchant.post("seller2DReceiver.jsp", ar)
    buyer.sign_in("1234", "0000")
    buyer.pay("5151")
    until(lambda: running.journal("AC delivery"), "the delivery is journalled")
    merchant.post("seller2DReceiver.jsp", merchant.ar() | {"fpx_txnAmount": "9.99"})
    txn_id = merchant.enquire(ar)["fpx_fpxTxnId"]
    listed = merchant.http.get(f"{merchant.fpx}/").text
    page = merchant.http.get(f"{merchant.fpx}/transactions/{txn_id}").text
    seen = re.sub(r"<[^>]*>", "", listed + page)

    assert len(re.findall(r">15/05/2019 09:0\d:\d\d</time>", listed)) == 2
    assert len(re.findall(r">15/05/2019 09:0\d:\d\d</time>", page)) >= 7
    assert not re.search(
        r"2019-05-15|T09:|True|False|owed|delivery|signed in|repeated|gave_up|acknowledged|DECLINE", seen
    )
    for words in ("AR yang sama diterima lagi", "Log masuk gagal", "AR ditolak", "51: baki tidak mencukupi"):
        assert words in seen
    assert re.search(r"Diakui \(OK\)\s*tidak", seen)
    assert re.search(r"Berhenti mencuba\s*tidak", seen)
    assert re.search(r"Status HTTP\s*503", seen)
    assert "&lt;b&gt;not yet" in page


def test_every_kind_and_fact_of_the_journal_has_words(running, merchant, arrive, until):
    """A payment of every ending leaves nothing on the console that only the program understands."""
    for card in ("1234", "5151", "0909"):
        arrive(merchant.ar()).pay(card)
    ar = merchant.ar()
    buyer = arrive(ar)
    merchant.post("seller2DReceiver.jsp", ar)
    for _ in range(3):
        buyer.sign_in("1234", "0000")
    arrive(merchant.ar()).press("Cancel")
    arrive(merchant.ar()).sign_in()
    running.clock.advance(timedelta(hours=1))
    until(lambda: len(running.journal("AC delivery")) == 6, "all direct ACs are delivered")

    entries = [entry for entry in running.room.journal(0, 1000) if entry["ref"].isdigit()]
    assert {entry["kind"] for entry in entries} <= set(KINDS)
    assert {name for entry in entries for name in entry["facts"]} - {"fields", "reply"} <= set(FACTS)
    assert set(EVENTS) == set(Event)
    assert set(STATES) == set(State) - {State.RECEIVED}


def test_an_empty_console_says_so(world, http):
    """Lists have empty states."""
    url = world.start()

    assert "Belum ada transaksi" in http.get(f"{url}/").text
    assert "Belum ada penjual" in http.get(f"{url}/sellers").text


def test_refused_messages_are_listed_with_the_reason(running, merchant):
    """A tester finds why without reading logs; markup in a field stays text."""
    merchant.post("seller2DReceiver.jsp", merchant.ar(buyerName="<script>") | {"fpx_txnAmount": "9.99"})
    page = merchant.http.get(f"{merchant.fpx}/").text

    assert "AR ditolak" in page
    assert "XC" in page
    assert "<script>|" not in page


def test_sellers_and_triggers_have_pages(running, merchant):
    """What is registered and what can be asked for."""
    assert "SE00000789" in merchant.http.get(f"{merchant.fpx}/sellers").text
    assert "5151" in merchant.http.get(f"{merchant.fpx}/triggers").text


def test_many_transactions_are_shown_a_page_at_a_time(running, merchant):
    """Fifty on a page, the rest behind a link, none twice."""
    for _ in range(53):
        merchant.post("seller2DReceiver.jsp", merchant.ar())
    first = merchant.http.get(f"{merchant.fpx}/").text
    older = first.split("?before=")[1].split('"')[0]
    second = merchant.http.get(f"{merchant.fpx}/?before={older}").text

    assert first.count('href="/transactions/') == 50
    assert second.count('href="/transactions/') == 3
