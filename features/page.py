"""A page as a person reads it: title, alerts, labels, and the forms and links behind them."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Sequence
from typing import Any, cast

from lxml import html
from lxml.html import HtmlElement

from features.transport import Response


class Page:
    """One answer of a server; HTML is parsed when first looked at."""

    def __init__(self, response: Response) -> None:
        self.response = response
        self.url = response.url
        self.status = response.status

    @property
    def is_html(self) -> bool:
        """Whether there is a page to read, rather than a file."""
        return "html" in self.response.headers.get("content-type", "")

    @functools.cached_property
    def document(self) -> HtmlElement:
        """The parsed page; an empty one when the answer is no HTML."""
        if not self.is_html or not self.response.body.strip():
            return html.document_fromstring("<html><body></body></html>")
        return html.document_fromstring(self.response.body, parser=html.HTMLParser(encoding="utf-8"))

    def find(self, path: str, within: HtmlElement | None = None) -> list[HtmlElement]:
        """Elements under an XPath."""
        return cast("list[HtmlElement]", (self.document if within is None else within).xpath(path))

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.response.body)

    @property
    def title(self) -> str:
        """The text of `<title>`."""
        return next((words(element) for element in self.find("//title")), "")

    @functools.cached_property
    def text(self) -> str:
        """Everything written on the page, spaces evened out."""
        if not self.is_html:
            return self.response.body[:500].decode("utf-8", "replace")
        return words(*self.find("//body"))

    @property
    def body(self) -> str:
        """What the page itself says, without the frame around it that every page has."""
        return words(*self.find("//main")) or self.text

    @property
    def step(self) -> str:
        """The guide's id the page carries, such as `L03`."""
        return self._main("data-step")

    @property
    def name(self) -> str:
        """The page's name, such as `register`."""
        return self._main("data-page")

    @functools.cached_property
    def alerts(self) -> Sequence[str]:
        """What the page calls out: alerts, and the errors beside fields."""
        called = self.find("//*[@role='alert'] | //*[contains(concat(' ', @class, ' '), ' error ')][not(@role)]")
        return tuple(dict.fromkeys(text for text in map(words, called) if text))

    def testid(self, name: str) -> str | None:
        """The text of the element marked `data-testid`; None when there is none."""
        return next((words(element) for element in self.find(f"//*[@data-testid='{name}']")), None)

    def error(self, field: str) -> str | None:
        """The message beside a field; None when the field is in order."""
        return next((words(element) for element in self.find(f"//*[@id='{field}-error']")), None)

    def value(self, field: str) -> str | None:
        """What stands in a field: its text, or the chosen one of several; None when nothing is chosen."""
        for control in self.find(f"//*[@name='{field}']"):
            if control.get("type") in ("radio", "checkbox"):
                if control.get("checked") is not None:
                    return control.get("value", "on")
            elif control.tag == "select":
                return next((option.get("value") for option in self.find(".//option[@selected]", control)), None)
            elif control.tag == "textarea":
                return (control.text or "").removeprefix("\n")
            else:
                return control.get("value", "")
        return None

    def choices(self, field: str) -> dict[str, bool]:
        """The values a radio group or select offers, and whether each can be chosen."""
        radios = self.find(f"//input[@name='{field}'] | //select[@name='{field}']//option")
        return {radio.get("value", ""): radio.get("disabled") is None for radio in radios}

    def pressable(self, label: str) -> HtmlElement | None:
        """The enabled button or link that reads exactly `label`; None when there is none."""
        return next((element for element in self.labelled(label) if not is_disabled(element)), None)

    def labelled(self, label: str) -> list[HtmlElement]:
        """Buttons and links that read `label`, disabled ones too; buttons first."""
        buttons = self.find("//button | //input[@type='submit']")
        links = self.find("//a | //*[@role='link']")
        return [element for element in buttons + links if (words(element) or element.get("value", "")) == label]

    def buttons(self) -> list[str]:
        """The labels of everything that can be pressed, for an error message."""
        pressables = self.find("//button | //input[@type='submit'] | //a[@href]")
        return [words(element) or element.get("value", "") for element in pressables]

    def _main(self, attribute: str) -> str:
        return next((element.get(attribute, "") for element in self.find("//main")), "")


def words(*elements: HtmlElement) -> str:
    """The text of elements with every run of white space as one space."""
    return " ".join(re.sub(r"\s+", " ", str(element.text_content())).strip() for element in elements)


def is_disabled(element: HtmlElement) -> bool:
    """Whether a button or link cannot be pressed."""
    without_target = element.tag == "a" and not element.get("href")
    return without_target or element.get("disabled") is not None or element.get("aria-disabled") == "true"
