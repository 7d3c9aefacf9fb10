"""The merchants the switch knows: registering them, and judging that a message is theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Annotated, Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from pydantic import AfterValidator, BaseModel, ConfigDict, StrictBool, StringConstraints, ValidationError

from emulators.foundation.errors import CallersMistake
from emulators.foundation.journal import Journal
from emulators.fpx import certificates, checksum
from emulators.fpx.errors import (
    BadChecksum,
    ExchangeTaken,
    SellerOfAnother,
    UnknownExchange,
    UnknownSeller,
    WrongMessageType,
)
from emulators.fpx.explanation.finding import Keyring, find
from emulators.fpx.explanation.received import Received
from emulators.fpx.messages.wire import CHECKSUM_FIELD, refuse_control_characters
from emulators.fpx.seller_storage import Exchange, SellerStorage


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or not text.isprintable():
        raise ValueError("must be an http or https address")
    return text


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("must be printable text")
    return text


_KEYS_TRIED = 100
"""Each costs a seventh of a millisecond when a checksum fits none."""

Address = Annotated[str, StringConstraints(max_length=500), AfterValidator(_address)]


class Registration(BaseModel):
    """A merchant introducing itself: ids, certificate (or public key) and its two addresses."""

    model_config = ConfigDict(extra="forbid")

    exchange_id: Annotated[str, StringConstraints(pattern=r"^EX[0-9]{8}$")]
    seller_id: Annotated[str, StringConstraints(pattern=r"^SE[0-9]{8}$")]
    name: Annotated[str, StringConstraints(min_length=1, max_length=100), AfterValidator(_printable)]
    certificate: Annotated[
        str,
        StringConstraints(max_length=20_000),
        AfterValidator(lambda text: certificates.as_pem(certificates.public_key(text))),
    ]
    direct_url: Address
    indirect_url: Address
    replace: StrictBool = False
    """Take an exchange from the key that has it."""


class Sellers:
    """Exchanges and sellers, and the door every message of theirs passes: type, exchange, checksum."""

    def __init__(self, storage: SellerStorage, journal: Journal, switch_key: RSAPublicKey) -> None:
        self._storage = storage
        self._journal = journal
        self._switch_key = switch_key

    def register(self, wish: Mapping[str, Any]) -> dict[str, Any]:
        """Keep a merchant, in place of what was known under its ids; whoever has the exchange's key may move it.

        Raises:
            CallersMistake: the registration is not as `Registration` says; names the field.
            ExchangeTaken: another key has the exchange, and `replace` was not asked for; nothing was changed.
        """
        try:
            given = Registration.model_validate(wish)
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False)[0]
            raise CallersMistake(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None
        exchange = Exchange(given.exchange_id, given.certificate, given.direct_url, given.indirect_url)
        with self._storage.database.write() as connection:
            known = self._storage.hold(connection, given.exchange_id)
            if known and known.public_key != exchange.public_key and not given.replace:
                raise ExchangeTaken(
                    f"{given.exchange_id} is registered with another key: register an exchange of your own, or send"
                    ' {"replace": true} too and take its place.'
                    f" Registered: {_shown(known)}. Yours: {_shown(exchange)}."
                )
            self._storage.register(connection, exchange, given.seller_id, given.name)
            facts = given.model_dump(exclude={"certificate"})
            self._journal.write(connection, "seller registered", given.exchange_id, **facts)
        return {"registered": f"{given.exchange_id}/{given.seller_id}"}

    def admit(self, fields: Mapping[str, str], message_type: str, order: Sequence[str]) -> Exchange:
        """The exchange a message comes from, once its type, its exchange and its checksum have been found good.

        Raises:
            WrongMessageType, WrongFormat, UnknownExchange, BadChecksum: in that order.
        """
        given = fields.get("fpx_msgType", "")
        if given != message_type:
            raise WrongMessageType(f"fpx_msgType must be {message_type} here, not {given[:10]!r}", "fpx_msgType")
        refuse_control_characters(fields)
        exchange = self._storage.exchange(fields.get("fpx_sellerExId", ""))
        if exchange is None:
            unknown = fields.get("fpx_sellerExId", "")[:40]
            raise UnknownExchange(f"no exchange {unknown!r} is registered", "fpx_sellerExId")
        source = checksum.source(fields, order)
        if not checksum.verifies(source, fields.get(CHECKSUM_FIELD, ""), _key(exchange.public_key)):
            raise self._bad_checksum(fields, order, exchange)
        return exchange

    def _bad_checksum(self, fields: Mapping[str, str], order: Sequence[str], exchange: Exchange) -> BadChecksum:
        """The refusal, with the mistake. Costs more than a signature, but only for one that a known key opens."""
        others = ((owner, _key(pem)) for owner, pem in self._storage.keys(_KEYS_TRIED) if owner != exchange.exchange_id)
        keyring = Keyring(exchange.exchange_id, _key(exchange.public_key), self._switch_key, tuple(others))
        received = Received(fields, tuple(order))
        found = find(received, fields.get(CHECKSUM_FIELD, ""), keyring)
        refusal = BadChecksum(found.sentence, found.field, received.expected)
        refusal.mistake, refusal.sentence_malay = found.mistake, found.sentence_malay
        refusal.source_signed = found.source_signed
        return refusal

    def name_of(self, exchange: str, seller: str) -> str:
        """The seller's name for the bank's page.

        Raises:
            UnknownSeller: no exchange has it.
            SellerOfAnother: another exchange has it.
        """
        names = self._storage.names_of_seller(seller)
        if not names:
            raise UnknownSeller(f"no seller {seller!r} is registered", "fpx_sellerId")
        if exchange not in names:
            raise SellerOfAnother(f"seller {seller} is not registered with {exchange}", "fpx_sellerId")
        return names[exchange]

    def indirect_url(self, exchange_id: str) -> str:
        """Where the buyer's browser brings the indirect AC; blank when the exchange is gone."""
        exchange = self._storage.exchange(exchange_id)
        return exchange.indirect_url if exchange else ""

    def all(self) -> list[dict[str, Any]]:
        """Every seller with its exchange's addresses."""
        return self._storage.all()


def _shown(exchange: Exchange) -> str:
    key = certificates.fingerprint(exchange.public_key)
    return f"key {key}, direct {exchange.direct_url}, indirect {exchange.indirect_url}"


@lru_cache(256)
def _key(pem: str) -> RSAPublicKey:
    """Parsing a key costs more than verifying with it, so the parsed ones are remembered by their text."""
    return certificates.public_key(pem)
