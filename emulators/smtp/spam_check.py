"""What a spam filter would hold against a mail: Mailpit's answer (shape of 1.30.5), with a few rules of our own.

Names and scores follow SpamAssassin's default rules where they are well known (confidence medium); no filter is asked,
and a mail that passes here may still be taken for spam elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from emulators.smtp.links import links_in
from emulators.smtp.mime import Mail

Json = dict[str, Any]
THRESHOLD = 5.0
_ADDRESS_HOST = re.compile(r"https?://(?:\d{1,3}\.){3}\d{1,3}[:/]")


@dataclass(frozen=True)
class Rule:
    """One thing to hold against a mail."""

    name: str
    score: float
    description: str
    holds: Callable[[Mail], bool]


RULES = (
    Rule("MISSING_FROM", 1.0, "Missing From: header", lambda mail: not mail.from_.address),
    Rule("MISSING_SUBJECT", 1.8, "Missing Subject: header", lambda mail: not mail.subject),
    Rule("MISSING_DATE", 1.4, "Missing Date: header", lambda mail: mail.date is None),
    Rule("MISSING_MID", 0.5, "Missing Message-Id: header", lambda mail: not _has(mail, "message-id")),
    Rule("MISSING_HEADERS", 1.0, "Missing To: header", lambda mail: not mail.to),
    Rule("EMPTY_MESSAGE", 2.3, "Message appears to have no textual parts", lambda mail: not mail.text.strip()),
    Rule(
        "MIME_HTML_ONLY",
        0.7,
        "Message only has text/html MIME parts",
        lambda mail: bool(mail.html) and not mail.text_part,
    ),
    Rule(
        "SUBJ_ALL_CAPS",
        1.5,
        "Subject is all capitals",
        lambda mail: len(mail.subject) > 10 and mail.subject.isupper(),
    ),
    Rule(
        "NUMERIC_HTTP_ADDR",
        1.2,
        "Uses a numeric IP address in URL",
        lambda mail: any(_ADDRESS_HOST.match(link.href) for link in links_in(mail.document, mail.text)),
    ),
    Rule(
        "FROM_REPLYTO_DIFF",
        0.4,
        "From: and Reply-To: name different domains",
        lambda mail: bool(mail.reply_to) and _domain(mail.reply_to[0].address) != _domain(mail.from_.address),
    ),
    Rule(
        "HTML_IMAGE_ONLY",
        1.6,
        "HTML: images with little text",
        lambda mail: "<img" in mail.html.lower() and len(mail.text.split()) < 10,
    ),
)


def check_spam(mail: Mail) -> Json:
    """SpamAssassinResponse: the rules that hold, the worst first, and their sum."""
    held = sorted((rule for rule in RULES if rule.holds(mail)), key=lambda rule: -rule.score)
    score = round(sum(rule.score for rule in held), 1)
    rules = [{"Score": rule.score, "Name": rule.name, "Description": rule.description} for rule in held]
    return {"Error": "", "IsSpam": score >= THRESHOLD, "Score": score, "Rules": rules}


def _has(mail: Mail, name: str) -> bool:
    return any(key.lower() == name for key, _ in mail.headers)


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower()
