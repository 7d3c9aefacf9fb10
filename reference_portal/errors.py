"""Everything the portal can refuse, in three families: the caller's mistake, a gateway's trouble, our own. Pure."""

from __future__ import annotations

from collections.abc import Sequence


class PortalError(Exception):
    """Something the portal could not do. `code` names the sentence in `messages` that says so to the applicant."""

    status = 500
    code = "E-SYS"

    def __init__(self, reason: str = "", **values: object) -> None:
        super().__init__(reason or self.code)
        self.reason = reason
        self.values = values


class CallersMistake(PortalError):
    """The person or the program in front of the portal has to change something."""

    status = 400


class RuleBroken(CallersMistake):
    """A rule of the scheme or of a form says no: `code` is an id of `messages`, `values` fill its sentence."""

    status = 422

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(f"{code} {values}" if values else code, **values)
        self.code = code


class RulesBroken(RuleBroken):
    """Several rules say no at once: `broken`, each to be said; the first speaks where there is room for one."""

    def __init__(self, broken: Sequence[RuleBroken]) -> None:
        super().__init__(broken[0].code, **broken[0].values)
        self.broken = tuple(broken)


class NotHere(CallersMistake):
    """No page, order or receipt of that name belongs to whoever asks."""

    status = 404
    code = "E-404"


class NotAllowed(CallersMistake):
    """The page exists, but not for whoever asks."""

    status = 403
    code = "E-403"


class TooMany(CallersMistake):
    """Somebody has had their share of something that is rationed; `m` minutes from now they may try again."""

    status = 429
    code = "E-RATE"

    def __init__(self, reason: str, seconds: int) -> None:
        super().__init__(reason, m=max(1, -(-seconds // 60)))
        self.seconds = seconds


class GatewayError(PortalError):
    """A wire of the portal is in trouble; nothing the applicant typed is wrong."""

    status = 503


_SENTENCE_OF_GATEWAY = {"FPX": "E-PAY-10", "SMS": "E-SMS", "mail": "E-MAIL"}


class GatewayDown(GatewayError):
    """The gateway does not answer, or answers that it cannot serve: worth trying again."""

    def __init__(self, gateway: str, reason: str) -> None:
        super().__init__(f"{gateway}: {reason}")
        self.gateway = gateway
        self.code = _SENTENCE_OF_GATEWAY.get(gateway, "E-SYS")


class GatewayRefused(GatewayError):
    """The gateway answered and will not do this one thing; trying the same again is useless."""

    status = 502

    def __init__(self, gateway: str, wire_code: str, reason: str) -> None:
        super().__init__(f"{gateway} refused ({wire_code}): {reason}")
        self.gateway = gateway
        self.wire_code = wire_code
        self.code = _SENTENCE_OF_GATEWAY.get(gateway, "E-SYS")


class Forged(GatewayError):
    """A message that claims to be FPX's and is not: nothing in it may be believed."""

    status = 400


class OurFault(PortalError):
    """A promise of our own code was broken."""


class IllegalMove(OurFault):
    """A state machine was asked for a move its table does not have; nothing has changed."""
