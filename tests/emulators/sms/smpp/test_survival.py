"""An acknowledged submission survives whatever happens to the process."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

from emulators.foundation.clock import Clock
from emulators.sms.app import create_room
from emulators.sms.settings import SmsSettings
from tests.emulators.sms.smpp.esme import SUBMIT_SM, Esme, submit_body

PROGRAM = """
import random, sys, threading
from pathlib import Path
from emulators.foundation.clock import Clock
from emulators.sms.app import create_room
from emulators.sms.settings import SmsSettings

room = create_room(SmsSettings(data_dir=Path(sys.argv[1]), smpp_port=0), Clock(), random.SystemRandom())
for worker in room.workers:
    worker.start()
print(room.workers[-1].address, flush=True)
threading.Event().wait()
"""
HOUSE = Path(__file__).resolve().parents[4]
ENOUGH = 600


def test_kill_nine_loses_no_acknowledged_submission(tmp_path: Path) -> None:
    """Three clients with full windows, the process killed under them: every message_id is found in the store."""
    command = [sys.executable, "-c", PROGRAM, str(tmp_path)]
    acknowledged: list[str] = []
    enough = threading.Event()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=HOUSE) as centre:
        assert centre.stdout is not None
        address = centre.stdout.readline().strip()
        clients = [threading.Thread(target=_submit, args=(address, acknowledged, enough)) for _ in range(3)]
        for client in clients:
            client.start()
        assert enough.wait(20)
        centre.send_signal(signal.SIGKILL)
        for client in clients:
            client.join()
    room = create_room(SmsSettings(data_dir=tmp_path), Clock(), random.Random(7))
    total = room.app.test_client().get("/api/v1/messages?limit=1").get_json()["total"]
    room.close()
    with sqlite3.connect(tmp_path / "sms.sqlite3") as store:
        query = "SELECT number FROM smpp_submissions JOIN messages USING (sid)"
        stored = {str(number) for (number,) in store.execute(query)}
    store.close()

    assert len(acknowledged) >= ENOUGH
    assert set(acknowledged) - stored == set()
    assert total == len(stored)


def _submit(address: str, acknowledged: list[str], enough: threading.Event) -> None:
    """Keep a window of a hundred full until the other end is gone."""
    client = Esme(address)
    try:
        client.bind()
        client.say(b"".join(client.packed(SUBMIT_SM, submit_body()) for _ in range(100)))
        while True:
            said = client.hear()
            assert said.status == 0
            acknowledged.append(said.message_id)
            if len(acknowledged) >= ENOUGH:
                enough.set()
            client.say(client.packed(SUBMIT_SM, submit_body()))
    except (OSError, AssertionError):
        return
    finally:
        client.close()
