"""How a message came by SMPP: its parts with their encodings, for those who read it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from emulators.foundation.database import Database
from emulators.sms.messages import Message, Via
from emulators.sms.settings import SmsSettings
from emulators.sms.smpp import storage
from emulators.sms.smpp.alphabets import Alphabet, alphabet
from emulators.sms.smpp.numbering import Numbering


class Provenance:
    """Tells of each message that came by SMPP what its client submitted."""

    def __init__(self, database: Database, settings: SmsSettings, numbering: Numbering) -> None:
        self._database = database
        self._default = Alphabet(settings.smpp_alphabet)
        self._numbering = numbering

    def of(self, messages: Sequence[Message]) -> dict[str, list[dict[str, Any]]]:
        """The parts of each message by its sid, in the order of the text; nothing of what came by another door."""
        sids = [message.copy_of or message.sid for message in messages if message.via is Via.SMPP]
        if not sids:
            return {}
        with self._database.read() as connection:
            found = storage.parts_of(connection, sids)
        return {sid: [self._part(row) for row in rows] for sid, rows in found.items()}

    def _part(self, row: Any) -> dict[str, Any]:
        return {
            "message_id": self._numbering.answered(row.number),
            "system_id": row.system_id,
            "part": row.part,
            "parts": row.parts,
            "data_coding": row.data_coding,
            "alphabet": alphabet(row.data_coding, self._default).value,
            "octets": len(row.octets),
            "user_data_header": row.header.hex(" "),
            "esm_class": row.esm_class,
            "registered_delivery": row.registered,
            "source": row.source,
            "destination": row.target,
        }
