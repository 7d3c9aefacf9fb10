"""`caruman fpx`: the words of an integrator, answered by a running FPX room."""

from __future__ import annotations

import io
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from emulators.foundation.clock import Clock
from emulators.foundation.serving import Server
from emulators.fpx.app import create_room
from emulators.fpx.settings import FpxSettings
from sandbox.cli import main
from tests.emulators.fpx.planted import PLANTED, VECTORS, Planted


@pytest.fixture(name="told", scope="module")
def _told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A file that holds what `caruman up --json` would print, of an FPX room that knows the merchant of the vectors."""
    folder = tmp_path_factory.mktemp("fpx")
    room = create_room(FpxSettings(data_dir=folder, port=0), Clock(), random.Random(1))
    certificate = json.loads((VECTORS / "test_key.json").read_text())["certificate"]
    urls = dict.fromkeys(("direct_url", "indirect_url"), "http://127.0.0.1:9/ac")
    ids = {"exchange_id": "EX00000789", "seller_id": "SE00000789", "name": "Kedai SANDBOX"}
    room.verbs["sellers"](ids | urls | {"certificate": certificate})
    server = Server("127.0.0.1", 0)
    server.serve(room.app)
    nowhere = dict.fromkeys(("portal", "sms", "inbox", "smtp"), "http://127.0.0.1:9")
    (folder / "up.json").write_text(json.dumps(nowhere | {"fpx": server.url}))
    yield str(folder / "up.json")
    server.stop()
    room.close()


def planted(name: str) -> dict[str, str]:
    """The message of a planted mistake."""
    return next(one for one in PLANTED if one.name == name).message()


def test_a_refused_body_is_explained(told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Check, code, mistake, field, sentence, both texts and the fields as received; the exit code says refused."""
    file = tmp_path / "ar.txt"
    file.write_text(urlencode(planted("two not signed")) + "\n")

    assert main(["fpx", "explain", str(file), "--against", told]) == 1
    shown = capsys.readouterr().out
    assert shown.startswith("AR refused: check checksum, code XC (")
    assert "\n  mistake   field-missing\n  field     fpx_buyerEmail,fpx_version\n" in shown
    assert "\n  expected  ||||aminah+fpx@example.com|" not in shown
    assert "\n  expected  ||UJIAN001|aminah+fpx@example.com|" in shown
    assert "\n  signed    ||UJIAN001||" in shown
    assert "\n    fpx_sellerOrderNo=SBX-0000001\n" in shown


def test_fields_as_json_and_the_input_are_read(
    told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A message that would be taken ends with 0; the answer is one line of JSON when asked."""
    good = Planted("", "good").message() | {"fpx_txnAmount": "1157.20"}
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(good).encode())))

    assert main(["fpx", "explain", "-", "--against", told, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "accepted"


def test_the_message_meant_can_be_told(told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An AR judged as an AE is of the wrong type."""
    file = tmp_path / "ar.json"
    file.write_text(json.dumps({"fields": Planted("", "good").message()}))

    assert main(["fpx", "explain", str(file), "--against", told, "--message", "AE"]) == 1
    assert "wrong-message" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(None, "cannot read"), (b"\xff\xfe", "is not text"), (b"{not json", "no JSON"), (b'{"fields": 1}', "400")],
)
def test_what_cannot_be_asked_is_one_sentence(
    told: str, tmp_path: Path, content: bytes | None, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """No traceback for a file that is missing, binary, broken or of another kind."""
    file = tmp_path / "message"
    if content is not None:
        file.write_bytes(content)

    assert main(["fpx", "explain", str(file), "--against", told]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert sentence in line


def test_nobody_listening_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The address that does not answer is named."""
    file = tmp_path / "body"
    file.write_text("fpx_msgType=AR")
    nowhere = json.dumps(dict.fromkeys(("portal", "fpx", "sms", "inbox", "smtp"), "http://127.0.0.1:9"))

    assert main(["fpx", "explain", str(file), "--against", nowhere]) == 2
    assert "does not answer at http://127.0.0.1:9" in capsys.readouterr().err
