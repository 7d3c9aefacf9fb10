"""What a Malaysian carrier does to a text, and which of its rules a text breaks; pure.

Alphanumeric senders are not carried: a phone shows a five-digit code (confidence medium). RM0.00 is put before the text
and takes segment space (medium). Since September 2024 a text with a link, a number to call back or a request for
personal data is blocked (high), and the brand must be named (medium). How a filter recognises each is a guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from emulators.sms.settings import SmsSettings

_BOUND_LINE = re.compile(r"\n@[^\s@#]+ #\S+[^\n]*$")
_LINK = re.compile(
    r"\b(?:https?://|www\.)\S+|\b(?:[a-z0-9-]+\.)+(?:com|net|org|my|info|biz|ly|io|co|me|link|app|shop|xyz)\b(?:/\S*)?",
    re.IGNORECASE,
)
_TELEPHONE = re.compile(
    r"(?<![\w.])(?:\+?60[ -]?|0)\d{1,2}[ -]?\d{3,4}[ -]?\d{4}(?!\d)|\b1[38]00[ -]?\d{2}[ -]?\d{4}\b"
)
_PERSONAL = re.compile(
    r"\b(?:balas|hantar|beri|isi|kemas ?kini|sahkan|reply|send|provide|confirm|update|enter)\b[^.!?\n]{0,60}?"
    r"\b(?:kad pengenalan|mykad|(?:no\.?|nombor) ?(?:ic|kp)|ic number|akaun bank|nombor akaun|account number"
    r"|kata laluan|password|pin|cvv)\b",
    re.IGNORECASE,
)
_NO_BRAND = r"OTP|OTAC|TAC|PIN|SMS|URL|CVV|KP|IC|RM|MYR|FPX|ID|QR|YA|STOP|JANGAN|KOD|DO|NOT|SHARE"
_BRAND = rf"(?!(?i:{_NO_BRAND})\b)"
_NAMED = re.compile(rf"^\[?{_BRAND}[A-Z][\w.&' -]{{1,30}}[\]:]|\b{_BRAND}[A-Za-z]*[A-Z][A-Za-z]*[A-Z]\w*")
_CODE = re.compile(r"[126][0-9]{4}")


@dataclass(frozen=True)
class Broken:
    """A rule a text breaks."""

    rule: str
    sentence: str
    evidence: str = ""
    """What in the text or beside it breaks the rule."""
    stops: bool = True
    """Whether the carrier would stop the text for it; else it only changes what is shown."""

    def as_json(self) -> dict[str, str | bool]:
        """How the reading door shows it."""
        return {"rule": self.rule, "sentence": self.sentence, "evidence": self.evidence, "stops": self.stops}


@dataclass(frozen=True)
class CarrierProfile:
    """A carrier as the settings tell it; without a name it does nothing."""

    name: str = ""
    prefix: str = ""
    sender: str = ""
    brands: tuple[str, ...] = ()
    enforced: bool = False

    @classmethod
    def of(cls, settings: SmsSettings) -> CarrierProfile:
        """The profile the settings choose."""
        if not settings.carrier_profile:
            return cls()
        return cls(
            settings.carrier_profile,
            settings.carrier_prefix,
            settings.carrier_sender,
            settings.carrier_brands,
            settings.carrier_enforced,
        )

    def shown_sender(self, sender: str | None) -> str:
        """What stands above the text on a phone."""
        kept = not self.name or (sender is not None and _CODE.fullmatch(sender))
        return (sender or "") if kept else self.sender

    def broken(self, body: str, sender: str | None) -> list[Broken]:
        """The rules a text breaks, those that stop it first."""
        if not self.name:
            return []
        text = _BOUND_LINE.sub("", body)
        found = []
        if link := _LINK.search(text):
            found.append(Broken("link", "A text may hold no link.", link[0][:60]))
        if number := _TELEPHONE.search(_LINK.sub(" ", text)):
            found.append(Broken("call_back", "A text may hold no number to call back.", number[0]))
        if request := _PERSONAL.search(text):
            found.append(Broken("personal_data", "A text may not ask for personal data.", request[0][:60]))
        if not self._names_a_brand(text):
            found.append(Broken("brand", "A text must name its brand.", ", ".join(self.brands)))
        if sender and not _CODE.fullmatch(sender):
            sentence = f"Only five-digit codes are carried: the phone shows {self.sender}."
            found.append(Broken("sender", sentence, sender, stops=False))
        if text != body:
            sentence = "The line @host #code may be taken for a link; sandboxes cannot know."
            found.append(Broken("bound_line", sentence, body[len(text) :].strip()[:60], stops=False))
        return found

    def stopped(self, body: str, sender: str | None) -> bool:
        """Whether the carrier stops a text, as far as its rules are enforced."""
        return self.enforced and any(each.stops for each in self.broken(body, sender))

    def _names_a_brand(self, text: str) -> bool:
        if self.brands:
            return any(brand.lower() in text.lower() for brand in self.brands)
        return _NAMED.search(text) is not None
