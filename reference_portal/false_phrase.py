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

_THINGS = (
    "kucing bunga kopi layang pantai gunung hujan payung basikal perahu rambutan durian mangga nasi teh "
    "sungai bulan bintang kebun rumah jambatan burung ikan kelapa pisang sawah kampung pelita tikar gitar"
).split()
_MARKS = (
    "biru merah hijau kuning putih hitam ungu jingga manis pahit besar kecil tinggi lama baru laju tenang riang "
    "wangi sejuk panas lembut bulat panjang emas perak senja pagi malam petang"
).split()


def who_is(identity_number: str, key: str) -> str:
    """The name under which an unknown identity number is remembered: 32 hexadecimal digits, as an account's id has."""
    return hmac.new(bytes.fromhex(key), identity_number.encode(), hashlib.sha256).hexdigest()[:32]


def false_phrase(who: str, key: str) -> str:
    """The stable phrase of an unknown person."""
    digest = hmac.new(bytes.fromhex(key), b"phrase:" + who.encode(), hashlib.sha256).digest()
    thing, mark, number = digest[0] % len(_THINGS), digest[1] % len(_MARKS), digest[2] % 90 + 10
    words = f"{_THINGS[thing]} {_MARKS[mark]}"
    if digest[3] % 3 == 0:
        words = f"{words} {number}"
    return words.capitalize() if digest[4] % 2 else words
