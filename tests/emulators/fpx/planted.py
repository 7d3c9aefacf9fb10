"""Planted mistakes: each signs a message as a mistaken merchant would, with the published test key."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import quote, quote_plus, urlencode

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import MD5, SHA1, SHA256, SHA512, HashAlgorithm
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from emulators.fpx.messages import ac, ar, be

VECTORS = Path(__file__).parents[2] / "vectors"
ORDERS = {"AR": ar.CHECKSUM_ORDER, "AE": ar.CHECKSUM_ORDER, "BE": be.CHECKSUM_ORDER}
AR = {
    "msgType": "AR",
    "msgToken": "01",
    "sellerExId": "EX00000789",
    "sellerExOrderNo": "20190515090000-1",
    "sellerTxnTime": "20190515090000",
    "sellerOrderNo": "SBX-0000001",
    "sellerId": "SE00000789",
    "sellerBankCode": "01",
    "txnCurrency": "MYR",
    "txnAmount": "1157.20",
    "buyerEmail": "aminah+fpx@example.com",
    "buyerName": "Aminah O'Sandbox",
    "buyerBankId": "UJIAN001",
    "buyerBankBranch": "",
    "buyerAccNo": "",
    "buyerId": "",
    "makerName": "",
    "buyerIban": "",
    "productDesc": "Caruman SKSPS",
    "version": "7.0",
}
BE = {"msgType": "BE", "msgToken": "01", "sellerExId": "EX00000789", "version": "7.0"}
Fields = dict[str, str]
Writer = Callable[[Fields], str | bytes]


@cache
def key() -> rsa.RSAPrivateKey:
    """The test key of the vectors."""
    read = load_pem_private_key(json.loads((VECTORS / "test_key.json").read_text())["private_key"].encode(), None)
    assert isinstance(read, rsa.RSAPrivateKey)
    return read


def sign(
    text: str | bytes, digest: HashAlgorithm | None = None, scheme: padding.AsymmetricPadding | None = None
) -> bytes:
    """A signature as FPX asks for, unless told otherwise."""
    content = text if isinstance(text, bytes) else text.encode()
    return key().sign(content, scheme or padding.PKCS1v15(), digest or SHA1())


def hexadecimal(signature: bytes) -> str:
    """As FPX writes it."""
    return signature.hex().upper()


def order_of(fields: Fields) -> tuple[str, ...]:
    """The signed names of a message."""
    return ORDERS[fields["msgType"]]


def expected(fields: Fields) -> str:
    """The right text."""
    return line(fields, order_of(fields))


def line(fields: Fields, names: object, mark: str = "|") -> str:
    """The values of some names, joined."""
    return mark.join(fields.get(name, "") for name in names)  # type: ignore[attr-defined]


def without(*names: str) -> Writer:
    """The text without some fields."""
    return lambda fields: line(fields, [name for name in order_of(fields) if name not in names])


def having(**changes: str) -> Writer:
    """The text as it was before some values were altered."""
    return lambda fields: expected(fields | changes)


def each(rewrite: Callable[[str], str]) -> Writer:
    """The text with every value rewritten."""
    return lambda fields: "|".join(rewrite(fields.get(name, "")) for name in order_of(fields))


def exchanged(one: str, other: str) -> Writer:
    """The text with two values in each other's place."""
    swap = {one: other, other: one}
    return lambda fields: line(fields, [swap.get(name, name) for name in order_of(fields)])


def joined(mark: str) -> Writer:
    """The text with another separator."""
    return lambda fields: line(fields, order_of(fields), mark)


def dropped(fields: Fields) -> str:
    """The text without blanks."""
    return "|".join(value for name in order_of(fields) if (value := fields.get(name, "")))


@dataclass(frozen=True)
class Planted:
    """One mistake: what is posted, what is signed, how, and what must be said of it."""

    mistake: str
    name: str
    says: str = ""
    """The fields named (without `fpx_`, joined by commas); blank for fpx_checkSum, `*` for whatever."""
    posted: Fields = field(default_factory=lambda: dict(AR))
    write: Writer = expected
    signed: Callable[[str | bytes], bytes] = sign
    written: Callable[[bytes], str] = hexadecimal

    def message(self) -> Fields:
        """The fields under their wire names, signed."""
        signature = self.written(self.signed(self.write(self.posted)))
        own = {f"fpx_{name}" if name[0].islower() else name: value for name, value in self.posted.items()}
        return own | {"fpx_checkSum": signature}


