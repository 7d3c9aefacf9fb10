"""Which mail programs will not show a mail as it was meant: Mailpit's HTML check (shape of 1.30.5, confidence high)."""

from __future__ import annotations

from typing import Any

from emulators.smtp.html_document import HtmlDocument
from emulators.smtp.html_support import FEATURES, NO, PARTIAL, PROGRAMS, YES, Feature

Json = dict[str, Any]
_CATALOGUE = "https://www.caniemail.com/features/"
_KINDS = {"Supported": YES, "Partial": PARTIAL, "Unsupported": NO}


def check_html(document: HtmlDocument) -> Json:
    """HTMLCheckResponse: a warning for each feature some program does not show, and the share of all that are."""
    warnings = [_warning(feature, found) for feature in FEATURES if (found := _found(feature, document))]
    warnings = [warning for warning in warnings if warning["Score"]["Supported"] < 100]
    nodes = document.elements.total()
    weight: int = max(nodes, sum(warning["Score"]["Found"] for warning in warnings), 1)

    def share(kind: str) -> float:
        return float(sum(warning["Score"][kind] * warning["Score"]["Found"] for warning in warnings)) / weight

    partial, unsupported = round(share("Partial"), 2), round(share("Unsupported"), 2)
    total = {
        "Tests": len(FEATURES),
        "Nodes": nodes,
        "Supported": round(100 - partial - unsupported, 2),
        "Partial": partial,
        "Unsupported": unsupported,
    }
    return {"Warnings": warnings, "Platforms": _platforms(), "Total": total}


def _found(feature: Feature, document: HtmlDocument) -> int:
    if feature.element:
        return document.elements[feature.element]
    if feature.picture:
        return sum(picture.ending == feature.picture for picture in document.pictures)
    pattern = feature.pattern
    return 0 if pattern is None else sum(len(pattern.findall(css)) for css in document.css)


def _warning(feature: Feature, found: int) -> Json:
    supports = feature.supports()
    score = {kind: round(100 * supports.count(support) / len(supports), 2) for kind, support in _KINDS.items()}
    return {
        "Slug": feature.slug,
        "Title": feature.title,
        "Description": "",
        "URL": f"{_CATALOGUE}{feature.slug}/",
        "Category": feature.category,
        "Tags": [],
        "Keywords": "",
        "Results": [
            {
                "Name": f"{family} ({platform})",
                "Platform": platform,
                "Family": family,
                "Version": "",
                "Support": support,
                "NoteNumber": "",
            }
            for (family, platform), support in zip(PROGRAMS, supports, strict=True)
        ],
        "NotesByNumber": {},
        "Score": {"Found": found, **score},
    }


def _platforms() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for family, platform in PROGRAMS:
        found.setdefault(platform, []).append(family)
    return found
