"""Carries the applicant's requests over Locust's fast client, so that each is counted under its guide step."""

from __future__ import annotations

from collections.abc import Mapping

from locust.contrib.fasthttp import FastHttpSession

from features.transport import Response, Unreachable


class LocustTransport:
    """A `features.transport.Transport`: keeps cookies, follows no redirect."""

    def __init__(self, session: FastHttpSession) -> None:
        self._session = session

    def request(self, method: str, url: str, *, data: bytes | None, headers: Mapping[str, str], name: str) -> Response:
        """Send one request; Locust counts it as `name`.

        Raises:
            Unreachable: no answer came.
        """
        with self._session.request(
            method,
            url,
            name=name,
            data=data,  # type: ignore[arg-type]  # the client sends bytes as they are; Locust's hint forgets them
            headers=dict(headers),
            allow_redirects=False,
            catch_response=True,
        ) as answer:
            if not answer.status_code:
                answer.failure(f"no answer: {answer.error}")
                raise Unreachable(str(answer.error))
            told = {key.lower(): value for key, value in (answer.headers or {}).items()}
            return Response(answer.status_code, url, told, answer.content or b"")

    def forget_cookies(self) -> None:
        """The next contributor sits down at a browser of their own."""
        self._session.cookiejar.clear()
