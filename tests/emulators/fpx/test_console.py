"""The tester's door shows what happened, message by message."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

from emulators.foundation.events import Events
from emulators.fpx.console_words import EVENTS, FACTS, STATES
from emulators.fpx.transaction import Event, State


def words_of(page: str) -> str:
    """What a person reads on a page."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split())


def test_a_payment_is_a_ladder_of_messages_with_fields_and_signed_text(running, merchant, arrive, until):
    """AR, sign-in, confirm, outcome, indirect AC, direct AC with its answer, and AE, each between its two parties."""
    ar = merchant.ar()
    arrive(ar).pay()
    until(lambda: running.journal("AC delivery"), "the delivery is journalled")
    txn_id = merchant.enquire(ar)["fpx_fpxTxnId"]
    listed = merchant.http.get(f"{merchant.fpx}/").text
    page = merchant.http.get(f"{merchant.fpx}/transactions/{txn_id}").text

    assert f"/transactions/{txn_id}" in listed
    assert "Diluluskan" in listed
    lines = re.findall(r'<p class="what">.*?</time>(.*?)</p>', page, re.S)
    said = [words_of(line) for line in lines]
    for line in (
        "AR Pelayar → Suis FPX diterima",
        "303 Suis FPX → Pelayar ke halaman bank",
        "Sign in Pelayar → Bank pembeli log masuk",
        "Confirm Pelayar → Bank pembeli mengesahkan",
        "00 Bank → Suis FPX 00: diluluskan",
        "AC indirect Pelayar → Penjual dibawa oleh pelayar; tidak melalui sandbox",
        "AC direct #1 Suis FPX → Penjual 00",
        "HTTP 200 Penjual → Suis FPX OK: diakui",
        "AE Penjual → Suis FPX diterima",
        "AC Suis FPX → Penjual 00: diluluskan",
    ):
        assert line in said
    assert said[-1] == "AC Suis FPX → Penjual 00: diluluskan"
    assert page.count("BANK UJIAN A|UJIAN001|||N@ME()/ .-&amp;BUYER|00|9999999999|00|") >= 4
    assert f"{merchant.url}/direct" in page


def test_the_ladder_has_a_twin_for_programs(running, merchant, arrive, until):
    """The same messages as JSON, with the key to the bank's page left out."""
    arrive(merchant.ar()).pay()
    until(lambda: running.journal("AC delivery"), "the delivery is journalled")
    listed = merchant.http.get(f"{merchant.fpx}/api/v1/transactions").json()["transactions"]
    told = merchant.http.get(f"{merchant.fpx}/api/v1/transactions/{listed[0]['fpx_txn_id']}").json()

    assert told["transaction"] == listed[0]
    assert (listed[0]["amount"], listed[0]["state"]) == ("157.20", "APPROVED")
    assert "session" not in listed[0]
    direct = next(rung for rung in told["ladder"] if rung["message"] == "AC direct #1")
    assert (direct["from"], direct["to"], direct["fields"]) == ("switch", "merchant", merchant.direct[0])
    assert direct["source"].split("|")[-3:] == ["20190515090000", "157.20", "MYR"]
    assert told["callbacks"][0]["state"] == "done"
    assert merchant.http.get(f"{merchant.fpx}/api/v1/transactions/1905150900001234").status_code == 404


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
    seen = words_of(listed + page)

    assert len(re.findall(r">15/05/2019 09:0\d:\d\d</time>", listed)) == 2
    assert len(re.findall(r">09:0\d:\d\d</time>", page)) >= 7
    assert not re.search(r"2019-05-15|T09:|True|False|owed|delivery|signed in|gave_up|acknowledged|DECLINE", seen)
    for words in ("AR yang sama sekali lagi", "log masuk gagal", "AR ditolak", "51: baki tidak mencukupi"):
        assert words in seen
    assert "Diakui (OK) tidak" in seen
    assert "Berhenti mencuba tidak" in seen
    assert "Status HTTP 503" in seen
    assert "&lt;b&gt;not yet" in page


def test_every_event_state_and_fact_has_words(running, merchant, arrive, until):
    """A payment of every ending leaves nothing on the console that only the program understands."""
    for card in ("1234", "5151", "0909"):
        arrive(merchant.ar()).pay(card)
    ar = merchant.ar()
    buyer = arrive(ar)
    for _ in range(3):
        buyer.sign_in("1234", "0000")
    arrive(merchant.ar()).press("Cancel")
    arrive(merchant.ar()).sign_in()
    running.clock.advance(timedelta(hours=1))
    until(lambda: len(running.journal("AC delivery")) == 6, "all direct ACs are delivered")

    entries = [entry for entry in running.room.journal(0, 1000) if entry["ref"].isdigit()]
    assert {name for entry in entries for name in entry["facts"]} - {"fields", "reply"} <= set(FACTS)
    assert set(Event) <= set(EVENTS)
    assert set(State) - {State.RECEIVED} <= set(STATES)


def test_an_empty_console_says_so(world, http):
    """Lists have empty states, and a search that finds nothing has another."""
    url = world.start()

    assert "Belum ada transaksi" in http.get(f"{url}/").text
    assert "Tiada transaksi yang sepadan" in http.get(f"{url}/?q=nobody").text
    assert "Tiada: setiap AC terus" in http.get(f"{url}/callbacks").text
    assert "Belum ada penjual" in http.get(f"{url}/sellers").text


