"""The portal's end of the mail server."""

from __future__ import annotations

import asyncio
import random
import socket
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from lxml import html

from reference_portal.clock import MALAYSIA
from reference_portal.errors import GatewayDown, GatewayRefused
from reference_portal.gateways.mail import TEMPLATES, Mail
from reference_portal.settings import PortalSettings

NOW = datetime(2019, 5, 15, 10, 0, tzinfo=MALAYSIA)
LINK = "http://127.0.0.1:8000/activate/" + "a1" * 40
VALUES = {"full_name": "Ujian <b>bin</b> Contoh & Rakan", "link": LINK, "hours": 24}


class HeldClock:
    """A clock that stands still."""

    def now(self) -> datetime:
        """Always the same instant."""
        return NOW


class Postbox:
    """Keeps what arrives; refuses recipients at `penuh@` for good and at `sibuk@` for now."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.recipients: list[str] = []

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Answer one recipient."""
        for name, answer in {"penuh@": "550 5.1.1 no such mailbox", "sibuk@": "451 4.3.0 try later"}.items():
            if address.startswith(name):
                return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep one letter."""
        letter = message_from_bytes(envelope.content or b"", policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.recipients += envelope.rcpt_tos
        return "250 OK"


class Bound(Controller):
    """A controller on a socket that is already bound, so that no port has to be guessed."""

    def __init__(self, handler: Postbox) -> None:
        self._bound = socket.create_server(("127.0.0.1", 0))
        super().__init__(handler, hostname="127.0.0.1", port=self._bound.getsockname()[1])

    def _create_server(self) -> asyncio.Future[asyncio.AbstractServer]:  # type: ignore[override]  # untyped upstream
        return self.loop.create_server(self._factory_invoker, sock=self._bound)  # type: ignore[return-value]  # same


@pytest.fixture(name="postbox")
def _postbox() -> Postbox:
    """What has arrived."""
    return Postbox()


@pytest.fixture(name="mail")
def _mail(postbox: Postbox) -> Iterator[Mail]:
    """The gateway under test, before a real SMTP server."""
    server = Bound(postbox)
    server.start()
    yield Mail(PortalSettings(smtp_host="127.0.0.1", smtp_port=server.port), HeldClock(), random.Random(7))
    server.stop()


def parts(letter: EmailMessage) -> tuple[str, str]:
    """The text and the HTML of a letter."""
    text, page = letter.get_body(("plain",)), letter.get_body(("html",))
    assert text is not None
    assert page is not None
    return text.get_content(), page.get_content()


def test_the_activation_mail_arrives_whole(mail: Mail, postbox: Postbox) -> None:
    """One letter to one address with the portal's sender, the sandbox's date and a fresh id."""
    message_id = mail.send("ujian@contoh.invalid", "activate_account", **VALUES)
    (letter,) = postbox.letters

    assert postbox.recipients == ["ujian@contoh.invalid"]
    assert letter["To"] == "ujian@contoh.invalid"
    assert letter["From"] == "iPERKESO Sandbox <tiada-balasan@iperkeso.sandbox.invalid>"
    assert letter["Subject"] == "Pengaktifan akaun iPERKESO (sandbox)"
    assert letter["Message-ID"] == message_id
    assert message_id.endswith("@iperkeso.sandbox.invalid>")
    assert parsedate_to_datetime(letter["Date"]) == NOW
    assert letter["Auto-Submitted"] == "auto-generated"


def test_the_link_word_is_disini_and_the_address_stands_under_it(mail: Mail, postbox: Postbox) -> None:
    """L06: both links of the HTML lead to the same place; the text says the address in full on a line of its own."""
    mail.send("ujian@contoh.invalid", "activate_account", **VALUES)
    text, page = parts(postbox.letters[0])
    links = [(link.text_content(), link.get("href")) for link in html.fromstring(page).iter("a")]

    assert links == [("disini", LINK), (LINK, LINK)]
    assert LINK in text.splitlines()


def test_both_parts_say_sandbox_whom_to_ask_and_how_long(mail: Mail, postbox: Postbox) -> None:
    """Marked first, C-5 last, and what a name contains is text and never markup."""
    mail.send("ujian@contoh.invalid", "activate_account", **VALUES)
    text, page = parts(postbox.letters[0])

    for told in (text, html.fromstring(page).text_content()):
        assert "SANDBOX - BUKAN PORTAL RASMI PERKESO" in told
        assert "bantuan@iperkeso.sandbox.invalid" in told
        assert "24 jam" in told
        assert "Ujian <b>bin</b> Contoh & Rakan" in told


def test_the_reminder_says_when_and_where(mail: Mail, postbox: Postbox) -> None:
    """The last second of protection in words, how long that is, the way to renew, and all that every mail says."""
    told = {"ends": NOW.replace(hour=23, minute=59, second=59), "renew_url": "http://portal.invalid/renew"}
    for days_left, said in ((7, "(7 hari lagi)"), (0, "(hari ini)")):
        mail.send("ujian@contoh.invalid", "remind_cover", full_name="Ujian bin Contoh", days_left=days_left, **told)
        letter = postbox.letters[-1]
        text, page = parts(letter)

        assert letter["Subject"] == "Peringatan: perlindungan anda akan tamat (sandbox)"
        for part in (text, " ".join(html.fromstring(page).text_content().split())):
            assert "SANDBOX - BUKAN PORTAL RASMI PERKESO" in part
            assert "11:59:59 malam" in part
            assert said in part
            assert "http://portal.invalid/renew" in part


def test_two_letters_have_two_ids(mail: Mail, postbox: Postbox) -> None:
    """Ids come from the portal's source of randomness."""
    ids = {mail.send("ujian@contoh.invalid", "activate_account", **VALUES) for _ in range(2)}

    assert len(ids) == 2


