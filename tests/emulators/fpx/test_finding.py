"""Every planted mistake is named, and none is named that is not there."""

from __future__ import annotations

import string
from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from emulators.fpx.explanation import finding, hypotheses, words
from emulators.fpx.explanation.received import Received
from emulators.fpx.explanation.signature import opened
from tests.emulators.fpx import planted
from tests.emulators.fpx.planted import BEYOND, PLANTED, Planted


def stranger(seed: int) -> rsa.RSAPublicKey:
    """A public key of nobody; that its number is no product of two primes does not matter to who has signed."""
    return rsa.RSAPublicNumbers(65537, Random(seed).getrandbits(2048) | 1 << 2047 | 1).public_key()


MINE = planted.key().public_key()
OURS, THEIRS = stranger(1), stranger(2)
KEYRING = finding.Keyring("EX00000789", MINE, OURS, (("EX00000111", THEIRS),))


def named(one: Planted, keyring: finding.Keyring = KEYRING) -> finding.Finding:
    """What is found in the message of a planted mistake."""
    message = one.message()
    return finding.find(Received(message, planted.order_of(one.posted)), message["fpx_checkSum"], keyring)


@pytest.mark.parametrize("one", PLANTED, ids=lambda one: f"{one.mistake}: {one.name}")
def test_a_planted_mistake_is_named(one):
    """By id and by field; where a text was proven, it is the one that was signed."""
    found = named(one)
    told = {name if name[0].isupper() else f"fpx_{name}" for name in (one.says or "checkSum").split(",")}

    assert found.mistake == one.mistake, found
    assert one.says == "*" or set(found.field.split(",")) == told, found
    assert "{" not in found.sentence + found.sentence_malay
    signed = one.write(one.posted)
    assert not isinstance(signed, str) or found.source_signed in (signed, "")


@pytest.mark.parametrize("one", BEYOND, ids=lambda one: one.name)
def test_what_cannot_be_proven_is_unknown(one):
    """Nothing is named with confidence; what the signature itself shows is said all the same."""
    found = named(one)

    assert (found.mistake, found.field, found.source_signed) == ("unknown", "fpx_checkSum", "")
    assert ("SHA-256" in found.sentence) == one.name.startswith("SHA-256")
    assert ("base64" in found.sentence) == one.name.startswith("base64")


def test_the_corpus_is_as_large_as_it_says():
    """Every id of the list but the keys' own is planted, most of them more than once."""
    ids = {one.mistake for one in PLANTED} | {"other-key", "switch-certificate", "unknown"}

    assert len(PLANTED) >= 45
    assert ids == {mistake.partition(":")[0] for mistake in words.templates()}
    assert {mistake for mistake, _ in hypotheses.HYPOTHESES} < ids


TWO = [
    Planted("plus-not-decoded", "plus and no blanks", write=lambda fields: planted.dropped(fields).replace(" ", "+")),
    Planted("field-order", "posted order, no blanks", write=lambda fields: "|".join(filter(None, fields.values()))),
]


@pytest.mark.parametrize("one", TWO, ids=lambda one: one.name)
def test_two_mistakes_at_once_are_both_said(one):
    """The first gives the id, the sentence tells of both."""
    found = named(one)

    assert found.mistake == one.mistake
    assert "Blank values were left out" in found.sentence
    assert found.source_signed == one.write(one.posted)


def test_whose_key_signed_is_told():
    """Another exchange's, the switch's own, or the switch's certificate registered as the exchange's."""
    good = Planted("", "good")

    other = named(good, finding.Keyring("EX00000789", THEIRS, OURS, (("EX00000333", OURS), ("EX00000222", MINE))))
    ours = named(good, finding.Keyring("EX00000789", THEIRS, MINE))
    registered = named(good, finding.Keyring("EX00000789", OURS, OURS))
    nobody = named(good, finding.Keyring("EX00000789", THEIRS, OURS))

    assert (other.mistake, "EX00000222" in other.sentence) == ("other-key", True)
    assert ours.mistake == registered.mistake == "switch-certificate"
    assert nobody.mistake == "unknown"


def test_the_search_is_bounded():
    """Long and wide messages are given up by count of characters and candidates, not by patience."""
    counted: list[int] = []

    def signs(text: bytes) -> bool:
        counted.append(len(text))
        return False

    own = {f"own{number}": "x" * 3000 for number in range(500)}
    wide = Received(own | {f"fpx_{name}": value for name, value in planted.AR.items()}, planted.ORDERS["AR"])
    long = Received({"fpx_buyerName": "%41+" * 16_000}, planted.ORDERS["AR"])

    assert hypotheses.search(wide, signs) is None
    assert len(counted) <= hypotheses.CANDIDATES
    assert sum(counted) <= hypotheses.CHARACTERS
    counted.clear()
    assert hypotheses.search(long, signs) is None
    assert counted == []


def test_a_signature_nobody_made_costs_no_search(monkeypatch):
    """Only a signature that a registered key opened is worth trying texts against."""
    monkeypatch.setattr(finding, "search", lambda *_: pytest.fail("searched"))
    fields = {f"fpx_{name}": value for name, value in planted.AR.items()}
    source = Random(7)
    for _ in range(20):
        rubbish = source.randbytes(256).hex()
        assert finding.find(Received(fields, planted.ORDERS["AR"]), rubbish, KEYRING).mistake == "unknown"


def test_rubbish_never_falls():
    """Any text for a checksum and any fields are explained, whatever they hold."""
    source = Random(3)
    letters = string.printable + "é\0\u20ac\U0001f600"
    for _ in range(60):
        fields = {f"fpx_{name}": "".join(source.choices(letters, k=source.randrange(9))) for name in planted.AR}
        signature = "".join(source.choices(letters, k=source.randrange(600)))
        assert finding.find(Received(fields, planted.ORDERS["AR"]), signature, KEYRING).sentence


def test_the_same_message_is_always_explained_alike():
    """No chance, no clock."""
    assert named(PLANTED[1]) == named(PLANTED[1])


def test_what_opens_is_the_digest_that_was_signed():
    """The recovered digest is that of the text, and of no other."""
    found = opened(planted.sign("text"), MINE)

    assert found is not None
    assert (found.padding, found.digest, found.signs(b"text"), found.signs(b"text ")) == ("v1.5", "sha1", True, False)
    assert opened(planted.sign("text"), THEIRS) is None
