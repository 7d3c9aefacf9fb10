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
    """The page was not the one the guide promises; tells the step, the address, the title and the error it shows."""

    def __init__(self, step: str, expected: str, page: Page) -> None:
        self.step = step
        self.expected = expected
        self.page = page
        self.url = page.url
        self.title = page.title
        self.alerts: Sequence[str] = page.alerts
        said = f" and says: {_called_out(page)}" if page.alerts or page.status >= 400 else ""
        super().__init__(f"{step}: expected {expected}; the page is {self.url} [{page.status}, {self.title!r}]{said}")


class Refused(WhatThePageSaid):
    """The portal understood the applicant and said no: a field error, an alert, a payment that did not succeed."""


class NotRefused(JourneyStopped):
    """What should have been refused went through."""

    def __init__(self, deed: str, page: Page) -> None:
        super().__init__(f"{deed} should have been refused, but it led to {page.url} ({page.title!r})")
        self.page = page


def _called_out(page: Page) -> str:
    """The page's alerts, none that another one repeats; an error page without any is read as it stands."""
    alerts = [said for said in page.alerts if not any(said in other for other in page.alerts if other != said)]
    return " | ".join(alerts) or page.body[:300]
