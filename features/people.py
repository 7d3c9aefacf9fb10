"""Synthetic applicants: nobody here exists, and everybody's name says so."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

PERMANENT_RESIDENT_CODE = "73"


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
    start_date: str = "2016-01-04"
    """Before the scheme, so that a scenario may set any clock."""

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
        # here and not above: every process of a sandbox imports this file, and few of them invent anybody
        from faker import Faker

        from features.invented import InventedPeople

        self._faker = Faker()
        self._faker.add_provider(InventedPeople)
        self._faker.seed_instance(source.getrandbits(64))

    def somebody(self, region: str = "semenanjung", born: date | None = None, place_code: str = "") -> Person:
        """A new applicant; grown up on the sandbox's default day unless `born` says otherwise."""
        male = self._faker.pybool()
        return Person(
            full_name=self._faker.invented_name(male),
            identity_number=self._faker.unique.identity_number(region, male, born, place_code),
            mobile=self._faker.unique.mobile_number(),
            email=self._faker.unique.mailbox(),
            secret_phrase=self._faker.phrase(),
            password=self._faker.good_password(),
        )
