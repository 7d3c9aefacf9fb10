"""The portal's end of the SMS gateway: Twilio's Messages resource, version 2010-04-01."""

from __future__ import annotations

import httpx

from reference_portal.errors import GatewayDown, GatewayRefused
from reference_portal.gateways.trust import trusted_roots
from reference_portal.settings import PortalSettings


class Sms:
    """Sends short messages."""

    def __init__(self, settings: PortalSettings) -> None:
        self._settings = settings
        self._http = httpx.Client(timeout=settings.sms_timeout_seconds, trust_env=False, verify=trusted_roots())

    def send(self, to: str, text: str) -> str:
        """Hand `text` to the gateway for `to` (E.164); returns the gateway's message id (`SM...`).

        GatewayDown when trying again may help (no answer, 429, 5xx), GatewayRefused with the gateway's code otherwise.
        """
        settings = self._settings
        path = f"/2010-04-01/Accounts/{settings.sms_account_sid}/Messages.json"
        url = settings.sms_url.rstrip("/") + path
        form = {"To": to, "From": settings.sms_sender, "Body": text}
        try:
            answer = self._http.post(url, data=form, auth=(settings.sms_account_sid, settings.sms_auth_token))
        except httpx.HTTPError as error:
            raise GatewayDown("SMS", f"{url}: {error or type(error).__name__}") from error
        told = _json(answer)
        if answer.status_code == httpx.codes.CREATED and isinstance(told.get("sid"), str):
            return str(told["sid"])
        reason = str(told.get("message") or f"answered {answer.status_code} without a reason")
        if httpx.codes.is_client_error(answer.status_code) and answer.status_code != httpx.codes.TOO_MANY_REQUESTS:
            raise GatewayRefused("SMS", str(told.get("code") or answer.status_code), reason)
        raise GatewayDown("SMS", reason)

    def close(self) -> None:
        """Let go of open connections."""
        self._http.close()


def _json(answer: httpx.Response) -> dict[str, object]:
    try:
        told = answer.json()
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
