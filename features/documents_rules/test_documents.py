"""D-TX-1 to D-TX-2c and D-BS-1 to D-BS-2: which documents a driver has to show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from pytest_bdd import given, parsers, scenarios, then, when

from features.applicant import Applicant
from features.documents import EXPIRY, Paper, paper
from features.errors import Refused
from features.labels import PAPERS
from features.people import Application, People
from features.sentences.states import Shortcut

scenarios(
    "documents_rules/taxi.ms.feature",
    "documents_rules/taxi.en.feature",
    "documents_rules/bus.ms.feature",
    "documents_rules/bus.en.feature",
)

DECISIONS = {"diterima": "pay_by_fpx", "accepted": "pay_by_fpx", "ditolak": "apply", "refused": "apply"}


def day(text: str) -> date:
    """`11/07/2019`."""
    return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007  a date has no zone


def samples(applicant: Applicant, labels: str, ends: dict[str, date] | None = None) -> tuple[Paper, ...]:
    """One paper for each label of `Lesen Memandu, Kad PSV`; `ends` tells which expires when."""
    ends = ends or {}
    named = [label.strip() for label in labels.split(",")]
    return tuple(paper(PAPERS[label], applicant.source, ends.get(label, EXPIRY)) for label in named)


def hand_in(applicant: Applicant, papers: Sequence[Paper]) -> None:
    """Send the form; a paper the form does not ask for is sent all the same, as a hand-made request would."""
    for given_paper in papers:
        if not applicant.page.find(f"//input[@name='{given_paper.kind}_file'][not(@disabled)]"):
            applicant.browser.smuggle(
                **{name: value for name, value in given_paper.fields().items() if not isinstance(value, bool | None)}
            )
    asked = [one for one in papers if applicant.page.find(f"//input[@name='{one.kind}_file'][not(@disabled)]")]
    try:
        applicant.apply(asked)
    except Refused:
        assert applicant.page.name == "apply"


@given(parsers.parse('borang caruman pemandu "{category}" yang lahir pada "{born}" terbuka'))
@given(parsers.parse('the contribution form of a "{category}" driver born on "{born}" is open'))
def form_of_somebody_born(applicant: Applicant, people: People, category: str, born: str) -> None:
    applicant.application = Application.of(category)
    number = people.somebody(born=day(born)).identity_number
    applicant.person = replace(applicant.person, identity_number=number)
    applicant.reach("apply")


@given(parsers.parse('pemandu "{category}" di "{region}" yang mencarum "{period}" dengan "{labels}"'))
@given(parsers.parse('a "{category}" driver in "{region}" who contributes "{period}" with "{labels}"'))
def contributes_with(
    applicant: Applicant, bring: Shortcut, category: str, region: str, period: str, labels: str
) -> None:
    applicant.application = Application.of(category, region, period=period)
    bring(applicant, "apply")
    applicant.apply(samples(applicant, labels))
    applicant.pay_by_fpx()


@when(parsers.re(r'pemohon menyerahkan "(?P<labels>[^"]*)"'))
@when(parsers.re(r'the applicant hands in "(?P<labels>[^"]*)"'))
def hands_in(applicant: Applicant, labels: str) -> None:
    hand_in(applicant, samples(applicant, labels))


@when(parsers.parse('pemohon menyerahkan "{labels}"; hari terakhir "{label}" ialah "{ends}"'))
@when(parsers.parse('the applicant hands in "{labels}"; the last day of "{label}" is "{ends}"'))
def hands_in_ending(applicant: Applicant, labels: str, label: str, ends: str) -> None:
    hand_in(applicant, samples(applicant, labels, {label: day(ends)}))


@when("pencarum cuba memperbaharui dengan dokumen yang telah disimpan")
@when("the contributor tries to renew with the documents on file")
def renew_on_file(applicant: Applicant) -> None:
    applicant.sign_in_again()
    applicant.refused(applicant.renew)


@when(parsers.parse('pencarum memperbaharui dengan "{labels}"'))
@when(parsers.parse('the contributor renews with "{labels}"'))
def renew_with(applicant: Applicant, labels: str) -> None:
    applicant.renew(papers=samples(applicant, labels))


@then(parsers.parse("permohonan {decision}"))
@then(parsers.parse("the application is {decision}"))
def decided(applicant: Applicant, decision: str) -> None:
    assert DECISIONS[decision] == applicant.page.name, applicant.page.alerts
    assert (422 if DECISIONS[decision] == "apply" else 200) == applicant.page.status
