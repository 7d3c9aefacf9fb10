"""What can stop a journey, told so that a person knows where to look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from features.page import Page


class JourneyStopped(Exception):
    """The applicant could not go on."""


class NobodyAnswers(JourneyStopped):
    """No server answered at the address."""

    def __init__(self, step: str, method: str, url: str, reason: object) -> None:
        super().__init__(f"{step}: nobody answers {method} {url}: {reason}")
        self.step = step
        self.url = url


class NoMessage(JourneyStopped):
    """A text message or a mail did not come within the limit."""


class WhatThePageSaid(JourneyStopped):
    """The page was not the one the guide promises; tells the step, the address, the title and the page's alerts."""

    def __init__(self, step: str, expected: str, page: Page) -> None:
        self.step = step
        self.expected = expected
        self.page = page
        self.url = page.url
        self.title = page.title
        self.alerts: Sequence[str] = page.alerts
        said = " | ".join(self.alerts) or page.body[:300]
        super().__init__(f"{step}: expected {expected}, but {self.url} [{page.status}, {self.title!r}] said: {said}")


class Refused(WhatThePageSaid):
    """The portal understood the applicant and said no: a field error, an alert, a payment that did not succeed."""


class NotRefused(JourneyStopped):
    """What should have been refused went through."""

    def __init__(self, deed: str, page: Page) -> None:
        super().__init__(f"{deed} should have been refused, but it led to {page.url} ({page.title!r})")
        self.page = page
