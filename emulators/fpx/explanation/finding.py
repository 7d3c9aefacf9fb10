"""Why a checkSum was not accepted: reads it, opens it with the keys known, and compares its digest with guesses."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from emulators.fpx.explanation.hypotheses import search
from emulators.fpx.explanation.received import Guess, Received
from emulators.fpx.explanation.signature import SHORTENED, Opened, opened, readings
from emulators.fpx.explanation.words import sentence
from emulators.fpx.messages.wire import CHECKSUM_FIELD

SWITCH = "FPX"
"""The owner's name of the switch's own key."""


@dataclass(frozen=True)
class Finding:
    """One mistake by id, the fields concerned (wire names, joined by commas), and what it means in two languages."""

    mistake: str
    field: str
    sentence: str
    sentence_malay: str
    source_signed: str = ""
    """The text that was signed instead, where it was proven."""


@dataclass(frozen=True)
class _Fact:
    """A mistake the signature itself shows, or the search has proven."""

    mistake: str
    guess: Guess


@dataclass(frozen=True)
class Keyring:
    """The keys a message should be signed with, the switch's own, and those of the other exchanges by id."""

    owner: str
    key: RSAPublicKey
    switch: RSAPublicKey
    others: tuple[tuple[str, RSAPublicKey], ...] = ()
    more: tuple[RSAPublicKey, ...] = ()
    """Further keys of the same owner, who is rolling over."""

    def all(self) -> Iterable[tuple[str, RSAPublicKey]]:
        """Every key with its owner, the right ones first."""
        return (*((self.owner, key) for key in (self.key, *self.more)), (SWITCH, self.switch), *self.others)


def find(received: Received, signature: str, keyring: Keyring) -> Finding:
    """The mistake in a checkSum that does not verify; `unknown` unless an equal digest proves another."""
    if not signature.strip():
        return _told([_Fact("field-missing", Guess("", ("checkSum",), variant="checksum"))])
    if keyring.key.public_numbers() == keyring.switch.public_numbers():
        return _told([_Fact("switch-certificate", Guess("", ("checkSum",), keyring.owner, "registered"))])
    read = _read(signature, keyring, received.expected.encode())
    if read is None:
        return _hashed(received, signature) or _unread(signature, keyring)
    reading, owner, found = read
    facts = list(_facts_of(reading, owner, found))
    proven = (
        ((), Guess(received.expected)) if found.signs(received.expected.encode()) else search(received, found.signs)
    )
    if proven is None:
        return _told([_Fact("unknown", Guess("", detail=owner, variant="text")), *facts])
    mistakes, guess = proven
    text = guess.text.decode("utf-8", "backslashreplace") if isinstance(guess.text, bytes) else guess.text
    if len(mistakes) == 1:
        facts.append(_Fact(mistakes[0], guess))
    else:
        facts.extend(_Fact(mistake, Guess(text, variant="together")) for mistake in mistakes)
    return _told(facts, text)


def _read(signature: str, keyring: Keyring, expected: bytes) -> tuple[str, str, Opened] | None:
    for owner, key in keyring.all():
        for reading, content in readings(signature, (key.key_size + 7) // 8):
            if (found := opened(content, key)) is not None and (found.sure or found.signs(expected)):
                return reading, owner if owner != keyring.owner else "", found
    return None


def _hashed(received: Received, signature: str) -> Finding | None:
    """A digest of the text, posted as if it were its signature."""
    for name in ("sha1", "sha256", "sha512", "md5"):
        digest = hashlib.new(name, received.expected.encode(), usedforsecurity=False).digest()
        if any(content == digest for _, content in readings(signature, len(digest))):
            return _told([_Fact("digest", Guess("", ("checkSum",), _spelled(name), "alone"))])
    return None


def _unread(signature: str, keyring: Keyring) -> Finding:
    size = (keyring.key.key_size + 7) // 8
    fits = next(readings(signature, size), None)
    if fits is None or fits[0] == SHORTENED:
        variant, detail = "length", f"{2 * size}"
    else:
        variant, detail = "key", keyring.owner
    return _told([_Fact("unknown", Guess("", ("checkSum",), detail, variant))])


def _facts_of(reading: str, owner: str, found: Opened) -> Iterable[_Fact]:
    if owner == SWITCH:
        yield _Fact("switch-certificate", Guess("", ("checkSum",), variant="signed"))
    elif owner:
        yield _Fact("other-key", Guess("", ("checkSum",), owner))
    if reading != "hex":
        yield _Fact("encoding", Guess("", ("checkSum",), reading))
    if found.padding != "v1.5":
        detail = f"PSS with {_spelled(found.digest)}" if found.padding == "PSS" else found.padding
        yield _Fact("padding", Guess("", ("checkSum",), detail))
    elif found.digest != "sha1":
        yield _Fact("digest", Guess("", ("checkSum",), _spelled(found.digest)))


def _spelled(digest: str) -> str:
    return digest.upper().replace("SHA", "SHA-").replace("SHA-3_", "SHA3-")


def _told(facts: list[_Fact], source_signed: str = "") -> Finding:
    """One finding of what is known; of several mistakes the first gives its id and the sentence names all."""
    names = dict.fromkeys(name for fact in facts for name in fact.guess.names)
    english, malay = (
        " ".join(each) for each in zip(*(sentence(fact.mistake, fact.guess) for fact in facts), strict=True)
    )
    field = ",".join(names) or CHECKSUM_FIELD
    return Finding(facts[0].mistake, field, english, malay, source_signed)
