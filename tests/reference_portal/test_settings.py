"""What the portal can be told."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from reference_portal.rules.cover import EndRule
from reference_portal.settings import PortalSettings


def test_every_setting_has_a_default_and_a_sentence() -> None:
    """The portal starts with no file and no variable, and each setting says what it is."""
    PortalSettings()

    for name, field in PortalSettings.model_fields.items():
        assert not field.is_required(), name
        assert (field.description or "").rstrip(".").count(" ") >= 2, name


def test_the_environment_sets_them_under_one_prefix(monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers, words and enums are read from CARUMAN_PORTAL_*."""
    monkeypatch.setenv("CARUMAN_PORTAL_OTP_SECONDS", "120")
    monkeypatch.setenv("CARUMAN_PORTAL_COVER_END_RULE", "same_clock_time")
    settings = PortalSettings()

    assert (settings.otp_seconds, settings.otp_minutes) == (120, 2)
    assert settings.cover_end_rule is EndRule.SAME_CLOCK_TIME


@pytest.mark.parametrize(
    "wrong",
    [
        {"exchange_id": "789"},
        {"seller_id": "EX00000789"},
        {"port": 70000},
        {"fpx_version": "8.0"},
        {"otp_digits": 4},
        {"password_hashing": "none"},
        {"product_description": "x" * 31},
        {"idle_minutes": 0},
        {"order_timeout_minutes": 30},
    ],
)
def test_a_setting_without_sense_stops_the_start(wrong: dict[str, object]) -> None:
    """Better no portal than one that signs what FPX refuses or locks nobody out."""
    with pytest.raises(ValidationError, match=next(iter(wrong))):
        PortalSettings.model_validate(wrong)


def test_settings_do_not_change_once_read() -> None:
    """They are frozen."""
    with pytest.raises(ValidationError):
        PortalSettings().port = 1


def test_the_store_is_a_file_of_the_data_folder_unless_told_otherwise(tmp_path: Path) -> None:
    """SQLite by default, made where the keys are; any SQLAlchemy URL by choice."""
    settings = PortalSettings(data_dir=tmp_path / "var")

    assert settings.store_url() == f"sqlite:///{(tmp_path / 'var').resolve()}/portal.sqlite3"
    assert (tmp_path / "var").is_dir()
    assert settings.keys_dir == tmp_path / "var" / "portal"
    assert PortalSettings(database_url="postgresql+psycopg://h/d").store_url() == "postgresql+psycopg://h/d"


@pytest.mark.parametrize(
    ("host", "exposed"),
    [("127.0.0.1", False), ("127.0.0.2", False), ("localhost", False), ("::1", False), ("0.0.0.0", True)],
)
def test_it_knows_whether_others_can_reach_it(host: str, exposed: bool) -> None:
    """Anything but loopback is exposed."""
    assert PortalSettings(host=host).exposed is exposed
