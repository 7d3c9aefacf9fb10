"""What lies beside the files of a kit: `persona.json` for a test driver, `persona.txt` for a person."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from reference_portal.messages import ENGLISH, MALAY, term, text
from reference_portal.personas.cases import MEANINGS, Case, Outcome
from reference_portal.personas.kit import PASSWORD, Kit, Sample
from reference_portal.personas.persona import Persona
from reference_portal.rules.document import Given

NOTICE = "SANDBOX: nobody of this name and number exists; the documents are samples and belong to nobody."
_NOTICE_MS = "SANDBOX: orang ini tidak wujud; dokumen ialah contoh dan bukan milik sesiapa."
_TO_THE_LAST_DAY = "2019-07-11T23:59:59+08:00"


def as_json(kit: Kit) -> bytes:
    """The applicant by the portal's form fields, and each file with what must come of it."""
    return f"{json.dumps(told(kit), indent=2, ensure_ascii=False)}\n".encode()


def told(kit: Kit) -> dict[str, Any]:
    """What `persona.json` says."""
    persona = kit.persona
    return {
        "sandbox": NOTICE,
        "seed": persona.seed,
        "year": persona.year,
        "upload_limit_bytes": kit.limit,
        "gender": persona.gender.value,
        "birth_date": persona.birth_date.isoformat(),
        "register": register_fields(persona),
        "set_secrets": {
            "secret_phrase": persona.secret_phrase,
            "password": persona.password,
            "password_confirm": persona.password,
        },
        "apply": apply_fields(persona),
        "files": [_file(sample) for sample in kit.samples],
    }


def register_fields(persona: Persona) -> dict[str, str]:
    """The account form (L03), by its field names."""
    return {
        "full_name": persona.full_name,
        "identity_number": persona.identity_number,
        "email": persona.email,
        "email_confirm": persona.email,
        "mobile": persona.mobile,
        "consent": "ya",
    }


def apply_fields(persona: Persona) -> dict[str, str]:
    """The contribution form without its documents (L12), by its field names."""
    same = ("citizenship", "address_1", "address_2", "postcode", "town", "state", "vehicle_number", "operator")
    return {
        **{name: getattr(persona, name) for name in same},
        "address_3": "",
        "category": persona.category.value,
        "region": persona.region.value,
        "start_date": persona.start_date.isoformat(),
        "plan": str(persona.plan),
        "period": persona.period.value,
        "declaration": "ya",
    }


def _file(sample: Sample) -> dict[str, Any]:
    later = {"until": _TO_THE_LAST_DAY, "afterwards": _outcome(sample.afterwards)} if sample.afterwards else {}
    return {
        "file": sample.name,
        "case": sample.case.value,
        "means": dict(zip((MALAY, ENGLISH), MEANINGS[sample.case], strict=True)),
        **({"opens_with": PASSWORD} if sample.case is Case.LOCKED else {}),
        "hand_in": hand_in(sample.paper, sample.name),
        "together_with": list(sample.together_with),
        "brings": _outcome(sample.outcome),
        **later,
    }


def hand_in(paper: Given, name: str) -> dict[str, str]:
    """What to put into the three fields of that document."""
    expiry = paper.expires.isoformat() if paper.expires else ""
    return {f"{paper.kind}_file": name, f"{paper.kind}_number": paper.number, f"{paper.kind}_expiry": expiry}


def _outcome(must: Outcome) -> dict[str, Any]:
    if must.code is None:
        return {"accepted": True, "clause": must.clause}
    said = {language: text(must.code, language, **must.values) for language in (MALAY, ENGLISH)}
    return {"accepted": False, "clause": must.clause, "code": must.code, "beside": must.beside, "sentence": said}


def as_text(kit: Kit) -> bytes:
    """The same for a reader: Malay first, English beneath."""
    return "\n".join([*_applicant(kit), *_files(kit), ""]).encode()


def _applicant(kit: Kit) -> Iterator[str]:
    persona = kit.persona
    work = f"{term(persona.category)}, {term(persona.region)}, {term(persona.citizenship)}"
    yield from (_NOTICE_MS, NOTICE, "", f"PEMOHON CONTOH / SAMPLE APPLICANT    seed {persona.seed}, {persona.year}", "")
    rows = (
        ("Nama penuh", persona.full_name),
        ("Nombor kad pengenalan", persona.identity_number),
        ("Jantina, tarikh lahir", f"{term(persona.gender)}, {persona.birth_date.isoformat()}"),
        ("Telefon bimbit", persona.mobile),
        ("Emel", persona.email),
        ("Ungkapan Rahsia", persona.secret_phrase),
        ("Kata Laluan", persona.password),
        ("Pekerjaan", work),
        ("Alamat", f"{persona.address_1}, {persona.address_2}, {persona.postcode} {persona.town}, {persona.state}"),
        ("Kenderaan", f"{persona.vehicle_number}, {persona.operator}"),
        ("Mula bekerja sendiri", persona.start_date.isoformat()),
        ("Caruman", f"Pelan {persona.plan}, {term(persona.period)}"),
    )
    yield from (f"  {label:<22}  {value}" for label, value in rows)


def _files(kit: Kit) -> Iterator[str]:
    yield from (
        "",
        "FAIL / FILES",
        "Taip nombor dan tarikh luput di sebelah fail. / Type number and last day beside the file.",
    )
    for sample in kit.samples:
        paper = sample.paper
        dated = f", {paper.expires.isoformat()}" if paper.expires else ""
        yield from ("", sample.name, f"  {term(paper.kind)}: {paper.number}{dated}")
        yield from (f"  {meaning}" for meaning in MEANINGS[sample.case])
        yield f"  bersama / with: {', '.join(sample.together_with)}"
        yield from _must(sample.outcome, "")
        if sample.afterwards is not None:
            yield from _must(sample.afterwards, "dari 12 Julai 2019 / from 12 July 2019: ")


def _must(must: Outcome, when: str) -> Iterator[str]:
    if must.code is None:
        yield f"  => {when}diterima / accepted ({must.clause})"
        return
    yield f"  => {when}ditolak / refused ({must.clause}, {must.code}, {must.beside})"
    yield from (f"     {text(must.code, language, **must.values)}" for language in (MALAY, ENGLISH))
