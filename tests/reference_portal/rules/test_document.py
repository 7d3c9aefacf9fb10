"""Clauses D-TX-1, D-TX-2 (a, b, c), D-BS-1 and D-BS-2 at their boundaries."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from reference_portal.clock import MALAYSIA
from reference_portal.errors import RuleBroken
from reference_portal.messages import text
from reference_portal.rules import document_faults
from reference_portal.rules.document import (
    Category,
    Given,
    Kind,
    Region,
    check_age,
    check_number,
    counts_for,
    decide,
    kinds_asked,
    minimum_age,
)

NOW = datetime(2019, 5, 15, 10, 0, tzinfo=MALAYSIA)
LAST = datetime(2019, 7, 11, 23, 59, 59, 999_999, tzinfo=MALAYSIA)
FIRST_AFTER = datetime(2019, 7, 12, tzinfo=MALAYSIA)
NUMBERS = {
    Kind.LESEN_MEMANDU: "SBX0000123",
    Kind.KAD_PSV: "SBX-PSV-000123",
    Kind.KAD_PEMANDU: "SBX-KP-000123",
    Kind.SURAT_KEBENARAN: "SBX-LPKP-000123",
    Kind.PROFIL_PEMANDU: "profil 7",
}
LICENCE, PSV, CARD, LETTER, PROFILE = NUMBERS
TEKSI, EHAILING, BAS = Category.TEKSI, Category.E_HAILING, Category.BAS
PENINSULA, SABAH, SARAWAK = Region.SEMENANJUNG, Region.SABAH, Region.SARAWAK
DRIVERS = (TEKSI, EHAILING)


def papers(*kinds: Kind, expires: date | None = date(2029, 12, 31)) -> list[Given]:
    """Documents in order, all of which end on one day."""
    return [Given(kind, NUMBERS[kind], expires) for kind in kinds]


@pytest.mark.parametrize("category", DRIVERS)
@pytest.mark.parametrize(
    ("region", "kinds", "accepted"),
    [
        (PENINSULA, [LICENCE, PSV], True),
        (PENINSULA, [LICENCE, CARD], True),
        (PENINSULA, [LICENCE, PSV, CARD], True),
        (PENINSULA, [LICENCE, PROFILE], True),
        (PENINSULA, [LICENCE, LETTER], False),
        (PENINSULA, [LICENCE], False),
        (PENINSULA, [PSV, CARD, PROFILE], False),
        (PENINSULA, [], False),
        (SABAH, [LICENCE, LETTER], True),
        (SARAWAK, [LICENCE, LETTER], True),
        (SABAH, [LICENCE, PROFILE], True),
        (SARAWAK, [LICENCE, PSV], False),
        (SABAH, [LICENCE, CARD], False),
        (SABAH, [LICENCE, CARD, LETTER], True),
        (PENINSULA, [LICENCE, LETTER, PSV], True),
    ],
)
def test_a_driver_needs_the_licence_and_one_of_three(
    category: Category, region: Region, kinds: list[Kind], accepted: bool
) -> None:
    """D-TX-1 and D-TX-2: the alternatives depend on where one drives, and a useless extra paper does no harm."""
    decision = decide(category, region, papers(*kinds), NOW)

    assert decision.accepted is accepted
    assert bool(decision.problems) is not accepted


@pytest.mark.parametrize("region", Region)
@pytest.mark.parametrize(
    ("kinds", "accepted"),
    [
        ([LICENCE, PSV], True),
        ([LICENCE], False),
        ([PSV], False),
        ([LICENCE, CARD], False),
        ([LICENCE, LETTER], False),
        ([LICENCE, PROFILE], False),
        ([], False),
    ],
)
def test_a_bus_driver_needs_licence_and_psv_card_everywhere(region: Region, kinds: list[Kind], accepted: bool) -> None:
    """D-BS-1 and D-BS-2 know no alternative and no region."""
    assert decide(BAS, region, papers(*kinds), NOW).accepted is accepted


@pytest.mark.parametrize(
    ("category", "region", "given", "at", "expected"),
    [
        (TEKSI, PENINSULA, papers(PSV), NOW, [("D-TX-1", "E-DOC-01")]),
        (TEKSI, PENINSULA, papers(LICENCE), NOW, [("D-TX-2", "E-DOC-12")]),
        (TEKSI, PENINSULA, papers(LICENCE), FIRST_AFTER, [("D-TX-2", "E-DOC-11")]),
        (TEKSI, SABAH, papers(LICENCE), NOW, [("D-TX-2", "E-DOC-13")]),
        (TEKSI, SABAH, papers(LICENCE), FIRST_AFTER, [("D-TX-2", "E-DOC-01")]),
        (TEKSI, PENINSULA, [], NOW, [("D-TX-1", "E-DOC-01"), ("D-TX-2", "E-DOC-12")]),
        (TEKSI, PENINSULA, papers(LICENCE, LETTER), NOW, [("D-TX-2b", "E-DOC-07")]),
        (TEKSI, SARAWAK, papers(LICENCE, PSV), NOW, [("D-TX-2a", "E-DOC-08")]),
        (EHAILING, PENINSULA, papers(LICENCE, PROFILE), FIRST_AFTER, [("D-TX-2c", "E-DOC-06")]),
        (
            EHAILING,
            PENINSULA,
            papers(PROFILE, LETTER),
            FIRST_AFTER,
            [("D-TX-1", "E-DOC-01"), ("D-TX-2b", "E-DOC-07"), ("D-TX-2c", "E-DOC-06")],
        ),
        (BAS, SABAH, [], NOW, [("D-BS-1", "E-DOC-01"), ("D-BS-2", "E-DOC-01")]),
        (TEKSI, PENINSULA, papers(LICENCE, PSV, expires=None), NOW, [("D-TX-1", "E-DOC-09"), ("D-TX-2a", "E-DOC-09")]),
        (
            BAS,
            PENINSULA,
            [*papers(LICENCE), Given(PSV, "PSV-12", date(2029, 1, 1))],
            NOW,
            [("D-BS-2", "E-DOC-10")],
        ),
    ],
)
def test_a_refused_set_says_which_clause_and_why(
    category: Category, region: Region, given: list[Given], at: datetime, expected: list[tuple[str, str]]
) -> None:
    """The problems name the clause and the sentence; alternatives nobody tried are not held against anybody."""
    decision = decide(category, region, given, at)

    assert [(finding.clause, finding.code) for finding in decision.problems] == expected
    assert all(text(str(finding.code), **finding.values) for finding in decision.problems)


def test_every_clause_answers_whether_accepted_or_not() -> None:
    """The findings are the clauses of the category in the guide's order, with what was handed in for each."""
    drivers = decide(TEKSI, PENINSULA, papers(LICENCE, CARD), NOW).findings
    buses = decide(BAS, PENINSULA, [], NOW).findings

    assert [(finding.clause, finding.satisfied, finding.given) for finding in drivers] == [
        ("D-TX-1", True, (LICENCE,)),
        ("D-TX-2", True, (CARD,)),
        ("D-TX-2a", True, (CARD,)),
        ("D-TX-2b", False, ()),
        ("D-TX-2c", False, ()),
    ]
    assert [(finding.clause, finding.satisfied) for finding in buses] == [("D-BS-1", False), ("D-BS-2", False)]


