"""What carries a code to its owner: an SMS to a phone, a mail to a mailbox."""

from __future__ import annotations

from reference_portal import messages
from reference_portal.rules.contact import masked_email, masked_mobile
from reference_portal.rules.one_time_password import Purpose
from reference_portal.settings import PortalSettings
from reference_portal.storage.codes import Errand
from reference_portal.wires import MailWire, SmsWire

_SENTENCES = {Purpose.REGISTER: "SMS-OTP", Purpose.FORGOTTEN: "SMS-OTP-02", Purpose.NEW_PHONE: "SMS-OTP-03"}
"""Each says what its code is for, so that nobody gives away one for another."""


class CodeLetters:
    """Chooses the gateway by what the code is for."""

    def __init__(self, settings: PortalSettings, sms: SmsWire, mail: MailWire) -> None:
        self._minutes = settings.otp_minutes
        self._sms = sms
        self._mail = mail

    def send(self, errand: Errand, code: str) -> None:
        """Hand the code over; GatewayError when the gateway does not take it."""
        if errand.purpose is Purpose.NEW_EMAIL:
            self._mail.send(errand.target, "confirm_email", code=code, minutes=self._minutes)
        else:
            self._sms.send(errand.target, messages.text(_SENTENCES[errand.purpose], code=code, m=self._minutes))

    def masked(self, errand: Errand) -> str:
        """Where it goes, for a screen anybody might see."""
        return (masked_email if errand.purpose is Purpose.NEW_EMAIL else masked_mobile)(errand.target)
