"""FPX signatures against vectors made by another program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from emulators.fpx import checksum
from emulators.fpx.certificates import papers
from emulators.fpx.identity import load_private_key
from emulators.fpx.messages import ac, ae, ar, be

VECTORS = Path(__file__).parents[2] / "vectors"
ORDERS = {
    "ar": ar.CHECKSUM_ORDER,
    "ae": ae.CHECKSUM_ORDER,
    "ac": ac.CHECKSUM_ORDER,
    "be": be.CHECKSUM_ORDER,
    "bc": be.REPLY_CHECKSUM_ORDER,
}
CASES = [
    pytest.param(message, vector, id=f"{message}: {vector['name']}")
    for message in ORDERS
    for vector in json.loads((VECTORS / f"{message}.json").read_text())["vectors"]
]


@pytest.mark.parametrize(("message", "vector"), CASES)
def test_the_source_string_is_the_one_written_by_hand(message, vector):
    """Order, blanks, spaces and absent fields come out as the protocol says."""
    assert vector["source"] == checksum.source(vector["fields"], ORDERS[message])


@pytest.mark.parametrize(("message", "vector"), CASES)
def test_a_signature_made_by_openssl_verifies_in_either_case(message, vector, test_key):
    """Upper-case hexadecimal is official, lower case is accepted."""
    key = papers(test_key["public_key"])[0].key

    assert checksum.verifies(vector["source"], vector["signature"], key)
    assert checksum.verifies(vector["source"], vector["signature"].lower(), key)


@pytest.mark.parametrize(("message", "vector"), CASES)
def test_we_sign_as_openssl_does(message, vector, test_key):
    """The signature is the same to the digit: 512 upper-case hexadecimal digits."""
    signer = checksum.Signer(load_private_key(test_key["private_key"].encode()))
    signed = signer.signed(vector["fields"], ORDERS[message])

    assert vector["signature"] == signed["fpx_checkSum"]
    assert len(vector["signature"]) == 512


@pytest.mark.parametrize("name", ["fpx_txnAmount", "fpx_sellerExOrderNo", "fpx_buyerBankId", "fpx_buyerId"])
def test_any_other_value_does_not_verify(name, test_key):
    """One changed, added or trimmed value spoils the signature."""
    vector = json.loads((VECTORS / "ar.json").read_text())["vectors"][0]
    fields = vector["fields"] | {name: vector["fields"][name] + " "}
    text = checksum.source(fields, ar.CHECKSUM_ORDER)

    assert not checksum.verifies(text, vector["signature"], papers(test_key["public_key"])[0].key)


@pytest.mark.parametrize("signature", ["", "0", "XYZ", "00", "AB CD", "AB" * 256, "AB" * 100_000, "é" * 512])
def test_rubbish_for_a_signature_is_refused_quietly(signature, test_key):
    """What is not hexadecimal, or not of the key's length, is no signature and no error."""
    assert not checksum.verifies("text", signature, papers(test_key["public_key"])[0].key)
