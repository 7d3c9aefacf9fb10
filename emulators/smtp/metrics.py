"""How the inbox stands, for Prometheus (text format 0.0.4), under the names Mailpit's metrics have."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response

from emulators.smtp.shapes import Json
from emulators.smtp.shelf import Shelf
from emulators.smtp.web import information

MIMETYPE = "text/plain; version=0.0.4; charset=utf-8"
_STANDING = (
    ("mailpit_messages", "Messages", "Messages in the store"),
    ("mailpit_messages_unread", "Unread", "Unread messages in the store"),
    ("mailpit_database_size_bytes", "DatabaseSize", "Size of the store in bytes"),
)
_RUNNING = (
    ("mailpit_memory_usage_bytes", "Memory", "gauge", "Memory of the process in bytes"),
    ("mailpit_uptime_seconds", "Uptime", "gauge", "Seconds since the start"),
    ("mailpit_messages_deleted_total", "MessagesDeleted", "counter", "Messages deleted"),
    ("mailpit_smtp_accepted_total", "SMTPAccepted", "counter", "Messages accepted"),
    ("mailpit_smtp_accepted_size_bytes_total", "SMTPAcceptedSize", "counter", "Octets of the messages accepted"),
    ("mailpit_smtp_rejected_total", "SMTPRejected", "counter", "Messages rejected"),
    ("mailpit_smtp_ignored_total", "SMTPIgnored", "counter", "Messages acknowledged and thrown away"),
)


def metrics_door(mine: Callable[[], Shelf]) -> Blueprint:
    """`GET /metrics`."""
    door = Blueprint("metrics", __name__)

    @door.get("/metrics")
    def metrics() -> Response:
        return Response(_text(information(mine())), content_type=MIMETYPE)

    return door


def _text(told: Json) -> str:
    lines = [_metric(name, "gauge", words, f"{name} {told[key]}") for name, key, words in _STANDING]
    running = told["RuntimeStats"]
    lines += [_metric(name, kind, words, f"{name} {running[key]}") for name, key, kind, words in _RUNNING]
    tags = [f'mailpit_tag_messages{{tag="{_escaped(tag)}"}} {many}' for tag, many in told["Tags"].items()]
    lines.append(_metric("mailpit_tag_messages", "gauge", "Messages of each tag", *tags))
    return "".join(lines)


def _metric(name: str, kind: str, words: str, *samples: str) -> str:
    return "".join(f"{line}\n" for line in (f"# HELP {name} {words}", f"# TYPE {name} {kind}", *samples))


def _escaped(label: str) -> str:
    return label.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