@pytest.mark.parametrize(
    ("at", "accepted"),
    [
        (LAST - timedelta(days=1), True),
        (datetime(2019, 7, 11, tzinfo=MALAYSIA), True),
        (LAST, True),
        (FIRST_AFTER, False),
        (datetime(2019, 7, 11, 15, 59, 59, tzinfo=UTC), True),
        (datetime(2019, 7, 11, 16, 0, 0, tzinfo=UTC), False),
        (datetime(2020, 1, 1, tzinfo=MALAYSIA), False),
    ],
)
@pytest.mark.parametrize("category", DRIVERS)
def test_the_driver_profile_is_accepted_to_the_last_instant_of_11_july_2019(
    category: Category, at: datetime, accepted: bool
) -> None:
    """D-TX-2c: midnight in Malaysia decides, whatever zone the instant comes in."""
    decision = decide(category, PENINSULA, papers(LICENCE, PROFILE), at)

    assert decision.accepted is accepted
    assert (PROFILE in kinds_asked(category, PENINSULA, at)) is accepted
    assert [finding.code for finding in decision.problems] == ([] if accepted else ["E-DOC-06"])


@pytest.mark.parametrize(
    ("expires", "accepted"), [(date(2019, 5, 14), False), (date(2019, 5, 15), True), (date(2019, 5, 16), True)]
)
@pytest.mark.parametrize("at", [NOW.replace(hour=0), NOW, datetime(2019, 5, 15, 15, 59, 59, tzinfo=UTC)])
@pytest.mark.parametrize(
    ("category", "region", "second"),
    [(TEKSI, PENINSULA, PSV), (TEKSI, PENINSULA, CARD), (EHAILING, SABAH, LETTER), (BAS, PENINSULA, PSV)],
)
def test_a_document_is_valid_through_its_last_day(
    expires: date, accepted: bool, at: datetime, category: Category, region: Region, second: Kind
) -> None:
    """Each kind on the day before, on and after its expiry, in Malaysia time."""
    decision = decide(category, region, [*papers(LICENCE), *papers(second, expires=expires)], at)

    assert decision.accepted is accepted
    assert [(finding.code, finding.kind) for finding in decision.problems] == (
        [] if accepted else [("E-DOC-05", second)]
    )


