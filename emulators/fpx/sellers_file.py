"""Merchants from a TOML file: tables `[[exchange]]`, and in each of them tables `[[exchange.seller]]`.

The keys are those of `POST /_control/sellers`. `certificate_file` and `public_key_file` name files instead, seen from
the folder the TOML file is in, in PEM or DER; each key takes a list as well, for a merchant that rolls over.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from emulators.fpx.errors import SellersFileWrong
from emulators.fpx.registration import Registration, first_mistake

_EXCHANGE_KEYS = ("exchange_id", "certificate", "public_key", "direct_url", "indirect_url")
_FILES = {"certificate_file": "certificate", "public_key_file": "public_key"}
_SELLER_KEYS = ("seller_id", "name")
LONGEST = 1_000_000


def read_sellers(file: Path) -> list[Registration]:
    """Every seller of the file with its exchange.

    Raises:
        SellersFileWrong: it cannot be read so; the sentence names the file, the table and the key.
    """
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SellersFileWrong(f"{file}: {error.strerror}") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SellersFileWrong(f"{file} is not TOML: {error}") from None
    _check_keys(f"{file}", told, ("exchange",))
    return [
        registration
        for at, table in _tables(f"{file}", told, "exchange")
        for registration in _exchange(file, at, table)
    ]


def _exchange(file: Path, at: str, table: dict[str, Any]) -> Iterator[Registration]:
    at += f" ({table['exchange_id']})" if isinstance(table.get("exchange_id"), str) else ""
    _check_keys(at, table, (*_EXCHANGE_KEYS, *_FILES, "seller"))
    common = {key: table[key] for key in _EXCHANGE_KEYS if key in table}
    for key, meant in _FILES.items():
        if key in table:
            if meant in table:
                raise SellersFileWrong(f"{at}: {key}: give this or {meant}, not both")
            common[meant] = [_content(file, at, key, name) for name in _listed(at, key, table[key])]
    if not {"certificate", "public_key"} & set(common):
        raise SellersFileWrong(
            f"{at}: certificate: missing; give certificate, certificate_file, public_key or public_key_file"
        )
    for key in ("exchange_id", "direct_url", "indirect_url"):
        if key not in common:
            raise SellersFileWrong(f"{at}: {key}: missing")
    for place, seller in _tables(at, table, "seller"):
        _check_keys(place, seller, _SELLER_KEYS)
        try:
            yield Registration.model_validate({**common, **seller, "replace": True})
        except ValidationError as error:
            mistake = first_mistake(error)
            where = place if mistake.startswith(_SELLER_KEYS) else at
            raise SellersFileWrong(f"{where}: {mistake}") from None


def _tables(at: str, table: dict[str, Any], key: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The tables of an array, each with its place in words."""
    found = table.get(key)
    if not isinstance(found, list) or not found or not all(isinstance(each, dict) for each in found):
        dotted = "exchange" if key == "exchange" else f"exchange.{key}"
        raise SellersFileWrong(f"{at}: {key}: there must be at least one table [[{dotted}]]")
    separator = ": " if key == "exchange" else ", "
    return ((f"{at}{separator}{key} {number}", each) for number, each in enumerate(found, start=1))


def _check_keys(at: str, table: dict[str, Any], known: tuple[str, ...]) -> None:
    unknown = [key for key in table if key not in known]
    if unknown:
        raise SellersFileWrong(f"{at}: {unknown[0]}: no such key here; there are {', '.join(known)}")


def _listed(at: str, key: str, value: Any) -> list[str]:
    names = value if isinstance(value, list) else [value]
    if not names or not all(isinstance(name, str) and name for name in names):
        raise SellersFileWrong(f"{at}: {key}: must be a file's name, or a list of such")
    return names


def _content(file: Path, at: str, key: str, name: str) -> bytes:
    named = file.parent / name
    try:
        with named.open("rb") as opened:
            return opened.read(LONGEST)
    except OSError as error:
        raise SellersFileWrong(f"{at}: {key}: {named}: {error.strerror}") from None
