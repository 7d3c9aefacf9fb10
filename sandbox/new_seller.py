"""`caruman fpx new-seller`: key, certificate request and certificate of a merchant, and the settings to paste."""

from __future__ import annotations

import argparse
import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from emulators.foundation.doorkeeper import TOKEN_HEADER
from emulators.foundation.trust import trusted_roots
from sandbox.errors import SandboxError
from sandbox.merchant_papers import KEY_BITS, merchant_papers
from sandbox.seller_settings import environment, toml
from sandbox.speech import say

ANSWER_SECONDS = 10.0
_MERCHANT = "http://127.0.0.1:5000"


def words(verbs: Any) -> None:
    """The grammar of the verb, among those of `caruman fpx`."""
    parser = verbs.add_parser("new-seller", help="make a merchant's key, certificate request and certificate")
    parser.add_argument("exchange", type=_exchange_id, metavar="EX########", help="the seller exchange id")
    parser.add_argument("--seller", type=_seller_id, metavar="SE########", help="the seller id (the same digits)")
    parser.add_argument("--name", help="what the buyer's bank calls the seller")
    parser.add_argument("--dir", type=Path, default=Path(), help="folder for the three files (this one)")
    parser.add_argument(
        "--direct-url", default=f"{_MERCHANT}/fpx/direct", metavar="URL", help="takes the direct AC (%(default)s)"
    )
    parser.add_argument(
        "--indirect-url", default=f"{_MERCHANT}/fpx/indirect", metavar="URL", help="takes the indirect AC (%(default)s)"
    )
    parser.add_argument("--pkcs1", action="store_true", help="write the key as BEGIN RSA PRIVATE KEY, not PKCS#8")
    parser.add_argument("--register", metavar="URL", help="FPX room to register at, such as http://127.0.0.1:8010")
    parser.add_argument("--control-token", metavar="TOKEN", help="what the control doors of that room ask for")


def new_seller(given: argparse.Namespace) -> int:
    """Make the files, register them if asked to, and print what to paste; all of it or nothing."""
    with _files(given.dir, given.exchange) as (key_file, request_file, certificate_file):
        certificate = _make(given, key_file, request_file, certificate_file)
        seller = {
            "exchange_id": given.exchange,
            "seller_id": given.seller or f"SE{given.exchange[2:]}",
            "name": given.name or f"Penjual {given.exchange[2:]} (sandbox)",
            "direct_url": given.direct_url,
            "indirect_url": given.indirect_url,
        }
        if given.register:
            _register(given.register.rstrip("/"), {**seller, "certificate": certificate}, given.control_token)
    say(f"{key_file}  private key ({KEY_BITS}-bit RSA, mode 0600): sign AR, AE and BE with it, show it to nobody")
    say(f"{request_file}  certificate request: what PayNet asks for")
    say(f"{certificate_file}  self-signed certificate: what a test system and this sandbox take")
    if given.register:
        say(f"Registered at {given.register}.")
    say("\n".join(["", *toml(seller, certificate_file), "", *environment(seller, key_file, given.register)]))
    return 0


@contextlib.contextmanager
def _files(folder: Path, exchange: str) -> Iterator[tuple[Path, Path, Path]]:
    """The three files, none of which may be there before; those that were made vanish if the rest fails."""
    folder = folder.resolve()
    key_file, request_file, certificate_file = (folder / f"{exchange}.{kind}" for kind in ("key", "csr", "cer"))
    files = key_file, request_file, certificate_file
    there = [file for file in files if file.exists()]
    if there:
        raise SandboxError(f"{there[0]} is there already and is not overwritten; choose another folder with --dir")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SandboxError(f"cannot write to {folder}: {error.strerror}") from error
    try:
        yield files
    except BaseException:
        for file in files:
            file.unlink(missing_ok=True)
        raise


def _make(given: argparse.Namespace, key_file: Path, request_file: Path, certificate_file: Path) -> str:
    papers = merchant_papers(given.exchange, given.pkcs1)
    _write(key_file, papers.key, 0o600)
    _write(request_file, papers.request, 0o644)
    _write(certificate_file, papers.certificate, 0o644)
    return papers.certificate.decode()


def _write(file: Path, content: bytes, mode: int) -> None:
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as opened:
            opened.write(content)
    except OSError as error:
        raise SandboxError(f"cannot write {file}: {error.strerror}") from error


def _register(fpx: str, seller: dict[str, Any], token: str | None) -> None:
    headers = {TOKEN_HEADER: token} if token else {}
    try:
        with httpx.Client(timeout=ANSWER_SECONDS, trust_env=False, verify=trusted_roots()) as client:
            answer = client.post(f"{fpx}/_control/sellers", json=seller, headers=headers)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise SandboxError(f"FPX does not answer at {fpx}: {error}; no file was kept") from error
    if not answer.is_success:
        raise SandboxError(f"FPX at {fpx} answered {answer.status_code}: {answer.text.strip()[:500]}; no file was kept")


def _exchange_id(text: str) -> str:
    return _id(text, "EX")


def _seller_id(text: str) -> str:
    return _id(text, "SE")


def _id(text: str, kind: str) -> str:
    if not re.fullmatch(rf"{kind}[0-9]{{8}}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not {kind} and eight digits")
    return text
