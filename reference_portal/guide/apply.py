"""L12: the form of the first contribution, its documents, and **Hantar & bayar**."""

from __future__ import annotations

from typing import ClassVar

from flask import Blueprint

from reference_portal import address
from reference_portal.contributions import Answers
from reference_portal.errors import RuleBroken
from reference_portal.guide.contribution_fields import PERIOD_HINTS, PLAN_HINTS, ContributionForm
from reference_portal.guide.document_fields import as_typed
from reference_portal.guide.form import REFUSED, ListField, OneOfField, TypedField, a_day, listed
from reference_portal.guide.visit import Answer, go, me, mode_required, portal, show, tell
from reference_portal.messages import term
from reference_portal.notices import Notice, Tone
from reference_portal.rules.document import Category, Kind, Region, profile_accepted
from reference_portal.rules.order import OrderState
from reference_portal.storage.accounts import Account
from reference_portal.vehicle import plate

blueprint = Blueprint("apply", __name__, url_prefix="/apply")

CITIZENSHIPS = ("warganegara", "pemastautin")


class ApplyForm(ContributionForm):
    """Parts A to F of the form; the personal part is known and only shown."""

    blames: ClassVar[dict[str, str]] = {"E-AGE": "category"}
    leading = (
        *("citizenship", "address_1", "address_2", "address_3", "postcode", "town", "state"),
        *("category", "region", "vehicle_number", "start_date", "operator"),
    )

    citizenship = OneOfField("Kewarganegaraan", choices=listed((word, term(word)) for word in CITIZENSHIPS))
    address_1 = TypedField("Alamat baris 1", longest=80)
    address_2 = TypedField("Alamat baris 2 (tidak wajib)", required=False, longest=80)
    address_3 = TypedField("Alamat baris 3 (tidak wajib)", required=False, longest=80)
    postcode = TypedField("Poskod", address.postcode, longest=10)
    town = TypedField("Bandar", longest=60)
    state = ListField("Negeri", choices=listed([("", "Pilih negeri"), *((name, name) for name in address.STATES)]))
    category = OneOfField("Kategori", choices=listed((word.value, term(word)) for word in Category))
    region = OneOfField("Wilayah", choices=listed((word.value, term(word)) for word in Region))
    vehicle_number = TypedField("Nombor pendaftaran kenderaan", plate, longest=20)
    operator = TypedField("Nama syarikat atau pengendali e-hailing (tidak wajib)", required=False, longest=80)
    start_date = TypedField("Tarikh mula bekerja sendiri", a_day)

    def work(self) -> tuple[Category | None, Region | None]:
        """Category and region, as far as they are chosen."""
        category = None if self.category.errors else Category(self.category.data)
        return category, None if self.region.errors else Region(self.region.data)

    def answers(self) -> Answers:
        """The form without its documents, once the fields are in order."""
        plan, period = self.chosen()
        return Answers(
            citizenship=self.citizenship.data,
            address_1=self.address_1.value,
            address_2=self.address_2.value,
            address_3=self.address_3.value,
            postcode=self.postcode.value,
            town=self.town.value,
            state=self.state.data,
            category=Category(self.category.data),
            region=Region(self.region.data),
            vehicle_number=self.vehicle_number.value,
            operator=self.operator.value,
            start_date=self.start_date.value,
            plan=plan,
            period=period,
        )


def closed(account: Account, refusal: RuleBroken | None) -> Answer | None:
    """Where somebody goes for whom the form is shut: a payment on its way first, else the dashboard says why."""
    present = portal().payments.open_order(account)
    if present is not None and present.state is not OrderState.PLACED:
        tell(Notice(Tone.WARNING, "E-PAY-09"))
        return go("pay_by_fpx.page")
    if refusal is not None:
        tell(Notice(Tone.WARNING, refusal.code, refusal.values))
        return go("dashboard.page")
    return None


def shown(template: str, form: ContributionForm, status: int = 200, **values: object) -> Answer:
    """A form of a contribution, with what was kept for it."""
    hints = {"plan_hints": PLAN_HINTS, "period_hints": PERIOD_HINTS}
    kept = portal().documents.kept(me().id)
    profile = profile_accepted(portal().clock.now())
    return show(
        template, status, form=form, me=me(), kinds=tuple(Kind), kept=kept, profile_open=profile, **hints, **values
    )


@blueprint.get("")
@mode_required
def page() -> Answer:
    """The form, filled with what was declared and kept before."""
    refused = closed(me(), portal().contributions.registration_refusal(me()))
    if refused is not None:
        return refused
    before = portal().contributions.latest(me().id)
    answers = {name: str(value) for name, value in vars(before).items()} if before else {}
    return shown("apply", ApplyForm(data={**answers, **as_typed(portal().documents.kept(me().id))}))


@blueprint.post("")
@mode_required
def submit() -> Answer:
    """Judge everything, place the order, go to pay."""
    account = me()
    refused = closed(account, portal().contributions.registration_refusal(account))
    if refused is not None:
        return refused
    form = ApplyForm()
    order = form.attempt(lambda: portal().contributions.apply(account, form.answers(), form.described()))
    if order is REFUSED:
        return shown("apply", form, 422)
    if not address.agrees(form.postcode.value, form.state.data):
        tell(Notice(Tone.WARNING, "W-PCD"))
    return go("pay_by_fpx.page")
