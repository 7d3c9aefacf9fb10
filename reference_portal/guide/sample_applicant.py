"""Sample applicants: somebody invented to register, with documents to hand in, valid and not (sandbox only)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from reference_portal.errors import NotHere
from reference_portal.guide.visit import (
    SAMPLE_TO_APPLY,
    Answer,
    forget,
    go,
    portal,
    remember,
    remembered,
    show,
    stay,
    tell,
)
from reference_portal.messages import ENGLISH
from reference_portal.notices import Notice, Tone
from reference_portal.personas.cases import MEANINGS, Outcome, supporting
from reference_portal.personas.kit import Kit, Sample
from reference_portal.personas.packing import folder_name, zipped
from reference_portal.personas.persona import SEED
from reference_portal.personas.telling import apply_fields, hand_in, register_fields
from reference_portal.rules.document import Category, Kind, Region
from reference_portal.speech import language, say

blueprint = Blueprint("sample_applicant", __name__, url_prefix="/sample-applicant")

SAMPLE_TO_REGISTER = "sample_to_register"
ONE = "/<category>/<region>/<seed>"
"""The seed is in the address, so that the page can be kept, sent to somebody and shown in the other language."""


@blueprint.get("")
def begin() -> Answer:
    """Somebody new, or of the seed that was typed; what cannot be is said, and somebody else is there."""
    fresh, typed = portal().sample_applicants.fresh_seed(), request.args.get("seed", "").strip()
    if typed and not SEED.fullmatch(typed):
        tell(Notice(Tone.WARNING, "E-SEED"))
    seed = typed if SEED.fullmatch(typed) else fresh
    category = request.args.get("category", Category.TEKSI, Category)
    region = request.args.get("region", Region.SEMENANJUNG, Region)
    return go("sample_applicant.page", category=category.value, region=region.value, seed=seed)


@blueprint.get(ONE)
def page(category: str, region: str, seed: str) -> Answer:
    """Who it is, and every document with what it must bring about."""
    kit = portal().sample_applicants.kit(category, region, seed)
    files = [(sample, *_said(sample)) for sample in kit.samples]
    works: dict[str, Any] = {"categories": tuple(Category), "regions": tuple(Region)}
    return show("sample_applicant", persona=kit.persona, files=files, archive=_archive(kit), **works)


@blueprint.get(f"{ONE}/kit.zip")
def kit(category: str, region: str, seed: str) -> Answer:
    """All documents, persona.json and persona.txt."""
    packed = portal().sample_applicants.kit(category, region, seed)
    return _attached(zipped(packed), _archive(packed), "application/zip")


@blueprint.get(f"{ONE}/<name>")
def file(category: str, region: str, seed: str, name: str) -> Answer:
    """One document, whatever it is: it is to be kept and not to be shown."""
    for sample in portal().sample_applicants.kit(category, region, seed).samples:
        if sample.name == name:
            return _attached(sample.content, name, "application/octet-stream")
    raise NotHere(f"no sample document {name}")


@blueprint.post(f"{ONE}/use")
def use(category: str, region: str, seed: str) -> Answer:
    """Fill in the forms of this browser with that applicant: the account form, and later the contribution form."""
    chosen = portal().sample_applicants.kit(category, region, seed).persona
    remember(SAMPLE_TO_APPLY, f"{chosen.category}/{chosen.region}/{chosen.seed}")
    tell(Notice(Tone.INFO, "I-SMP", {"benih": chosen.seed}))
    if stay() is not None:
        return go("apply.page")
    remember(SAMPLE_TO_REGISTER, f"{chosen.category}/{chosen.region}/{chosen.seed}")
    return go("register.page")


def register_answers() -> dict[str, str]:
    """What the account form begins with: nothing, unless a sample applicant was chosen. Consent is never given here."""
    chosen = _chosen(SAMPLE_TO_REGISTER)
    return {} if chosen is None else {**register_fields(chosen.persona), "consent": ""}


def apply_answers() -> dict[str, str]:
    """The same for the contribution form, once; the declaration is never ticked here, and a file never chosen."""
    chosen = _chosen(SAMPLE_TO_APPLY)
    forget(SAMPLE_TO_APPLY)
    if chosen is None:
        return {}
    persona = chosen.persona
    answers = {**apply_fields(persona), "declaration": ""}
    for kind in (Kind.LESEN_MEMANDU, supporting(persona.category, persona.region)):
        answers |= {name: value for name, value in hand_in(persona.valid[kind], "").items() if value}
    return answers


def _chosen(what: str) -> Kit | None:
    kept = (remembered(what) or "").split("/")
    try:
        return portal().sample_applicants.kit(*kept) if len(kept) == 3 else None
    except NotHere:  # chosen before this portal was told to give no such help
        return None


def _said(sample: Sample) -> tuple[str, str | None, str | None]:
    """In the page's language: what the file is, what is said of it, and what from 12 July 2019 on."""
    return MEANINGS[sample.case][language() == ENGLISH], _sentence(sample.outcome), _sentence(sample.afterwards)


def _sentence(outcome: Outcome | None) -> str | None:
    return None if outcome is None or outcome.code is None else say(outcome.code, **outcome.values)


def _archive(kit: Kit) -> str:
    return f"pemohon-contoh-{folder_name(kit)}.zip"


def _attached(content: bytes, name: str, media_type: str) -> Response:
    headers: dict[str, Any] = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype=media_type, headers=headers)