def test_refused_messages_are_listed_with_the_reason(running, merchant):
    """A tester finds why without reading logs; markup in a field stays text."""
    merchant.post("seller2DReceiver.jsp", merchant.ar(buyerName="<script>") | {"fpx_txnAmount": "9.99"})
    page = merchant.http.get(f"{merchant.fpx}/").text

    assert "AR ditolak" in page
    assert "XC" in page
    assert "Medan yang diterima (16)" in page
    assert "<script>|" not in page


def test_sellers_and_triggers_have_pages(running, merchant):
    """What is registered and what can be asked for."""
    assert "SE00000789" in merchant.http.get(f"{merchant.fpx}/sellers").text
    assert "5151" in merchant.http.get(f"{merchant.fpx}/triggers").text


def test_many_transactions_are_shown_a_page_at_a_time(running, merchant):
    """Fifty on a page, the rest behind a link, none twice; the last page has no link on."""
    for _ in range(53):
        merchant.post("seller2DReceiver.jsp", merchant.ar())
    first = merchant.http.get(f"{merchant.fpx}/").text
    older = re.search(r"\?before=(\d{16})", first)
    assert older is not None
    second = merchant.http.get(f"{merchant.fpx}/?before={older[1]}").text
    shown = [re.findall(r'href="/transactions/(\d{16})"', page) for page in (first, second)]

    assert [len(page) for page in shown] == [50, 3]
    assert len({*shown[0], *shown[1]}) == 53
    assert shown[0] + shown[1] == sorted(shown[0] + shown[1], reverse=True)
    assert "Lebih lama" not in second


def test_a_search_finds_by_what_a_tester_knows(running, merchant, arrive):
    """Order number, FPX id, seller, buyer, bank, state, code, amount and day; several at once hold together."""
    arrive(merchant.ar(sellerOrderNo="RUMAH-7", txnAmount="20.00", buyerEmail="siti@example.com")).pay("5151")
    merchant.post("seller2DReceiver.jsp", merchant.ar(buyerBankId="TEST0021"))

    def found(**asked: str) -> list[str]:
        answer = merchant.http.get(f"{merchant.fpx}/api/v1/transactions", params=asked)
        assert answer.status_code == 200, answer.text
        return [txn["seller_order_no"] for txn in answer.json()["transactions"]]

    everything = found()
    rest = [order for order in everything if order != "RUMAH-7"]
    txn_id = merchant.http.get(f"{merchant.fpx}/api/v1/transactions?q=RUMAH").json()["transactions"][0]["fpx_txn_id"]
    for only in ({"q": "rumah-7"}, {"q": "siti@"}, {"q": txn_id}, {"state": "declined"}, {"code": "51"}):
        assert found(**only) == ["RUMAH-7"]
    assert found(amount="RM 20") == found(amount="20.00") == ["RUMAH-7"]
    assert found(bank="TEST0021") == rest
    assert found(q="SE00000789", day="2019-05-15") == everything
    assert found(day="2019-05-14") == found(q="100%") == found(bank="TEST0021", code="51") == []


def test_a_search_that_cannot_be_read_is_said_beside_its_field(running, merchant):
    """What was typed stays; a program is told with 400."""
    page = merchant.http.get(f"{merchant.fpx}/?amount=banyak&day=2019-02-30&q=x")

    assert page.status_code == 422
    assert page.text.count('aria-invalid="true"') == 2
    assert 'value="banyak"' in page.text
    assert merchant.http.get(f"{merchant.fpx}/api/v1/transactions?state=GONE").status_code == 400


def test_callbacks_nobody_acknowledged_are_listed_and_can_be_sent_again(running, merchant, arrive, until):
    """Owed or given up, with the address and the next attempt; once acknowledged they are gone from the list."""
    merchant.answers = [("later", 503)]
    arrive(merchant.ar()).pay()
    until(lambda: running.journal("AC delivery"), "the first attempt is noted")
    (owed,) = merchant.http.get(f"{merchant.fpx}/api/v1/callbacks").json()["callbacks"]
    page = merchant.http.get(f"{merchant.fpx}/callbacks").text

    assert (owed["state"], owed["attempts"], owed["url"]) == ("owed", 1, f"{merchant.url}/direct")
    assert f'href="/transactions/{owed["ref"]}"' in page
    assert f'action="/transactions/{owed["ref"]}/resend"' in page
    assert merchant.http.post(f"{merchant.fpx}/transactions/{owed['ref']}/resend").status_code == 303
    running.clock.advance(timedelta(seconds=3))
    until(
        lambda: not merchant.http.get(f"{merchant.fpx}/api/v1/callbacks").json()["callbacks"], "both are acknowledged"
    )
    assert len(merchant.direct) == 3


def test_pages_that_follow_hear_of_each_change(running, merchant, arrive):
    """One event for each entry of the journal, after its commit, with what it is about."""
    (events,) = (worker for worker in running.room.workers if isinstance(worker, Events))
    with merchant.http.stream("GET", f"{merchant.fpx}/events") as stream:
        lines = stream.iter_lines()
        assert next(lines).startswith("retry")
        merchant.post("seller2DReceiver.jsp", merchant.ar())
        told = next(line for line in lines if line.startswith("data:"))
        events.stop()

    assert '"kind":"AR"' in told
    assert running.journal("AR")[0]["ref"] in told
