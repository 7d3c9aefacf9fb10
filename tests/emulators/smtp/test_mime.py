"""A message becomes a value, whatever was sent."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta, timezone
from email.message import EmailMessage

import pytest

from emulators.smtp.header_text import Address
from emulators.smtp.mime import read

PIXEL = b"\x89PNG\r\n\x1a\n"


def _letter() -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "Ali <ali@example.com>", "siti@example.com", "Aktifkan akaun é"
    letter["Date"], letter["Message-ID"] = "Wed, 15 May 2019 08:59:00 +0800", "<abc@example.com>"
    letter.set_content("Tekan https://x.invalid/a\n")
    letter.add_alternative("<p>Tekan <a href='https://x.invalid/a'>disini</a><img src='cid:logo'></p>", subtype="html")
    html = letter.get_payload()[1]  # type: ignore[index]  # a multipart has a list
    html.add_related(PIXEL, "image", "png", cid="<logo>", filename="logo.png")  # type: ignore[union-attr]
    letter.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="resit é.pdf")
    return letter


def test_a_letter_with_everything_is_taken_apart() -> None:
    """Text, HTML, an inline picture and an attachment, numbered as Mailpit numbers them."""
    mail = read(_letter().as_bytes())

    assert mail.subject == "Aktifkan akaun é"
    assert (mail.message_id, mail.from_, mail.to) == (
        "abc@example.com",
        Address("Ali", "ali@example.com"),
        (Address("", "siti@example.com"),),
    )
    assert mail.date == datetime(2019, 5, 15, 8, 59, tzinfo=timezone(timedelta(hours=8)))
    assert mail.text.strip() == "Tekan https://x.invalid/a"
    assert "disini" in mail.html
    assert [(f.part_id, f.name, f.content_type, f.content_id, f.inline, f.data) for f in mail.files] == [
        ("1.2.2", "logo.png", "image/png", "logo", True, PIXEL),
        ("2", "resit é.pdf", "application/pdf", "", False, b"%PDF-"),
    ]


def test_a_letter_of_html_alone_still_has_text() -> None:
    """Readers and search get what a person would see: no script, no style, blocks apart."""
    unseen = "<head><title>T</title></head><style>p{}</style><script>x</script>"
    raw = f"Content-Type: text/html\r\n\r\n{unseen}<p>Satu</p><p>Dua &amp; tiga</p>".encode()

    assert read(raw).text == "Satu\n\nDua & tiga"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (
            "<table><tr><td>OTP</td><td>556677</td></tr><tr><th>Amaun</th><td>12</td></tr></table>",
            "OTP 556677|Amaun 12",
        ),
        ("<tr>" + "".join(f"\n  <td>\n {digit}</td>" for digit in "482913"), "482913"),
        ("<p><span>4</span><span>8</span><b>2</b>9</p>", "4829"),
        ("<tr><td>1</td><td>2</td><td>3</td></tr>", "1 2 3"),
        ("<tr><td>10</td><td>2</td><td>3</td><td>4</td><td>5</td></tr>", "10 2345"),
    ],
)
def test_cells_stand_apart_unless_each_holds_a_digit_of_a_code(html: str, text: str) -> None:
    """Words of neighbours do not run together; four to eight boxes with a digit each are one number."""
    mail = read(b"Content-Type: text/html\r\n\r\n" + html.encode())

    assert [line for line in mail.text.splitlines() if line] == text.split("|")


def test_a_letter_inside_a_letter_is_one_attachment() -> None:
    """message/rfc822 is not taken apart."""
    raw = (
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nluar\r\n--b\r\n"
        b"Content-Type: message/rfc822\r\n\r\nSubject: dalam\r\n\r\nisi\r\n--b--\r\n"
    )
    mail = read(raw)

    assert mail.text.strip() == "luar"
    assert [(f.content_type, b"Subject: dalam" in f.data) for f in mail.files] == [("message/rfc822", True)]


@pytest.mark.parametrize(
    ("date", "kept"),
    [
        ("Wed, 15 May 2019 08:59:00 -0000", datetime(2019, 5, 15, 8, 59, tzinfo=UTC)),
        ("Wed, 99 May 2019 08:59:00 +0800", None),
        ("Wed, 15 May 2019 08:59:00 +9999", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_date_is_read_or_left_out(date: str, kept: datetime | None) -> None:
    """What no calendar has is no date."""
    assert read(f"Date: {date}\r\n\r\nx".encode()).date == kept


HOSTILE = [
    b"",
    b"\r\n",
    b"no header at all",
    b" : \r\n",
    b"\x00" * 1000,
    b"\xff\xfe" * 1000,
    b"Subject: " + b"x" * 200_000 + b"\r\n\r\nx",
    b"From: " + b"(" * 3000 + b"\r\nTo: " + b'"' * 999 + b"\r\n\r\nx",
    b"Content-Type: multipart/mixed\r\n\r\nno boundary",
    b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n",
    b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(2000)),
    b"Content-Type: text/plain; charset=no-such\r\n\r\n\xff\xfe",
    b"Content-Type: text/html; charset=utf-7\r\n\r\n+ADw-script+AD4-",
    b"Content-Type: text/html\r\n\r\n<![bogus[<!-- <p",
    b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!not base64",
    b"Content-Type: text/plain\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nbegin 666 a\r\n\xff\r\n",
    b"Content-Type: ;;;=\r\nContent-Disposition: attachment; filename*=no-such''%FF%FE\r\n\r\nx",
    b"Content-Type: application/pdf; name*0*=a; name*" + b"9" * 5000 + b"*=b\r\n\r\nx",
    b"Content-Type: text/x\xffy\r\nContent-Disposition: attachment\r\n\r\nx",
    b'Content-Disposition: attachment; filename="a\r\n\tb\x00/../c"\r\n\r\nx',
    b"Message-ID: =?utf-8?b?/////w==?=\r\nDate: \xff\r\nX-Tags: ,,,\xff,a,A\r\n\r\nx",
]


@pytest.mark.parametrize("raw", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_mail_gives_a_value_whose_text_can_be_stored(raw: bytes) -> None:
    """Nothing raises, and every text can be encoded."""
    mail = read(raw)

    for text in (mail.subject, mail.text, mail.html, mail.message_id, mail.snippet, *mail.tags):
        assert "\x00" not in text.encode().decode()
    for file in mail.files:
        assert file.name.encode().isascii() or file.name
        assert "\n" not in file.name
        assert file.content_type.isascii()


def test_mail_damaged_at_random_gives_a_value() -> None:
    """Two hundred letters with bytes flipped, cut and doubled."""
    source = random.Random(7)
    whole = _letter().as_bytes()
    for _ in range(200):
        damaged = bytearray(whole)
        for _ in range(source.randrange(1, 30)):
            damaged[source.randrange(len(damaged))] = source.randrange(256)
        cut = source.randrange(len(damaged))
        mail = read(bytes(damaged[cut:] + damaged[:cut]))
        assert mail.text.encode() is not None


def test_a_snippet_is_short_and_on_one_line() -> None:
    """250 characters, spaces squeezed."""
    mail = read(b"\r\n" + b"satu  \r\n\t dua " * 200)

    assert len(mail.snippet) == 250
    assert mail.snippet.startswith("satu dua satu dua")
