"""What the portal can be told: name, default and a sentence each, read once and frozen.

A default marked "choice" has no public source; it is listed in docs/differences/portal.toml.
"""

from __future__ import annotations

from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from reference_portal.personas.cases import SMALLEST_LIMIT
from reference_portal.rules.asking import Patience
from reference_portal.rules.contribution import Period
from reference_portal.rules.cover import EndRule
from reference_portal.rules.reminder import DAYS_BEFORE


def is_loopback(host: str) -> bool:
    """Whether that name or address is this machine for itself alone: `localhost`, 127.0.0.0/8 or `::1`."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


class PortalSettings(BaseSettings):
    """Settings of the portal; every one can be given as CARUMAN_PORTAL_<NAME>."""

    model_config = SettingsConfigDict(env_prefix="CARUMAN_PORTAL_", frozen=True, extra="ignore")

    # where it lives
    host: str = Field("127.0.0.1", description="Address the portal listens on.")
    port: int = Field(8000, ge=0, le=65535, description="Port of the portal; 0 takes a free one.")
    data_dir: Path = Field(Path("var"), description="Folder for the store, the keys and uploads.")
    database_url: str | None = Field(None, description="Another store, as a SQLAlchemy URL; SQLite when absent.")
    control_token: str | None = Field(None, description="Secret the control doors ask for; none on loopback.")
    public_url: str = Field("http://127.0.0.1:8000", description="The portal's address in links it sends out.")

    # FPX
    fpx_browser_url: str = Field("http://127.0.0.1:8010", description="FPX as the buyer's browser reaches it.")
    fpx_server_url: str = Field("http://127.0.0.1:8010", description="FPX as this server reaches it.")
    exchange_id: str = Field("EX00000789", pattern=r"^EX\d{8}$", description="Seller exchange id given by FPX.")
    seller_id: str = Field("SE00000789", pattern=r"^SE\d{8}$", description="Seller id given by FPX.")
    seller_bank_code: str = Field("01", max_length=2, description="Seller's bank code; 01 in practice.")
    fpx_version: Literal["5.0", "6.0", "7.0"] = Field("7.0", description="Version of the FPX message layout.")
    fpx_timeout_seconds: float = Field(10.0, gt=0, description="Longest wait for an answer of FPX.")
    fpx_renews_certificates: bool = Field(
        True, description="Whether FPX's certificates are fetched from FPX when a message verifies with none at hand."
    )
    product_description: str = Field("Caruman SKSPS", max_length=30, description="productDesc shown by the bank.")
    fpx_tolerance_minutes: int = Field(
        30, ge=1, description="Age at which FPX takes an AR no more; an order times out later than that (choice)."
    )
    order_timeout_minutes: int = Field(60, ge=2, description="Age at which an unfinished order times out (choice).")
    prompt_confirmation_minutes: int = Field(
        15, ge=0, description="Until then a word of success tells the time of payment; later FPX's time does (choice)."
    )
    check_seconds: int = Field(5, ge=0, description="Pause between two presses of Semak status that ask FPX (choice).")
    reconcile_seconds: int = Field(60, ge=1, description="First pause between AE enquiries for an open order (choice).")
    reconcile_longest_seconds: int = Field(
        3600,
        ge=1,
        description="Longest pause between them: each is as long as the order has taken until then (choice).",
    )

    # help a real portal would not give
    sandbox_links: bool = Field(
        True, description="Link from L04 to the SMS room, from L05 to the inbox, from L08 to sample applicants."
    )
    sms_browser_url: str | None = Field(None, description="The SMS room as a browser reaches it; sms_url when absent.")
    inbox_browser_url: str = Field("http://127.0.0.1:8025", description="The inbox as a browser reaches it.")

    # SMS and mail
    sms_url: str = Field("http://127.0.0.1:8020", description="Address of the SMS gateway (Twilio's API).")
    sms_account_sid: str = Field("AC" + "0" * 30 + "42", description="Account at the SMS gateway.")
    sms_auth_token: str = Field("sandbox-token", description="Secret of that account.")
    sms_sender: str = Field("iPERKESO", max_length=11, description="Sender shown on the phone.")
    sms_timeout_seconds: float = Field(10.0, gt=0, description="Longest wait for the SMS gateway.")
    smtp_host: str = Field("127.0.0.1", description="Host of the mail server.")
    smtp_port: int = Field(1025, ge=1, le=65535, description="SMTP port of the mail server.")
    smtp_timeout_seconds: float = Field(10.0, gt=0, description="Longest wait for the mail server.")
    mail_from: str = Field(
        "iPERKESO Sandbox <tiada-balasan@iperkeso.sandbox.invalid>", description="Sender of the portal's mail."
    )

    # account
    password_hashing: Literal["owasp", "fast"] = Field(
        "owasp", description="argon2 cost: owasp for people, fast for tests and load runs."
    )
    otp_digits: int = Field(6, ge=6, le=8, description="Digits of a one-time password (choice).")
    otp_seconds: int = Field(300, ge=30, description="Life of a one-time password (choice).")
    otp_tries: int = Field(3, ge=1, description="Wrong tries that kill a one-time password (choice).")
    otp_resend_seconds: int = Field(60, ge=0, description="Wait before another one is sent (choice).")
    otp_sends: int = Field(3, ge=1, description="Sends allowed within otp_sends_minutes (choice).")
    otp_sends_minutes: int = Field(15, ge=1, description="Window in which sends are counted (choice).")
    activation_hours: int = Field(24, ge=1, description="Life of the activation link (choice).")
    lock_out_tries: int = Field(3, ge=1, description="Wrong passwords in a row that lock an account (choice).")
    lock_out_minutes: int = Field(15, ge=1, description="How long the lock lasts (choice).")
    idle_minutes: int = Field(15, ge=1, description="Idle time after which a session ends (choice).")
    idle_warning_minutes: int = Field(13, ge=0, description="Idle time after which its end is announced (choice).")
    stay_hours: int = Field(12, ge=1, description="A session ends after that long, idle or not (choice).")
    reset_minutes: int = Field(15, ge=1, description="Time to choose a new password after its OTP was right (choice).")
    safe_identity_numbers: bool = Field(
        True, description="Refuse identity numbers that a real person could hold (E-IC-04)."
    )
    safe_vehicle_numbers: bool = Field(
        True, description="Refuse registration numbers that a real vehicle could have (E-PLT-02)."
    )

    # how often, within `limit_minutes` of the first time; 0 is no limit
    limit_minutes: int = Field(60, ge=1, description="Window in which attempts are counted (choice).")
    registrations_per_address: int = Field(
        100, ge=0, description="Registrations from one address whose phone was never confirmed (choice)."
    )
    phrases_per_address: int = Field(
        500, ge=0, description="Identity numbers typed at log-in from one address and not signed in with (choice)."
    )
    wrong_passwords_per_address: int = Field(100, ge=0, description="Wrong passwords from one address (choice).")
    wrong_codes_per_address: int = Field(100, ge=0, description="Wrong OTPs from one address (choice).")
    wrong_codes_per_account: int = Field(12, ge=0, description="Wrong OTPs of one account or number (choice).")
    forgotten_per_address: int = Field(50, ge=0, description="Forgotten passwords asked from one address (choice).")
    wrong_links_per_address: int = Field(100, ge=0, description="Invented activation links from one address (choice).")
    wrong_seals_per_address: int = Field(100, ge=0, description="Failed checks of receipts from one address (choice).")
    proxies_in_front: int = Field(
        0, ge=0, description="Proxies whose X-Forwarded-For is believed when attempts are counted by address."
    )

    # contribution
    cover_end_rule: EndRule = Field(EndRule.END_OF_DAY_BEFORE, description="When a period of cover ends (choice).")
    queued_renewal: bool = Field(
        True, description="Allow one renewal before the present cover has ended; it queues (choice)."
    )
    reminder_days_monthly: tuple[int, ...] = Field(
        DAYS_BEFORE[Period.BULANAN], description="Days before a monthly cover ends on which to remind (choice)."
    )
    reminder_days_yearly: tuple[int, ...] = Field(
        DAYS_BEFORE[Period.TAHUNAN], description="Days before a yearly cover ends on which to remind (choice)."
    )
    upload_bytes: int = Field(2 * 1024 * 1024, ge=1024, description="Largest uploaded document (choice).")

    # people
    support_contact: str = Field(
        "Meja Bantuan Sandbox, bantuan@iperkeso.sandbox.invalid",
        description="Whom to ask, on every page and mail (clause C-5); invented.",
    )

    @model_validator(mode="after")
    def _give_up_no_order_that_can_still_be_paid(self) -> Self:
        if self.order_timeout_minutes <= self.fpx_tolerance_minutes:
            raise ValueError("order_timeout_minutes must be more than fpx_tolerance_minutes")
        return self

    @model_validator(mode="after")
    def _warn_before_it_is_too_late(self) -> Self:
        # an idle_minutes set lower than the usual warning has none, rather than no start
        if "idle_warning_minutes" in self.model_fields_set and self.idle_warning_minutes >= self.idle_minutes:
            raise ValueError("idle_warning_minutes must be less than idle_minutes")
        return self

    @property
    def warning_seconds(self) -> int:
        """How long before a session ends that is announced; 0 for not at all."""
        return max(0, self.idle_minutes - self.idle_warning_minutes) * 60

    @property
    def patience(self) -> Patience:
        """How often FPX is asked about an order it has not ended."""
        spans = self.reconcile_seconds, self.reconcile_longest_seconds, 60 * self.order_timeout_minutes
        return Patience(*(timedelta(seconds=seconds) for seconds in spans))

    @property
    def sms_room(self) -> str | None:
        """Where the applicant reads the SMS; None when no such help is given."""
        return (self.sms_browser_url or self.sms_url) if self.sandbox_links else None

    @property
    def inbox(self) -> str | None:
        """Where the applicant reads the mail; None when no such help is given."""
        return self.inbox_browser_url if self.sandbox_links else None

    @property
    def offers_samples(self) -> bool:
        """Whether sample applicants are offered; not where a limit on uploads would refuse their valid documents."""
        return self.sandbox_links and self.upload_bytes >= SMALLEST_LIMIT

    @property
    def keys_dir(self) -> Path:
        """Folder of the merchant's key and of FPX's certificate."""
        return self.data_dir / "portal"

    @property
    def otp_minutes(self) -> int:
        """Life of a one-time password as a sentence says it."""
        return max(1, self.otp_seconds // 60)

    @property
    def exposed(self) -> bool:
        """Whether the portal listens beyond this machine."""
        return not is_loopback(self.host)

    def store_url(self) -> str:
        """The store's address: the one given, else a SQLite file in `data_dir`."""
        if self.database_url is not None:
            return self.database_url
        self.data_dir.mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{self.data_dir.resolve() / 'portal'}.sqlite3"
