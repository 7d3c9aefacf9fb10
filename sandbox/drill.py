"""`caruman fpx drill`: how a merchant stands in the drill, for people, for machines and for a build that must fail."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import httpx

from emulators.foundation.trust import trusted_roots
from sandbox.addresses import FPX_ROOM, fpx_of, takes_against
from sandbox.errors import SandboxError
from sandbox.speech import say

ANSWER_SECONDS = 30.0
MARKS = {"passed": "✓", "seen wrong": "✗", "under way": "…", "not seen": "-"}


def words(verbs: Any) -> None:
    """The grammar of the verb, among those of `caruman fpx`."""
    drilling = verbs.add_parser("drill", help="say which scenarios a merchant has passed, from its traffic")
    drilling.add_argument("--exchange", required=True, metavar="EX", help="the merchant's exchange id, EX00000789")
    takes_against(drilling, FPX_ROOM)
    drilling.add_argument("--json", action="store_true", help="print the report as one line of JSON")
    drilling.add_argument("--html", type=Path, metavar="FILE", help="write the page that is handed in before go-live")


def drill(given: argparse.Namespace) -> int:
    """Read the board of a running FPX room; 0 when every mandatory scenario is passed, 1 when not."""
    board = f"{fpx_of(given.against)}/drill/{given.exchange}"
    report: dict[str, Any] = _read(f"{board}/report.json").json()
    if given.html:
        page = _read(f"{board}/report.html").text
        try:
            given.html.write_text(page, encoding="utf-8")
        except OSError as error:
            raise SandboxError(f"cannot write {given.html}: {error.strerror}") from error
    say(json.dumps(report, ensure_ascii=False) if given.json else "\n".join(_lines(report)))
    return 0 if report["passed"] else 1


def _read(address: str) -> httpx.Response:
    try:
        with httpx.Client(timeout=ANSWER_SECONDS, trust_env=False, verify=trusted_roots()) as client:
            answer = client.get(address, headers={"Accept": "application/json"})
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise SandboxError(f"FPX does not answer at {address}: {error}; start it with: caruman up") from error
    if not answer.is_success:
        raise SandboxError(f"{address} answered {answer.status_code}: {answer.text.strip()[:300]}")
    return answer


def _lines(report: dict[str, Any]) -> list[str]:
    """The board for a person: each scenario with what was seen, and what is expected of those not passed."""
    lines = []
    for row in report["scenarios"]:
        optional = "" if row["mandatory"] else " (optional)"
        lines.append(f"{MARKS[row['state']]} {row['id']}{optional}: {row['state']}")
        if "saw" in row:
            about = f" [{row['fpx_txn_id']}]" if row["fpx_txn_id"] else ""
            lines.append(f"    saw       {_plain(row['saw']['english'])}{about}")
        if row["state"] != "passed":
            lines += [f"    expected  {row['expected']['english']}", f"    how       {row['how']['english']}"]
    mandatory, optional = report["mandatory"], report["optional"]
    lines.append(
        f"{report['exchange_id']}: {'passed' if report['passed'] else 'not passed'}, {mandatory['passed']} of"
        f" {mandatory['of']} mandatory and {optional['passed']} of {optional['of']} optional scenarios"
        f" ({report['product']}, {report['made']})"
    )
    return lines


def _plain(text: str) -> str:
    """Harmless to a terminal: what a merchant answered is shown here."""
    return "".join(each if each.isprintable() else repr(each)[1:-1] for each in text)
