"""Settings that do not fit and stores that do not answer: one sentence each."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from emulators.foundation.clock import Clock
from sandbox.building import built, configured
from sandbox.errors import SandboxError
from sandbox.services import BY_ROOM
from sandbox.world import World, WorldOptions


def test_settings_that_do_not_fit_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each by its name, from wherever they came."""
    monkeypatch.setenv("CARUMAN_PORTAL_OTP_DIGITS", "three")

    with pytest.raises(SandboxError, match=r"portal cannot be set up so: port: .*; otp_digits: "):
        configured(BY_ROOM["portal"], {"port": 70000})


@pytest.mark.parametrize("value", ["", "siti", "{"])
def test_a_setting_that_is_no_json_is_named(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list or table that cannot be read is one sentence and no traceback."""
    monkeypatch.setenv("CARUMAN_SMTP_USERS", value)

    with pytest.raises(SandboxError, match=r'^smtp cannot be set up so: error parsing value for field "users".*JSON$'):
        configured(BY_ROOM["smtp"], {})


def test_what_is_none_is_left_to_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A flag that was not given does not hide a variable that was."""
    monkeypatch.setenv("CARUMAN_SMS_CONTROL_TOKEN", "s3cret")

    assert configured(BY_ROOM["sms"], {"control_token": None}).control_token == "s3cret"


@pytest.mark.parametrize("room", ["fpx", "sms", "smtp", "portal"])
def test_a_store_that_does_not_answer_is_told_with_its_reason(room: str, tmp_path: Path) -> None:
    """No traceback for a database that is not there."""
    nowhere = f"sqlite:///{tmp_path}/no/such/folder/store.sqlite3"
    settings = configured(BY_ROOM[room], {"data_dir": tmp_path, "database_url": nowhere})

    with pytest.raises(SandboxError, match=f"{room} cannot open its store: unable to open database file"):
        built(BY_ROOM[room], settings, Clock(), random.Random(1))


@pytest.mark.parametrize("room", ["fpx", "sms", "smtp", "portal"])
def test_a_store_of_another_version_is_told_before_it_is_used(room: str, tmp_path: Path) -> None:
    """A table that lacks a column would fail at the first request; the start says it, and what to do."""
    settings = configured(BY_ROOM[room], {"data_dir": tmp_path})
    built(BY_ROOM[room], settings, Clock(), random.Random(1)).close()
    with closing(sqlite3.connect(tmp_path / f"{room}.sqlite3")) as store:
        store.execute("ALTER TABLE journal RENAME COLUMN at TO happened")

    with pytest.raises(SandboxError, match=f"{room} cannot open its store: another version .* journal .* at, happened"):
        built(BY_ROOM[room], settings, Clock(), random.Random(1))


def test_a_world_with_one_bad_store_begins_with_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are stopped again and the folder is free."""
    monkeypatch.setenv("CARUMAN_PORTAL_DATABASE_URL", f"sqlite:///{tmp_path}/no/such/folder/store.sqlite3")
    options = WorldOptions(data_dir=tmp_path / "var", fast_passwords=True)
    with pytest.raises(SandboxError, match="portal cannot open its store"), World(options):
        pytest.fail("the portal has no store")
    monkeypatch.delenv("CARUMAN_PORTAL_DATABASE_URL")

    with World(options):
        pass


def test_control_tokens_from_the_environment_do_not_keep_the_rooms_from_meeting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The portal is introduced with the token FPX was told."""
    monkeypatch.setenv("CARUMAN_FPX_CONTROL_TOKEN", "only-for-fpx")

    with World(WorldOptions(fast_passwords=True)) as world:
        assert world.settings["fpx"].control_token == "only-for-fpx"
