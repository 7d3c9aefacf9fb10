"""What every test would do again, and what proves nothing a second time, is done once in a process."""

from __future__ import annotations

import functools
import importlib
import os
from collections.abc import Callable, Iterable
from typing import Any

import httpx
import httpx._transports.default as httpx_transport
from pydantic_settings.sources import PydanticBaseEnvSettingsSource
from pytest_bdd.steps import StepNamePrefix
from sqlalchemy import Connection, Engine, MetaData
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

NAMES = "SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
STATEMENTS = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid"


def spare_the_repetitions() -> None:
    """Have libraries remember, for as long as this process lives; there are no public doors to it."""
    Rule.compile = _compiled_once(Rule.compile)  # type: ignore[method-assign]
    PydanticBaseEnvSettingsSource.__call__ = _asked_at_all(PydanticBaseEnvSettingsSource.__call__)  # type: ignore[method-assign]
    httpx_transport.create_ssl_context = _trusting_once(httpx.create_ssl_context)
    bdd = importlib.import_module("pytest_bdd.scenario")  # by its path: the package has a function of that name
    bdd.get_fixture_names = _of_steps(bdd.get_fixture_names)  # type: ignore[attr-defined]
    MetaData.create_all = _written_once(MetaData.create_all)  # type: ignore[method-assign]
    Engine._compiled_cache = _statements_of_all_stores()  # type: ignore[assignment]


def _compiled_once(compile_rule: Callable[[Any], None]) -> Callable[[Any], None]:
    """Werkzeug takes each address apart and writes and compiles two functions for it: half the cost of starting a room.

    What it makes depends on nothing but the rule; hundreds of tests start rooms with the same rules.
    """
    compiled: dict[object, Any] = {}

    @functools.wraps(compile_rule)
    def once(rule: Any) -> None:
        told = (rule.rule, rule.host, rule.subdomain, repr(rule.defaults), rule.merge_slashes, rule.strict_slashes)
        key = (*told, rule.is_leaf, rule.map.host_matching, tuple(rule.map.converters.items()))
        if key not in compiled:
            compile_rule(rule)
            compiled[key] = rule
            return
        like = compiled[key]
        rule._parts, rule._trace, rule._converters = like._parts, like._trace, like._converters
        rule.arguments = set(like.arguments)
        rule._build = like._build.__func__.__get__(rule, None)
        rule._build_unknown = like._build_unknown.__func__.__get__(rule, None)

    return once


def _written_once(create_all: Callable[..., None]) -> Callable[..., None]:
    """SQLAlchemy asks for each table and writes each statement anew, half of what is left of the start of a room.

    An empty SQLite store is given the statements which made an earlier one of the same tables.
    """
    written: dict[int, tuple[MetaData, list[str]]] = {}

    @functools.wraps(create_all)
    def once(metadata: MetaData, bind: Any, *words: Any, **wishes: Any) -> None:
        if words or wishes or not isinstance(bind, Connection) or bind.dialect.name != "sqlite" or _rows(bind, NAMES):
            create_all(metadata, bind, *words, **wishes)
            return
        if id(metadata) not in written:
            create_all(metadata, bind)
            written[id(metadata)] = metadata, [statement for (statement,) in _rows(bind, STATEMENTS)]
            return
        for statement in written[id(metadata)][1]:
            bind.connection.driver_connection.execute(statement)  # type: ignore[union-attr]

    return once


class _Statements(LRUCache[Any, Any]):
    """Texts of statements, whichever of the equal dialects asks."""

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        return super().get((key[0].name, *key[1:]), default)

    def __setitem__(self, key: tuple[Any, ...], value: Any) -> None:
        super().__setitem__((key[0].name, *key[1:]), value)


def _statements_of_all_stores() -> property:
    """SQLAlchemy writes the text of each statement once for each store; those of the tests are nearly all alike."""
    statements = _Statements(5_000)

    def keep(engine: Any, own: object) -> None:
        engine.__dict__["own statements"] = own

    def get(engine: Any) -> object:
        dialect = engine.dialect
        usual = dialect.name == "sqlite" and not (dialect._json_serializer or dialect._json_deserializer)
        return statements if usual else engine.__dict__["own statements"]

    return property(get, keep)


def _asked_at_all(look_up: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """Pydantic looks for each of a room's settings in the environment, and again in a file nobody named.

    Where no name begins with the room's prefix there is nothing to be found.
    """

    @functools.wraps(look_up)
    def ask(source: Any) -> dict[str, Any]:
        prefix = source.env_prefix.lower()
        if prefix and not any(name.startswith(prefix) for name in source.env_vars):
            return {}
        return look_up(source)

    return ask


def _trusting_once(create: Callable[..., Any]) -> Callable[..., Any]:
    """Httpx reads the system's 140 trusted roots for each client, 20 ms; nothing in a test is as far away as they are.

    A test that speaks TLS names the authority it trusts.
    """
    made: dict[object, Any] = {}

    @functools.wraps(create)
    def once(verify: Any = True, cert: Any = None, trust_env: bool = True) -> Any:
        if verify is not True or cert:
            return create(verify, cert, trust_env)
        key = trust_env and (os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))
        if key not in made:
            made[key] = create(verify, cert, trust_env)
        return made[key]

    return once


def _of_steps(all_names: Callable[..., Iterable[str]]) -> Callable[..., Iterable[str]]:
    """Pytest-bdd looks for the function of a step among the fixtures of all tests, which takes 5 ms a scenario."""

    @functools.wraps(all_names)
    def names(fixturemanager: Any) -> list[str]:
        return [name for name in all_names(fixturemanager) if name.startswith(StepNamePrefix.step_def.value)]

    return names


def _rows(connection: Connection, question: str) -> Iterable[Any]:
    driver = connection.connection.driver_connection
    assert driver is not None
    return list(driver.execute(question))
