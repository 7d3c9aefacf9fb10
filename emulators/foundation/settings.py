"""What every room can be told: name, default and a sentence, read once and frozen."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from emulators.foundation.codes import template_pattern


def is_loopback(host: str) -> bool:
    """Whether that name or address is this machine for itself alone: `localhost`, 127.0.0.0/8 or `::1`."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


class RoomSettings(BaseSettings):
    """Settings all rooms share; a room's own class adds its prefix and its fields."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    host: str = Field("127.0.0.1", description="Address the room listens on.")
    port: int = Field(0, description="Port of the room's HTTP doors; 0 takes a free one.")
    data_dir: Path = Field(Path("var"), description="Folder for stores, keys and the clock.")
    database_url: str | None = Field(None, description="Another store, as a SQLAlchemy URL; SQLite when absent.")
    control_token: str | None = Field(None, description="Secret the control doors ask for; none on loopback.")

    def store_url(self, room: str) -> str:
        """The store's address: the one given, else a SQLite file named after the room."""
        if self.database_url is not None:
            return self.database_url
        self.data_dir.mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{self.data_dir.resolve() / room}.sqlite3"


class ReadingSettings(RoomSettings):
    """Settings of a room whose messages are read for codes and waited for.

    No more than 100 may wait, because the server has no more threads to lend (`serving.MOST_THREADS`).
    """

    wait_limit: float = Field(60.0, gt=0, description="Longest wait for a message, in seconds; a longer one is cut.")
    waiters_limit: int = Field(
        100, ge=1, le=100, description="Most requests that may wait at once; the next is told 429."
    )
    code_templates: dict[str, tuple[str, ...]] = Field(
        {}, description="Sentences with {code} in them, by sender ('*' for any), as JSON: {'68833': ['Kod {code}']}."
    )

    @field_validator("code_templates")
    @classmethod
    def _templates_have_a_code(cls, templates: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        for sentence in (sentence for sentences in templates.values() for sentence in sentences):
            template_pattern(sentence)
        return templates
