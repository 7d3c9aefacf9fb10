"""The door every message of a merchant passes: whether it is theirs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from emulators.fpx import checksum
from emulators.fpx.certificates import public_keys
from emulators.fpx.errors import (
    BadChecksum,
    NothingRead,
    SellerOfAnother,
    UnknownExchange,
    UnknownSeller,
    WrongMessageType,
)
from emulators.fpx.explanation.finding import Keyring, find
from emulators.fpx.explanation.received import Received
from emulators.fpx.messages.wire import CHECKSUM_FIELD, PREFIX, refuse_control_characters
from emulators.fpx.seller_storage import Exchange, SellerStorage

_AS_A_FORM = (
    f"post names that begin with {PREFIX} as application/x-www-form-urlencoded, and say so in Content-Type; a body of"
    " JSON or of text/plain, which fetch and axios send unless told otherwise, is not read"
)
_JOINED_IN_HTML = f"amp;{PREFIX}"
_KEYS_TRIED = 100
"""Each costs a seventh of a millisecond when a checksum fits none."""


class Sellers:
    """The door every message of a merchant passes: type, exchange, checksum."""

    def __init__(self, storage: SellerStorage, switch_key: Callable[[], RSAPublicKey]) -> None:
        """`switch_key`: the switch's own public key as it is now; a merchant may have taken it for its own."""
        self._storage = storage
        self._switch_key = switch_key

    def admit(self, fields: Mapping[str, str], message_type: str, order: Sequence[str]) -> Exchange:
        """The exchange a message comes from, once its type, its exchange and its checksum have been found good.

        Raises:
            WrongMessageType, WrongFormat, UnknownExchange, BadChecksum: in that order.
        """
        given = fields.get("fpx_msgType", "")
        if not any(name.startswith(PREFIX) for name in fields):
            raise NothingRead(f"no field of {message_type} arrived: {_AS_A_FORM}", "fpx_msgType")
        if any(name.startswith(_JOINED_IN_HTML) for name in fields):
            raise NothingRead("the pairs are joined by &amp;, which is HTML: join them by & alone", "fpx_msgType")
        if given != message_type:
            raise WrongMessageType(f"fpx_msgType must be {message_type} here, not {given[:10]!r}", "fpx_msgType")
        refuse_control_characters(fields)
        exchange = self._storage.exchange(fields.get("fpx_sellerExId", ""))
        if exchange is None:
            unknown = fields.get("fpx_sellerExId", "")[:40]
            raise UnknownExchange(f"no exchange {unknown!r} is registered", "fpx_sellerExId")
        source = checksum.source(fields, order)
        signature = fields.get(CHECKSUM_FIELD, "")
        if not any(checksum.verifies(source, signature, key) for key in public_keys(exchange.public_key)):
            raise self._bad_checksum(fields, order, exchange)
        return exchange

    def _bad_checksum(self, fields: Mapping[str, str], order: Sequence[str], exchange: Exchange) -> BadChecksum:
        """The refusal, with the mistake. Costs more than a signature, but only for one that a known key opens."""
        known = [(owner, key) for owner, pem in self._storage.keys(_KEYS_TRIED) for key in public_keys(pem)]
        others = tuple(each for each in known if each[0] != exchange.exchange_id)
        key, *more = public_keys(exchange.public_key)
        keyring = Keyring(exchange.exchange_id, key, self._switch_key(), others, tuple(more))
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
