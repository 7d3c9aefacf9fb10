"""AD, e-Mandate authorization: an AR whose buyerId and buyerIban carry a standing order (two sources, one thin).

`buyerId` is `value,idType`; `buyerIban` is
`applicationType,phone,maximumFrequency,frequencyMode,effectiveDate,expiryDate`, with dates as ddMMyy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from emulators.fpx.errors import (
    Refused,
    WrongFormat,
    WrongMandateDates,
    WrongMandateEmail,
    WrongMandateFrequency,
    WrongMandateMode,
    WrongMandateType,
)
from emulators.fpx.messages import ar

CHECKSUM_ORDER = ar.CHECKSUM_ORDER
"""AD signs the same 20 values as AR, with msgType AD."""

APPLICATION_TYPES = {"01": "baharu", "02": "kemas kini", "03": "tamatkan"}
FREQUENCY_MODES = {"DL": "sehari", "WK": "seminggu", "MT": "sebulan", "YR": "setahun"}
ID_TYPES = {"1": "NRIC", "2": "KP lama", "3": "pasport", "4": "no. perniagaan", "5": "lain-lain"}
_EMAIL = re.compile(r"[^@\s,]+@[^@\s,]+\.[^@\s,.]+")
_IBAN, _ID = "fpx_buyerIban", "fpx_buyerId"


@dataclass(frozen=True)
class Mandate:
    """What the buyer is asked to allow."""

    application: str
    phone: str
    maximum: int
    mode: str
    effective: date
    expiry: date | None

    @property
    def words(self) -> str:
        """In the page's words."""
        until = f" hingga {self.expiry:%d/%m/%Y}" if self.expiry else ""
        often = f"paling banyak {self.maximum} kali {FREQUENCY_MODES[self.mode]}"
        return f"e-Mandat {APPLICATION_TYPES[self.application]}: {often}, mulai {self.effective:%d/%m/%Y}{until}"


class AD(ar.AR):
    """The request: AR's fields, with a mandate in buyerIban and an identity in buyerId."""

    def mandate(self) -> Mandate:
        """The mandate asked for.

        Raises:
            Refused: a part of it is not as it must be, under its own code (DA to DE) or as a wrong format (30).
        """
        mandate = read(self.buyer_iban)
        value, _, kind = self.buyer_id.rpartition(",")
        if not value or kind not in ID_TYPES:
            raise WrongFormat(f"{_ID}: must be the value and the kind of identity, like 900101171234,1", _ID)
        if not _EMAIL.fullmatch(self.buyer_email):
            raise WrongMandateEmail("fpx_buyerEmail: an e-Mandate needs the buyer's address", "fpx_buyerEmail")
        return mandate


def read(iban: str) -> Mandate:
    """The mandate in a buyerIban.

    Raises:
        Refused: the first part that is not as it must be.
    """
    parts = iban.split(",")
    if len(parts) != 6:
        raise WrongFormat(f"{_IBAN}: must have the six parts of an e-Mandate, separated by commas", _IBAN)
    application, phone, maximum, mode, effective, expiry = parts
    if application not in APPLICATION_TYPES:
        raise _wrong(WrongMandateType, "application type", application, ", ".join(APPLICATION_TYPES))
    if not re.fullmatch(r"[1-9][0-9]{0,2}", maximum):
        raise _wrong(WrongMandateFrequency, "maximum frequency", maximum, "a number from 1 to 999")
    if mode not in FREQUENCY_MODES:
        raise _wrong(WrongMandateMode, "frequency mode", mode, ", ".join(FREQUENCY_MODES))
    begins, ends = _day(effective, "effective date"), _day(expiry, "expiry date") if expiry else None
    if ends and ends <= begins:
        raise _wrong(WrongMandateDates, "expiry date", expiry, "after the effective date")
    return Mandate(application, phone, int(maximum), mode, begins, ends)


def _day(text: str, what: str) -> date:
    try:
        return datetime.strptime(text, "%d%m%y").date()  # noqa: DTZ007  a day has no zone
    except ValueError:
        raise _wrong(WrongMandateDates, what, text, "a day as ddMMyy") from None


def _wrong(kind: type[Refused], what: str, given: str, wanted: str) -> Refused:
    return kind(f"{_IBAN}: the {what} {given[:20]!r} must be {wanted}", _IBAN)
