"""The documents' part of a form (L12b): for each kind a file, the number on it and its last day.

A file that was accepted is kept also when another field is wrong, so that nobody uploads it twice; an empty file field
with a kept file means the kept one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal

from flask import request
from werkzeug.datastructures import FileStorage
from wtforms import FileField
from wtforms.validators import StopValidation

from reference_portal.described import Described
from reference_portal.errors import RuleBroken
from reference_portal.guide.drafting import typed
from reference_portal.guide.fields import TypedField, a_day
from reference_portal.guide.form import REFUSED, PageForm, Result, Verdict
from reference_portal.guide.visit import me, portal
from reference_portal.judging import DocumentsRefused
from reference_portal.rules.document import Category, Finding, Kind, Region, check_number
from reference_portal.speech import gettext, later, named, say, word
from reference_portal.storage.documents import Document
from reference_portal.uploads import Upload, receive

_PLACES = {"E-DOC-05": "expiry", "E-DOC-09": "expiry", "E-DOC-10": "number"}
"""Which of a document's three fields a refusal belongs to; the file when it is not named."""


class UploadField(FileField):
    """A file, judged by its content; `upload` is what was accepted."""

    upload: Upload | None = None

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002  fixed by WTForms
        """Refuse what is not a whole PDF, JPEG or PNG, or too large."""
        if not isinstance(self.data, FileStorage) or not self.data.filename:
            return
        limit = portal().settings.upload_bytes
        try:
            self.upload = receive(self.data.filename, self.data.stream.read(limit + 1), limit)
        except RuleBroken as broken:
            raise StopValidation(say(broken.code, **broken.values)) from broken


def _number(kind: Kind) -> TypedField:
    return TypedField(
        later(lambda: gettext("Nombor %(dokumen)s", dokumen=word(kind))),
        lambda typed: check_number(kind, typed),
        required=False,
        longest=60,
    )


def _expiry(kind: Kind) -> TypedField:
    return TypedField(later(lambda: gettext("Tarikh luput %(dokumen)s", dokumen=word(kind))), a_day, required=False)


class DocumentsForm(PageForm):
    """Fifteen fields, none of them required by itself: the rules judge the set."""

    findings: tuple[Finding, ...] = ()
    """What each clause says of a set that was refused, for the page to tell rule by rule."""

    lesen_memandu_file = UploadField(named(Kind.LESEN_MEMANDU))
    lesen_memandu_number = _number(Kind.LESEN_MEMANDU)
    lesen_memandu_expiry = _expiry(Kind.LESEN_MEMANDU)
    kad_psv_file = UploadField(named(Kind.KAD_PSV))
    kad_psv_number = _number(Kind.KAD_PSV)
    kad_psv_expiry = _expiry(Kind.KAD_PSV)
    kad_pemandu_file = UploadField(named(Kind.KAD_PEMANDU))
    kad_pemandu_number = _number(Kind.KAD_PEMANDU)
    kad_pemandu_expiry = _expiry(Kind.KAD_PEMANDU)
    surat_kebenaran_file = UploadField(named(Kind.SURAT_KEBENARAN))
    surat_kebenaran_number = _number(Kind.SURAT_KEBENARAN)
    surat_kebenaran_expiry = _expiry(Kind.SURAT_KEBENARAN)
    profil_pemandu_file = UploadField(named(Kind.PROFIL_PEMANDU))
    profil_pemandu_number = _number(Kind.PROFIL_PEMANDU)
    profil_pemandu_expiry = _expiry(Kind.PROFIL_PEMANDU)

    def attempt(self, use_case: Callable[[], Result]) -> Result | Literal[Verdict.REFUSED]:
        """Check and do; what was uploaded well is kept when something else has to be corrected."""
        result = super().attempt(use_case)
        if result is REFUSED:
            portal().documents.keep(me().id, self.described())
            portal().drafts.keep(me().id, str(request.blueprint), typed(self))
        return result

    def work(self) -> tuple[Category | None, Region | None]:
        """Category and region the documents are for, as far as they are known."""
        raise NotImplementedError

    def faults(self) -> Iterator[RuleBroken]:
        """What the documents lack, said together with everything else that is wrong."""
        yield from portal().judging.foresee(me(), *self.work(), self.described())

    def described(self) -> dict[Kind, Described]:
        """What was handed in of each document, as far as it could be understood."""
        return {
            kind: Described(
                number=self._understood(kind, "number") or "",
                expires=self._understood(kind, "expiry"),
                upload=self._field(kind, "file").upload,
            )
            for kind in Kind
        }

    def refuse(self, broken: RuleBroken, name: str | None = None) -> None:
        """Each clause that is not met speaks beside the document it is about."""
        if not isinstance(broken, DocumentsRefused):
            super().refuse(broken, name)
            return
        self.findings = broken.findings
        for fault in broken.faults:
            place = f"{fault.kind.value}_{_PLACES.get(fault.code, 'file')}"
            if not self[place].errors:  # a file that was refused is not said to be missing as well
                super().refuse(RuleBroken(fault.code, **fault.values), place)

    def _understood(self, kind: Kind, what: str) -> Any:
        field = self._field(kind, what)
        return None if field.errors or not field.value else field.value

    def _field(self, kind: Kind, what: str) -> Any:
        return self[f"{kind.value}_{what}"]


def as_typed(kept: dict[Kind, Document]) -> dict[str, str]:
    """What was typed beside the kept documents, for a fresh form."""
    shown: dict[str, str] = {}
    for kind, document in kept.items():
        shown[f"{kind.value}_number"] = document.number
        shown[f"{kind.value}_expiry"] = document.expires.isoformat() if document.expires else ""
    return shown