def test_an_expired_licence_is_refused_whatever_else_is_valid() -> None:
    """D-TX-1 stands by itself."""
    given = [*papers(LICENCE, expires=date(2019, 5, 14)), *papers(PSV, CARD)]

    assert [finding.clause for finding in decide(TEKSI, PENINSULA, given, NOW).problems] == ["D-TX-1"]


def test_one_valid_paper_outweighs_an_expired_one_of_the_same_clause() -> None:
    """D-TX-2a asks for a PSV card or a driver's card, not for both."""
    given = [*papers(LICENCE, CARD), *papers(PSV, expires=date(2018, 1, 1))]

    assert decide(TEKSI, PENINSULA, given, NOW).accepted


@pytest.mark.parametrize(("expires", "accepted"), [(None, True), (date(2019, 5, 15), True), (date(2019, 5, 14), False)])
def test_a_profile_needs_no_expiry_but_keeps_to_the_one_it_has(expires: date | None, accepted: bool) -> None:
    """The guide asks for proof of registration; proof that has itself run out is none."""
    given = [*papers(LICENCE), *papers(PROFILE, expires=expires)]

    assert decide(EHAILING, PENINSULA, given, NOW).accepted is accepted


@pytest.mark.parametrize(
    ("category", "region", "at", "kinds"),
    [
        (TEKSI, PENINSULA, NOW, (LICENCE, PSV, CARD, PROFILE)),
        (TEKSI, PENINSULA, FIRST_AFTER, (LICENCE, PSV, CARD)),
        (EHAILING, SABAH, NOW, (LICENCE, LETTER, PROFILE)),
        (EHAILING, SARAWAK, FIRST_AFTER, (LICENCE, LETTER)),
        (BAS, SARAWAK, NOW, (LICENCE, PSV)),
    ],
)
def test_the_form_asks_for_what_can_count(
    category: Category, region: Region, at: datetime, kinds: tuple[Kind, ...]
) -> None:
    """Offered kinds follow category, region and day."""
    assert kinds_asked(category, region, at) == kinds


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (LICENCE, " sbx0000123 ", "SBX0000123"),
        (PSV, "sbx-psv-000123", "SBX-PSV-000123"),
        (CARD, "SBX-KP-999999", "SBX-KP-999999"),
        (LETTER, "SBX-LPKP-000000", "SBX-LPKP-000000"),
        (PROFILE, "apa-apa sahaja", "APA-APA SAHAJA"),
    ],
)
def test_document_numbers_are_kept_in_one_spelling(kind: Kind, typed: str, kept: str) -> None:
    """Upper case, no outer spaces; a driver profile may carry any text."""
    assert check_number(kind, typed) == kept


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (LICENCE, "SBX000012"),
        (LICENCE, "SBX00001234"),
        (LICENCE, "850312175011"),
        (PSV, "SBX-KP-000123"),
        (PSV, "SBX-PSV-00012٣"),
        (CARD, "KP-000123"),
        (LETTER, ""),
        (PROFILE, "   "),
        (PROFILE, "X" * 41),
    ],
)
def test_a_number_outside_the_sandboxs_series_is_refused(kind: Kind, typed: str) -> None:
    """A number of a real series, of another kind or of another length is not taken."""
    with pytest.raises(RuleBroken) as refused:
        check_number(kind, typed)

    assert (refused.value.code, refused.value.values["dokumen"]) == ("E-DOC-10", kind)


