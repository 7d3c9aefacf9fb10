"""Mailpit's JSON shapes of API v1 (captured from Mailpit 1.30.5: names and types, confidence high)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from emulators.foundation.codes import Code, CodeReader
from emulators.smtp.header_text import Address
from emulators.smtp.kept import Kept, Page
from emulators.smtp.links import links_in
from emulators.smtp.looks import Look
from emulators.smtp.mime import File, Mail

Json = dict[str, Any]
_LINK = re.compile(r"<([^<>]*)>")


def person(address: Address) -> Json:
    """{Name, Address}."""
    return {"Name": address.name, "Address": address.address}


def people(mail: Mail, bcc: Iterable[Address]) -> Json:
    """Everybody a message names, by role; `bcc`: also whom only its envelope named."""
    return {
        "From": person(mail.from_),
        "To": [person(address) for address in mail.to],
        "Cc": [person(address) for address in mail.cc],
        "Bcc": [person(address) for address in bcc],
        "ReplyTo": [person(address) for address in mail.reply_to],
    }


def summary(kept: Kept) -> Json:
    """MessageSummary: one row of a list."""
    return {
        "ID": kept.uid,
        "MessageID": kept.message_id,
        "Read": kept.read,
        **kept.people,
        "Subject": kept.subject,
        "Created": rfc3339(kept.created),
        "Username": kept.username,
        "Tags": kept.tags,
        "Size": kept.size,
        "Attachments": kept.attachments,
        "Snippet": kept.snippet,
    }


def summary_of(columns: Json) -> Json:
    """MessageSummary of a message on its way into the store."""
    return {
        "ID": columns["uid"],
        "MessageID": columns["message_id"],
        "Read": False,
        **columns["people"],
        "Subject": columns["subject"],
        "Created": _created(columns["created"]),
        "Username": columns["username"],
        "Tags": columns["tags"],
        "Size": columns["size"],
        "Attachments": columns["attachments"],
        "Snippet": columns["snippet"],
    }


@lru_cache(maxsize=8)  # many messages come at once
def _created(millis: int) -> str:
    return rfc3339(datetime.fromtimestamp(millis / 1000, UTC))


def summaries(page: Page) -> Json:
    """MessagesSummary; `count` is the rows of this page, an old name that clients still read."""
    return {
        "total": page.total,
        "unread": page.unread,
        "count": len(page.messages),
        "messages_count": page.matches,
        "messages_unread": page.unread_matches,
        "start": page.start,
        "tags": page.tags,
        "messages": [summary(kept) for kept in page.messages],
    }


def message(kept: Kept, mail: Mail, codes: CodeReader, scan: Json | None = None) -> Json:
    """Message: everything. `Read` is not Mailpit's; one published client cannot do without it.

    `codes`, `links` and `scan` are not Mailpit's either: what a reader is after, found.
    """
    return {
        "ID": kept.uid,
        "MessageID": kept.message_id,
        "Read": True,
        **kept.people,
        "ReturnPath": mail.return_path,
        "Subject": kept.subject,
        "ListUnsubscribe": _list_unsubscribe(mail),
        "Date": rfc3339(kept.created) if mail.date is None else mail.date.isoformat().replace("+00:00", "Z"),
        "Tags": kept.tags,
        "Username": kept.username,
        "Text": mail.text,
        "HTML": mail.html,
        "Size": kept.size,
        "Inline": [_file(file) for file in mail.files if file.inline],
        "Attachments": [_file(file) for file in mail.files if not file.inline],
        "codes": [code.as_json() for code in codes_in(mail, codes)],
        "links": [{"href": link.href, "text": link.text} for link in links_in(mail.document, mail.text)],
        "scan": scan,
    }


def configuration(relay: str) -> Json:
    """WebUIConfiguration: what is switched on; `relay` is where a message is released to."""
    return {
        "Label": "SANDBOX",
        "MessageRelay": {
            "Enabled": True,
            "SMTPServer": relay,
            "ReturnPath": "",
            "AllowedRecipients": "",
            "BlockedRecipients": "",
            "OverrideFrom": "",
            "PreserveMessageIDs": False,
            "RecipientAllowlist": "",
        },
        "SpamAssassin": True,
        "ChaosEnabled": True,
        "DuplicatesIgnored": False,
        "HideDeleteAllButton": False,
    }


def link_check(looks: Iterable[Look]) -> Json:
    """LinkCheckResponse; a link that could not be asked has the status 0, one that may not be asked 451."""
    asked = list(looks)
    links = [{"URL": look.url, "StatusCode": look.status, "Status": look.words} for look in asked]
    return {"Errors": sum(not look.alive for look in asked), "Links": links}


def codes_in(mail: Mail, codes: CodeReader) -> list[Code]:
    """The codes of the text and the subject; where they have none, those of the HTML, which says the same otherwise."""
    return codes.read([mail.text, mail.subject], mail.from_.address) or codes.read(mail.readable, mail.from_.address)


def headers(mail: Mail) -> dict[str, list[str]]:
    """{Name: [values]}, names spelled as Go spells them (Message-Id, Mime-Version)."""
    found: dict[str, list[str]] = {}
    for name, value in mail.headers:
        found.setdefault("-".join(word.capitalize() for word in name.split("-")), []).append(value.strip())
    return found


def rfc3339(instant: datetime) -> str:
    """An instant in UTC with milliseconds and `Z`."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _file(file: File) -> Json:
    return {
        "PartID": file.part_id,
        "FileName": file.name,
        "ContentType": file.content_type,
        "ContentID": file.content_id,
        "Size": len(file.data),
        "Checksums": {
            "MD5": hashlib.md5(file.data, usedforsecurity=False).hexdigest(),
            "SHA1": hashlib.sha1(file.data, usedforsecurity=False).hexdigest(),
            "SHA256": hashlib.sha256(file.data).hexdigest(),
        },
    }


def _list_unsubscribe(mail: Mail) -> Json:
    header = _first(mail, "list-unsubscribe")
    links = _LINK.findall(header)
    errors = "" if links or not header else "no link between angle brackets"
    return {"Header": header, "Links": links, "Errors": errors, "HeaderPost": _first(mail, "list-unsubscribe-post")}


def _first(mail: Mail, name: str) -> str:
    return next((value.strip() for key, value in mail.headers if key.lower() == name), "")
