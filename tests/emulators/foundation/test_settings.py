"""Settings: defaults start everything, the environment overrules, nothing changes afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError
from pydantic_settings import SettingsConfigDict

from emulators.foundation.settings import RoomSettings


class AttendantSettings(RoomSettings):
    """A room of the tests' own."""

    model_config = SettingsConfigDict(env_prefix="CARUMAN_ATTENDANT_")


def test_defaults_start_a_room_with_no_file_and_no_variable() -> None:
    """A room listens on loopback, on a free port, keeps its data in `var`, and asks no token."""
    settings = AttendantSettings()

    assert ("127.0.0.1", 0, Path("var"), None) == (
        settings.host,
        settings.port,
        settings.data_dir,
        settings.control_token,
    )


def test_the_environment_overrules_a_default_and_an_argument_overrules_both(monkeypatch: pytest.MonkeyPatch) -> None:
    """`CARUMAN_<ROOM>_PORT` is read once, when the settings are made."""
    monkeypatch.setenv("CARUMAN_ATTENDANT_PORT", "8123")
    settings = AttendantSettings()
    monkeypatch.setenv("CARUMAN_ATTENDANT_PORT", "9999")

    assert settings.port == 8123
    assert AttendantSettings(port=7).port == 7


def test_settings_are_frozen() -> None:
    """Nothing can be changed after the start."""
    settings = AttendantSettings()

    with pytest.raises(ValidationError, match="frozen"):
        settings.port = 1  # type: ignore[misc]


def test_the_store_is_a_file_named_after_the_room_unless_a_url_is_given(tmp_path: Path) -> None:
    """The data folder is made when it is needed; a given URL is taken as it is."""
    own = AttendantSettings(data_dir=tmp_path / "deep" / "var")

    assert f"sqlite:///{tmp_path}/deep/var/fpx.sqlite3" == own.store_url("fpx")
    assert (tmp_path / "deep" / "var").is_dir()

    given = AttendantSettings(database_url="postgresql+psycopg://there/fpx")

    assert given.store_url("fpx") == "postgresql+psycopg://there/fpx"
