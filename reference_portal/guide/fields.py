"""The fields a form of the guide is made of: each obeys a rule and says the sentence of the one that was broken."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from wtforms import BooleanField, PasswordField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import StopValidation

from reference_portal.errors import RuleBroken
from reference_portal.speech import Later, say


class TypedField(StringField):
    """A line of text; `value` is what its rule made of it. Control characters are dropped and outer space with them."""

    value: Any = None

    def __init__(
        self,
        label: str | Later,
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
            raise StopValidation(say("E-REQ")) if self._needed else StopValidation()
        if len(typed) > self._longest:
            raise StopValidation(say("E-LEN", max=self._longest))
        try:
            self.value = self._rule(typed)
        except RuleBroken as broken:
            raise StopValidation(say(broken.code, **broken.values)) from broken


class SecretField(PasswordField):
    """A password: kept exactly as typed, never written back into the page."""

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002  fixed by WTForms
        """Refuse an empty one."""
        if not self.data:
            raise StopValidation(say("E-REQ"))


class TickField(BooleanField):
    """A box that has to be ticked; `code` says so when it is not. Only its own word counts: `no` is no consent."""

    ticked = "ya"

    def __init__(self, label: str | Later, code: str, **more: Any) -> None:
        super().__init__(label, **more)
        self._code = code

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Ticked when the box's word was sent, and nothing else beside it."""
        self.data = set(valuelist) == {self.ticked}

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002  fixed by WTForms
        """Refuse an empty box."""
        if not self.data:
            raise StopValidation(say(self._code))


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


def listed(choices: Iterable[tuple[str, str | Later]]) -> list[Any]:
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
        raise StopValidation(say("E-SEL"))
