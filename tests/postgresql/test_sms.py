"""The SMS room keeps what comes by SMPP in PostgreSQL as it does in SQLite."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from emulators.foundation.clock import Clock
from tests.emulators.sms.smpp.conftest import start_room
from tests.emulators.sms.smpp.esme import SUBMIT_SM, submit_body

DELIVER_SM = 0x05


def test_parts_receipts_and_a_window_of_submissions(tmp_path: Path, database_url: str) -> None:
    """Bulk rows, joined parts, cancelling and receipts are said in SQL that both stores understand."""
    clock = Clock()
    clock.hold()
    with ExitStack() as held:
        running = start_room(tmp_path, clock, held, database_url=database_url, delivered_after=0)
        client = running.connect()
        held.callback(client.close)
        client.bind()
        client.say(b"".join(client.packed(SUBMIT_SM, submit_body(to=b"60110000002")) for _ in range(250)))
        ids = {client.hear().message_id for _ in range(250)}
        for place in (1, 2):
            text = bytes((5, 0, 3, 1, 2, place)) + "Kod 12345\x00".encode("utf-16-be")
            client.submit(text, esm_class=0x40, data_coding=8, registered=1 if place == 2 else 0)
        receipt = client.hear()
        unknown = client.ask(0x08, b"\x001000000001\0" + b"\3\x0068833\0" + b"\0\0\0")

        assert len(ids) == 250
        assert running.messages("+60110000001")[0]["body"] == "Kod 12345\ufffd" * 2
        assert len(running.messages("+60110000002")) == 50
        assert receipt.command == DELIVER_SM
        assert b"stat:DELIVRD" in receipt.body
        assert unknown.status == 0x11
