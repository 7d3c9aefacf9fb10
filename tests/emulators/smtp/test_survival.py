"""An acknowledged message survives whatever happens to the process."""

from __future__ import annotations

import random
import signal
import smtplib
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from emulators.foundation.clock import Clock
from emulators.smtp.app import create_room
from emulators.smtp.settings import SmtpSettings

PROGRAM = """
import random, sys, threading
from pathlib import Path
from emulators.foundation.clock import Clock
from emulators.smtp.app import create_room
from emulators.smtp.settings import SmtpSettings

room = create_room(SmtpSettings(data_dir=Path(sys.argv[1]), smtp_port=0), Clock(), random.SystemRandom())
room.workers[0].start()
print(room.workers[0].address, flush=True)
threading.Event().wait()
"""
HOUSE = Path(__file__).resolve().parents[3]


def test_kill_nine_loses_no_acknowledged_message(tmp_path: Path, until: Callable[..., object]) -> None:
    """Four senders at full speed, the process killed under them: every 250 is found in the reopened store."""
    command = [sys.executable, "-c", PROGRAM, str(tmp_path)]
    acknowledged: list[str] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=HOUSE) as inbox:
        assert inbox.stdout is not None
        host, _, port = inbox.stdout.readline().strip().rpartition(":")
        senders = [threading.Thread(target=_send, args=(host, int(port), n, acknowledged)) for n in range(4)]
        for sender in senders:
            sender.start()
        until(lambda: len(acknowledged) >= 60, "sixty messages are acknowledged")
        inbox.send_signal(signal.SIGKILL)
        for sender in senders:
            sender.join()
    room = create_room(SmtpSettings(data_dir=tmp_path), Clock(), random.Random(7))
    client = room.app.test_client()
    stored: set[str] = set()
    while page := client.get(f"/api/v1/messages?limit=1000&start={len(stored)}").get_json()["messages"]:
        stored.update(message["Subject"] for message in page)
    room.close()

    assert len(acknowledged) >= 60
    assert set(acknowledged) - stored == set()


def _send(host: str, port: int, number: int, acknowledged: list[str]) -> None:
    """Send until the other end is gone."""
    try:
        with smtplib.SMTP(host, port, timeout=5) as client:
            for n in range(100_000):
                subject = f"{number}-{n}"
                client.sendmail("a@example.com", "b@example.com", f"Subject: {subject}\r\n\r\nx\r\n")
                acknowledged.append(subject)
    except (smtplib.SMTPException, OSError):
        return
