"""What somebody hands in of their documents, and what that makes of the ones on file. Changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from reference_portal.rules.document import Given, Kind
from reference_portal.storage.documents import Document
from reference_portal.uploads import Upload


@dataclass(frozen=True)
class Described:
    """What was handed in of a document: what was typed beside it, and the file when there was one.

    Without a file an empty number and no date mean: as it was.
    """

    number: str = ""
    expires: date | None = None
    upload: Upload | None = None


AS_IT_WAS = Described()


def as_described(document: Document, said: Described) -> Document:
    """The document with what was typed beside it."""
    return replace(document, number=said.number or document.number, expires=said.expires or document.expires)


def given(kept: Mapping[Kind, Document]) -> list[Given]:
    """The kept documents as the rules judge them."""
    return [Given(kind, document.number, document.expires) for kind, document in kept.items()]


def to_be_given(kept: Mapping[Kind, Document], described: Mapping[Kind, Described]) -> list[Given]:
    """`given` as it will be once what is being handed in is kept."""
    papers = given({kind: as_described(paper, described.get(kind, AS_IT_WAS)) for kind, paper in kept.items()})
    fresh = {kind: Given(kind, said.number, said.expires) for kind, said in described.items() if said.upload}
    return [*(paper for paper in papers if paper.kind not in fresh), *fresh.values()]


def is_news(kept: Document | None, said: Described) -> bool:
    """Whether what was typed beside a kept document changes what is known of it."""
    return kept is not None and as_described(kept, said) != kept
