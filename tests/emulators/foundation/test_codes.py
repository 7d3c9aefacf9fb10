"""One-time codes are found, and nothing else is taken for one."""

from __future__ import annotations

import time

import pytest
from pydantic import ValidationError

from emulators.foundation.codes import CodeReader, FoundBy, template_pattern
from emulators.foundation.settings import ReadingSettings


def values(text: str) -> list[str]:
    """What a reader without templates finds in one text."""
    return [code.value for code in CodeReader().read([text])]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("SANDBOX iPERKESO: kod OTP anda 123456. Sah selama 5 minit. Jangan beritahu sesiapa.", "123456"),
        ("SANDBOX iPERKESO: your OTP is 123456. Valid for 5 minutes. Tell nobody.", "123456"),
        ("RM0.00 TAC anda 004217 untuk pindahan RM1,234.50 pada 15/05/2019 14:30.", "004217"),
        ("Nombor pengesahan anda: 7788", "7788"),
        ("Nombor 556677 ialah rahsia.", "556677"),
        ("PIN: 4821", "4821"),
        ("Use 83 or 123-456 as your verification code", "123456"),
        ("G-654321 is your Acme verification code.", "654321"),
        ("Your verification code\nis 123456.", "123456"),
        ("Your code is:\n\n123 456\n\nQuestions? Call 15454", "123456"),
        ("Sila guna kod di bawah untuk log masuk.\r\n\r\n   4829 1357\r\n\r\nSah 10 minit.", "48291357"),
        ("Kod 123456 sah hingga 15 Mei 2019 pukul 0930. Tel 1-300-22-8000 atau +60 3-8000 8000", "123456"),
        ("kod 123456 2019-05-15 10:00", "123456"),
        ("Order number 556677: confirm it with code 998877", "998877"),
        ("验证码123456", "123456"),
        ("校验码 771122 ，请勿转发", "771122"),
        ("您的动态密码为 338822，尾号6789的卡消费500000元", "338822"),
        ("【商店】您的订单号20190515已确认，密码重置码：845120（10分钟内有效）", "845120"),
        ("您正在登录，验证码９９８８７７。", "998877"),
        ("Masukkan 246810 untuk mengesahkan nombor telefon 0110000001", "246810"),
        ("Enter 246810 to continue", "246810"),
        ("Ruj 987654: kod anda ialah 246810", "246810"),
        ("OTP for transaction 998877 at 10:45 is 112358", "112358"),
        ("OTP for request 998877 is 112358", "112358"),
        ("445566 is the OTP for your request 778899 at 10.45am", "445566"),
        ("Your OTP for MYR 250000 transfer to acct ending 4321 is 667788", "667788"),
        ("OTP 889900 for card ending 1234, purchase of MYR 55.90 on 15-05-2019", "889900"),
        ("Kad berakhir 4321 OTP ialah 667788", "667788"),
        ("Your one-time PIN expires at 23:59. 482913", "482913"),
        ("Two-factor authentication: 482913", "482913"),
        ("Kod lama 111222 tidak sah. Kod baharu anda: 333444", "333444"),
        ("Your previous code 111222 has expired, use 333444 to sign in", "333444"),
        ("Kod OTP 6 digit anda: 482913 (jangan kongsi). Kod produk 112233", "482913"),
        ("OTP 01234567", "01234567"),
        ("RM 12.345.67 akan ditolak. Kod pengesahan: 771020", "771020"),
    ],
)
def test_a_code_beside_its_word_is_found_alone(text: str, code: str) -> None:
    """Malay and English, before and after the word, grouped, on a line of its own, among other numbers."""
    found = CodeReader().read([text])

    assert [each.value for each in found] == [code]
    assert found[0].found_by is FoundBy.KEYWORD


