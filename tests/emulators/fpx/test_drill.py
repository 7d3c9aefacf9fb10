"""The merchant drill: a board that lights up from a merchant's own traffic, and says what was seen and expected."""

from __future__ import annotations

import pytest

from emulators.foundation.product import VERSION
from emulators.fpx.drill import reading
from emulators.fpx.drill.scenarios import CHECKS, scenarios


def states(merchant) -> dict[str, str]:
    """The board as programs read it: scenario to state."""
    told = merchant.http.get(f"{merchant.fpx}/drill/EX00000789/report.json").json()
    return {row["id"]: row["state"] for row in told["scenarios"]}


def row(merchant, name: str) -> dict:
    """One scenario of the board."""
    told = merchant.http.get(f"{merchant.fpx}/drill/EX00000789/report.json").json()
    return next(row for row in told["scenarios"] if row["id"] == name)


def test_a_fresh_board_has_seen_nothing(running, merchant):
    """Every scenario is there with its words in both languages; nothing is passed unseen."""
    told = merchant.http.get(f"{merchant.fpx}/drill/EX00000789/report.json").json()

    assert {row["state"] for row in told["scenarios"]} == {"not seen"}
    assert (told["passed"], told["mandatory"]["passed"]) == (False, 0)
    assert told["mandatory"]["of"] >= 20
    assert [row["id"] for row in told["scenarios"]] == list(CHECKS)
    for scenario in scenarios():
        for words in (scenario.sentence, scenario.how, scenario.expected):
            assert words.english
            assert words.malay != words.english


def test_a_board_lights_up_from_payments(running, merchant, arrive, until):
    """Approved, declined and cancelled, each by its own payment, with the link to it."""
    arrive(merchant.ar()).pay("1234")
    arrive(merchant.ar()).pay("5151")
    arrive(merchant.ar()).press("Cancel")
    until(lambda: len(running.journal("AC delivery")) == 3, "all direct ACs are delivered")
    seen = states(merchant)
    page = merchant.http.get(f"{merchant.fpx}/drill/EX00000789").text

    for name in ("approved", "insufficient-funds", "cancelled-at-sign-in", "three-good-requests", "paid-once"):
        assert seen[name] == "passed"
    assert (seen["declined"], seen["bank-list-each-time"]) == ("not seen", "seen wrong")
    assert f"/transactions/{row(merchant, 'approved')['fpx_txn_id']}" in page
    assert merchant.http.get(f"{merchant.fpx}/drill/EX99999999").status_code == 404


def test_a_merchant_that_answers_anything_but_ok_is_seen_wrong_until_it_mends_it(running, merchant, arrive, until):
    """The last attempt counts, and the answer is the evidence."""
    merchant.answers = [("<p>OK</p>", 200)]
    arrive(merchant.ar()).pay()
    until(lambda: running.journal("AC delivery"), "the first delivery is journalled")
    first = row(merchant, "approved")

    assert (first["state"], first["saw"]["english"]) == ("seen wrong", "direct AC 00: HTTP 200 '<p>OK</p>'")

    arrive(merchant.ar()).pay()
    until(lambda: row(merchant, "approved")["state"] == "passed", "the mended merchant is seen")


def test_a_reset_begins_anew_and_is_kept(running, merchant, arrive, until):
    """What was seen before the button was pressed counts no more; the room's own reset forgets the board too."""
    arrive(merchant.ar()).pay()
    until(lambda: states(merchant)["approved"] == "passed", "the payment is seen")
    address = f"{merchant.fpx}/drill/EX00000789/reset"

    assert merchant.http.post(address, headers={"Origin": "http://evil.example"}).status_code == 401
    assert states(merchant)["approved"] == "passed"
    assert merchant.http.post(address).status_code == 303
    assert set(states(merchant).values()) == {"not seen"}
    merchant.http.post(f"{merchant.fpx}/_control/reset")
    told = merchant.http.post(f"{merchant.fpx}/_control/drill", json={"exchange_id": "EX00000789"}).json()
    assert (told["began"], told["payments"]) == ("", 0)


def test_what_was_passed_stands_after_many_later_payments(running, merchant, arrive, until, monkeypatch):
    """The board looks back over a bounded number of payments, and keeps what it saw of older ones."""
    arrive(merchant.ar()).pay("5151")
    until(lambda: states(merchant)["insufficient-funds"] == "passed", "the decline is seen")
    evidence = row(merchant, "insufficient-funds")["fpx_txn_id"]
    for _ in range(3):
        merchant.post("seller2DReceiver.jsp", merchant.ar())
    monkeypatch.setattr(reading, "_PAYMENTS", reading._PAYMENTS.limit(3))

    assert row(merchant, "insufficient-funds")["fpx_txn_id"] == evidence
    assert merchant.http.get(f"{merchant.fpx}/drill/EX00000789/report.json").json()["payments"] == 3


def test_the_report_is_one_file_that_needs_nothing_beside_it(running, merchant):
    """What is handed in names product, version, seller and the clock's times, and opens anywhere."""
    page = merchant.http.get(f"{merchant.fpx}/drill/EX00000789/report.html")

    for words in ("SANDBOX", f"Caruman Sandbox {VERSION}", "SE00000789", "15/05/2019 09:0", "A payment is approved"):
        assert words in page.text
    for asset in ("<script", "<link", "src=", "href=", "url("):
        assert asset not in page.text


@pytest.mark.parametrize("path", ["/drill/", "/drill/EX00000789"])
def test_boards_have_pages(running, merchant, path):
    """In Malay first, and live."""
    page = merchant.http.get(f"{merchant.fpx}{path}").text

    assert "Latihan" in page
    assert 'data-live="/events"' in page
