"""Plans, amounts and how they are written."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest

from reference_portal.errors import RuleBroken
from reference_portal.rules.contribution import PLANS, Period, Plan, amount_sen, in_words, plan_numbered, ringgit


@pytest.mark.parametrize(
    ("plan", "insured", "monthly", "yearly"),
    [
        (1, "RM1,050.00", "RM13.10", "RM157.20"),
        (2, "RM1,550.00", "RM19.40", "RM232.80"),
        (3, "RM2,950.00", "RM36.90", "RM442.80"),
        (4, "RM3,950.00", "RM49.40", "RM592.80"),
    ],
)
def test_the_schedule_is_the_published_one(plan: int, insured: str, monthly: str, yearly: str) -> None:
    """Four plans, each monthly or yearly (C-1), a year at twelve months' price."""
    assert ringgit(PLANS[plan].insured_sen) == insured
    assert ringgit(amount_sen(plan, Period.BULANAN)) == monthly
    assert ringgit(amount_sen(plan, Period.TAHUNAN)) == yearly
    assert ringgit(PLANS[plan].yearly_sen) == yearly


@pytest.mark.parametrize("plan", list(PLANS.values()), ids=lambda row: f"plan {row.number}")
def test_a_month_costs_one_and_a_quarter_percent_to_the_nearest_ten_sen(plan: Plan) -> None:
    """The Second Schedule's formula, half up, gives each published amount."""
    tens = (Decimal(plan.insured_sen) * Decimal("0.0125") / 10).quantize(Decimal(1), ROUND_HALF_UP)

    assert plan.monthly_sen == int(tens) * 10


@pytest.mark.parametrize("number", [0, 5, -1, 100])
def test_there_is_no_fifth_plan(number: int) -> None:
    """A number outside the schedule is a choice not made."""
    with pytest.raises(RuleBroken) as refused:
        plan_numbered(number)

    assert refused.value.code == "E-SEL"


@pytest.mark.parametrize(
    ("sen", "shown"),
    [(0, "RM0.00"), (5, "RM0.05"), (100, "RM1.00"), (100000, "RM1,000.00"), (123456789, "RM1,234,567.89")],
)
def test_ringgit_have_a_comma_and_two_decimals(sen: int, shown: str) -> None:
    """No space after RM, commas in thousands, always two decimals."""
    assert ringgit(sen) == shown


@pytest.mark.parametrize(
    ("sen", "words"),
    [
        (15720, "Satu Ratus Lima Puluh Tujuh dan Sen Dua Puluh Sahaja"),
        (1310, "Tiga Belas dan Sen Sepuluh Sahaja"),
        (1940, "Sembilan Belas dan Sen Empat Puluh Sahaja"),
        (3690, "Tiga Puluh Enam dan Sen Sembilan Puluh Sahaja"),
        (23280, "Dua Ratus Tiga Puluh Dua dan Sen Lapan Puluh Sahaja"),
        (44280, "Empat Ratus Empat Puluh Dua dan Sen Lapan Puluh Sahaja"),
        (59280, "Lima Ratus Sembilan Puluh Dua dan Sen Lapan Puluh Sahaja"),
        (4940, "Empat Puluh Sembilan dan Sen Empat Puluh Sahaja"),
        (0, "Kosong Sahaja"),
        (1, "Kosong dan Sen Satu Sahaja"),
        (1000, "Sepuluh Sahaja"),
        (1111, "Sebelas dan Sen Sebelas Sahaja"),
        (1200, "Dua Belas Sahaja"),
        (2000, "Dua Puluh Sahaja"),
        (10000, "Satu Ratus Sahaja"),
        (100000, "Satu Ribu Sahaja"),
        (101100, "Satu Ribu Sebelas Sahaja"),
        (1500000, "Lima Belas Ribu Sahaja"),
        (3000000, "Tiga Puluh Ribu Sahaja"),
        (99999900, "Sembilan Ratus Sembilan Puluh Sembilan Ribu Sembilan Ratus Sembilan Puluh Sembilan Sahaja"),
        (100000000, "Satu Juta Sahaja"),
    ],
)
def test_amounts_are_spelled_in_malay(sen: int, words: str) -> None:
    """Every amount on sale, the teens, round numbers and large ones."""
    assert in_words(sen) == f"Ringgit Malaysia: {words}"


def test_a_negative_amount_is_not_spelled() -> None:
    """It would be somebody's mistake, so it is not hidden in words."""
    with pytest.raises(ValueError, match="-1"):
        in_words(-1)
