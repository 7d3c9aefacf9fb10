"""What the FPX room can be told; a guess of ours about production is a row of docs/differences/fpx.toml."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from emulators.foundation.settings import RoomSettings


class FpxSettings(RoomSettings):
    """Settings of the switch and of the buyer's bank; the environment prefix is `CARUMAN_FPX_`."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_prefix="CARUMAN_FPX_")

    port: int = Field(8010, description="Port of the room's HTTP doors; 0 takes a free one.")
    https_port: int | None = Field(
        None, ge=0, le=65535, description="Port for HTTPS (8443 is usual); none unless given, `caruman up` gives it."
    )
    https_names: tuple[str, ...] = Field((), description="Further names of FPX in its HTTPS certificate, as JSON.")
    sellers_file: Path | None = Field(None, description="TOML file of merchants, registered at each start.")
    versions: tuple[str, ...] = Field(("5.0", "6.0", "7.0"), description="Interface versions the switch speaks.")
    currency: str = Field("MYR", description="The one currency accepted (47 otherwise).")
    amount_limits: dict[str, tuple[int, int]] = Field(
        {"01": (100, 3_000_000), "02": (200, 100_000_000)},
        description="Lowest and highest amount in sen for each payment model that AR may use (2A, 48; XM otherwise).",
    )
    seller_limits: dict[str, int] = Field(
        {}, description='Highest amount in sen for single sellers (49): {"SE00000789": 50000}.'
    )
    seller_bank_codes: tuple[str, ...] = Field(
        (), description="The acquiring banks' codes that sellerBankCode may name (SB otherwise); empty takes any."
    )
    operating_hours: str = Field(
        "",
        pattern=r"^(([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d)?$",
        description="When AR and AD are taken, Malaysia time, like 07:00-23:00 (OE otherwise); blank is all day.",
    )
    session_seconds: float = Field(
        600, gt=0, description="Time the buyer has on each bank page before 1A, 1D, 1G or 1J."
    )
    bank_session_seconds: float = Field(
        1800, gt=0, description="Time of a whole visit at the bank before 1M, however busy the buyer is."
    )
    tac_asked: bool = Field(
        True,
        description="Whether the bank asks for a TAC; without it the pages follow UAT's simulator, which does not.",
    )
    tac_seconds: int = Field(
        120, ge=30, description="How often the token shows another TAC; each is good for that long."
    )
    tac_tries: int = Field(3, ge=1, description="Wrong TACs after which the bank gives up with 1H.")
    approval_seconds: float = Field(
        259_200, gt=0, description="Time a company's approver has after the maker (B2B1) before OF."
    )
    rejected_code: str = Field("80", description="debitAuthCode of a B2B1 payment whose approver rejects it.")
    sign_in_tries: int = Field(3, ge=1, description="Wrong passwords after which the bank gives up with 1B.")
    pending_enquiries: int = Field(2, ge=1, description="The AE that finds a payment left pending (09) settled (00).")
    magic_amounts: bool = Field(
        True, description="Whether amounts such as 704.07 ask for what the table of faults says of them."
    )
    callback_schedule: tuple[float, ...] = Field(
        (2, 5, 15, 60, 300, 900, 3600),
        description="Seconds before each further attempt of a direct AC that was not answered OK.",
    )
    callback_answer_seconds: float = Field(
        5, gt=0, le=120, description="Time (real seconds) a merchant has to answer a direct AC."
    )
    clock_tolerance_seconds: float = Field(
        1800, ge=0, description="How far sellerTxnTime may be from the sandbox's clock before XW; 0 does not check."
    )
    foreign_clock_seconds: float = Field(
        86_400,
        ge=0,
        description="From how far on sellerTxnTime is taken for a clock of the seller's own and not judged; 0: never.",
    )
    clock_zones_hours: tuple[float, ...] = Field(
        (6, 7, 8), description="Hours that sellerTxnTime may lag besides, being another zone's: Central Europe's, UTC."
    )
    exchange_order_number_days: float = Field(
        0, ge=0, description="Days after which an exchange may use a sellerExOrderNo again (XN before); 0: never."
    )
    order_number_days: float = Field(
        0, ge=0, description="Days for which a repeated sellerOrderNo counts as used, where it is refused; 0: for ever."
    )
    refuse_repeated_order_number: bool = Field(
        False, description="Whether a seller's second AR with the same sellerOrderNo is refused with 45."
    )
    refusal_codes: dict[str, str] = Field(
        {}, description="Other codes for refused ARs, by the name of the check: {'checksum': '98'}."
    )
    reply_content_type: str = Field("text/html", description="Content type of the replies to AE and BE.")
    reply_blank_lines: bool = Field(
        False, description="Whether blank lines stand before and after those replies, as JSPs once sent them."
    )
    reply_trailing_ampersand: bool = Field(False, description="Whether those replies end with an &.")
    enquiry_tells_refusal: bool = Field(
        False, description="Whether AE about an AR that was refused says the refusal's code in place of 76."
    )
    refused_reply: str = Field(
        "ERROR",
        description="The whole reply to an AE or BE that is refused; kits also know 'msgfromfpx= PROSESSING ERROR'.",
    )
    account_name: str = Field(
        "N@ME()/ .-&BUYER", description="Account holder the bank reports as buyerName: an escaping test, as on UAT."
    )
    maker_name: str = Field("New Simulator", description="makerName the bank reports, as on UAT.")
    failed_credit_code: str = Field("", description="creditAuthCode of a payment that was not approved.")
    survive_power_cuts: bool = Field(
        False,
        description="Whether a payment is on the disk before it is answered; the process may end at any time anyway.",
    )
    max_request_bytes: int = Field(65_536, description="Longest request body taken (413 beyond).")
