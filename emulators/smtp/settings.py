"""What the inbox can be told; environment prefix CARUMAN_SMTP_."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from emulators.foundation.settings import ReadingSettings


class SmtpSettings(ReadingSettings):
    """Settings of the inbox: where mail comes in, where it is read."""

    model_config = SettingsConfigDict(env_prefix="CARUMAN_SMTP_")

    port: int = Field(8025, ge=0, le=65535, description="Port of the inbox's HTTP doors; 0 takes a free one.")
    smtp_host: str = Field("127.0.0.1", description="Address the SMTP listener binds.")
    smtp_port: int = Field(1025, ge=0, le=65535, description="Port of the SMTP listener; 0 takes a free one.")
    smtp_name: str = Field("inbox.sandbox.invalid", description="Name the listener greets with.")
    message_limit: int = Field(26_214_400, ge=1024, description="Largest message taken, in octets (SIZE, 552).")
    recipient_limit: int = Field(100, ge=1, description="Most recipients of one message (452).")
    idle_seconds: float = Field(300.0, gt=0, description="Seconds a silent client is waited for.")
