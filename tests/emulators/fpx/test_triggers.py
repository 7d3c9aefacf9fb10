"""The catalogue of outcomes, the banks and the codes it speaks of."""

from __future__ import annotations

import random
from html import unescape

import pytest

from docs.readme_tables import triggers as triggers_of_readme
from emulators.fpx.banks import BANKS, bank, banks_of
from emulators.fpx.response_codes import CODES, meaning
from emulators.fpx.triggers import CATALOGUE, Where, knows_card, outcome


def test_every_row_speaks_of_codes_and_banks_that_exist():
    """A row of the catalogue is never a dead letter."""
    for row in CATALOGUE:
        assert set(row.code.split(" / ")) <= set(CODES)
        assert row.where is not Where.BANK or bank(row.value) is not None


def test_every_row_says_in_both_languages_what_a_buyer_sees():
    """The page is Malay, the README English; a bank is named as its list names it, beside its id."""
    for row in CATALOGUE:
        for words in (row.where.label, row.enter, row.meaning):
            assert words.english
            assert words.malay
        assert row.meaning.english != row.meaning.malay
        if row.where is Where.BANK:
            assert row.enter.english == row.enter.malay == f"{row.value} ({bank(row.value).name})"


def test_the_banks_page_leads_to_the_catalogue_as_a_buyer_reads_it(running, merchant, arrive):
    """The labels of the page's own fields with the simulator's names, in Malay."""
    assert 'href="/triggers"' in arrive(merchant.ar()).page.text
    page = unescape(merchant.http.get(f"{merchant.fpx}/triggers").text)

    for words in ("ID pengguna (CardNum)", "Kata laluan (HPin)", "TEST0022 (SBI Bank B)", "kata laluan salah"):
        assert f">{words}" in page
    for row in CATALOGUE:
        assert row.meaning.malay in page
        assert row.meaning.english not in page


def test_the_readme_prints_the_catalogue_in_english():
    """Nothing Malay in an English table."""
    rows = "\n".join(triggers_of_readme())

    for row in CATALOGUE:
        assert row.meaning.english in rows
        assert row.meaning.malay not in rows
    assert "User id (`CardNum`) | `5151` | 51 |" in rows


def test_every_row_chooses_the_code_it_announces():
    """What the page prints is what happens."""
    for row in CATALOGUE:
        bank_id, card = (row.value, "1234") if row.where is Where.BANK else ("UJIAN001", row.value)
        if row.outcomes:
            drawn = {outcome(bank_id, card, random.Random(seed)).code for seed in range(20)}
            assert set(row.code.split(" / ")) == drawn


def test_the_random_bank_repeats_with_its_seed():
    """The same seed draws the same outcomes."""
    first, second = random.Random(3), random.Random(3)

    assert [outcome("TEST0023", "1234", first) for _ in range(9)] == [
        outcome("TEST0023", "1234", second) for _ in range(9)
    ]


@pytest.mark.parametrize("card", ["", "9999", "1234 ", "TEST0021"])
def test_an_unknown_user_id_has_no_account(card):
    """Only the cards of the catalogue sign in."""
    assert not knows_card(card)


def test_the_bank_list_holds_a_blocked_bank_and_the_test_banks_of_uat():
    """Sellers must be able to rehearse "(Offline)"."""
    assert [row.id for row in banks_of("01") if not row.online] == ["UJIAN003"]
    assert [row.id for row in banks_of("02") if not row.online] == ["UJIAN003", "UJIAN005"]
    assert {row.id for row in BANKS} - {row.id for row in banks_of("01")} == {"UJIAN004", "UJIAN005"}
    assert {"TEST0021", "TEST0022", "TEST0023"} <= {row.id for row in banks_of("01")}
    assert banks_of("03") == []


def test_the_response_code_table_is_whole():
    """Every code of the published table, each in both languages; another one is said to be unknown."""
    published = """
        00 03 05 09 12 13 14 20 30 31 39 45 46 47 48 49 50 51 53 57 58 70 76 77 78 79 80 83 84 85 87 88 89 90 92 96 98
        99 BB BC DA DB DC DD DE DF FE OE OF OO SB XA XB XC XE XF XI XM XN XO XS XT XW 1A 1B 1C 1D 1E 1F 1G 1H 1I 1J 1K
        1L 1M 1S 2A 2X B0 B1 B2 B3 B4 B5 B6 B7 B8 B9 C1 C2 C3 C4 C5
    """
    assert published.split() == list(CODES)
    assert all(row.english and row.malay and len(row.code) == 2 for row in CODES.values())
    assert meaning("ZZ").english == "not in the table"
