"""Who the switch knows: registers merchants, changes what is known of them, and forgets them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection

from emulators.foundation.errors import CallersMistake, NotHere
from emulators.foundation.journal import Journal
from emulators.fpx import certificates
from emulators.fpx.errors import ExchangeTaken
from emulators.fpx.registration import Registration, read_registration
from emulators.fpx.seller_storage import Exchange, SellerStorage


class Registrar:
    """Every way in (control door, sellers file, console) ends here."""

    def __init__(self, storage: SellerStorage, journal: Journal) -> None:
        self._storage = storage
        self._journal = journal

    def verb(self, wish: dict[str, Any]) -> dict[str, Any]:
        """`POST /_control/sellers`: `{}` lists, `{"remove": "EX00000001/SE00000001"}` forgets, all else registers.

        Raises:
            CallersMistake: the registration is not as `Registration` says; names the field.
            ExchangeTaken: another key has the exchange, and `replace` was not asked for; nothing was changed.
            NotHere: what should be removed is not registered.
        """
        if not wish:
            return {"exchanges": self.told()}
        if set(wish) == {"remove"}:
            self.remove(str(wish["remove"]))
            return {"removed": str(wish["remove"])}
        registration = read_registration(wish)
        self.register([registration])
        return {"registered": f"{registration.exchange_id}/{registration.seller_id}"}

    def register(self, registrations: Iterable[Registration]) -> None:
        """Keep merchants, all or none, in place of what was known under their ids.

        Whoever has one of an exchange's keys may move it, and give it other keys beside that one.

        Raises:
            CallersMistake, ExchangeTaken: as for `verb`.
        """
        with self._storage.database.write() as connection:
            for each in registrations:
                self._register(connection, each)

    def remove(self, named: str) -> None:
        """Forget a seller (`EX…/SE…`), or an exchange with all its sellers (`EX…`).

        Raises:
            NotHere: it is not registered.
        """
        exchange_id, _, seller_id = named.partition("/")
        with self._storage.database.write() as connection:
            if not self._storage.remove(connection, exchange_id, seller_id):
                raise NotHere(f"{named[:40]!r} is not registered")
            self._journal.write(connection, "seller removed", named)

    def told(self) -> list[dict[str, Any]]:
        """Every exchange with its certificates, its addresses and its sellers, by id."""
        return [
            {
                "exchange_id": exchange.exchange_id,
                "certificates": [paper.told() for paper in certificates.papers(exchange.public_key)],
                "direct_url": exchange.direct_url,
                "indirect_url": exchange.indirect_url,
                "sellers": [{"seller_id": seller, "name": name} for seller, name in sellers],
            }
            for exchange, sellers in self._storage.exchanges()
        ]

    def exchange(self, exchange_id: str) -> Exchange:
        """One exchange as it is kept.

        Raises:
            NotHere: it is not registered.
        """
        found = self._storage.exchange(exchange_id)
        if found is None:
            raise NotHere(f"Bursa {exchange_id[:40]!r} tidak berdaftar.")
        return found

    def _register(self, connection: Connection, given: Registration) -> None:
        known = self._storage.hold(connection, given.exchange_id)
        former = known.public_key if known else ""
        exchange = Exchange(
            given.exchange_id,
            _together(given, former),
            _first("direct_url", given.direct_url, known.direct_url if known else None, given.exchange_id),
            _first("indirect_url", given.indirect_url, known.indirect_url if known else None, given.exchange_id),
        )
        if known and not given.replace and not _keys(former) & _keys(exchange.public_key):
            raise ExchangeTaken(
                f"{given.exchange_id} is registered with another key: register an exchange of your own, or send"
                ' {"replace": true} too and take its place.'
                f" Registered: {_shown(known)}. Yours: {_shown(exchange)}."
            )
        was_called = self._storage.name_of(connection, given.exchange_id, given.seller_id)
        name = given.name or was_called or given.seller_id
        if known == exchange and was_called == name:
            return
        self._storage.register(connection, exchange, given.seller_id, name)
        facts = {"exchange_id": given.exchange_id, "seller_id": given.seller_id, "name": name}
        urls = {"direct_url": exchange.direct_url, "indirect_url": exchange.indirect_url}
        keys = sorted(_keys(exchange.public_key))
        self._journal.write(connection, "seller registered", given.exchange_id, **facts, **urls, keys=keys)


def _together(given: Registration, former: str) -> str:
    """The papers the exchange has from now on, as PEM; a bare key does not displace the certificate of the same key."""
    known = {paper.known_by: paper.pem for paper in certificates.papers(former)} if former else {}
    if not given.papers:
        return _first("certificate", None, former or None, given.exchange_id)
    papers = [certificates.paper(pem) for pem in given.papers]
    known |= {paper.known_by: paper.pem for paper in papers if paper.certificate}
    chosen = [paper.pem if paper.certificate else known.get(paper.known_by, paper.pem) for paper in papers]
    return "".join(dict.fromkeys([*chosen, *(known.values() if given.keep else ())]))


def _first(field: str, given: str | None, known: str | None, exchange_id: str) -> str:
    value = given if given is not None else known
    if value is None:
        raise CallersMistake(f"{field}: Field required: {exchange_id} is not registered yet")
    return value


def _keys(pem: str) -> set[str]:
    return {paper.known_by for paper in certificates.papers(pem)} if pem else set()


def _shown(exchange: Exchange) -> str:
    key = " and ".join(sorted(_keys(exchange.public_key)))
    return f"key {key}, direct {exchange.direct_url}, indirect {exchange.indirect_url}"