def test_a_missing_value_is_an_error_and_nothing_is_sent(mail: Mail, postbox: Postbox) -> None:
    """A mail without its link would be worse than none; the person reads E-MAIL."""
    with pytest.raises(GatewayRefused) as refused:
        mail.send("ujian@contoh.invalid", "activate_account", full_name="Ujian", hours=24)

    assert refused.value.code == "E-MAIL"
    assert postbox.letters == []


@pytest.mark.parametrize(
    ("to", "message"),
    [
        ("=?utf-8?q?x?=@example.com", "activate_account"),
        ("tiada alamat", "activate_account"),
        ("ujián@contoh.invalid", "activate_account"),
        ("ujian@contoh.invalid", "tiada_surat"),
    ],
)
def test_what_cannot_be_composed_is_refused_in_one_sentence(
    mail: Mail, postbox: Postbox, to: str, message: str
) -> None:
    """An address no header can carry, a letter nobody wrote: E-MAIL, never a fault without a name."""
    with pytest.raises(GatewayRefused) as refused:
        mail.send(to, message, **VALUES)

    assert refused.value.code == "E-MAIL"
    assert postbox.letters == []


def test_the_same_source_writes_the_same_bytes() -> None:
    """Message-ID and the boundary between the parts come from it, and from nowhere else."""
    twice = [
        Mail(PortalSettings(), HeldClock(), random.Random(7)).compose(
            "ujian@contoh.invalid", "activate_account", **VALUES
        )
        for _ in range(2)
    ]

    assert twice[0].as_bytes() == twice[1].as_bytes()


@pytest.mark.parametrize(
    ("address", "error"), [("penuh@contoh.invalid", GatewayRefused), ("sibuk@contoh.invalid", GatewayDown)]
)
def test_a_refused_recipient_is_told_apart_from_a_busy_server(
    mail: Mail, address: str, error: type[GatewayDown | GatewayRefused]
) -> None:
    """5xx is for good, 4xx is worth another try."""
    with pytest.raises(error) as answered:
        mail.send(address, "activate_account", **VALUES)

    assert answered.value.code == "E-MAIL"


def test_an_unreachable_mail_server_is_down(closed_url: str) -> None:
    """A refused connection names host and port."""
    port = int(closed_url.rpartition(":")[2])
    mail = Mail(PortalSettings(smtp_host="127.0.0.1", smtp_port=port), HeldClock(), random.Random(7))

    with pytest.raises(GatewayDown, match=f"127.0.0.1:{port}"):
        mail.send("ujian@contoh.invalid", "activate_account", **VALUES)


def test_every_message_has_its_three_files() -> None:
    """A mail is a folder of subject, text and HTML."""
    folders = [path for path in TEMPLATES.iterdir() if path.is_dir()]

    assert folders
    for folder in folders:
        assert {path.name for path in folder.iterdir()} == {"subject.txt", "body.txt", "body.html"}
