"""Synthetic applicants: nobody here exists, and everybody's name says so."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

PLACE_CODES = {"semenanjung": ("17", "18", "19", "20", "69"), "sabah": ("94",), "sarawak": ("95",)}
"""Place-of-birth codes never assigned to a place, so that no number can be a real person's."""

PERMANENT_RESIDENT_CODE = "73"

_GIVEN_MALE = ("Ujian", "Sampel", "Demo", "Cubaan", "Misalan", "Rekaan", "Andaian", "Tiruan")
_GIVEN_FEMALE = ("Contoh", "Teladan", "Umpama", "Ibarat", "Latihan", "Gambaran", "Khayalan", "Bayangan")
_SECOND = ("Satu", "Dua", "Tiga", "Empat", "Lima", "Enam", "Tujuh", "Lapan", "Sembilan", "Sepuluh")
_FAMILY = ("Contoh", "Ujian", "Sampel", "Demo", "Rekaan", "Percubaan")
_COLOURS = ("biru", "hijau", "kuning", "merah", "ungu", "jingga", "kelabu", "perang")
_THINGS = ("layang", "pinggan", "jendela", "payung", "tikar", "perahu", "lampu", "bangku", "almari", "cawan")


@dataclass(frozen=True)
class Person:
    """Somebody invented, with the secrets they will choose."""

    full_name: str
    identity_number: str
    """`YYMMDD-PB-###G`."""
    mobile: str
    """National spelling, `011-0123 4567`."""
    email: str
    secret_phrase: str
    password: str

    @property
    def mobile_e164(self) -> str:
        """The number as the SMS gateway knows it."""
        digits = "".join(filter(str.isdigit, self.mobile))
        return f"+60{digits.removeprefix('60').removeprefix('0')}"

    @classmethod
    def from_contributor(cls, told: Mapping[str, Any]) -> Person:
        """Somebody the portal's control verb `contributors` has prepared."""
        return cls(**{name: str(told[name]) for name in cls.__dataclass_fields__})


@dataclass(frozen=True)
class Application:
    """What an applicant writes in the contribution form, papers apart."""

    category: str = "teksi"
    region: str = "semenanjung"
    plan: str = "1"
    period: str = "tahunan"
    citizenship: str = "warganegara"
    address_1: str = "No. 1, Jalan Contoh"
    address_2: str = "Taman Ujian"
    address_3: str = ""
    postcode: str = "62000"
    town: str = "Putrajaya"
    state: str = "W.P. Putrajaya"
    vehicle_number: str = "ZZX 1234"
    operator: str = "Pengangkutan Contoh Sandbox"
    start_date: str = "2019-01-02"

    @classmethod
    def of(cls, category: str = "teksi", region: str = "semenanjung", **others: str) -> Application:
        """A believable form for somebody driving there."""
        towns = {
            "semenanjung": ("62000", "Putrajaya", "W.P. Putrajaya"),
            "sabah": ("88000", "Kota Kinabalu", "Sabah"),
            "sarawak": ("93000", "Kuching", "Sarawak"),
        }
        postcode, town, state = towns[region]
        return replace(
            cls(category=category, region=region, postcode=postcode, town=town, state=state),
            **others,
        )

    def fields(self) -> dict[str, str]:
        """By the form's field names."""
        return dict(self.__dict__)


class People:
    """Hands out applicants, no two alike; the same generator gives the same people."""

    def __init__(self, source: random.Random) -> None:
        self._source = source
        self._given: set[str] = set()

    def somebody(self, region: str = "semenanjung", born: date | None = None, place_code: str = "") -> Person:
        """A new applicant; grown up on the sandbox's default day unless `born` says otherwise."""
        pick = self._source
        while True:
            male = pick.random() < 0.5
            birthday = born or date(1960, 1, 1) + timedelta(days=pick.randrange(35 * 365))
            code = place_code or pick.choice(PLACE_CODES[region])
            serial = f"{pick.randrange(500, 800)}{2 * pick.randrange(5) + male}"
            number = f"{birthday:%y%m%d}-{code}-{serial}"
            if number not in self._given:
                self._given.add(number)
                return self._person(number, male)

    def _person(self, number: str, male: bool) -> Person:
        pick = self._source
        names = _GIVEN_MALE if male else _GIVEN_FEMALE
        name = f"{pick.choice(names)} {pick.choice(_SECOND)} {'bin' if male else 'binti'} {pick.choice(_FAMILY)}"
        tag = f"{pick.getrandbits(40):010x}"
        return Person(
            full_name=name,
            identity_number=number,
            mobile=self._mobile(),
            email=f"pemohon.{tag}@example.com",
            secret_phrase=f"{pick.choice(_THINGS)} {pick.choice(_COLOURS)} {pick.randrange(10, 99)}",
            password=f"Roda#{pick.randrange(100_000, 1_000_000)}kereta",
        )

    def _mobile(self) -> str:
        while True:
            local = f"{self._source.randrange(10_000_000):07}"
            if local not in self._given:
                self._given.add(local)
                return f"011-0{local[:3]} {local[3:]}"
