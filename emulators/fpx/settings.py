"""What the FPX room can be told; a guess of ours about production is a row of docs/differences/fpx.toml."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from emulators.foundation.settings import RoomSettings


class FpxSettings(RoomSettings):
    """Settings of the switch and of the buyer's bank; the environment prefix is `CARUMAN_FPX_`."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_prefix="CARUMAN_FPX_")

    port: int = Field(8010, description="Port of the room's HTTP doors; 0 takes a free one.")
    versions: tuple[str, ...] = Field(("5.0", "6.0", "7.0"), description="Interface versions the switch speaks.")
    currency: str = Field("MYR", description="The one currency accepted (47 otherwise).")
    amount_limits: dict[str, tuple[int, int]] = Field(
        {"01": (100, 3_000_000)},
        description="Lowest and highest amount in sen for each payment model that AR may use (2A, 48; XM otherwise).",
    )
    session_seconds: float = Field(600, description="Time the buyer has on each bank page before 1A or 1J.")
    sign_in_tries: int = Field(3, ge=1, description="Wrong passwords after which the bank gives up with 1B.")
    pending_enquiries: int = Field(2, ge=1, description="The AE that finds a payment left pending (09) settled (00).")
    callback_schedule: tuple[float, ...] = Field(
        (2, 5, 15, 60, 300, 900, 3600),
        description="Seconds before each further attempt of a direct AC that was not answered OK.",
    )
    clock_tolerance_seconds: float = Field(
        1800, ge=0, description="How far sellerTxnTime may be from the sandbox's clock before XW; 0 does not check."
    )
    refuse_repeated_order_number: bool = Field(
        False, description="Whether a seller's second AR with the same sellerOrderNo is refused with 45."
    )
    refusal_codes: dict[str, str] = Field(
        {}, description="Other codes for refused ARs, by the name of the check: {'checksum': '98'}."
    )
    reply_content_type: str = Field("text/html", description="Content type of the replies to AE and BE.")
    account_name: str = Field(
        "N@ME()/ .-&BUYER", description="Account holder the bank reports as buyerName: an escaping test, as on UAT."
    )
    maker_name: str = Field("New Simulator", description="makerName the bank reports, as on UAT.")
    failed_credit_code: str = Field("", description="creditAuthCode of a payment that was not approved.")
    max_request_bytes: int = Field(65_536, description="Longest request body taken (413 beyond).")
