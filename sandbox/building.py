"""A room from its settings on: what it was told is checked, its store is opened, and a failure is one sentence."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_settings import SettingsError
from sqlalchemy.exc import SQLAlchemyError

from emulators.foundation.clock import Clock
from emulators.foundation.errors import RoomError
from emulators.foundation.room import Room
from sandbox.errors import SandboxError
from sandbox.services import Service


def configured(service: Service, given: Mapping[str, Any]) -> Any:
    """The room's settings: what is given (and not None), else the environment, else the defaults.

    Raises:
        SandboxError: they do not fit; the sentence names each that does not.
    """
    try:
        return service.settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
        raise SandboxError(f"{service.room} cannot be set up so: {wrong}") from error
    except SettingsError as error:
        reason = f"{error} ({error.__cause__})" if error.__cause__ else str(error)
        raise SandboxError(f"{service.room} cannot be set up so: {reason}; the environment gives it in JSON") from error


def built(service: Service, settings: Any, clock: Clock, source: random.Random) -> Room:
    """The room with its store and keys made or opened.

    Raises:
        SandboxError: the store does not answer, the folder cannot be written, or a file it was told of is wrong.
    """
    try:
        return service.create(settings, clock, source)
    except (SQLAlchemyError, OSError) as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise SandboxError(f"{service.room} cannot open its store: {reason}") from error
    except RoomError as error:
        raise SandboxError(f"{service.room} cannot be set up so: {error.sentence}") from error
