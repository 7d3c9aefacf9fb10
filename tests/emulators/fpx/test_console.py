"""The tester's door shows what happened, message by message."""

from __future__ import annotations


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
    kinds = ["AR", "signed in", "AC owed", "AC delivery", "AE"]
    assert [page.index(f"<h3>{kind} ") for kind in kinds] == sorted(page.index(f"<h3>{kind} ") for kind in kinds)
    assert "BANK UJIAN A|UJIAN001|||N@ME()/ .-&amp;BUYER|00|9999999999|00|" in page
    assert f"{merchant.url}/direct" in page


def test_an_empty_console_says_so(world, http):
    """Lists have empty states."""
    url = world.start()

    assert "Belum ada transaksi" in http.get(f"{url}/").text
    assert "Belum ada penjual" in http.get(f"{url}/sellers").text


def test_refused_messages_are_listed_with_the_reason(running, merchant):
    """A tester finds why without reading logs; markup in a field stays text."""
    merchant.post("seller2DReceiver.jsp", merchant.ar(buyerName="<script>") | {"fpx_txnAmount": "9.99"})
    page = merchant.http.get(f"{merchant.fpx}/").text

    assert "AR refused" in page
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
