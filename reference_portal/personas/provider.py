"""Faker's provider of applicants nobody can be: every name says so, every number lies where none was ever assigned.

Faker has no Malaysian locale; the words are Malay ones for "sample", "trial" and "example". Only what a seeded
generator draws goes into them, so that the same generator says the same things.
"""

from __future__ import annotations

from datetime import date, timedelta

from faker.providers import BaseProvider

from reference_portal.rules.document_number import Kind
from reference_portal.rules.driver import Category, Region
from reference_portal.rules.identity_number import Gender

RESIDENT_PLACES = ("73",)
PLACES: dict[str, tuple[str, ...]] = {"Sabah": ("94",), "Sarawak": ("95",), "W.P. Labuan": ("96",)}
"""Place codes by state; the others share the peninsular ones. None was ever assigned (JPN's list, high confidence)."""
PENINSULAR_PLACES = ("17", "18", "19", "20", "69")

YOUNGEST, OLDEST = 25, 58
"""Years at the end of the year: old enough for every licence of the guide."""

_GIVEN = {
    Gender.LELAKI: ("Ujian", "Sampel", "Demo", "Cubaan", "Misalan", "Rekaan", "Andaian", "Tiruan"),
    Gender.PEREMPUAN: ("Contoh", "Teladan", "Umpama", "Ibarat", "Latihan", "Gambaran", "Khayalan", "Bayangan"),
}
_SECOND = ("Satu", "Dua", "Tiga", "Empat", "Lima", "Enam", "Tujuh", "Lapan", "Sembilan", "Sepuluh")
_LINKS = {Gender.LELAKI: ("bin", "a/l", "anak"), Gender.PEREMPUAN: ("binti", "a/p", "anak")}
_FAMILY = ("Contoh", "Ujian", "Sampel", "Demo", "Rekaan", "Percubaan")
_THINGS = ("perahu", "payung", "tikar", "lampu", "bangku", "cawan", "pelita", "gitar", "jendela", "layang")
_COLOURS = ("biru", "hijau", "kuning", "merah", "ungu", "jingga", "kelabu", "perang")
_PARTS = ("Roda", "Brek", "Enjin", "Stereng", "Tayar", "Cermin")
_QUARTERS = ("Taman Ujian", "Kampung Contoh", "Bandar Sampel", "Taman Rekaan")
_OPERATORS = {Category.TEKSI: "Teksi Contoh", Category.E_HAILING: "E-hailing Contoh", Category.BAS: "Bas Contoh"}
_TOWNS = {
    Region.SEMENANJUNG: (
        *(("62000", "Putrajaya", "W.P. Putrajaya"), ("50000", "Kuala Lumpur", "W.P. Kuala Lumpur")),
        *(("40000", "Shah Alam", "Selangor"), ("80000", "Johor Bahru", "Johor"), ("30000", "Ipoh", "Perak")),
        *(
            ("10000", "George Town", "Pulau Pinang"),
            ("15000", "Kota Bharu", "Kelantan"),
            ("25000", "Kuantan", "Pahang"),
        ),
    ),
    Region.SABAH: (
        ("88000", "Kota Kinabalu", "Sabah"),
        ("90000", "Sandakan", "Sabah"),
        ("87000", "Labuan", "W.P. Labuan"),
    ),
    Region.SARAWAK: (("93000", "Kuching", "Sarawak"), ("96000", "Sibu", "Sarawak"), ("98000", "Miri", "Sarawak")),
}
_SERIES = {
    Kind.LESEN_MEMANDU: "SBX#######",
    Kind.KAD_PSV: "SBX-PSV-######",
    Kind.KAD_PEMANDU: "SBX-KP-######",
    Kind.SURAT_KEBENARAN: "SBX-LPKP-######",
    Kind.PROFIL_PEMANDU: "SBX-PROFIL-######",
}


class InventedPeople(BaseProvider):
    """What one applicant is made of; add it to a Faker generator."""

    def gender(self) -> Gender:
        """One of the two a card number can tell."""
        return self.random_element((Gender.LELAKI, Gender.PEREMPUAN))

    def invented_name(self, gender: Gender) -> str:
        """`Ujian Dua bin Contoh`, `Teladan Satu a/p Sampel`."""
        given, second = self.random_element(_GIVEN[gender]), self.random_element(_SECOND)
        return f"{given} {second} {self.random_element(_LINKS[gender])} {self.random_element(_FAMILY)}"

    def birthday(self, year: int) -> date:
        """Of somebody who is 25 to 58 in that year."""
        return self.day_between(year - OLDEST, year - YOUNGEST)

    def day_between(self, first: int, last: int) -> date:
        """Any day of these years and of those between."""
        start = date(first, 1, 1)
        return start + timedelta(days=self.random_int(0, (date(last, 12, 31) - start).days))

    def identity_number(self, born: date, gender: Gender, state: str, resident: bool) -> str:
        """`YYMMDD-PB-###G` with a place code nobody holds; the last digit is odd for a man.

        The ninth digit follows the usual reading of the century (5 to 7 for the 1900s, 0 to 3 for the 2000s; low
        confidence, nobody checks it).
        """
        place = self.random_element(RESIDENT_PLACES if resident else PLACES.get(state, PENINSULAR_PLACES))
        century = self.random_int(0, 3) if born.year >= 2000 else self.random_int(5, 7)
        last = 2 * self.random_int(0, 4) + (gender is Gender.LELAKI)
        return f"{born:%y%m%d}-{place}-{century}{self.random_int(0, 99):02d}{last}"

    def mobile_number(self) -> str:
        """`011-0xxx xxxx`, a range no operator was given."""
        return self.numerify("011-0### ####")

    def mailbox(self) -> str:
        """An address at a domain that cannot exist; 64 random bits, so that no two share one."""
        return f"pemohon.{self.hexify('^' * 16)}@example.invalid"

    def phrase(self) -> str:
        """A secret phrase one can remember."""
        return f"{self.random_element(_THINGS)} {self.random_element(_COLOURS)} {self.random_int(10, 99)}"

    def good_password(self) -> str:
        """One that keeps the portal's rule: upper, lower, digit and symbol."""
        return f"{self.random_element(_PARTS)}#{self.random_int(100_000, 999_999)}kereta"

    def dwelling(self) -> tuple[str, str]:
        """Two lines of an address that leads nowhere."""
        house, street = self.random_int(1, 199), self.random_int(1, 20)
        return f"No. {house}, Jalan Contoh {street}", self.random_element(_QUARTERS)

    def town(self, region: Region) -> tuple[str, str, str]:
        """Postcode, town and state that belong together, in that region."""
        return self.random_element(_TOWNS[region])

    def plate(self) -> str:
        """A registration number of the series no car has."""
        return f"ZZX {self.random_int(1, 9999)}"

    def operator(self, category: Category) -> str:
        """An invented company."""
        return f"{_OPERATORS[category]} Sandbox {self.random_int(1, 9)}"

    def document_number(self, kind: Kind) -> str:
        """A number of the sandbox's own series."""
        return self.numerify(_SERIES[kind])
