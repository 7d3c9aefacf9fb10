"""The register of differences from production is read strictly, and what it says of our settings is true."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from pydantic_settings import BaseSettings

from docs.difference_register import BadRegister, Confidence, Difference, read_register

ROOMS = {"FPX": "emulators.fpx", "PORTAL": "reference_portal", "SMS": "emulators.sms", "SMTP": "emulators.smtp"}
GOOD = """
[[difference]]
id = "FPX-1"
sandbox = "Banks are invented."
production = "Banks are real."
confidence = "high"
setting = "CARUMAN_FPX_BANKS"
"""


def register(folder: Path, content: str, name: str = "fpx.toml") -> list[Difference]:
    """What is read from one file with this content."""
    (folder / name).write_text(content, encoding="utf-8")
    return read_register(folder)


def test_a_row_is_read_whole(tmp_path: Path) -> None:
    """Every field arrives; the setting may be absent."""
    rows = register(tmp_path, GOOD + GOOD.replace("FPX-1", "FPX-2").replace('setting = "CARUMAN_FPX_BANKS"', ""))

    banks = Difference("FPX-1", "Banks are invented.", "Banks are real.", Confidence.HIGH, "CARUMAN_FPX_BANKS")

    assert rows[0] == banks
    assert rows[1].setting is None


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (GOOD + GOOD, "FPX-1 is used twice"),
        (GOOD.replace('production = "Banks are real."', ""), "lacks production"),
        (GOOD.replace("setting =", "settings ="), "unknown field settings"),
        (GOOD.replace('"high"', '"sure"'), "confidence is one of high, medium, guess"),
        (GOOD.replace('"high"', "3"), "confidence must be"),
        (GOOD.replace("Banks are real.", "  "), "production must be"),
        (GOOD.replace("FPX-1", "FPX1"), "an id is"),
        (GOOD.replace("[[difference]]", "[[diff]]"), "must hold"),
        ("", "must hold"),
        ("difference = ", "not TOML"),
    ],
)
def test_a_fault_in_a_row_is_named(tmp_path: Path, fault: str, sentence: str) -> None:
    """A slip of the pen cannot drop a difference from the register."""
    with pytest.raises(BadRegister, match=sentence):
        register(tmp_path, fault)


def test_an_id_is_not_used_in_two_files(tmp_path: Path) -> None:
    """An id names one difference in the whole house."""
    register(tmp_path, GOOD)

    with pytest.raises(BadRegister, match="used twice"):
        register(tmp_path, GOOD, name="sms.toml")


def test_every_room_has_its_differences() -> None:
    """Each of the four rooms says where it chooses, simplifies or guesses."""
    assert {row.id.split("-")[0] for row in read_register()} >= set(ROOMS)


def test_every_setting_named_exists() -> None:
    """A reader who wants another choice finds the setting under the name the register gives."""
    named = {row.setting for row in read_register() if row.setting is not None}

    assert named <= {name for package in ROOMS.values() for name in settings_of(package)}


def settings_of(package: str) -> set[str]:
    """The environment variables a room reads, from its settings class."""
    module = importlib.import_module(f"{package}.settings")
    classes = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, BaseSettings) and value.__module__ == module.__name__
    ]
    assert classes, f"{package}.settings has no settings class"
    return {f"{cls.model_config.get('env_prefix', '')}{field}".upper() for cls in classes for field in cls.model_fields}
