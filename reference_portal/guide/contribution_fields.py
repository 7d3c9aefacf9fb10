"""The contribution's part of a form (L12): plan, period and declaration."""

from __future__ import annotations

from reference_portal.guide.document_fields import DocumentsForm
from reference_portal.guide.fields import OneOfField, TickField, listed
from reference_portal.messages import term, text
from reference_portal.rules.contribution import PLANS, Period, ringgit

PLAN_HINTS = {
    str(number): (
        f"Pendapatan diinsuranskan {ringgit(plan.insured_sen)} sebulan. "
        f"Caruman {ringgit(plan.monthly_sen)} sebulan atau {ringgit(plan.yearly_sen)} setahun."
    )
    for number, plan in PLANS.items()
}
"""What each plan insures and costs, beside its radio button."""

PERIOD_HINTS = {Period.BULANAN: "Perlindungan satu bulan.", Period.TAHUNAN: "Perlindungan dua belas bulan."}


class ContributionForm(DocumentsForm):
    """Plan, period, declaration, and the documents."""

    plan = OneOfField("Pelan caruman", choices=listed((str(number), f"Pelan {number}") for number in PLANS))
    period = OneOfField("Tempoh caruman", choices=listed((period.value, term(period)) for period in Period))
    declaration = TickField(text("T-DCL"), "E-DCL")

    def chosen(self) -> tuple[int, Period]:
        """Plan and period, once the fields are in order."""
        return int(self.plan.data), Period(self.period.data)