@pytest.mark.parametrize(
    ("category", "kinds", "age"),
    [
        (TEKSI, [LICENCE, CARD], 17),
        (TEKSI, [LICENCE, PSV], 21),
        (EHAILING, [LICENCE, PROFILE], 17),
        (EHAILING, [LICENCE, PROFILE, PSV], 21),
        (BAS, [LICENCE, PSV], 21),
        (BAS, [], 21),
    ],
)
def test_the_licence_sets_the_age(category: Category, kinds: list[Kind], age: int) -> None:
    """Seventeen for a driving licence, twenty-one where a PSV card is involved; on the birthday one is old enough."""
    assert minimum_age(category, kinds) == age
    check_age(age, category, kinds)
    with pytest.raises(RuleBroken) as refused:
        check_age(age - 1, category, kinds)

    assert refused.value.code == "E-AGE"


@pytest.mark.parametrize(
    ("region", "given", "faults"),
    [
        (PENINSULA, [], [(LICENCE, "E-DOC-01"), (PSV, "E-DOC-12")]),
        (
            PENINSULA,
            [Given(LICENCE, "", date(2018, 1, 1)), Given(PSV, "x", None)],
            [(LICENCE, "E-DOC-10"), (LICENCE, "E-DOC-05"), (PSV, "E-DOC-10"), (PSV, "E-DOC-09")],
        ),
        (SABAH, [*papers(LICENCE), Given(PSV, "x", None)], [(PSV, "E-DOC-08")]),
        (PENINSULA, [*papers(LICENCE, CARD), Given(PSV, "x", None)], []),
    ],
    ids=["nothing", "everything wrong", "a card that counts nowhere near", "a paper nobody needs"],
)
def test_every_fault_is_named_at_once(region: Region, given: list[Given], faults: list[tuple[Kind, str]]) -> None:
    """Number and last day of each paper that could count; a paper that cannot count is not picked at."""
    said = document_faults.of(decide(TEKSI, region, given, NOW), given, NOW)

    assert [(fault.kind, fault.code) for fault in said] == faults


def test_before_the_category_is_known_the_licence_is_asked_for_and_papers_are_looked_at() -> None:
    """Everybody needs a licence; a paper out of order does for nobody."""
    missing = document_faults.without_category([Given(LETTER, "SBX-LPKP-000123", date(2019, 5, 14))], NOW)

    assert [(fault.kind, fault.code) for fault in missing] == [(LICENCE, "E-DOC-01"), (LETTER, "E-DOC-05")]
    assert document_faults.without_category(papers(LICENCE, PSV), NOW) == ()


@pytest.mark.parametrize("at", [NOW, FIRST_AFTER])
def test_the_form_is_told_what_counts_for_whom(at: datetime) -> None:
    """The same answer as `kinds_asked`, for every work; a bus driver's region does not matter."""
    told = {kind: works.split() for kind, works in counts_for(at).items()}

    for category in Category:
        for region in Region:
            work = "bas/" if category is BAS else f"{category}/{region}"
            assert {kind for kind in Kind if work in told[kind]} == set(kinds_asked(category, region, at))
