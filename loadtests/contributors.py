"""Prepared contributors, each of whom renews once: fetched in batches, and fetched again before they run out."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

import httpx

from features.people import Person
from loadtests.errors import NoContributors

FETCH_SECONDS = 60.0


class Pool:
    """Hands each contributor out once. Safe for many threads, and for Locust's greenlets once it has patched them."""

    def __init__(self, fetch: Callable[[int], list[Person]], batch: int) -> None:
        """`fetch(count)` makes contributors; `batch` is how many at a time. A refill begins at half a batch."""
        self._fetch = fetch
        self._batch = batch
        self._ready: deque[Person] = deque()
        self._changed = threading.Condition()
        self._fetching = False
        self._trouble: Exception | None = None

    def fill(self) -> None:
        """Fetch the first batch and wait for it, before anything is measured."""
        people = self._fetch(self._batch)
        with self._changed:
            self._ready.extend(people)

    def take(self) -> Person:
        """The next contributor; waits for a refill when there is none.

        Raises:
            NoContributors: the refill this caller waited for failed. The next caller tries again.
        """
        with self._changed:
            while True:
                if len(self._ready) <= self._batch // 2 and not self._fetching:
                    self._fetching, self._trouble = True, None
                    threading.Thread(target=self._refill, name="contributors", daemon=True).start()
                if self._ready:
                    return self._ready.popleft()
                self._changed.wait_for(lambda: self._ready or not self._fetching)
                if self._trouble is not None and not self._ready:
                    raise NoContributors(str(self._trouble)) from self._trouble

    def _refill(self) -> None:
        people: list[Person] = []
        trouble: Exception | None = None
        try:
            people = self._fetch(self._batch)
        except Exception as error:  # noqa: BLE001  nobody stands above a thread: whoever waits must hear of anything
            trouble = error
        with self._changed:
            self._ready.extend(people)
            self._trouble = trouble
            self._fetching = False
            self._changed.notify_all()


def from_portal(portal: str, token: str | None) -> Callable[[int], list[Person]]:
    """A fetch that asks the portal's control door `POST /_control/contributors`: accounts whose cover has ended."""
    headers = {"X-Control-Token": token} if token else {}

    def fetch(count: int) -> list[Person]:
        url = f"{portal}/_control/contributors"
        try:
            answer = httpx.post(url, json={"count": count}, headers=headers, timeout=FETCH_SECONDS, trust_env=False)
        except httpx.HTTPError as error:
            raise NoContributors(f"{url} did not answer: {error}") from error
        if answer.status_code != httpx.codes.OK:
            raise NoContributors(f"{url} answered {answer.status_code}: {answer.text[:200]}")
        try:
            people = [Person.from_contributor(told) for told in answer.json()["contributors"]]
        except (ValueError, KeyError, TypeError) as error:
            raise NoContributors(f"{url} did not tell of contributors: {error!r}") from error
        if not people:
            raise NoContributors(f"{url} prepared nobody")
        return people

    return fetch
