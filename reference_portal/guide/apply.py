"""L12: the form of the first contribution, its documents, and **Hantar & bayar**."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from flask import Blueprint

from reference_portal import address
from reference_portal.clock import today
from reference_portal.contributions import Answers
from reference_portal.errors import RuleBroken
from reference_portal.guide.contribution_fields import PERIOD_HINTS, PLAN_HINTS, ContributionForm
from reference_portal.guide.document_fields import as_typed
from reference_portal.guide.drafting import drafted, kept_answers
from reference_portal.guide.fields import ListField, OneOfField, TypedField, a_day, listed
from reference_portal.guide.form import REFUSED, broken_by
from reference_portal.guide.sample_applicant import apply_answers
from reference_portal.guide.visit import Answer, go, me, mode_required, portal, show, tell
from reference_portal.notices import Notice, Tone
from reference_portal.rules.document import Category, Kind, Region, counts_for, example, profile_accepted
from reference_portal.rules.order import OrderState
from reference_portal.rules.work import check_region, check_start
from reference_portal.speech import _, named, say
from reference_portal.storage.accounts import Account
from reference_portal.uploads import MEGABYTE
from reference_portal.vehicle import plate

blueprint = Blueprint("apply", __name__, url_prefix="/apply")

CITIZENSHIPS = ("warganegara", "pemastautin")


def vehicle(typed: str) -> str:
    """The registration number, judged by the portal's safe mode."""
    return plate(typed, portal().settings.safe_vehicle_numbers)


class ApplyForm(ContributionForm):
    """Parts A to F of the form; the personal part is known and only shown."""

    blames: ClassVar[dict[str, str]] = {
        "E-AGE": "category",
        "E-WRK-01": "start_date",
        "E-WRK-02": "start_date",
        "E-WRK-03": "region",
    }
    leading = (
        *("citizenship", "address_1", "address_2", "address_3", "postcode", "town", "state"),
        *("category", "region", "vehicle_number", "start_date", "operator"),
    )

    citizenship = OneOfField(_("Kewarganegaraan"), choices=listed((status, named(status)) for status in CITIZENSHIPS))
    address_1 = TypedField(_("Alamat baris 1"), address.line, longest=80)
    address_2 = TypedField(_("Alamat baris 2 (tidak wajib)"), required=False, longest=80)
    address_3 = TypedField(_("Alamat baris 3 (tidak wajib)"), required=False, longest=80)
    postcode = TypedField(_("Poskod"), address.postcode, longest=10)
    town = TypedField(_("Bandar"), longest=60)
    state = ListField(
        _("Negeri"), choices=listed([("", _("Pilih negeri")), *((name, name) for name in address.STATES)])
    )
    category = OneOfField(_("Kategori"), choices=listed((work.value, named(work)) for work in Category))
    region = OneOfField(_("Wilayah"), choices=listed((place.value, named(place)) for place in Region))
    vehicle_number = TypedField(_("Nombor pendaftaran kenderaan"), vehicle, longest=20)
    start_date = TypedField(_("Tarikh mula bekerja sendiri"), a_day)
    operator = TypedField(_("Nama syarikat atau pengendali e-hailing (tidak wajib)"), required=False, longest=80)
    postcode_seen = TypedField("Poskod yang telah disemak", required=False, longest=60)
    """What the warning beside the postcode was about; it is said once."""

    def work(self) -> tuple[Category | None, Region | None]:
        """Category and region, as far as they are chosen."""
        category = None if self.category.errors else Category(self.category.data)
        return category, None if self.region.errors else Region(self.region.data)

    def faults(self) -> Iterator[RuleBroken]:
        """What the work cannot be, then what the documents lack."""
        if not self.start_date.errors:
            yield from broken_by(lambda: check_start(self.start_date.value, me().birth_date, today(portal().clock)))
        if not self.state.errors and not self.region.errors:
            yield from broken_by(lambda: check_region(self.state.data, Region(self.region.data)))
        yield from super().faults()

    def agrees(self) -> bool:
        """Also no, once, for a postcode of another state: a look at the warning is all that is asked."""
        return super().agrees() and self.postcode_warning is None

    @property
    def postcode_doubt(self) -> str:
        """What is odd about the address, in a word the form can carry; empty when nothing is."""
        if not self.postcode.value or self.postcode.errors or self.state.errors:
            return ""
        code, state = self.postcode.value, self.state.data
        return "" if address.agrees(code, state) else f"{code} {state}"

    @property
    def postcode_warning(self) -> str | None:
        """W-PCD beside the postcode of another state, until it was seen."""
        doubt = self.postcode_doubt
        return say("W-PCD") if doubt and doubt != self.postcode_seen.value else None

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
    papers = {
        "kinds": tuple(Kind),
        "kept": kept,
        "profile_open": profile_accepted(portal().clock.now()),
        "counts_for": counts_for(portal().clock.now()),
        "examples": {kind: example(kind) for kind in Kind},
        "bytes": portal().settings.upload_bytes,
        "megabytes": f"{portal().settings.upload_bytes / MEGABYTE:g}",
    }
    return show(template, status, form=form, me=me(), papers=papers, **hints, **values)


@blueprint.get("")
@mode_required
def page() -> Answer:
    """The form, filled with what was declared and kept before."""
    refused = closed(me(), portal().contributions.registration_refusal(me()))
    if refused is not None:
        return refused
    before = portal().contributions.latest(me().id)
    answers = {name: str(value) for name, value in vars(before).items()} if before else {}
    papers = as_typed(portal().documents.kept(me().id))
    return shown("apply", ApplyForm(data={**answers, **papers, **kept_answers("apply"), **apply_answers()}))


@blueprint.post("")
@drafted(ApplyForm)
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
    return go("pay_by_fpx.page")
