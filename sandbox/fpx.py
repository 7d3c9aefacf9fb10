"""`caruman fpx`: what somebody who integrates with FPX asks at the command line."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import httpx

from emulators.foundation.doorkeeper import TOKEN_HEADER
from emulators.foundation.trust import trusted_roots
from sandbox import drill, new_seller
from sandbox.addresses import FPX_ROOM, fpx_of, takes_against
from sandbox.errors import SandboxError
from sandbox.speech import say

ANSWER_SECONDS = 10.0
MESSAGES = ("AR", "AE", "BE")


def words(parser: argparse.ArgumentParser) -> None:
    """The grammar below `caruman fpx`."""
    verbs = parser.add_subparsers(dest="fpx_verb", metavar="VERB", required=True)
    explaining = verbs.add_parser("explain", help="say why FPX would refuse a message: which check, which mistake")
    explaining.add_argument(
        "file", metavar="FILE", help="the urlencoded body, or its fields as JSON; - reads the input"
    )
    explaining.add_argument("--message", choices=MESSAGES, help="what it is meant to be (what fpx_msgType says)")
    takes_against(explaining, f"after FILE: {FPX_ROOM}")
    explaining.add_argument("--control-token", metavar="TOKEN", help="what the control doors ask for")
    explaining.add_argument("--json", action="store_true", help="print the answer as one line of JSON")
    drill.words(verbs)
    new_seller.words(verbs)


def fpx(given: argparse.Namespace) -> int:
    """Do what was asked below `caruman fpx`."""
    asked = {"explain": explain, "drill": drill.drill, "new-seller": new_seller.new_seller}
    return asked[given.fpx_verb](given)


def explain(given: argparse.Namespace) -> int:
    """Ask the running FPX room; 0 when it would take the message, 1 when it would refuse it."""
    wish = _wish(_content(given.file)) | ({"message": given.message} if given.message else {})
    told = _asked(fpx_of(given.against), wish, given.control_token)
    say(json.dumps(told, ensure_ascii=False) if given.json else "\n".join(_lines(told)))
    return 0 if told["verdict"] == "accepted" else 1


def _content(file: str) -> str:
    try:
        content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return content.decode("utf-8")
    except OSError as error:
        raise SandboxError(f"cannot read {file}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SandboxError(f"{file} is not text: give the urlencoded body as it was posted, or JSON") from error


def _wish(content: str) -> dict[str, Any]:
    """A JSON object is the fields (or what the verb takes); everything else is a body."""
    if not content.lstrip().startswith("{"):
        return {"body": content}
    try:
        told = json.loads(content)
    except ValueError as error:
        raise SandboxError(f"this is no JSON: {error}") from error
    return told if {"fields", "body"} & set(told) else {"fields": told}


def _asked(fpx_url: str, wish: dict[str, Any], token: str | None) -> dict[str, Any]:
    headers = {TOKEN_HEADER: token} if token else {}
    try:
        with httpx.Client(timeout=ANSWER_SECONDS, trust_env=False, verify=trusted_roots()) as client:
            answer = client.post(f"{fpx_url.rstrip('/')}/_control/explain", json=wish, headers=headers)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise SandboxError(f"FPX does not answer at {fpx_url}: {error}; start it with: caruman up") from error
    if not answer.is_success:
        raise SandboxError(f"FPX at {fpx_url} answered {answer.status_code}: {answer.text.strip()[:300]}")
    told: dict[str, Any] = answer.json()
    return told


def _lines(told: dict[str, Any]) -> list[str]:
    """The answer for a person."""
    head = f"{told['message']} {told['verdict']}"
    if told["check"]:
        head += f": check {told['check']}, code {told['code']} ({told['meaning']})"
    facts = [
        ("mistake", told["mistake"]),
        ("field", told["field"]),
        ("why", told["sentence"]),
        ("expected", told["source_expected"]),
        ("signed", told["source_signed"] if told["source_signed"] != told["source_expected"] else ""),
    ]
    shown = [f"  {name:<9} {_printable(value)}" for name, value in facts if value]
    return [head, *shown, "  received", *(f"    {name}={_printable(value)}" for name, value in told["fields"].items())]


def _printable(text: str) -> str:
    """On one line, and harmless to a terminal."""
    return "".join(each if each.isprintable() else repr(each)[1:-1] for each in text)
