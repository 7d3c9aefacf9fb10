"""Whether these documents, and this person's age, carry this application today: one judgement for every way in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reference_portal.clock import MALAYSIA, Clock, today
from reference_portal.described import Described, to_be_given
from reference_portal.errors import RuleBroken, RulesBroken
from reference_portal.rules import cover, document, document_faults
from reference_portal.rules.document import Category, Fault, Finding, Given, Kind, Region, kinds_asked
from reference_portal.storage import documents
from reference_portal.storage.accounts import Account
from reference_portal.storage.database import Database


class DocumentsRefused(RuleBroken):
    """The documents will not do; `faults` is everything to be put right, `findings` what each clause says."""

    def __init__(self, faults: Sequence[Fault], findings: Sequence[Finding] = ()) -> None:
        super().__init__(faults[0].code, **faults[0].values)
        self.faults = tuple(faults)
        self.findings = tuple(findings)


class Judging:
    """Says everything at once: nobody is told in instalments what is missing."""

    def __init__(self, clock: Clock, database: Database) -> None:
        self._clock = clock
        self._database = database

    def judge(self, account: Account, category: Category, region: Region, papers: Sequence[Given]) -> None:
        """Let it pass, or say why not.

        Raises:
            DocumentsRefused: the documents will not do.
            RuleBroken: E-AGE; RulesBroken when both.
        """
        if broken := self._broken(account, category, region, papers, {}):
            raise RulesBroken(broken) if len(broken) > 1 else broken[0]

    def foresee(
        self, account: Account, category: Category | None, region: Region | None, described: Mapping[Kind, Described]
    ) -> list[RuleBroken]:
        """E-COV-03, and what `judge` will say of the documents handed in, while other parts of the form may be wrong.

        Args:
            account: whose documents.
            category: None while it is not chosen.
            region: None while it is not chosen; a bus driver's does not matter.
            described: what was handed in of each document; the others are those on file.
        """
        with self._database.read() as connection:
            kept = documents.in_use(connection, account.id)
        papers = to_be_given(kept, described)
        without_file = {kind: said for kind, said in described.items() if kind not in kept and not said.upload}
        early = cover.in_force_refusal(self._clock.now())
        broken = [early] if early else []
        if category is Category.BAS or (category and region):
            return broken + self._broken(account, category, region or Region.SEMENANJUNG, papers, without_file)
        if faults := document_faults.without_category(papers, self._clock.now()):
            broken.append(DocumentsRefused(faults))
        return [*broken, RuleBroken("E-DOC-14")]

    def _broken(
        self,
        account: Account,
        category: Category,
        region: Region,
        papers: Sequence[Given],
        without_file: Mapping[Kind, Described],
    ) -> list[RuleBroken]:
        now = self._clock.now()
        decision = document.decide(category, region, papers, now)
        broken: list[RuleBroken] = []
        if not decision.accepted:
            day = now.astimezone(MALAYSIA).date()
            ended = [
                Fault(kind, "E-DOC-05", {"dokumen": kind})
                for kind, said in without_file.items()
                if said.expires and said.expires < day and kind in kinds_asked(category, region, now)
            ]
            broken.append(DocumentsRefused([*document_faults.of(decision, papers, now), *ended], decision.findings))
        try:
            document.check_age(account.card.age_on(today(self._clock)), category, [paper.kind for paper in papers])
        except RuleBroken as young:
            broken.append(young)
        return broken
