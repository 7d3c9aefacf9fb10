"""What every form of the guide is made of: fields that obey the rules, and a form that says which rule was broken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from enum import Enum
from typing import Any, ClassVar, Literal, TypeVar

from flask import request
from werkzeug.datastructures import CombinedMultiDict
from wtforms import BooleanField, Field, Form, PasswordField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import StopValidation

from reference_portal.errors import RuleBroken, RulesBroken
from reference_portal.messages import MALAY, text
from reference_portal.notices import Notice, Tone

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
        sentence = text(broken.code, MALAY, **broken.values)
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


class TypedField(StringField):
    """A line of text; `value` is what its rule made of it. Control characters are dropped and outer space with them."""

    value: Any = None

    def __init__(
        self,
        label: str,
        rule: Callable[[str], object] = str,
        *,
        required: bool = True,
        longest: int = 254,
        **more: Any,
    ) -> None:
        super().__init__(label, **more)
        self._rule = rule
        self._needed = required
        self._longest = longest

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002  fixed by WTForms
        """Refuse what is missing, too long or against the rule."""
        typed = plain(self.data)
        self.value = typed
        if not typed:
            raise StopValidation(text("E-REQ")) if self._needed else StopValidation()
        if len(typed) > self._longest:
            raise StopValidation(text("E-LEN", max=self._longest))
        try:
            self.value = self._rule(typed)
        except RuleBroken as broken:
            raise StopValidation(text(broken.code, MALAY, **broken.values)) from broken


class SecretField(PasswordField):
    """A password: kept exactly as typed, never written back into the page."""

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002  fixed by WTForms
        """Refuse an empty one."""
        if not self.data:
            raise StopValidation(text("E-REQ"))


class TickField(BooleanField):
    """A box that has to be ticked; `code` says so when it is not. Only its own word counts: `no` is no consent."""

    ticked = "ya"

    def __init__(self, label: str, code: str, **more: Any) -> None:
        super().__init__(label, **more)
        self._code = code

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Ticked when the box's word was sent, and nothing else beside it."""
        self.data = set(valuelist) == {self.ticked}

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002  fixed by WTForms
        """Refuse an empty box."""
        if not self.data:
            raise StopValidation(text(self._code))


class OneOfField(RadioField):
    """Cards to choose one of."""

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002  fixed by WTForms
        """Refuse no choice, and a choice that was never offered."""
        _offered(self)


class ListField(SelectField):
    """A list to choose one of; its first, empty row is no choice."""

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002  fixed by WTForms
        """Refuse no choice, and a choice that was never offered."""
        _offered(self)


def listed(choices: Iterable[tuple[str, str]]) -> list[Any]:
    """Pairs of value and label as a field takes them."""
    return [SelectChoice(value, label) for value, label in choices]


def a_day(typed: str) -> date:
    """A date as a browser's date field sends it (YYYY-MM-DD); E-DATE otherwise."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise RuleBroken("E-DATE") from None


def plain(typed: str | None) -> str:
    """What was typed, without control characters, with single spaces."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in typed or "").split())


def _offered(field: SelectField) -> None:
    if not field.data or field.data not in [choice[0] for choice in field.iter_choices()]:
        raise StopValidation(text("E-SEL"))
