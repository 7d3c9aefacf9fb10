"""A document that is kept, shown to whom it belongs and to nobody else (L12b)."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request, url_for
from flask.typing import ResponseReturnValue

from reference_portal.described import Described
from reference_portal.errors import NotAllowed, NotHere, RuleBroken
from reference_portal.guide.form import pressed
from reference_portal.guide.visit import Answer, me, portal, sign_in_required, stay
from reference_portal.notices import Notice
from reference_portal.rules.document import Kind
from reference_portal.speech import tell_notice
from reference_portal.uploads import Upload, receive

blueprint = Blueprint("document", __name__, url_prefix="/documents/<kind>")

_CAGED = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; object-src 'self'; sandbox"
"""A file somebody made is shown without scripts, forms and frames, and as what we know it to be."""


def _kind(named: str) -> Kind:
    if named not in set(Kind):
        raise NotHere(f"no document is called {named}")
    return Kind(named)


@blueprint.get("")
@sign_in_required
def page(kind: str) -> Answer:
    """The file as it is kept."""
    document, content = portal().documents.show(me().id, _kind(kind))
    named = document.clean_name.encode("ascii", "ignore").decode().replace('"', "")
    headers = {"Content-Disposition": f'inline; filename="{named}"', "Content-Security-Policy": _CAGED}
    return Response(content, mimetype=document.media_type, headers=headers)


@blueprint.post("")
def keep(kind: str) -> ResponseReturnValue:
    """A file as soon as it is chosen (upload.js): judged by its content and kept; the form need not carry it."""
    if stay() is None:
        raise NotAllowed("nobody is signed in whose document it could be")
    which = _kind(kind)
    upload = pressed(_received)
    if isinstance(upload, Notice):
        return jsonify(error=tell_notice(upload)), 422
    portal().documents.keep(me().id, {which: Described(upload=upload)})
    return jsonify(name=upload.name, at=url_for("document.page", kind=kind))


def _received() -> Upload:
    limit = portal().settings.upload_bytes
    file = request.files.get("file")
    if file is None or not file.filename:
        raise RuleBroken("E-DOC-04")
    return receive(file.filename, file.stream.read(limit + 1), limit)
