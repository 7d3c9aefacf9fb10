"""Faker's provider of people nobody can meet: every name says so, every number lies where none was ever assigned.

Faker has no Malaysian locale; the words are Malay ones for "sample", "trial" and "example".
"""

from __future__ import annotations

from datetime import date, timedelta

from faker.providers import BaseProvider

PLACE_CODES = {"semenanjung": ("17", "18", "19", "20", "69"), "sabah": ("94",), "sarawak": ("95",)}
"""Place-of-birth codes never assigned to a place, so that no number can be a real person's."""

_GIVEN_MALE = ("Ujian", "Sampel", "Demo", "Cubaan", "Misalan", "Rekaan", "Andaian", "Tiruan")
_GIVEN_FEMALE = ("Contoh", "Teladan", "Umpama", "Ibarat", "Latihan", "Gambaran", "Khayalan", "Bayangan")
_SECOND = ("Satu", "Dua", "Tiga", "Empat", "Lima", "Enam", "Tujuh", "Lapan", "Sembilan", "Sepuluh")
_FAMILY = ("Contoh", "Ujian", "Sampel", "Demo", "Rekaan", "Percubaan")
_COLOURS = ("biru", "hijau", "kuning", "merah", "ungu", "jingga", "kelabu", "perang")
_THINGS = ("layang", "pinggan", "jendela", "payung", "tikar", "perahu", "lampu", "bangku", "almari", "cawan")
_FIRST_BIRTHDAY = date(1960, 1, 1)
_DAYS = 35 * 365


class InventedPeople(BaseProvider):
    """What one applicant is made of; add it to a `Faker` and ask, through `unique` where nobody may share."""

    def invented_name(self, male: bool) -> str:
        """`Ujian Dua bin Contoh`, `Teladan Satu binti Sampel`."""
        given = self.random_element(_GIVEN_MALE if male else _GIVEN_FEMALE)
        link = "bin" if male else "binti"
        return f"{given} {self.random_element(_SECOND)} {link} {self.random_element(_FAMILY)}"

    def birthday(self) -> date:
        """Somebody grown up on the sandbox's default day."""
        return _FIRST_BIRTHDAY + timedelta(days=self.random_int(0, _DAYS - 1))

    def identity_number(self, region: str, male: bool, born: date | None = None, place_code: str = "") -> str:
        """`YYMMDD-PB-###G` with an unassigned place code; the last digit is odd for a man."""
        code = place_code or self.random_element(PLACE_CODES[region])
        serial = f"{self.random_int(500, 799)}{2 * self.random_int(0, 4) + male}"
        return f"{born or self.birthday():%y%m%d}-{code}-{serial}"

    def mobile_number(self) -> str:
        """`011-0xxx xxxx`, a range no operator was given."""
        return self.numerify("011-0### ####")

    def mailbox(self) -> str:
        """An address at a domain reserved for examples."""
        return f"pemohon.{self.hexify('^' * 10)}@example.com"

    def phrase(self) -> str:
        """A secret phrase one can remember."""
        return f"{self.random_element(_THINGS)} {self.random_element(_COLOURS)} {self.random_int(10, 98)}"

    def good_password(self) -> str:
        """One that keeps the portal's rule: upper, lower, digit and symbol."""
        return f"Roda#{self.random_int(100_000, 999_999)}kereta"
