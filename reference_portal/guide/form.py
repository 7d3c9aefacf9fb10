"""What every form of the guide can do: check its fields alone and together, and say beside each what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from typing import Any, ClassVar, Literal, TypeVar

from flask import request
from werkzeug.datastructures import CombinedMultiDict
from wtforms import Field, Form

from reference_portal.errors import RuleBroken, RulesBroken
from reference_portal.notices import Notice, Tone
from reference_portal.speech import say

Result = TypeVar("Result")


class Verdict(Enum):
    """The answer of `PageForm.attempt` when something has to be corrected."""

    REFUSED = "refused"


REFUSED: Literal[Verdict.REFUSED] = Verdict.REFUSED


class PageForm(Form):
    """A page's form, filled from the request when it was posted. Every post is checked for its CSRF token before."""

    blames: ClassVar[dict[str, str]] = {}
    """Which field a rule broken by the use case belongs to; the form as a whole when it is not named."""
    leading: ClassVar[tuple[str, ...]] = ()
    """Fields that stand on the page before those the form inherits, in the page's order: the summary follows it."""

    def __init__(self, **given: Any) -> None:
        sent: list[Any] = [request.files, request.form]
        posted: CombinedMultiDict[str, Any] | None = CombinedMultiDict(sent) if request.method == "POST" else None
        super().__init__(posted, **given)

    def __iter__(self) -> Iterator[Field]:
        """The fields in the order of the page."""
        behind = (name for name in self._fields if name not in self.leading)
        return (self._fields[name] for name in (*self.leading, *behind))

    def attempt(self, use_case: Callable[[], Result]) -> Result | Literal[Verdict.REFUSED]:
        """Check the fields, then do it; REFUSED with the reason beside its field when a rule says no."""
        if not self.checked():
            return REFUSED
        try:
            return use_case()
        except RuleBroken as broken:
            self.refuse(broken)
            return REFUSED

    def checked(self) -> bool:
        """Whether every field is in order, each alone and all together, so that nobody is told in instalments."""
        self.validate()
        return self.agrees()

    def agrees(self) -> bool:
        """Say what is wrong beyond single fields; whether nothing is."""
        for broken in self.faults():
            self.refuse(broken)
        return not self.errors

    def faults(self) -> Iterable[RuleBroken]:
        """Rules about several fields, or about what is known already, broken by the fields that are in order."""
        return ()

    def refuse(self, broken: RuleBroken, name: str | None = None) -> None:
        """Put the sentence beside field `name`, else beside the one that is to blame."""
        if isinstance(broken, RulesBroken):
            for one in broken.broken:
                self.refuse(one)
            return
        blamed = name or self.blames.get(broken.code)
        sentence = say(broken.code, **broken.values)
        if blamed is None:
            self.form_errors.append(sentence)
        else:
            self[blamed].errors = [*self[blamed].errors, sentence]


def broken_by(rule: Callable[[], object]) -> list[RuleBroken]:
    """What a rule says no with, as a list: empty when it says nothing."""
    try:
        rule()
    except RuleBroken as broken:
        return [broken]
    return []


def pressed(use_case: Callable[[], Result]) -> Result | Notice:
    """Do what a bare button asks for; a rule that says no becomes a notice for the next page."""
    try:
        return use_case()
    except RuleBroken as broken:
        return Notice(Tone.WARNING, broken.code, broken.values)
