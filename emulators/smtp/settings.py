"""What the inbox can be told; environment prefix CARUMAN_SMTP_."""

from __future__ import annotations

import re

from pydantic import Field, field_validator
from pydantic_settings import SettingsConfigDict

from emulators.foundation.settings import ReadingSettings


class SmtpSettings(ReadingSettings):
    """Settings of the inbox: where mail comes in, where it is read."""

    model_config = SettingsConfigDict(env_prefix="CARUMAN_SMTP_")

    port: int = Field(8025, ge=0, le=65535, description="Port of the inbox's HTTP doors; 0 takes a free one.")
    smtp_host: str = Field("127.0.0.1", description="Address the SMTP listener binds.")
    smtp_port: int = Field(1025, ge=0, le=65535, description="Port of the SMTP listener; 0 takes a free one.")
    smtps_port: int | None = Field(
        None, ge=0, le=65535, description="Port for TLS from the first octet (1465 is usual); none unless given."
    )
    tls_names: tuple[str, ...] = Field((), description="Further names of the listener in its certificate, as JSON.")
    tls_required: bool = Field(False, description="Whether a client has to encrypt before it sends (530).")
    users: dict[str, str] = Field({}, description="Who may sign in, name to password, as JSON; anybody when empty.")
    auth_required: bool = Field(False, description="Whether a client has to sign in before it sends (530).")
    auth_needs_tls: bool = Field(False, description="Whether AUTH is offered on encrypted lines only (538).")
    recipients_allowed: str = Field("", description="Pattern an address has to contain; others are unknown (550).")
    recipients_rejected: str = Field("", description="Pattern of addresses that are refused (550); none when empty.")
    smtp_name: str = Field("inbox.sandbox.invalid", description="Name the listener greets with.")
    message_limit: int = Field(26_214_400, ge=1024, description="Largest message taken, in octets (SIZE, 552).")
    recipient_limit: int = Field(100, ge=1, description="Most recipients of one message (452).")
    idle_seconds: float = Field(300.0, gt=0, description="Seconds a silent client is waited for.")
    connections_limit: int = Field(500, ge=1, description="Most SMTP clients at once; the next is told 421.")
    survive_power_cuts: bool = Field(
        False, description="Whether a mail is on the disk before 250 is said; the process may end at any time anyway."
    )
    mailbox_per_user: bool = Field(
        False, description="Whether each SMTP user reads only what that user sent (/users/<name>/ or HTTP Basic)."
    )
    plus_tags: bool = Field(True, description="Whether what stands behind a plus in an address becomes a tag.")
    keep_most: int = Field(0, ge=0, description="Most messages kept, the newest; 0 keeps all.")
    keep_hours: float = Field(0, ge=0, description="Hours of the sandbox's clock a message is kept; 0 keeps it.")
    webhook_urls: tuple[str, ...] = Field((), description="Where each new message is told by POST, as JSON.")
    webhook_secret: str = Field("sandbox", description="Secret the webhooks' HMAC signatures are made with.")
    scanner: bool = Field(False, description="Whether every link of a new message is fetched, as mail scanners do.")
    link_hosts: tuple[str, ...] = Field(
        (), description="Hosts whose links may be fetched besides loopback, '*' for any part, as JSON."
    )
    api_cors: tuple[str, ...] = Field((), description="Origins whose pages may call the API, as JSON; '*' for any.")

    @field_validator("recipients_allowed", "recipients_rejected")
    @classmethod
    def _patterns_can_be_read(cls, pattern: str) -> str:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"{pattern!r} is no regular expression: {error}") from error
        return pattern
