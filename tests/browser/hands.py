"""Two ways to use a page: by pointing at things, and by the keyboard alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from playwright.sync_api import FileChooser, FilePayload, Locator, Page, expect

MOST_TABS = 120
"""More stops than any page has: whoever needs more presses of Tab goes round in circles."""
MOST_ARROWS = 40
"""More than the choices of any list."""


class Hands(Protocol):
    """What a walker does to a page."""

    def press(self, button: Locator) -> None:
        """A button or a link."""

    def type(self, field: Locator, words: str) -> None:
        """Into a field."""

    def choose(self, page: Page, name: str, value: str) -> None:
        """One of the radio buttons or list entries called `name`, or tick the box of that value."""

    def date(self, field: Locator, day: str) -> None:
        """YYYY-MM-DD into a date field."""

    def attach(self, field: Locator, file: FilePayload) -> None:
        """A file."""

    def in_order(self, page: Page, names: Iterable[str]) -> list[str]:
        """The fields in the order in which these hands come to them."""


class Pointing:
    """A mouse or a finger."""

    def press(self, button: Locator) -> None:
        """Click."""
        button.click()

    def type(self, field: Locator, words: str) -> None:
        """Click and type."""
        field.fill(words)

    def choose(self, page: Page, name: str, value: str) -> None:
        """Click the one of that value."""
        field = page.locator(f"[name={name}]").first
        if field.evaluate("field => field.type") == "select-one":
            field.select_option(value)
        else:
            page.locator(f"[name={name}][value={value!r}]").check()

    def date(self, field: Locator, day: str) -> None:
        """Pick the day."""
        field.fill(day)

    def attach(self, field: Locator, file: FilePayload) -> None:
        """Pick the file."""
        field.set_input_files(file)

    def in_order(self, page: Page, names: Iterable[str]) -> list[str]:  # noqa: ARG002  the other hands need it
        """As they come to mind: a pointer is anywhere at once."""
        return list(names)


class Typing:
    """Tab, Enter, Space, arrows and letters; nothing is ever pointed at."""

    def press(self, button: Locator) -> None:
        """Enter, once it has the focus."""
        self._reach(button)
        button.page.keyboard.press("Enter")

    def type(self, field: Locator, words: str) -> None:
        """Over whatever stands there."""
        self._reach(field)
        field.page.keyboard.press("ControlOrMeta+a")
        field.page.keyboard.insert_text(words)

    def choose(self, page: Page, name: str, value: str) -> None:
        """Space takes the first of a group, the arrows go on from there."""
        group = page.locator(f"[name={name}]")
        field = group.first
        if field.evaluate("field => field.type") == "radio":
            self._reach(group)
            page.keyboard.press("Space")
        else:
            self._reach(field)
        if field.evaluate("field => field.type") == "checkbox":
            page.keyboard.press("Space")
            return
        for _ in range(MOST_ARROWS):
            if page.evaluate("document.activeElement.value") == value:
                return
            page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows do not lead to {value!r} of {name}")

    def date(self, field: Locator, day: str) -> None:
        """Part by part, in the order of the reader's country."""
        self._reach(field)
        year, month, of_month = day.split("-")
        for parts in ((of_month, month, year), (month, of_month, year)):
            field.page.keyboard.type("".join(parts))
            if field.input_value() == day:
                return
            for _ in parts:
                field.page.keyboard.press("ArrowLeft")
        raise AssertionError(f"{day} cannot be typed: {field.input_value()!r}")

    def attach(self, field: Locator, file: FilePayload) -> None:
        """Space opens the system's own window, which picks the file."""
        self._reach(field)
        with field.page.expect_file_chooser() as coming:
            field.page.keyboard.press("Space")
        chooser: FileChooser = coming.value
        chooser.set_files(file)

    def in_order(self, page: Page, names: Iterable[str]) -> list[str]:
        """As they stand on the page: nobody goes round it once for each."""
        fields: list[str] = page.evaluate("[...document.querySelectorAll('main [name]')].map(field => field.name)")
        return sorted(names, key=fields.index)

    def _reach(self, target: Locator) -> None:
        """Tab until the target, or one of several, has the focus: shown (WCAG 2.4.7), and on the screen (2.4.11)."""
        focused = target.and_(target.locator("xpath=ancestor::html").locator(":focus-visible"))
        for _ in range(MOST_TABS):
            if focused.count():
                expect(focused).to_be_in_viewport()
                return
            target.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never comes to {target}")
