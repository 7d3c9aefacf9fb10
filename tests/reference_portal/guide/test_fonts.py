"""The letters of the portal come from the portal."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

import reference_portal
from reference_portal.guide.fonts import FILES
from tests.reference_portal.visitor import Visitor


@pytest.mark.parametrize("name", FILES)
def test_a_font_is_served_whole_and_kept_by_the_browser(visitor: Visitor, name: str) -> None:
    """Squeezed for those who take it so, the same letters for those who do not, for a year."""
    plain = visitor.client.get(f"/fonts/{name}")
    squeezed = visitor.client.get(f"/fonts/{name}", headers={"Accept-Encoding": "gzip, br"})

    assert gzip.decompress(squeezed.data) == plain.data == FILES[name].read_bytes()
    assert len(squeezed.data) < 0.6 * len(plain.data)
    assert plain.mimetype == "font/ttf"
    assert plain.data[:4] == b"\x00\x01\x00\x00"
    for answer in (plain, squeezed):
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("name", ["arial.ttf", "..%2fsettings.py", "Inter[opsz,wght].ttf"])
def test_no_other_file_is_a_font(visitor: Visitor, name: str) -> None:
    """Names are looked up, never paths."""
    assert visitor.client.get(f"/fonts/{name}").status_code == 404


def test_the_style_sheet_asks_for_nothing_else() -> None:
    """Each font it names is there, and none comes from another host."""
    css = (Path(reference_portal.__file__).parent / "static" / "portal.css").read_text()

    assert set(re.findall(r'url\("\.\./fonts/([^"]+)"\)', css)) == set(FILES)
    assert "http" not in css
