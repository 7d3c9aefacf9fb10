"""The inbox keeps mail in PostgreSQL as it does in SQLite."""

from __future__ import annotations

import random
import smtplib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from emulators.foundation.clock import Clock
from emulators.smtp.app import create_room
from emulators.smtp.listener import Listener
from emulators.smtp.settings import SmtpSettings


def test_mails_of_many_senders_are_stored_counted_and_deleted(tmp_path: Path, database_url: str) -> None:
    """Bulk rows, their ids and the running counts are said in SQL that both stores understand."""
    settings = SmtpSettings(data_dir=tmp_path, port=0, smtp_port=0, database_url=database_url)
    room = create_room(settings, Clock(), random.Random(7))
    listener = next(worker for worker in room.workers if isinstance(worker, Listener))
    listener.start()
    host, _, port = listener.address.rpartition(":")

    def send(sender: int) -> None:
        with smtplib.SMTP(host, int(port), timeout=10) as client:
            for n in range(5):
                letter = f"To: siti{sender}+tag@example.com\r\nSubject: {n}\r\n\r\nKod 123456\r\n"
                client.sendmail("ali@example.com", [f"siti{sender}+tag@example.com"], letter)

    reader = room.app.test_client()

    def read(path: str) -> dict[str, Any]:
        return dict(reader.get(path).get_json())

    try:
        with ThreadPoolExecutor(4) as senders:
            list(senders.map(send, range(4)))
        everybody = read("/api/v1/messages")
        found = read("/api/v1/search?query=to:siti2%2Btag@example.com")
        reader.put("/api/v1/messages", json={"IDs": [found["messages"][0]["ID"]], "Read": True})
        reader.delete("/api/v1/messages", json={"IDs": [message["ID"] for message in found["messages"][1:]]})
        afterwards = read("/api/v1/messages")
    finally:
        listener.stop()
        room.close()

    assert (everybody["total"], everybody["unread"], everybody["tags"]) == (20, 20, ["tag"])
    assert [message["Subject"] for message in found["messages"]] == ["4", "3", "2", "1", "0"]
    assert (afterwards["total"], afterwards["unread"]) == (16, 15)
