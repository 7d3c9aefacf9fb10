"""Mobile numbers, e-mail addresses and names."""

from __future__ import annotations

import pytest

from reference_portal.errors import RuleBroken
from reference_portal.rules.contact import email, full_name, masked_mobile, mobile, spoken_mobile


@pytest.mark.parametrize(
    ("typed", "e164"),
    [
        ("011-0123 4567", "+601101234567"),
        ("01101234567", "+601101234567"),
        ("+60 11-0123 4567", "+601101234567"),
        ("601101234567", "+601101234567"),
        (" 011–0123–4567 ", "+601101234567"),
        ("(011) 0123.4567", "+601101234567"),
        ("012-345 6789", "+60123456789"),
        ("019 345 6789", "+60193456789"),
        ("010-345 6789", "+60103456789"),
    ],
)
def test_any_malaysian_spelling_of_a_mobile_is_one_number(typed: str, e164: str) -> None:
    """Spaces, hyphens, brackets and the three ways to begin lead to the same E.164 number."""
    assert mobile(typed) == e164


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "011-012 3456",
        "011-0123 45678",
        "012-345 67890",
        "012-345 678",
        "015-345 6789",
        "03-2345 6789",
        "+65 9123 4567",
        "++60123456789",
        "0123456789a",
        "٠١٢٣٤٥٦٧٨٩",
        "0060123456789",
    ],
)
def test_what_is_no_malaysian_mobile_is_refused(typed: str) -> None:
    """Too short, too long, fixed lines, IP telephony (015), other countries, other digits."""
    with pytest.raises(RuleBroken) as refused:
        mobile(typed)

    assert refused.value.code == "E-TEL"


@pytest.mark.parametrize(
    ("e164", "spoken", "masked"),
    [("+601101234567", "011-0123 4567", "011-**** 4567"), ("+60123456789", "012-345 6789", "012-*** 6789")],
)
def test_a_mobile_is_shown_whole_or_masked(e164: str, spoken: str, masked: str) -> None:
    """The mask keeps the prefix and the last four digits, and its length."""
    assert (spoken_mobile(e164), masked_mobile(e164)) == (spoken, masked)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ujian@contoh.invalid", "ujian@contoh.invalid"),
        ("  Ujian.Bin+Contoh@Example.COM ", "ujian.bin+contoh@example.com"),
        ("a@b-c.d1.my", "a@b-c.d1.my"),
        ("o'contoh@example.com", "o'contoh@example.com"),
        (f"{'a' * 64}@example.com", f"{'a' * 64}@example.com"),
    ],
)
def test_an_address_is_kept_in_lower_case(typed: str, kept: str) -> None:
    """One account each: another case is not another address."""
    assert email(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ujian",
        "ujian@",
        "@contoh.invalid",
        "ujian@contoh",
        "ujian@@contoh.invalid",
        "ujian@contoh..invalid",
        ".ujian@contoh.invalid",
        "ujian.@contoh.invalid",
        "ujian..bin@contoh.invalid",
        "ujian@-contoh.invalid",
        "ujian@contoh-.invalid",
        "ujian bin@contoh.invalid",
        "ujian@contoh.invalid\nBcc: lain@contoh.invalid",
        "ujian@contoh.invalid,lain@contoh.invalid",
        "ujian@127.0.0.1",
        "ujián@contoh.invalid",
        f"{'a' * 65}@example.com",
        f"a@{'b.' * 126}com",
        "=?utf-8?q?x?=@example.com",
        "=?utf-8?q?x?=.y@example.com",
        "x=?utf-8?b?eA==?=y@example.com",
        "a=?b@example.com",
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    """Two addresses, header lines, address literals and over-long ones included."""
    with pytest.raises(RuleBroken) as refused:
        email(typed)

    assert refused.value.code == "E-EML-01"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ujian   bin Contoh ", "Ujian bin Contoh"),
        ("Demo a/l Sampel", "Demo a/l Sampel"),
        ("Sampel @ Ujian", "Sampel @ Ujian"),
        ("D'Contoh, Ujian (Demo)", "D'Contoh, Ujian (Demo)"),
        ("Siti Ṣafā", "Siti Ṣafā"),
        ("Abu", "Abu"),
        ("A" * 80, "A" * 80),
    ],
)
def test_a_name_is_kept_with_single_spaces(typed: str, kept: str) -> None:
    """Names as Malaysian cards print them, from three signs to eighty."""
    assert full_name(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "  ", "Ab", "A" * 81, "Ujian 2", "<b>Ujian</b>", "陈大文", "Ujian\x00Contoh", "@@@"]
)
def test_what_is_no_name_is_refused(typed: str) -> None:
    """Digits, markup, control signs and scripts no card is printed in."""
    with pytest.raises(RuleBroken) as refused:
        full_name(typed)

    assert refused.value.code == "E-NAME"
