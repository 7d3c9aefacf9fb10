"""Each file of a kit is what its name says, and brings about at the portal what its description says."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from reference_portal.errors import RuleBroken
from reference_portal.messages import text
from reference_portal.personas.cases import MEANINGS, NAMES, SMALLEST_LIMIT, Case, Outcome
from reference_portal.personas.damage import padded
from reference_portal.personas.kit import LIMIT, PASSWORD, Kit, Sample, kit_of
from reference_portal.personas.persona import invent
from reference_portal.personas.telling import as_json, as_text, hand_in, register_fields, told
from reference_portal.rules import document_faults
from reference_portal.rules.document import Given, Kind, decide, profile_accepted
from reference_portal.uploads import receive
from tests.reference_portal.fakes import MORNING, HeldClock
from tests.reference_portal.visitor import Visitor

AFTER = datetime(2019, 7, 11, 16, 0, 0, tzinfo=UTC)
"""12 July 2019, midnight in Malaysia."""


def test_every_valid_file_is_within_the_smallest_limit(kit: Kit) -> None:
    """A portal that takes as much takes them all, but for the one that lies at its own limit."""
    sizes = {sample.name: len(sample.content) for sample in kit.samples if sample.outcome.code is None}

    assert all(size < SMALLEST_LIMIT for name, size in sizes.items() if "tepat-had" not in name), sizes


def test_every_case_is_there_and_named(kit: Kit) -> None:
    """One of each thing that can be wrong, wherever somebody drives; the profile not for a bus."""
    cases = {sample.case for sample in kit.samples}

    assert cases | {Case.VALID_TO_11_JULY_2019} == set(Case) == set(MEANINGS) == set(NAMES)
    assert (Case.VALID_TO_11_JULY_2019 in cases) == (kit.persona.category != "bas")
    for number, sample in enumerate(kit.samples, start=1):
        assert sample.name.startswith(f"{number:02d}-{NAMES[sample.case]}-{sample.paper.kind}.")
    assert len({sample.name for sample in kit.samples}) == len(kit.samples)


def test_the_rules_say_of_each_file_what_the_kit_says(kit: Kit) -> None:
    """Before and after 11 July 2019, for every kind of work: the clause, the code and the field."""
    for sample in kit.samples:
        assert happens(kit, sample, MORNING) == said(sample.outcome), sample.name
        assert happens(kit, sample, AFTER) == said(sample.afterwards or sample.outcome), sample.name
    assert profile_accepted(MORNING) != profile_accepted(AFTER)


def said(outcome: Outcome) -> tuple[str, str | None, str | None]:
    """An outcome, as `happens` tells it."""
    return outcome.clause, outcome.code, outcome.beside


def happens(kit: Kit, sample: Sample, at: datetime) -> tuple[str, str | None, str | None]:
    """What the portal's own rules make of the file in its set: clause, code and field."""
    named = {other.name: other.paper for other in kit.samples}
    papers = [sample.paper, *(named[other] for other in sample.together_with)]
    try:
        receive(sample.name, sample.content, kit.limit)
    except RuleBroken as refused:
        return "L12b", refused.code, f"{sample.paper.kind}_file"
    decision = decide(kit.persona.category, kit.persona.region, papers, at)
    if decision.accepted:
        met = [finding for finding in decision.findings if finding.satisfied and sample.paper.kind in finding.given]
        return met[-1].clause, None, None
    (fault,) = document_faults.of(decision, papers, at)
    place = "expiry" if fault.code == "E-DOC-05" else "file"
    return decision.problems[0].clause, fault.code, f"{fault.kind}_{place}"


def test_the_pages_say_of_each_file_what_the_kit_says(taxi_kit: Kit, visitor: Visitor, held_clock: HeldClock) -> None:
    """By the form, as a tester does it with persona.json in hand: the sentence beside the field, and no other."""
    visitor.be_signed_in()
    files = {sample.name: sample.content for sample in taxi_kit.samples}
    described = json.loads(as_json(taxi_kit))
    by_name = {entry["file"]: entry for entry in described["files"]}
    refused = {entry["case"]: entry for entry in described["files"] if not entry["brings"]["accepted"]}
    assert set(refused) == {"expired", "wrong-kind", "too-large", "truncated", "locked", "renamed-gif"}
    (until,) = [entry for entry in described["files"] if "until" in entry]
    for entry in [*refused.values(), until]:
        if entry is until:
            held_clock.instant = AFTER
            visitor.sign_in()
            visitor.send("/choose-mode", mode="self_employed")
        forget_documents(visitor)
        brings = entry["afterwards"] if entry is until else entry["brings"]
        page = visitor.send("/apply", **described["apply"], **posted(entry, by_name, files))

        assert page.status == 422, entry["file"]
        assert page.error(brings["beside"]) == brings["sentence"]["ms"]
        assert len(page.find("//p[@class='error']")) == 1, entry["file"]


