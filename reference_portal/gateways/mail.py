"""The portal's end of the mail server: one folder of templates per message, sent as text and HTML in one mail."""

from __future__ import annotations

import random
import smtplib
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from functools import cached_property
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, select_autoescape

from reference_portal.clock import MALAYSIA, Clock, spoken_instant
from reference_portal.errors import GatewayDown, GatewayRefused
from reference_portal.rules.contact import recipient
from reference_portal.settings import PortalSettings

TEMPLATES = Path(__file__).parent.parent / "templates" / "email"


class Mail:
    """Writes and sends the portal's mail."""

    def __init__(self, settings: PortalSettings, clock: Clock, source: random.Random) -> None:
        self._settings = settings
        self._clock = clock
        self._source = source

    def send(self, to: str, message: str, **values: object) -> str:
        """Send the mail named `message` (a folder of templates/email) to one address; returns its Message-ID.

        GatewayDown when the mail server does not answer or asks to come again, GatewayRefused when it says no for good
        or the letter cannot be written. A value the templates need and did not get is an error, never a blank.
        """
        try:
            letter = self.compose(to, message, **values)
            letter.as_bytes()  # headers are folded only here, before a server is kept waiting
        except (ValueError, TypeError, LookupError, AttributeError, MessageError, TemplateError) as fault:
            raise GatewayRefused("mail", "compose", f"{message}: {type(fault).__name__}: {fault}") from fault
        settings = self._settings
        try:
            with smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=settings.smtp_timeout_seconds) as server:
                server.send_message(letter)
        except smtplib.SMTPRecipientsRefused as refused:
            code, reason = next(iter(refused.recipients.values()))
            raise _answered(code, reason) from refused
        except smtplib.SMTPResponseException as answered:
            raise _answered(answered.smtp_code, answered.smtp_error) from answered
        except (OSError, ValueError, smtplib.SMTPException) as error:
            raise GatewayDown("mail", f"{settings.smtp_host}:{settings.smtp_port}: {error}") from error
        return str(letter["Message-ID"])

    def compose(self, to: str, message: str, **values: object) -> EmailMessage:
        """The letter as `send` would hand it over."""
        known = {"contact": self._settings.support_contact, "portal_url": self._settings.public_url, **values}
        letter = EmailMessage()
        letter["From"] = self._sender
        letter["To"] = recipient(to)
        letter["Subject"] = self._render(message, "subject.txt", known).strip()
        letter["Date"] = format_datetime(self._clock.now().astimezone(MALAYSIA))
        letter["Message-ID"] = f"<{self._source.getrandbits(128):032x}@{self._sender.domain}>"
        letter["Auto-Submitted"] = "auto-generated"
        letter["X-Sandbox"] = "not an official message"
        letter.set_content(self._render(message, "body.txt", known), cte="quoted-printable")
        letter.add_alternative(self._render(message, "body.html", known), subtype="html", cte="quoted-printable")
        letter.set_boundary(f"=_{self._source.getrandbits(128):032x}")  # else the library throws dice of its own
        return letter

    @cached_property
    def _sender(self) -> Address:
        name, address = parseaddr(self._settings.mail_from)
        return Address(display_name=name, addr_spec=address)

    @cached_property
    def _templates(self) -> Environment:
        templates = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=select_autoescape(["html"]),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        templates.filters["spoken_instant"] = spoken_instant
        return templates

    def _render(self, message: str, part: str, values: dict[str, object]) -> str:
        return self._templates.get_template(f"{message}/{part}").render(values)


def _answered(code: int, reason: bytes | str) -> GatewayDown | GatewayRefused:
    said = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else reason
    if code >= 500:
        return GatewayRefused("mail", str(code), said)
    return GatewayDown("mail", f"{code} {said}")
