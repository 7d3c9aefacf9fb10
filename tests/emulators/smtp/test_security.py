"""Encryption, signing in and recipient rules, as real clients meet them on real sockets."""

from __future__ import annotations

import base64
import re
import smtplib
import socket
import ssl
from collections.abc import Callable

import httpx
import pytest
from pydantic import ValidationError

from emulators.foundation.room import Room
from emulators.smtp.credentials import may_answer, may_enter
from emulators.smtp.listener import Listener
from emulators.smtp.settings import SmtpSettings
from emulators.smtp.status_codes import enhanced

LETTER = "Subject: rahsia\r\n\r\nx\r\n"
USERS = {"siti": "kata laluan é"}


@pytest.fixture(name="serve")
def _serve(make_room: Callable[..., Room]) -> Callable[..., Listener]:
    """`serve(setting=...)`: the listener of a room with these settings, started."""

    def serve(**settings: object) -> Listener:
        listener = make_room(**settings).workers[0]
        assert isinstance(listener, Listener)
        listener.start()
        return listener

    return serve


@pytest.fixture(name="trust")
def _trust(http: httpx.Client) -> ssl.SSLContext:
    """What a client checks certificates with: the authority the room publishes, and nothing else."""
    answer = http.get("/certificates/ca.pem")
    assert answer.status_code == 200
    assert "PRIVATE" not in answer.text
    return ssl.create_default_context(cadata=answer.text)


def place(address: str) -> tuple[str, int]:
    """An address as the standard library wants it."""
    host, _, port = address.rpartition(":")
    return host, int(port)


def test_a_client_that_verifies_encrypts_with_starttls(
    address: tuple[str, int], trust: ssl.SSLContext, http: httpx.Client
) -> None:
    """Announced, done, verified by name, no longer announced, and mail arrives."""
    with smtplib.SMTP(*address, timeout=10) as client:
        client.ehlo()
        assert client.has_extn("starttls")
        assert client.starttls(context=trust)[0] == 220
        client.ehlo()
        assert not client.has_extn("starttls")
        assert client.docmd("STARTTLS") == (503, b"5.5.1 Error: TLS is active already")
        client.sendmail("a@example.com", "b@example.com", LETTER)

    assert http.get("/api/v1/message/latest").json()["Subject"] == "rahsia"


def test_what_was_said_before_the_encryption_is_forgotten(address: tuple[str, int], trust: ssl.SSLContext) -> None:
    """A command slipped in behind STARTTLS in the clear is never answered on the encrypted line (CVE-2011-0411)."""
    with socket.create_connection(address, timeout=10) as wire:
        reader = wire.makefile("rb")
        assert reader.readline().startswith(b"220 ")
        wire.sendall(b"EHLO c\r\n")
        while reader.readline()[3:4] == b"-":
            pass
        wire.sendall(b"STARTTLS\r\nVRFY slipped@example.com\r\n")
        assert reader.readline() == b"220 2.0.0 Ready to start TLS\r\n"
        reader.close()
        with trust.wrap_socket(wire, server_hostname="localhost") as safe, safe.makefile("rb") as heard:
            safe.sendall(b"MAIL FROM:<a@example.com>\r\n")
            assert heard.readline().startswith(b"503 5.5.1")  # and the greeting of before is forgotten too
            safe.sendall(b"QUIT\r\n")
            assert heard.readline().startswith(b"221 2.0.0")


def test_a_client_that_does_not_trust_us_is_no_harm(address: tuple[str, int], deliver: Callable[..., None]) -> None:
    """The handshake fails on its side, and the listener takes the next mail."""
    client = smtplib.SMTP(*address, timeout=10)
    with pytest.raises(ssl.SSLCertVerificationError):
        client.starttls(context=ssl.create_default_context())
    client.close()

    deliver()


def test_tls_from_the_first_octet_has_a_port_of_its_own_when_asked_for(
    serve: Callable[..., Listener], trust: ssl.SSLContext, listener: Listener
) -> None:
    """Off by default; with a port, encrypted from the beginning and without STARTTLS."""
    assert listener.secure_address == ""

    secure = serve(smtps_port=0, auth_needs_tls=True, tls_required=True)

    with smtplib.SMTP_SSL(*place(secure.secure_address), timeout=10, context=trust) as client:
        client.ehlo()
        assert (client.has_extn("starttls"), client.has_extn("auth")) == (False, True)
        assert client.sendmail("a@example.com", "b@example.com", LETTER) == {}


