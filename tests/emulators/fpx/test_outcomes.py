"""The catalogue of outcomes and faults: whole, documented in two languages, and never met by accident."""

from __future__ import annotations

from itertools import pairwise

import pytest

from docs.readme_tables import PAGES, filled
from emulators.foundation.errors import CallersMistake
from emulators.fpx.outcomes import asked
from emulators.fpx.outcomes.asked import Ask, by_amount, by_text, by_value, magic_amount, strongest
from emulators.fpx.outcomes.catalogue import BY_NAME, CATALOGUE, FAULTS
from emulators.fpx.outcomes.spoiling import SPOILERS
from emulators.fpx.outcomes.stages import PRECEDENCE, Door, Stage
from emulators.fpx.response_codes import CODES

PLANS_OF_THE_SCHEME = (1310, 1940, 3690, 4940)
"""A month of each plan, in sen."""
ASKED_FOR = """
    direct-lost direct-delayed direct-twice direct-repeated direct-after-indirect direct-altered-amount
    direct-bad-signature direct-retired-certificate direct-missing-field browser-never-returns pending-then-paid
    pending-then-failed switch-slow switch-5xx switch-error switch-hangs-up bank-offline debited-callback-lost
"""


def test_every_response_code_and_every_fault_asked_for_has_its_row():
    """The whole table of codes, and the faults integrators meet, by the names that the docs give them."""
    assert {f"code-{code}" for code in CODES} <= set(BY_NAME)
    assert set(ASKED_FOR.split()) <= set(BY_NAME)
    assert len(CATALOGUE) == len(BY_NAME)
    assert set(SPOILERS) <= set(BY_NAME)


@pytest.mark.parametrize("row", CATALOGUE, ids=lambda row: row.name)
def test_every_row_speaks_two_languages_and_has_an_amount_of_its_own(row):
    """Its magic amount leads to it and to nothing else; the docs name it with its sentence."""
    (ask,) = by_amount(magic_amount(row))

    assert (row.name, row.stage) == (ask.name, ask.stage)
    assert row.meaning.english != row.meaning.malay


def test_the_page_of_the_docs_is_as_the_catalogue_says():
    """Both tables of docs/fpx-faults.md are generated and current, and name every row."""
    page, tables = next((page, tables) for page, tables in PAGES.items() if page.name == "fpx-faults.md")
    shown = page.read_text(encoding="utf-8")

    assert filled(shown, tables) == shown
    assert [row.name for row in CATALOGUE if f"| `{row.name}` |" not in shown] == []


def test_no_contribution_meets_a_magic_amount_by_accident():
    """Months and years of every plan, and any price in steps of five sen up to RM 30,000, ask for nothing."""
    contributions = {month * times for month in PLANS_OF_THE_SCHEME for times in range(1, 61)}
    prices = contributions | set(range(5, 3_000_001, 995)) | set(range(100, 100_000, 5))

    assert [sen for sen in prices if by_amount(f"{sen // 100}.{sen % 100:02d}")] == []
    assert [by_amount(text) for text in ("", "9.07", "704", "704.7", "1704.07", "٧٠٤.07", "-704.07")] == [()] * 7


@pytest.mark.parametrize(
    ("value", "door", "name"),
    [
        ("sandbox:direct-lost", Door.BUYER_NAME, "direct-lost"),
        ("  SANDBOX: direct-lost ", Door.CARD, "direct-lost"),
        ("sandbox+debited-callback-lost@example.com", Door.BUYER_EMAIL, "debited-callback-lost"),
        ("sandbox:code-51", Door.BUYER_EMAIL, "code-51"),
        ("sandbox+direct-lost@example.com", Door.BUYER_NAME, None),
        ("Aminah binti Sandbox", Door.BUYER_NAME, None),
        ("", Door.BUYER_EMAIL, None),
    ],
)
def test_a_buyers_value_asks_only_when_it_says_sandbox(value, door, name):
    """`sandbox:NAME` anywhere, `sandbox+NAME@` where only an address passes; all else is a name or an address."""
    assert [ask.name for ask in by_value(value, door)] == ([name] if name else [])


@pytest.mark.parametrize(
    "line",
    [
        "direct-lots",
        "direct-delayed; minutes=3",
        "direct-delayed; seconds=soon",
        "pending-then-failed; code=00",
        "pending-then-failed; code=ZZ",
        "direct-missing-field; field=amount",
        "bank-offline; bank=NOWHERE1",
        "switch-5xx; status=404",
        "direct-repeated; times=0",
    ],
)
def test_a_wish_that_means_nothing_is_refused_aloud(line):
    """A typo is never an ordinary payment: the sentence says what there is."""
    with pytest.raises(CallersMistake):
        by_text(line, Door.HEADER)


def test_parameters_have_defaults_and_are_read():
    """Typed beside the name, each as its own kind; a field's name with or without its prefix."""
    failed, missing = by_text(
        "pending-then-failed; enquiries=3; code=1k, direct-missing-field; field=fpx_txnAmount", Door.HEADER
    )

    assert failed.values == {"enquiries": 3, "code": "1K"}
    assert missing.values == {"field": "txnAmount", "genuine_after": 0.0}
    assert by_text("direct-delayed", Door.HEADER)[0].values == {"seconds": 60.0}


def test_the_strongest_door_wins_stage_by_stage():
    """Every door before another in the documented order wins over it; different stages do not compete."""
    for strong, weak in pairwise(PRECEDENCE):
        (won,) = strongest([Ask("code-51", weak), Ask("code-57", strong)])
        assert (won.name, won.door) == ("code-57", strong)
    both = strongest([Ask("code-51", Door.AMOUNT), Ask("direct-lost", Door.HEADER), Ask("direct-twice", Door.AMOUNT)])
    assert {ask.name for ask in both} == {"direct-lost", "code-51"}


def test_what_is_kept_is_read_as_it_was_written():
    """Through the store and back; a row that a later version dropped is passed over."""
    asks = by_text("pending-then-failed; enquiries=4, direct-after-indirect; seconds=7", Door.CHOOSER)

    assert asked.read(asked.write(asks)) == asks
    assert asked.read("") == ()
    assert asked.read('[{"name": "gone", "door": "plan", "values": {}, "plan": "fault-1"}]') == ()


def test_the_control_doors_are_told_the_whole_catalogue():
    """Each row with its stage, sentence, parameters and what a plan may match."""
    told = {fault.name: fault.told() for fault in FAULTS}

    assert set(told) == set(BY_NAME)
    assert {row["stage"] for row in told.values()} == set(Stage)
    assert told["direct-delayed"]["with"] == {"seconds": {"default": 60.0, "what": "how late, by the sandbox's clock"}}