def posting(**changes: str) -> Fields:
    """An AR that posts these values."""
    return AR | changes


def not_posting(*names: str) -> Fields:
    """An AR that does not post these fields."""
    return {name: value for name, value in AR.items() if name not in names}


def named(fields: Fields, names: Sequence[str] = ar.CHECKSUM_ORDER) -> Fields:
    """The values under their wire names."""
    return {f"fpx_{name}": fields[name] for name in names}


def form(fields: Fields) -> str:
    """A query string of all that is not blank, nothing encoded."""
    return "&".join(f"{name}={value}" for name, value in fields.items() if value)


def compact(values: object) -> str:
    """JSON as JavaScript writes it."""
    return json.dumps(values, separators=(",", ":"))


def digest(fields: Fields) -> bytes:
    """The SHA-1 digest of the right text."""
    return sha1(expected(fields))


def sha1(text: str | bytes) -> bytes:
    """A digest made apart from the signing."""
    return hashlib.sha1(text if isinstance(text, bytes) else text.encode(), usedforsecurity=False).digest()


def md5(text: str | bytes) -> bytes:
    """Another."""
    return hashlib.md5(text if isinstance(text, bytes) else text.encode(), usedforsecurity=False).digest()


def key_alone(content: bytes) -> bytes:
    """What PHP's openssl_private_encrypt makes: padded for signing, with no word of the digest."""
    size, numbers = 256, key().private_numbers()
    block = b"\0\1" + b"\xff" * (size - len(content) - 3) + b"\0" + content
    return pow(int.from_bytes(block), numbers.d, numbers.public_numbers.n).to_bytes(size)


SORTED = ar.CHECKSUM_ORDER
EARLY, LATE = "20190515090000", "20190515090001"
BLANK = "buyerAccNo,buyerBankBranch,buyerIban,buyerId,makerName"
SAMPLE = [name for name in AR if name in ar.CHECKSUM_ORDER]
MOVED = ["version", *ar.CHECKSUM_ORDER[:-1]]
URL = {"Url": "https://example.com/back"}


def with_url(fields: Fields) -> str:
    """amir's mistake: a field of one's own among the signed ones."""
    return line(fields, sorted([*ar.CHECKSUM_ORDER, "fpxUrl"]))