@pytest.mark.parametrize(
    "text",
    [
        "Selamat datang 123456",
        "Kod anda berharga RM5000",
        "Kod anda berharga 5000 ringgit",
        "kod: 1,234.50",
        "kod 12345.67",
        "Kod tahun 2024",
        "kod 15/05/2019, 2019-05-15, 15 Mei 2019 atau May 15, 2019",
        "kod 15052019 atau 20190515",
        "kod sebelum 09:30:00",
        "Kod sah 1800 saat",
        "Lupa kod? Hubungi 15454",
        "kod: 011-0000 0001, 03-8000 8000, 60110000001, +60 11-0000 0001",
        "PIN? Call 1-300-22-8000 or 1800 88 1234",
        "Nombor telefon 88001234",
        "Nombor rujukan 123456",
        "Kod pos 50450 Kuala Lumpur",
        "Your order number 123456",
        "kod SBX-KP-123456",
        "kod 4111 1111 1111 1111",
        "kod 123456789012",
        "验证码：人民币1234",
        "TAC transaksi 998877",
        "kod: 012345678",
        "kad pengenalan dan PIN 900101-17-5555",
        "code: https://x.invalid/verify/123456 or verify 123456@x.invalid",
        "Jangan kongsi kod ini.\nLot 1234, Jalan Ampang",
        "kod" + " jauh" * 30 + " 123456",
        "poskod 50450",
        "",
    ],
)
def test_a_number_that_is_something_else_is_no_code(text: str) -> None:
    """Amounts, years, dates, times, spans, telephone and other numbers, however near the word stands."""
    assert values(text) == []


def test_the_origin_bound_line_comes_first_and_must_be_the_last() -> None:
    """`@host #code` on the last line wins; on another line it is text."""
    text = "Kod anda 123456."
    first, second = CodeReader().read([f"{text}\n\n@example.com #654321 %ecommerce.example"])

    assert (first.value, first.found_by, first.host) == ("654321", FoundBy.ORIGIN_BOUND, "example.com")
    assert (second.value, second.found_by, second.host) == ("123456", FoundBy.KEYWORD, None)
    assert [code.found_by for code in CodeReader().read([f"@example.com #A1B2C3\n{text}"])] == [FoundBy.KEYWORD]


def test_a_code_found_twice_is_told_once_by_its_surest_reader() -> None:
    """The same digits in the text and in the bound line are one code."""
    (code,) = CodeReader().read(["Kod 123456", "Kod anda 123456\n@example.com #123456"])

    assert code.as_json() == {"value": "123456", "found_by": "origin_bound", "host": "example.com"}


def test_a_senders_template_finds_what_no_keyword_announces() -> None:
    """Letters, a year, a sentence without any known word; only for its sender, or for any with `*`."""
    reader = CodeReader({"68833": ["Rahsia {code} untuk {nama}."], "*": ["Guna {code}"]})

    assert [c.value for c in reader.read(["Rahsia\nX9Y8Z7 untuk Ali bin Abu."], "68833")] == ["X9Y8Z7"]
    assert reader.read(["Rahsia X9Y8Z7 untuk Ali."], "62003") == []
    (code,) = reader.read(["Guna 2024"], "62003")
    assert (code.value, code.found_by) == ("2024", FoundBy.TEMPLATE)


@pytest.mark.parametrize("template", ["", "tiada", "{code} dan {code}", "{kod}"])
def test_a_template_without_exactly_one_code_is_refused_at_the_start(template: str) -> None:
    """The settings say so, and not a message later."""
    with pytest.raises(ValueError, match="exactly once"):
        template_pattern(template)
    with pytest.raises(ValidationError, match="exactly once"):
        ReadingSettings(code_templates={"*": (template,)})


@pytest.mark.parametrize(
    "piece", ["1", "kod ", "1 ", "kod 1234 ", "1,", "a@", "RM1.", "1-", "code\n1234\n", "(", "order ", "@a #", "+60 "]
)
def test_no_text_makes_the_reader_slow(piece: str) -> None:
    """A text as long as is read at all, of the same piece over and over, takes a moment."""
    began = time.process_time()
    CodeReader({"*": ["{a} {code} {b}"]}).read([piece * (20_000 // len(piece))])

    assert time.process_time() - began < 1
