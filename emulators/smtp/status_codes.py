"""Enhanced status codes (RFC 3463) for replies that do not bring their own, so that every reply has one (RFC 2034)."""

from __future__ import annotations

import re
from functools import lru_cache

_BARE = re.compile(r"([245]\d\d)([ -])(?![245]\.\d{1,3}\.\d{1,3}(?: |$))(.*)", re.DOTALL)
_CODES = {
    "250": "2.0.0",
    "252": "2.5.0",
    "421": "4.3.2",
    "450": "4.2.0",
    "451": "4.3.0",
    "452": "4.5.3",
    "454": "4.7.0",
    "500": "5.5.2",
    "501": "5.5.4",
    "502": "5.5.1",
    "503": "5.5.1",
    "504": "5.5.4",
    "530": "5.7.0",
    "535": "5.7.8",
    "538": "5.7.11",
    "550": "5.1.1",
    "552": "5.3.4",
    "553": "5.1.3",
    "554": "5.7.0",
    "555": "5.5.4",
}


@lru_cache(256)
def enhanced(reply: str) -> str:
    """`reply` with an enhanced code behind its reply code; intermediate replies (3xx) have none.

    The greeting and the answers to HELO and EHLO must have none either (RFC 2034, section 4): do not pass them.
    """
    found = _BARE.fullmatch(reply)
    if found is None:
        return reply
    code, mark, text = found.groups()
    known = "5.5.1" if code == "500" and "not recognized" in text else _CODES.get(code, f"{code[0]}.0.0")
    return f"{code}{mark}{known} {text}"
