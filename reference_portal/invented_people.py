"""An invented applicant as the store keeps one: an account that is active, and the application it handed in."""

from __future__ import annotations

import random
from datetime import datetime

from reference_portal.account_state import AccountState
from reference_portal.personas.drawing import pdf
from reference_portal.personas.persona import Persona
from reference_portal.personas.sheet import blank_sheet
from reference_portal.rules import contact
from reference_portal.rules.document import Kind
from reference_portal.storage.accounts import Account
from reference_portal.storage.applications import Application
from reference_portal.tokens import handle

PAPERS = (Kind.LESEN_MEMANDU, Kind.KAD_PSV)
"""What a taxi driver in the Peninsula hands in (D-TX-1, D-TX-2a)."""


def account_of(persona: Persona, source: random.Random, password_hash: str, since: datetime) -> Account:
    """Their account, active since an instant."""
    return Account(
        id=handle(source),
        identity_number=persona.identity_number.replace("-", ""),
        birth_date=persona.birth_date,
        email=persona.email,
        mobile=contact.mobile(persona.mobile),
        full_name=persona.full_name,
        state=AccountState.ACTIVE,
        created_at=since,
        secret_phrase=persona.secret_phrase,
        password_hash=password_hash,
        activated_at=since,
    )


def application_of(persona: Persona, source: random.Random, account: Account, submitted_at: datetime) -> Application:
    """What such a person declared; work begun by that day, whatever year it is."""
    return Application(
        id=handle(source),
        account_id=account.id,
        citizenship=persona.citizenship,
        address_1=persona.address_1,
        address_2=persona.address_2,
        address_3="",
        postcode=persona.postcode,
        town=persona.town,
        state=persona.state,
        category=persona.category,
        region=persona.region,
        vehicle_number=persona.vehicle_number,
        operator=persona.operator,
        start_date=min(persona.start_date, submitted_at.date()),
        plan=persona.plan,
        period=persona.period,
        submitted_at=submitted_at,
    )


def sample_page(kind: Kind) -> bytes:
    """One file for everybody: load runs hand in thousands."""
    return pdf(blank_sheet(kind))