@pytest.mark.parametrize("case", [Case.VALID, Case.AT_THE_LIMIT, Case.VALID_TO_11_JULY_2019])
def test_the_pages_take_what_is_valid(case: Case, taxi_kit: Kit, visitor: Visitor) -> None:
    """The order is placed."""
    visitor.be_signed_in()
    described = told(taxi_kit)
    files = {sample.name: sample.content for sample in taxi_kit.samples}
    by_name = {entry["file"]: entry for entry in described["files"]}
    entry = next(entry for entry in described["files"] if entry["case"] == case)

    page = visitor.send("/apply", **described["apply"], **posted(entry, by_name, files))

    assert page.name == "pay_by_fpx"


def posted(entry: dict[str, Any], by_name: dict[str, dict[str, Any]], files: dict[str, bytes]) -> dict[str, Any]:
    """The document fields of an entry and of those that make its set whole, files put in for their names."""
    fields: dict[str, Any] = {}
    for name in (entry["file"], *entry["together_with"]):
        fields |= by_name[name]["hand_in"]
    return {
        field: (BytesIO(files[value]), value) if field.endswith("_file") else value for field, value in fields.items()
    }


def forget_documents(visitor: Visitor) -> None:
    """As before the first upload: what was taken with a refused form is kept otherwise."""
    with visitor.portal.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM documents")


def test_the_account_form_takes_the_applicant(taxi_kit: Kit, visitor: Visitor) -> None:
    """By the field names of persona.json."""
    assert visitor.send("/register", **register_fields(taxi_kit.persona)).name == "confirm_mobile"


def test_the_same_seed_is_the_same_to_the_byte(taxi_kit: Kit) -> None:
    """Every file, and what lies beside them."""
    again = kit_of(invent("7", 2019))

    assert [sample.content for sample in again.samples] == [sample.content for sample in taxi_kit.samples]
    assert (as_json(again), as_text(again)) == (as_json(taxi_kit), as_text(taxi_kit))


def test_another_limit_of_the_portal_is_met_to_the_byte() -> None:
    """CARUMAN_PORTAL_UPLOAD_BYTES: just taken, and one byte too much; the sentence says the limit."""
    small = kit_of(invent("7", 2019), 512 * 1024)
    sizes = {sample.case: len(sample.content) for sample in small.samples}
    (large,) = [entry for entry in told(small)["files"] if entry["case"] == "too-large"]

    assert (sizes[Case.AT_THE_LIMIT], sizes[Case.TOO_LARGE]) == (512 * 1024, 512 * 1024 + 1)
    assert large["brings"]["sentence"]["ms"] == text("E-DOC-03", mb="0.5")
    with pytest.raises(ValueError, match="131072 bytes or more"):
        kit_of(invent("7", 2019), SMALLEST_LIMIT - 1)
    with pytest.raises(ValueError, match="cannot be made"):
        padded(b"%PDF startxref", 3)


def test_documents_say_sandbox_and_whose_they_are(taxi_kit: Kit) -> None:
    """In the PDF's text: the mark, the holder, the number and the last day."""
    (licence,) = [sample for sample in taxi_kit.samples if sample.name.startswith("01-")]
    words = PdfReader(BytesIO(licence.content)).pages[0].extract_text()

    for shown in ("SANDBOX", "BUKAN DOKUMEN SEBENAR", "Misalan Lapan anak Demo", "811201-69-6473", "SBX0900452"):
        assert shown in words
    assert licence.paper.expires == date(2022, 4, 19)
    assert "19 April 2022" in words


def test_the_damaged_are_damaged_as_they_say(taxi_kit: Kit) -> None:
    """A GIF by content; a PDF that opens with the password persona.json tells; pictures of the size of the others."""
    content = {sample.case: sample.content for sample in taxi_kit.samples}
    locked = PdfReader(BytesIO(content[Case.LOCKED]), password=PASSWORD)

    assert "BUKAN DOKUMEN SEBENAR" in locked.pages[0].extract_text()
    assert Image.open(BytesIO(content[Case.RENAMED_GIF])).format == "GIF"
    assert LIMIT == 2 * 1024 * 1024


def test_the_text_tells_a_reader_everything(kit: Kit) -> None:
    """Every file with the sentence it must bring about, in both languages; nobody real."""
    written = as_text(kit).decode()

    assert written.startswith("SANDBOX: orang ini tidak wujud")
    for entry in told(kit)["files"]:
        assert f"\n{entry['file']}\n" in written
        for sentence in entry["brings"].get("sentence", {}).values():
            assert sentence in written
    assert kit.persona.identity_number in written


def test_a_profile_has_no_last_day() -> None:
    """The guide asks only for proof: the field stays empty."""
    assert hand_in(Given(Kind.PROFIL_PEMANDU, "X", None), "f.png")["profil_pemandu_expiry"] == ""
