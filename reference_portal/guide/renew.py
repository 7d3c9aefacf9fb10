"""L16 (and L11b): **Memperbaharui**, with plan, period and whatever document has to be replaced."""

from __future__ import annotations

from flask import Blueprint

from reference_portal.guide.apply import closed, shown
from reference_portal.guide.contribution_fields import ContributionForm
from reference_portal.guide.document_fields import as_typed
from reference_portal.guide.drafting import drafted, kept_answers
from reference_portal.guide.form import REFUSED
from reference_portal.guide.visit import Answer, go, me, mode_required, portal
from reference_portal.rules.document import Category, Region

blueprint = Blueprint("renew", __name__, url_prefix="/renew")


class RenewForm(ContributionForm):
    """Plan, period, and whatever document has to be replaced; the work is that of the last application."""

    leading = ("plan", "period")

    def work(self) -> tuple[Category | None, Region | None]:
        """Category and region of the last application."""
        last = portal().renewals.last(me())
        return (last.category, last.region) if last else (None, None)


def _shown(form: ContributionForm, status: int = 200) -> Answer:
    return shown("renew", form, status, last=portal().renewals.last(me()))


@blueprint.get("")
@mode_required
def page() -> Answer:
    """The form, filled with the last plan and the documents that are kept."""
    refused = closed(me(), portal().renewals.refusal(me()))
    if refused is not None:
        return refused
    last = portal().renewals.last(me())
    before = {"plan": str(last.plan), "period": last.period.value} if last else {}
    papers = as_typed(portal().documents.kept(me().id))
    return _shown(RenewForm(data={**before, **papers, **kept_answers("renew")}))


@blueprint.post("")
@drafted(RenewForm)
@mode_required
def submit() -> Answer:
    """Judge the documents of today, place the order, go to pay."""
    account = me()
    refused = closed(account, portal().renewals.refusal(account))
    if refused is not None:
        return refused
    form = RenewForm()
    order = form.attempt(lambda: portal().renewals.renew(account, *form.chosen(), form.described()))
    return _shown(form, 422) if order is REFUSED else go("pay_by_fpx.page")
