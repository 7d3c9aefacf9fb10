"""Which banks are in service: as the list has them, until a tester switches one off or on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StrictBool, StringConstraints, ValidationError
from sqlalchemy import bindparam, delete, insert, select

from emulators.foundation.database import Database
from emulators.foundation.errors import CallersMistake
from emulators.fpx import banks
from emulators.fpx.tables import BANK_STATUSES

_S = BANK_STATUSES.c
_FORGET = delete(BANK_STATUSES).where(_S.bank_id == bindparam("this"), _S.model == bindparam("where"))
_KEEP = insert(BANK_STATUSES)
_ALL = select(BANK_STATUSES)


class Wish(BaseModel):
    """What `POST /_control/banks` takes."""

    model_config = ConfigDict(extra="forbid")

    bank_id: Annotated[str, StringConstraints(max_length=10)]
    online: StrictBool
    model: str = ""
    """`01` or `02`; blank is every model the bank serves."""


class Availability:
    """Asked at every AR and BE, so what a tester changed is kept in memory too; it survives a restart, not a reset."""

    def __init__(self, database: Database) -> None:
        self._database = database
        with database.read() as connection:
            self._changed = {(row.bank_id, row.model): bool(row.online) for row in connection.execute(_ALL)}

    def online(self, bank: banks.Bank, model: str) -> bool:
        """Whether the bank has status A in the list of `model`."""
        return self._changed.get((bank.id, model), bank.online)

    def listed(self, model: str) -> list[tuple[banks.Bank, bool]]:
        """The banks of a model, each with whether it is in service."""
        return [(bank, self.online(bank, model)) for bank in banks.banks_of(model)]

    def turn(self, bank_id: str, online: bool, model: str = "") -> None:
        """Put a bank in service or out of it, in one model or in all it serves.

        Raises:
            CallersMistake: there is no such bank in that model.
        """
        bank = banks.bank(bank_id)
        if bank is None or (model and model not in bank.models):
            raise CallersMistake(f"there is no bank {bank_id!r}{f' in model {model!r}' if model else ''}")
        models = [model] if model else sorted(bank.models)
        with self._database.write() as connection:
            for each in models:
                connection.execute(_FORGET, {"this": bank_id, "where": each})
                connection.execute(_KEEP, {"bank_id": bank_id, "model": each, "online": online})
        self._changed |= {(bank_id, each): online for each in models}

    def change(self, wish: Mapping[str, Any]) -> dict[str, Any]:
        """The control verb `banks`: switch one when something is wished, and tell how every bank stands.

        Raises:
            CallersMistake: the wish is not as `Wish` says.
        """
        if wish:
            try:
                wished = Wish.model_validate(wish)
            except ValidationError as error:
                first = error.errors(include_url=False, include_context=False)[0]
                raise CallersMistake(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None
            self.turn(wished.bank_id, wished.online, wished.model)
        return {
            "banks": [
                {
                    "bank_id": bank.id,
                    "name": bank.name,
                    "online": {m: self.online(bank, m) for m in sorted(bank.models)},
                }
                for bank in banks.BANKS
            ]
        }

    def reset(self) -> None:
        """Every bank as the list has it."""
        with self._database.write() as connection:
            connection.execute(BANK_STATUSES.delete())
        self._changed = {}