def test_a_restart_publishes_the_same_authority(make_room: Callable[..., Room]) -> None:
    """Clients that trust it need not be told again; the files are those of `foundation.authority`."""
    first, second = (make_room().app.test_client().get("/certificates/ca.pem").data for _ in range(2))

    assert first == second


def sign_in(address: tuple[str, int], mechanism: str, name: str, password: str) -> tuple[int, bytes]:
    """Sign in by one mechanism, its name in small letters."""
    with smtplib.SMTP(*address, timeout=10) as client:
        client.ehlo()
        assert set(client.esmtp_features["auth"].split()) == {"PLAIN", "LOGIN", "CRAM-MD5"}
        client.user, client.password = name, password
        way = {"plain": client.auth_plain, "login": client.auth_login, "cram-md5": client.auth_cram_md5}[mechanism]
        initial = mechanism == "plain"
        try:
            return client.auth(mechanism, way, initial_response_ok=initial)
        except smtplib.SMTPAuthenticationError as refused:
            return refused.smtp_code, bytes(refused.smtp_error)  # type: ignore[arg-type]  always octets here


@pytest.mark.parametrize("mechanism", ["plain", "login", "cram-md5"])
def test_anybody_may_sign_in_unless_users_are_listed(
    address: tuple[str, int], serve: Callable[..., Listener], mechanism: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Any name and password by default, and nothing is logged; with a list only those on it; the rest is told 535."""
    assert sign_in(address, mechanism, "sesiapa", "apa sahaja")[0] == 235
    assert [each for each in caplog.messages if "deprecated" in each] == []

    listed = place(serve(users={"siti": "rahsia"}).address)

    assert sign_in(listed, mechanism, "siti", "rahsia")[0] == 235
    for name, password in (("siti", "salah"), ("ali", "rahsia"), ("ali", "x")):
        assert sign_in(listed, mechanism, name, password) == (535, b"5.7.8 Authentication credentials invalid")


def test_credentials_are_compared_as_the_octets_they_are() -> None:
    """A name that is no text, an empty password, and an accent each get a verdict and no error."""
    assert may_enter({}, b"\xff", b"")
    assert may_enter(USERS, b"siti", "kata laluan é".encode())
    assert not may_enter(USERS, b"\xff", b"")
    assert not may_enter(USERS, b"ali", b"")
    assert not may_answer(USERS, b"siti", b"<1@x>", b"\xff" * 32)


def talk(address: tuple[str, int], *lines: bytes) -> list[bytes]:
    """Say lines one after the other; the last line of each answer."""
    with socket.create_connection(address, timeout=10) as wire, wire.makefile("rb") as heard:
        answers = [heard.readline()]
        for line in lines:
            wire.sendall(line + b"\r\n")
            while (answer := heard.readline())[3:4] == b"-":
                pass
            answers.append(answer.rstrip())
        return answers


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([b"AUTH PLAIN =="], b"501 5.5.2"),
        ([b"AUTH PLAIN " + base64.b64encode(b"only one piece")], b"501 5.5.2"),
        ([b"AUTH LOGIN", b"*"], b"501 5.7.0"),
        ([b"AUTH CRAM-MD5", b"!!"], b"501 5.5.2"),
        ([b"AUTH CRAM-MD5", base64.b64encode(b"siti 123")], b"501 5.5.2"),
        ([b"AUTH CRAM-MD5 eA=="], b"501 5.5.4"),
        ([b"AUTH X-UNKNOWN"], b"504 5.5.4"),
        ([b"AUTH"], b"501 5.5.4"),
        ([b"MAIL FROM:<a@example.com>", b"AUTH PLAIN AGEAYg=="], b"503 5.5.1"),
        ([b"AUTH PLAIN AGEAYg==", b"AUTH PLAIN AGEAYg=="], b"503 5.5.1"),
    ],
)
def test_a_malformed_sign_in_gets_its_error_and_the_conversation_goes_on(
    address: tuple[str, int], lines: list[bytes], code: bytes
) -> None:
    """The protocol's own refusal, then NOOP is understood."""
    answers = talk(address, b"EHLO c", *lines, b"NOOP")

    assert answers[-2].startswith(code)
    assert answers[-1].startswith(b"250 2.0.0")


def test_a_listener_may_insist_on_encryption_and_on_a_name(
    serve: Callable[..., Listener], trust: ssl.SSLContext
) -> None:
    """530 before either; AUTH is neither offered nor taken in the clear; then the mail goes through."""
    strict = place(serve(users=USERS, auth_required=True, auth_needs_tls=True, tls_required=True).address)

    assert talk(strict, b"EHLO c", b"MAIL FROM:<a@example.com>")[-1].startswith(b"530 5.7.0")
    loose = place(serve(auth_needs_tls=True).address)
    assert talk(loose, b"EHLO c", b"AUTH PLAIN AGEAYg==")[-1].startswith(b"538 5.7.11")
    with smtplib.SMTP(*strict, timeout=10) as client:
        client.ehlo()
        assert not client.has_extn("auth")
        client.starttls(context=trust)
        with pytest.raises(smtplib.SMTPSenderRefused) as refused:
            client.sendmail("a@example.com", "b@example.com", LETTER)
        assert refused.value.smtp_code == 530
        plain = base64.b64encode("\0siti\0kata laluan é".encode()).decode()
        assert client.docmd("AUTH", f"PLAIN {plain}")[0] == 235
        assert client.sendmail("a@example.com", "b@example.com", LETTER) == {}


def test_every_reply_has_its_enhanced_code_and_greetings_have_none(address: tuple[str, int]) -> None:
    """What ENHANCEDSTATUSCODES promises (RFC 2034), over good and bad commands alike."""
    wrong = [b"EHLO", b"HELP x", b"EXPN x", b"BDAT 1", b"RSET x", b"MAIL", b"MAIL FROM:<a@@>", b"\xff", b"", b"x" * 600]
    wrong += [b"MAIL FROM:<a@x.invalid> SIZE=99999999999", b"MAIL FROM:<a@x.invalid> X=1", b"RCPT TO:<b@x.invalid>"]
    message = [b"MAIL FROM:<a@x.invalid>", b"RCPT TO:<b@x.invalid>", b"DATA", b"Subject: x\r\n."]
    again = [message[0], message[0], b"RCPT TO:<>", b"DATA", b"RSET", b"VRFY a@x.invalid", b"HELP", b"NOOP", b"QUIT"]
    said = [b"NOOP", b"HELO c", b"EHLO c", *wrong, *message, *again]
    greeting, *answers = talk(address, *said)

    bare = [answer for answer in answers if not re.match(rb"(?:([245])\d\d \1\.\d{1,3}\.\d{1,3} |354 )", answer)]
    assert bare == [b"250 inbox.sandbox.invalid", b"250 HELP"]
    assert re.match(rb"220 inbox\.sandbox\.invalid ", greeting)


def test_the_extensions_are_announced(address: tuple[str, int]) -> None:
    """Each is held by a test of its own: pipelining in the listener's tests, the codes above."""
    with smtplib.SMTP(*address, timeout=10) as client:
        client.ehlo()
        assert {"pipelining", "enhancedstatuscodes", "8bitmime", "smtputf8", "size"} <= set(client.esmtp_features)


@pytest.mark.parametrize("reply", ["354 Go on", "334 ", "250 2.1.0 Sender ok", "no reply"])
def test_a_reply_that_needs_no_code_gets_none(reply: str) -> None:
    """Intermediate replies, and those that bring their own."""
    assert enhanced(reply) == reply


def test_recipients_are_taken_by_the_rules_of_the_settings(serve: Callable[..., Listener]) -> None:
    """Only addresses that fit, and of those not the refused ones; the others get the mail."""
    rules = place(serve(recipients_allowed=r"@example\.com$", recipients_rejected="^tolak").address)
    with smtplib.SMTP(*rules, timeout=10) as client:
        refused = client.sendmail("a@x.invalid", ["b@EXAMPLE.com", "c@x.invalid", "tolak@example.com"], LETTER)

    assert refused == {
        "c@x.invalid": (550, b"5.1.1 Error: no such mailbox here"),
        "tolak@example.com": (550, b"5.7.1 Error: this recipient is refused"),
    }


def test_a_pattern_that_cannot_be_read_is_refused_at_the_start() -> None:
    """The setting is named, and no mail is lost to it."""
    with pytest.raises(ValidationError, match="no regular expression"):
        SmtpSettings(recipients_allowed="(")
