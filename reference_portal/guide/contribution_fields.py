"""The contribution's part of a form (L12): plan, period and declaration."""

from __future__ import annotations

from functools import partial

from reference_portal.guide.document_fields import DocumentsForm
from reference_portal.guide.fields import OneOfField, TickField, listed
from reference_portal.rules.contribution import PLANS, Period, Plan, ringgit
from reference_portal.speech import Later, _, gettext, later, named, say


def _costs(plan: Plan) -> str:
    return gettext(
        "Pendapatan diinsuranskan %(insured)s sebulan. Caruman %(monthly)s sebulan atau %(yearly)s setahun.",
        insured=ringgit(plan.insured_sen),
        monthly=ringgit(plan.monthly_sen),
        yearly=ringgit(plan.yearly_sen),
    )


def _plan(number: int) -> Later:
    return later(lambda: gettext("Pelan %(number)s", number=number))


PLAN_HINTS = {str(number): later(partial(_costs, plan)) for number, plan in PLANS.items()}
"""What each plan insures and costs, beside its radio button."""

PERIOD_HINTS = {
    Period.BULANAN: _("Perlindungan satu bulan."),
    Period.TAHUNAN: _("Perlindungan dua belas bulan."),
}


class ContributionForm(DocumentsForm):
    """Plan, period, declaration, and the documents."""

    plan = OneOfField(_("Pelan caruman"), choices=listed((str(number), _plan(number)) for number in PLANS))
    period = OneOfField(_("Tempoh caruman"), choices=listed((period.value, named(period)) for period in Period))
    declaration = TickField(later(lambda: say("T-DCL")), "E-DCL")

    def chosen(self) -> tuple[int, Period]:
        """Plan and period, once the fields are in order."""
        return int(self.plan.data), Period(self.period.data)
