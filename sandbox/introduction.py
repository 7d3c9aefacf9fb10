"""Before money can move, FPX must know the merchant's certificate and the merchant must have that of FPX.

In production people do this by letter and e-mail; here the front door does it, over HTTP like everything else.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import httpx

from emulators.foundation.doorkeeper import TOKEN_HEADER
from emulators.foundation.trust import trusted_roots
from reference_portal.gateways.fpx_rollover import CURRENT_PATH, NEXT_FILE, NEXT_PATH
from reference_portal.keys import merchant_key
from reference_portal.settings import PortalSettings
from sandbox.errors import IntroductionFailed

SELLER_NAME = "iPERKESO Sandbox"
FPX_CERTIFICATES = {"fpx_current.cer": CURRENT_PATH, NEXT_FILE: NEXT_PATH}
"""What the merchant keeps of FPX, by the name of its file."""
ANSWER_SECONDS = 5.0
RETRY_SECONDS = 0.5


def introduce(portal: PortalSettings, *, fpx_control_token: str | None = None, server_url: str | None = None) -> None:
    """Register the portal's certificate and callback addresses with FPX, and fetch the certificates of FPX.

    Args:
        portal: the portal as it was told to be; its key and certificate are made if this is its first start.
        fpx_control_token: what the control doors of FPX ask for, if anything.
        server_url: the portal as FPX's own server reaches it; the public address when absent.

    Raises:
        IntroductionFailed: FPX does not answer, or refuses.
    """
    seller = {
        "exchange_id": portal.exchange_id,
        "seller_id": portal.seller_id,
        "name": SELLER_NAME,
        "certificate": merchant_key(portal.keys_dir, portal.exchange_id).certificate,
        "direct_url": f"{(server_url or portal.public_url).rstrip('/')}/fpx/direct",
        "indirect_url": f"{portal.public_url.rstrip('/')}/fpx/indirect",
    }
    fpx = portal.fpx_server_url.rstrip("/")
    headers = {TOKEN_HEADER: fpx_control_token} if fpx_control_token else {}
    try:
        with httpx.Client(timeout=ANSWER_SECONDS, trust_env=False, verify=trusted_roots()) as client:
            _well(client.post(f"{fpx}/_control/sellers", json=seller, headers=headers))
            theirs = {name: _well(client.get(f"{fpx}{path}")).content for name, path in FPX_CERTIFICATES.items()}
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise IntroductionFailed(f"FPX does not answer at {fpx}: {error}") from error
    for name, content in theirs.items():
        _replace(portal.keys_dir / name, content)


class Introduction:
    """An introduction that is tried until it succeeds; until then the portal answers `/readyz` with 503."""

    def __init__(self, introduce: Callable[[], None], complain: Callable[[str], None]) -> None:
        """`introduce` raises `IntroductionFailed`; `complain` is told why it has not happened yet, once."""
        self._introduce = introduce
        self._complain = complain
        self._done = threading.Event()

    def before(self, app: WSGIApplication) -> WSGIApplication:
        """The application, except that it is not ready until the introduction is done."""

        def gate(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
            if environ["PATH_INFO"] != "/readyz" or self._done.is_set():
                return app(environ, start_response)
            start_response("503 Service Unavailable", [("Content-Type", "text/plain; charset=utf-8")])
            return [b"portal is not ready: it has not been introduced to FPX yet\n"]

        return gate

    def persist(self) -> None:
        """Try until it is done."""
        while not self._done.is_set():
            try:
                self._introduce()
            except IntroductionFailed as error:
                self._complain(f"{error}; trying until it does")
                self._complain = _not_again
                time.sleep(RETRY_SECONDS)
            else:
                self._done.set()


def _not_again(_sentence: str) -> None:
    """The first complaint is enough."""


def _well(answer: httpx.Response) -> httpx.Response:
    if answer.is_success:
        return answer
    raise IntroductionFailed(
        f"{answer.request.method} {answer.request.url} answered {answer.status_code}: {answer.text.strip()[:1000]}"
    )


def _replace(path: Path, content: bytes) -> None:
    draft = path.with_suffix(f".{os.getpid()}.{threading.get_ident()}.new")
    draft.write_bytes(content)
    draft.replace(path)