PLANTED = [
    Planted("field-order", "order of the sample form", write=lambda fields: line(fields, SAMPLE)),
    Planted("field-order", "two exchanged", "sellerId,sellerOrderNo", write=exchanged("sellerId", "sellerOrderNo")),
    Planted("field-order", "version first", "*", write=lambda fields: line(fields, MOVED)),
    Planted("field-order", "backwards", write=lambda fields: line(fields, ar.CHECKSUM_ORDER[::-1])),
    Planted("field-order", "BE in another order", "*", dict(BE), lambda fields: line(fields, list(BE))),
    Planted("field-missing", "version not signed", "version", write=without("version")),
    Planted("field-missing", "product not signed", "productDesc", write=without("productDesc")),
    Planted("field-missing", "a blank one not signed", "makerName", write=without("makerName")),
    Planted("field-missing", "two not signed", "buyerEmail,version", write=without("version", "buyerEmail")),
    Planted(
        "field-missing", "currency not posted", "txnCurrency", not_posting("txnCurrency"), having(txnCurrency="MYR")
    ),
    Planted("field-missing", "BE without version", "version", dict(BE), without("version")),
    Planted(
        "field-missing",
        "absent ones not signed",
        "buyerIban,buyerId",
        not_posting("buyerId", "buyerIban"),
        without("buyerId", "buyerIban"),
    ),
    Planted("field-missing", "no checksum", "checkSum", written=lambda _: ""),
    Planted("field-extra", "amir's fpx_url", "fpxUrl", posting(fpxUrl="https://example.com/x"), with_url),
    Planted(
        "field-extra",
        "version 7 fields",
        "eaccountNum,ebuyerId",
        posting(eaccountNum="1", ebuyerId="2"),
        lambda fields: line(fields, sorted(name for name in fields)),
    ),
    Planted("field-extra", "a button", "Submit", posting(Submit="Bayar"), lambda fields: expected(fields) + "|Bayar"),
    Planted("field-extra", "a blank checksum", "", write=lambda fields: line(fields, sorted([*AR, "checkSum"]))),
    Planted(
        "field-extra", "amount twice", "txnAmount", write=lambda fields: expected(fields) + "|" + fields["txnAmount"]
    ),
    Planted("blanks-dropped", "all", BLANK, write=dropped),
    Planted("blanks-dropped", "not posted either", BLANK, not_posting(*BLANK.split(",")), dropped),
    Planted("values-trimmed", "product", "productDesc", posting(productDesc=" "), each(str.strip)),
    Planted(
        "values-trimmed", "two", "buyerName,productDesc", posting(productDesc=" x", buyerName="Ali "), each(str.strip)
    ),
    Planted("values-trimmed", "on the way", "productDesc", posting(productDesc=""), having(productDesc=" ")),
    Planted("values-trimmed", "at the end only", "buyerName", posting(buyerName=" Ali "), each(str.rstrip)),
    Planted("plus-not-decoded", "all spaces", "*", write=each(lambda value: value.replace(" ", "+"))),
    Planted(
        "plus-not-decoded",
        "a plus posted raw",
        "buyerEmail",
        posting(buyerEmail="aminah fpx@example.com"),
        having(buyerEmail="aminah+fpx@example.com"),
    ),
    Planted("percent-not-decoded", "form encoding", "*", write=each(quote_plus)),
    Planted("percent-not-decoded", "encodeURIComponent", "*", write=each(lambda value: quote(value, safe="!'()*"))),
    Planted("percent-not-decoded", "e-mail only", "buyerEmail", write=having(buyerEmail="aminah%2Bfpx%40example.com")),
    Planted("percent-not-decoded", "the whole text", write=lambda fields: quote_plus(expected(fields))),
    Planted(
        "double-encoded",
        "posted",
        "buyerName,productDesc",
        posting(productDesc="Caruman%20SKSPS", buyerName="Aminah%20O%27S", buyerEmail="a@example.com"),
        having(productDesc="Caruman SKSPS", buyerName="Aminah O'S"),
    ),
    Planted("double-encoded", "signed", "*", write=each(lambda value: quote(quote(value, safe=""), safe=""))),
    Planted("values-trimmed", "a tab on the way", "buyerName", write=having(buyerName="Aminah O'Sandbox\t")),
    Planted("values-trimmed", "a line break on the way", "productDesc", write=having(productDesc="Caruman SKSPS\r\n")),
    Planted(
        "values-trimmed",
        "a line break posted",
        "productDesc",
        posting(productDesc="Buku\n"),
        having(productDesc="Buku"),
    ),
    Planted("amount-format", "one decimal", "txnAmount", write=having(txnAmount="1157.2")),
    Planted("amount-format", "thousands", "txnAmount", write=having(txnAmount="1,157.20")),
    Planted("amount-format", "sen", "txnAmount", write=having(txnAmount="115720")),
    Planted("amount-format", "comma", "txnAmount", write=having(txnAmount="1157,20")),
    Planted("amount-format", "posted wrongly", "txnAmount", posting(txnAmount="1,157.20"), having(txnAmount="1157.20")),
    Planted("amount-format", "integer", "txnAmount", posting(txnAmount="100.00"), having(txnAmount="100")),
    Planted("amount-format", "Java's double", "txnAmount", write=having(txnAmount="1.1572E3")),
    Planted("amount-format", "a sum of doubles", "txnAmount", write=having(txnAmount="1157.1999999999998")),
    Planted("charset", "latin-1", "", posting(buyerName="José"), lambda fields: expected(fields).encode("latin-1")),
    Planted("charset", "utf-16", write=lambda fields: expected(fields).encode("utf-16-le")),
    Planted(
        "charset", "mojibake", "", posting(buyerName="José"), lambda fields: expected(fields).encode().decode("latin-1")
    ),
    Planted(
        "charset",
        "posted as latin-1",
        "",
        posting(buyerName="Jos%E9"),
        lambda fields: expected(fields).replace("%E9", "é").encode("latin-1"),
    ),
    Planted("separator", "none", write=joined("")),
    Planted("separator", "comma", write=joined(",")),
    Planted("separator", "spaced bars", write=joined(" | ")),
    Planted(
        "separator",
        "names and values",
        "",
        write=lambda fields: "&".join(f"fpx_{name}={fields[name]}" for name in ar.CHECKSUM_ORDER),
    ),
    Planted("separator", "the urlencoded form", "", write=lambda fields: urlencode(named(fields))),
    Planted("separator", "the form without blanks", "", write=lambda fields: form(named(fields))),
    Planted("separator", "JSON as posted", "", write=lambda fields: json.dumps(named(fields, list(fields)))),
    Planted("separator", "JSON, sorted", "", write=lambda fields: compact(named(fields))),
    Planted("separator", "JSON of the values", "", write=lambda fields: compact([fields[n] for n in SORTED])),
    Planted("separator", "quoted values", "", write=each('"{}"'.format)),
    Planted("trailing-separator", "carriage return", write=lambda fields: expected(fields) + "\r"),
    Planted("trailing-separator", "blank line", write=lambda fields: expected(fields) + "\n\n"),
    Planted("trailing-separator", "bar", write=lambda fields: expected(fields) + "|"),
    Planted("trailing-separator", "line feed", write=lambda fields: expected(fields) + "\n"),
    Planted("trailing-separator", "BE, as gs does", "", dict(BE), lambda fields: expected(fields) + "|"),
    Planted("digest", "SHA-256", "checkSum", signed=lambda text: sign(text, SHA256())),
    Planted("digest", "SHA-512", "checkSum", signed=lambda text: sign(text, SHA512())),
    Planted("digest", "MD5", "checkSum", signed=lambda text: sign(text, MD5())),
    Planted("digest", "SHA-1 in base64 signed", write=lambda fields: base64.b64encode(digest(fields))),
    Planted("digest", "SHA-1 of SHA-1", write=lambda fields: digest(fields)),
    Planted("digest", "SHA-1 and no signature", "checkSum", signed=sha1),
    Planted(
        "digest",
        "MD5 in base64 and no signature",
        "checkSum",
        signed=md5,
        written=lambda raw: base64.b64encode(raw).decode(),
    ),
    Planted("padding", "no DigestInfo", "checkSum", signed=lambda text: key_alone(sha1(text))),
    Planted("padding", "no DigestInfo, in hex", "checkSum", signed=lambda text: key_alone(sha1(text).hex().encode())),
    Planted(
        "padding",
        "PSS",
        "checkSum",
        signed=lambda text: sign(text, SHA1(), padding.PSS(padding.MGF1(SHA1()), padding.PSS.MAX_LENGTH)),
    ),
    Planted(
        "padding",
        "PSS of SHA-256",
        "checkSum",
        signed=lambda text: sign(text, SHA256(), padding.PSS(padding.MGF1(SHA256()), 32)),
    ),
    Planted("encoding", "base64", "checkSum", written=lambda raw: base64.b64encode(raw).decode()),
    Planted(
        "encoding",
        "base64, plus lost",
        "checkSum",
        written=lambda raw: base64.b64encode(raw).decode().replace("+", " "),
    ),
    Planted(
        "encoding", "base64url", "checkSum", written=lambda raw: base64.urlsafe_b64encode(raw).decode().rstrip("=")
    ),
    Planted("encoding", ".NET's BitConverter", "checkSum", written=lambda raw: raw.hex("-").upper()),
    Planted("encoding", "base64 in lines", "checkSum", written=lambda raw: base64.encodebytes(raw).decode()),
    Planted("encoding", "bytes in reverse", "checkSum", written=lambda raw: raw[::-1].hex()),
    Planted("encoding", "hex, backwards", "checkSum", written=lambda raw: raw.hex()[::-1]),
    Planted("encoding", "raw bytes", "checkSum", written=lambda raw: raw.decode("latin-1")),
    Planted("encoding", "base64, percent-encoded", "checkSum", written=lambda raw: quote_plus(base64.b64encode(raw))),
    Planted(
        "encoding",
        "PEM",
        "checkSum",
        written=lambda raw: f"-----BEGIN SIGNATURE-----\n{base64.encodebytes(raw).decode()}-----END SIGNATURE-----",
    ),
    Planted("version", "another signed", "version", write=having(version="6.0")),
    Planted("version", "BE", "version", BE | {"version": "5.0"}, having(version="7.0")),
    Planted("wrong-message", "AC's order", "*", write=lambda fields: line(fields, ac.CHECKSUM_ORDER)),
    Planted("wrong-message", "AR's signature on an AE", "msgType", posting(msgType="AE"), having(msgType="AR")),
    Planted("wrong-message", "BE's text", "*", write=lambda fields: line(fields, be.CHECKSUM_ORDER)),
    Planted("altered-value", "amount", "txnAmount", posting(txnAmount="1.00"), having(txnAmount="157.20")),
    Planted(
        "altered-value", "amount ten times", "txnAmount", posting(txnAmount="11572.00"), having(txnAmount="1157.20")
    ),
    Planted("altered-value", "bank", "buyerBankId", write=having(buyerBankId="TEST0021")),
    Planted("altered-value", "clock read twice", "sellerTxnTime", write=having(sellerTxnTime="20190515085959")),
    Planted("altered-value", "order number", "sellerOrderNo", write=having(sellerOrderNo="SBX-0000002")),
    Planted("altered-value", "blank when signed", "buyerEmail", write=having(buyerEmail="")),
    Planted("altered-value", "null for blanks", BLANK, write=each(lambda value: value or "null")),
    Planted("altered-value", "entities", "buyerName", write=each(html.escape)),
    Planted("altered-value", "one for the other", "sellerOrderNo", write=having(sellerOrderNo=AR["sellerExOrderNo"])),
    Planted(
        "altered-value",
        "quote lost on the way",
        "buyerName",
        posting(buyerName="Aminah OS"),
        having(buyerName="Aminah O'S"),
    ),
    Planted("altered-value", "space lost on the way", "productDesc", write=having(productDesc="Caruman  SKSPS")),
    Planted(
        "altered-value",
        "curly quote posted",
        "buyerName",
        posting(buyerName="Aminah O\u2019S"),
        having(buyerName="Aminah O'S"),
    ),
    Planted(
        "altered-value",
        "posted as it is, & and all",
        "productDesc",
        posting(productDesc="Buku ") | {" Pen": ""},
        having(productDesc="Buku & Pen"),
    ),
    Planted("altered-value", "tab posted", "buyerName", posting(buyerName="Aminah\tS"), having(buyerName="Aminah S")),
    Planted(
        "altered-value",
        "clock read twice for all numbers",
        "sellerExOrderNo,sellerOrderNo,sellerTxnTime",
        posting(sellerExOrderNo=LATE, sellerOrderNo=LATE, sellerTxnTime=LATE),
        having(sellerExOrderNo=EARLY, sellerOrderNo=EARLY, sellerTxnTime=EARLY),
    ),
    Planted("altered-value", "cut when signed", "productDesc", write=having(productDesc="Caruman")),
]
BEYOND = [
    Planted(
        "unknown", "two values nobody can guess", write=having(buyerName="Somebody Else", productDesc="Other goods")
    ),
    Planted("unknown", "amount and order number", write=having(txnAmount="77.77", sellerOrderNo="INV/2019/55")),
    Planted("unknown", "another text altogether", write=lambda _: "sign this"),
    Planted("unknown", "nothing signed", write=lambda _: ""),
    Planted("unknown", "a random secret in front", write=lambda fields: "s3cret|" + expected(fields)),
    Planted(
        "unknown",
        "SHA-256 of a guess-proof text",
        write=having(buyerName="Somebody"),
        signed=lambda text: sign(text, SHA256()),
    ),
    Planted("unknown", "lower case, backwards", write=lambda fields: line(fields, ar.CHECKSUM_ORDER[::-1]).lower()),
    Planted("unknown", "three fields missing", write=without("version", "buyerEmail", "txnCurrency")),
    Planted(
        "unknown",
        "base64 of an altered name",
        write=having(buyerName="Siti"),
        written=lambda raw: base64.b64encode(raw).decode(),
    ),
    Planted("unknown", "cut", "checkSum", written=lambda raw: raw.hex()[:500]),
    Planted("unknown", "zeros lost byte by byte", "checkSum", written=lambda raw: "".join(f"{byte:x}" for byte in raw)),
    Planted("unknown", "damaged", "checkSum", written=lambda raw: "00" + raw.hex()[2:]),
    Planted("unknown", "a digest of another text", "checkSum", written=lambda raw: sha1(raw).hex()),
    Planted("unknown", "words", "checkSum", written=lambda _: "not a signature"),
]
"""Mistakes nothing was tuned for: they must end as unknown, not as something else."""
