"""What the SMS gateway can be told; environment prefix CARUMAN_SMS_."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from emulators.foundation.settings import ReadingSettings


class SmsSettings(ReadingSettings):
    """Settings of the SMS gateway."""

    model_config = SettingsConfigDict(env_prefix="CARUMAN_SMS_")

    port: int = Field(8020, ge=0, le=65535, description="Port of the gateway's HTTP doors; 0 takes a free one.")
    account_sid: str | None = Field(None, description="The only account served; any account when absent.")
    auth_token: str | None = Field(None, description="Secret of that account; any non-empty secret when absent.")
    region: str = Field("MY", description="Country whose local spelling of a number is understood (ISO 3166).")
    body_limit: int = Field(1600, ge=1, description="Longest text taken, in characters (Twilio error 21617).")
    verify_seconds: float = Field(600.0, gt=0, description="Seconds a code of Verify is valid.")
    verify_sender: str = Field("68833", description="Sender of the messages of Verify: a short code, number or name.")
    sent_after: float = Field(0.0, ge=0, description="Seconds from acceptance until the carrier has a message.")
    delivered_after: float = Field(1.0, ge=0, description="Seconds from sent until the handset has confirmed it.")
