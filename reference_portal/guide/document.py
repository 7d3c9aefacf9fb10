"""A document that is kept, shown to whom it belongs and to nobody else (L12b)."""

from __future__ import annotations

from flask import Blueprint, Response

from reference_portal.errors import NotHere
from reference_portal.guide.visit import Answer, me, portal, sign_in_required
from reference_portal.rules.document import Kind

blueprint = Blueprint("document", __name__, url_prefix="/documents/<kind>")

_CAGED = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; object-src 'self'; sandbox"
"""A file somebody made is shown without scripts, forms and frames, and as what we know it to be."""


@blueprint.get("")
@sign_in_required
def page(kind: str) -> Answer:
    """The file as it is kept."""
    if kind not in set(Kind):
        raise NotHere(f"no document is called {kind}")
    document, content = portal().documents.show(me().id, Kind(kind))
    named = document.clean_name.encode("ascii", "ignore").decode().replace('"', "")
    headers = {"Content-Disposition": f'inline; filename="{named}"', "Content-Security-Policy": _CAGED}
    return Response(content, mimetype=document.media_type, headers=headers)
