"""A plan of a fault as a tester types it into a room's page, in the words `/_control/faults` takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emulators.foundation.errors import CallersMistake

_NUMBERS = {"count": int, "probability": float, "ttl_seconds": float}


def form_wish(form: Mapping[str, str]) -> dict[str, Any]:
    """The JSON object of what was typed; `match` and `with` as `name=value; name=value`.

    Raises:
        CallersMistake: a number or a pair that cannot be read, in the page's language.
    """
    wish: dict[str, Any] = {"name": form.get("name", "")}
    for key, kind in _NUMBERS.items():
        if said := form.get(key, "").strip():
            try:
                wish[key] = kind(said)
            except ValueError:
                raise CallersMistake(f"{key}: {said[:40]!r} bukan nombor") from None
    if seed := form.get("seed", "").strip():
        wish["seed"] = seed
    return wish | {key: _pairs(key, form.get(key, "")) for key in ("with", "match") if form.get(key, "").strip()}


def _pairs(key: str, text: str) -> dict[str, str]:
    pairs = [part.partition("=") for part in text.split(";") if part.strip()]
    if any(not equals for _, equals, _ in pairs):
        raise CallersMistake(f"{key}: tulis nama=nilai; nama=nilai")
    return {name.strip(): value.strip() for name, _, value in pairs}
