"""Headers as people read them, whatever bytes a sender put there."""

from __future__ import annotations

import pytest

from emulators.smtp.header_text import Address, addresses, decoded, header_text, storable


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("plain", "plain"),
        ("=?utf-8?q?Caf=C3=A9_pagi?=", "Café pagi"),
        ("=?UTF-8?B?Q2Fmw6k=?=", "Café"),
        ("=?iso-8859-1?q?Caf=E9?=", "Café"),
        ("a =?utf-8?q?b?= c", "a b c"),
        ("=?utf-8?q?a?=\r\n =?utf-8?q?b?=", "ab"),
        ("=?utf-8?b?4pi=?= =?utf-8?b?uQ==?=", "☹"),
        ("=?utf-8*ms?q?Hai?=", "Hai"),
        ("=?no-such?q?Caf=C3=A9?=", "Café"),
        ("=?utf-8?b?!!!?=", ""),
        ("=?utf-8?q?unfinished", "=?utf-8?q?unfinished"),
        ("folded\r\n\tvalue", "folded value"),
        ("a\x00b\x07c", "a\ufffdb c"),
        ("Caf\udcc3\udca9", "Café"),
        ("Caf\udce9", "Café"),
    ],
)
def test_a_header_is_read_as_a_person_would(raw: str, text: str) -> None:
    """Encoded words, folding, raw 8-bit bytes, nonsense."""
    assert header_text(raw) == text


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (["Ali <ali@example.com>"], (Address("Ali", "ali@example.com"),)),
        (["a@x, B <b@x>"], (Address("", "a@x"), Address("B", "b@x"))),
        (["=?utf-8?q?Ali=2C_Siti?= <a@x>"], (Address("Ali, Siti", "a@x"),)),
        (['"Ali, Siti" <a@x>'], (Address("Ali, Siti", "a@x"),)),
        (["<@r1.example,@r2.example:a@x.example>"], (Address("", "a@x.example"),)),
        (["Ali <@r1 , @r2, @r3:a@x>, <@r1:b@x>"], (Address("Ali", "a@x"), Address("", "b@x"))),
        (["undisclosed-recipients:;"], ()),
        ([""], ()),
        (["(" * 5000], ()),
    ],
)
def test_addresses_are_taken_apart_before_they_are_decoded(raw: list[str], found: tuple[Address, ...]) -> None:
    """A comma inside an encoded name does not make two people; nonsense makes nobody."""
    assert addresses(raw) == found


@pytest.mark.parametrize("charset", ["utf-8", "", "no-such", "hex", "idna", "undefined", "utf-16", "\x00", "x" * 300])
def test_any_charset_gives_storable_text(charset: str) -> None:
    """Unknown, unsuitable and lying charsets never raise, and what they give can be encoded again."""
    assert decoded(b"\xff\xfea\x00\xd8\x00", charset).encode()


def test_storable_text_has_no_nul_and_no_surrogate() -> None:
    """Both would break a store or a page."""
    assert storable("a\x00\ud800\udcff") == "a\ufffd??"
