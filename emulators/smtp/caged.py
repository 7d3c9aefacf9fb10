"""A stranger's HTML made fit to be shown: its own pictures found, links opened outside, everything else kept out."""

from __future__ import annotations

import re

from emulators.smtp.mime import Mail

_POPUPS = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
CAGE = f"{_POPUPS}style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'"
"""Content-Security-Policy of what a stranger sent: no script, no form, nothing from elsewhere, an origin of its own.

A link may open another window, because the activation link of the guide has to be pressed somewhere.
"""
OPEN_CAGE = (
    f"{_POPUPS}style-src 'unsafe-inline' https: http:; img-src 'self' data: https: http:; "
    "font-src https: http:; media-src https: http:; frame-ancestors 'self'"
)
"""The same, for a reader who wants the pictures and style sheets from elsewhere; still no script and no form."""

_HEAD = re.compile(r"<head[^>]*>", re.IGNORECASE)
_CID = re.compile(r"cid:([^\"'\s)>]+)", re.IGNORECASE)
_REMOTE = re.compile(r"url\(\s*[\"']?https?:", re.IGNORECASE)


def caged_html(mail: Mail, part_address: str, *, embedded: bool) -> str:
    """The HTML of a message with `cid:` addresses pointing at its own parts.

    `part_address` is where the parts are served, without the number; `embedded` makes links open a window of their own,
    since the frame the message stands in may not be left.
    """
    parts = {file.content_id: f"{part_address}{file.part_id}" for file in mail.files if file.content_id}
    html = _CID.sub(lambda found: parts.get(found[1], found[0]), mail.html)
    if not embedded:
        return html
    base = '<base target="_blank">'
    head = _HEAD.search(html)
    return base + html if head is None else html[: head.end()] + base + html[head.end() :]


def remote_addresses(mail: Mail) -> int:
    """How many pictures and styles the HTML wants from elsewhere."""
    document = mail.document
    pictures = sum(picture.src.lower().startswith(("http:", "https:", "//")) for picture in document.pictures)
    return pictures + sum(len(_REMOTE.findall(css)) for css in document.css)
