"""What the SMS gateway can be told; environment prefix CARUMAN_SMS_."""

from __future__ import annotations

from typing import Literal

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from emulators.sms.smpp_settings import SmppSettings


class SmsSettings(SmppSettings):
    """Settings of the SMS gateway."""

    model_config = SettingsConfigDict(env_prefix="CARUMAN_SMS_")

    port: int = Field(8020, ge=0, le=65535, description="Port of the gateway's HTTP doors; 0 takes a free one.")
    account_sid: str | None = Field(None, description="The only account served; any account when absent.")
    auth_token: str | None = Field(None, description="Secret of that account; any non-empty secret when absent.")
    region: str = Field("MY", description="Country whose local spelling of a number is understood (ISO 3166).")
    body_limit: int = Field(1600, ge=1, description="Longest text taken, in characters (Twilio error 21617).")
    verify_seconds: float = Field(600.0, gt=0, description="Seconds a code of Verify is valid.")
    verify_sender: str = Field("68833", description="Sender of the messages of Verify: a short code, number or name.")
    sent_after: float = Field(0.0, ge=0, description="Seconds from queued until the carrier has a message.")
    delivered_after: float = Field(1.0, ge=0, description="Seconds from sent until the handset has confirmed it.")
    service_sender: str = Field("68833", description="Sender a messaging service chooses: a short code or number.")
    service_callback: str | None = Field(None, description="Where messaging services report statuses by themselves.")
    callback_statuses: tuple[str, ...] = Field(
        ("queued", "sent", "delivered", "undelivered", "failed", "canceled"),
        description="Statuses Twilio's callbacks tell of; never the one a message begins with.",
    )
    callback_schedule: tuple[float, ...] = Field(
        (1.0, 5.0, 30.0, 120.0, 600.0), description="Seconds before each further attempt at a callback."
    )
    survive_power_cuts: bool = Field(
        False,
        description="Whether a message is on the disk before it is answered; the process may end at any time anyway.",
    )
    rate_limit: float | None = Field(None, gt=0, description="Messages an account may send in a second; none: any.")
    magic_block: str = Field(
        "+6011099999", description="Numbers of this beginning and two digits more ask for faults; empty: none does."
    )
    carrier_profile: Literal["", "my"] = Field("", description="Carrier whose rules each message is judged by.")
    carrier_enforced: bool = Field(False, description="Whether what breaks a carrier's rule is lost (30007).")
    carrier_prefix: str = Field("RM0.00 ", description="What the carrier puts before a text; it takes segment space.")
    carrier_sender: str = Field("68833", description="Five-digit code a phone shows in place of a name or number.")
    carrier_brands: tuple[str, ...] = Field((), description="Names of which a text must hold one; none: any name.")
    mocean_key: str | None = Field(None, description="The only mocean-api-key served; any when absent.")
    mocean_secret: str | None = Field(None, description="Its secret (or token); any that is not empty when absent.")
    isms_user: str | None = Field(None, description="The only iSMS user name served; any when absent.")
    isms_password: str | None = Field(None, description="Its password; any that is not empty when absent.")
