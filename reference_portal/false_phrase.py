"""The Ungkapan Rahsia of people who have none.

The first log-in page (L08) shows the phrase of whoever's number was typed, so it would tell a stranger which identity
numbers have an account. Numbers without one are therefore given a phrase too: always the same for the same number,
made from a keyed hash, in the manner of the phrases people choose. The password page then fails alike for both.
(That a known number's phrase can be read by anybody is the guide's own flow; the phrase is a mark against false
portals, not a secret against strangers.)
"""

from __future__ import annotations

import hashlib
import hmac

_THINGS = "kucing bunga kopi layang pantai gunung hujan payung perahu rambutan mangga nasi sungai bulan pelita gitar"
_MARKS = "biru merah hijau kuning putih ungu jingga manis besar kecil tinggi lama baru laju tenang wangi"


def who_is(identity_number: str, key: str) -> str:
    """The name under which an unknown identity number is remembered: 32 hexadecimal digits, as an account's id has."""
    return hmac.new(bytes.fromhex(key), identity_number.encode(), hashlib.sha256).hexdigest()[:32]


def false_phrase(who: str, key: str) -> str:
    """The stable phrase of an unknown person."""
    digest = hmac.new(bytes.fromhex(key), b"phrase:" + who.encode(), hashlib.sha256).digest()
    words = f"{_pick(_THINGS, digest[0])} {_pick(_MARKS, digest[1])}"
    if digest[2] % 3 == 0:
        words = f"{words} {digest[3] % 90 + 10}"
    return words.capitalize() if digest[4] % 2 else words


def _pick(words: str, number: int) -> str:
    listed = words.split()
    return listed[number % len(listed)]
