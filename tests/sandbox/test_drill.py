"""`caruman fpx drill`: the board at the command line, and in an exit code."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from emulators.foundation.clock import Clock
from emulators.foundation.serving import Server
from emulators.fpx.app import create_room
from emulators.fpx.drill.report import Report
from emulators.fpx.settings import FpxSettings
from sandbox.cli import main

VECTORS = Path(__file__).parents[1] / "vectors"


@pytest.fixture(name="fpx", scope="module")
def _fpx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An FPX room that knows one merchant, by its address."""
    room = create_room(FpxSettings(data_dir=tmp_path_factory.mktemp("fpx"), port=0), Clock(), random.Random(1))
    certificate = json.loads((VECTORS / "test_key.json").read_text())["certificate"]
    urls = dict.fromkeys(("direct_url", "indirect_url"), "http://127.0.0.1:9/ac")
    ids = {"exchange_id": "EX00000789", "seller_id": "SE00000789", "name": "Kedai SANDBOX"}
    room.verbs["sellers"](ids | urls | {"certificate": certificate})
    server = Server("127.0.0.1", 0)
    server.serve(room.app)
    yield server.url
    server.stop()
    room.close()


def run(fpx: str, *more: str) -> int:
    """The verb against that room."""
    return main(["fpx", "drill", "--against", fpx, "--exchange", "EX00000789", *more])


def test_a_board_that_is_not_passed_fails_a_build(fpx: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each scenario with what is expected and how to bring it about; the last line sums up."""
    assert run(fpx) == 1
    lines = capsys.readouterr().out.splitlines()

    assert lines[:3] == [
        "- approved: not seen",
        "    expected  the genuine direct AC is answered HTTP 200 and OK",
        "    how       enter 1234 as user id at the bank and confirm",
    ]
    assert lines[-1].startswith("EX00000789: not passed, 0 of 22 mandatory and 0 of 7 optional scenarios (Caruman")


def test_a_board_that_is_passed_is_zero(
    fpx: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """JSON is one line, the same the page exports; the HTML is what is handed in."""
    monkeypatch.setattr(Report, "passed", property(lambda _report: True))

    assert run(fpx, "--json", "--html", str(tmp_path / "report.html")) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["passed"] is True
    assert "FPX merchant drill" in (tmp_path / "report.html").read_text()


def test_who_is_not_there_is_said(fpx: str, capsys: pytest.CaptureFixture[str]) -> None:
    """An exchange nobody registered, a room that does not run, a folder that is not there."""
    assert main(["fpx", "drill", "--against", fpx, "--exchange", "EX00000001"]) == 2
    assert "404" in capsys.readouterr().err
    assert run("http://127.0.0.1:9") == 2
    assert "FPX does not answer" in capsys.readouterr().err
    assert run(fpx, "--html", "/nowhere/at/all.html") == 2
    assert "cannot write" in capsys.readouterr().err
