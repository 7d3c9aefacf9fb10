"""The portal's own secrets: made at the first start, kept in its folder, read by nobody else."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

_FILE = "secrets.json"


@dataclass(frozen=True)
class OwnSecrets:
    """Hexadecimal keys: `session_key` signs cookies, `phrase_key` makes the phrases of unknown numbers."""

    session_key: str
    phrase_key: str

    @property
    def seal_key(self) -> str:
        """Seals receipts: of the phrase key, so that a folder of an older version goes on sealing."""
        return hmac.new(bytes.fromhex(self.phrase_key), b"receipt seal", hashlib.sha256).hexdigest()


def own_secrets(folder: Path) -> OwnSecrets:
    """The secrets in `folder` (0700), made now when there are none; the file is for its owner alone (0600)."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    place = folder / _FILE
    fresh = OwnSecrets(session_key=secrets.token_hex(32), phrase_key=secrets.token_hex(32))
    draft = folder / f".{_FILE}.{secrets.token_hex(4)}"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(asdict(fresh), file)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, place)  # fails when another start was first: then its secrets are the portal's
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return OwnSecrets(**json.loads(place.read_text()))
