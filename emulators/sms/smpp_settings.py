"""What the SMPP listener can be told; part of the SMS gateway's settings, environment prefix CARUMAN_SMS_SMPP_."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from emulators.foundation.settings import ReadingSettings


class SmppSettings(ReadingSettings):
    """Where SMPP is spoken, who may bind, and how much the centre bears."""

    smpp_host: str = Field("127.0.0.1", description="Address the SMPP listener binds.")
    smpp_port: int = Field(2775, ge=0, le=65535, description="Port of the SMPP listener; 0 takes a free one.")
    smpp_users: dict[str, str] = Field(
        {}, description="Who may bind, system_id to password, as JSON; anybody when empty."
    )
    smpp_system_id: str = Field("SANDBOX", max_length=15, description="Name the centre gives itself when bound.")
    smpp_sender: str = Field("68833", description="Sender of a message whose source address is empty.")
    smpp_alphabet: Literal["GSM-7", "IA5", "ISO-8859-1", "UCS-2"] = Field(
        "GSM-7", description="Alphabet of data_coding 0; GSM-7 travels one septet in an octet."
    )
    smpp_message_ids: Literal["decimal", "hex", "mixed"] = Field(
        "decimal", description="How message_id is written; mixed: hex in answers, decimal in receipts."
    )
    smpp_queue_limit: int | None = Field(
        None, ge=1, description="Messages of a system_id that may be under way (ESME_RMSGQFUL); none: any."
    )
    smpp_window: int = Field(
        1000, ge=1, description="Requests of a session that may be unanswered before no more are read."
    )
    smpp_receipt_window: int = Field(10, ge=1, description="Receipts a session may leave unanswered.")
    smpp_connections: int = Field(200, ge=1, description="Sessions at once; one more is told ESME_RBINDFAIL.")
    smpp_longest: int = Field(65_535, ge=1, description="Octets of text taken in one request (ESME_RINVMSGLEN).")
    smpp_parts_seconds: float = Field(
        60.0, gt=0, description="Seconds by the sandbox's clock a cut text waits for its missing parts."
    )
    smpp_bind_seconds: float = Field(30.0, gt=0, description="Seconds a connection may stay without a bind.")
    smpp_enquire_seconds: float = Field(
        60.0, gt=0, description="Seconds of silence after which the centre sends enquire_link."
    )
    smpp_response_seconds: float = Field(
        30.0, gt=0, description="Seconds a client has to answer the centre; then a link is dropped, a receipt repeated."
    )
    smpp_inactivity_seconds: float | None = Field(
        None, gt=0, description="Seconds without any request but enquire_link after which a session is unbound."
    )
