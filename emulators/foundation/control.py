"""The control doors, alike in every room: /livez, /readyz, /_control (reset, clock, journal, totals, faults, verbs)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response, jsonify, request

from emulators.foundation import doorkeeper
from emulators.foundation.clock import MALAYSIA, Clock, check_instant
from emulators.foundation.errors import CallersMistake, NotHere
from emulators.foundation.faults import Faults
from emulators.foundation.room import Json, Room

_LARGEST = 2**62
"""A store's integers end a little above."""


def attach_control(room: Room, token: str | None) -> None:
    """Hang the control doors on the room's application; with a `token` each asks for it in `X-Control-Token`."""
    room.app.register_blueprint(_health(room))
    doors = Blueprint("control", __name__, url_prefix="/_control")

    @doors.before_request
    def admit() -> None:
        doorkeeper.admit(token)

    @doors.post("/reset")
    def reset() -> Response:
        room.reset()
        if room.faults:
            room.faults.lift()
        return jsonify(reset=room.name)

    @doors.get("/clock")
    def tell_time() -> Response:
        return jsonify(_told(room.clock))

    @doors.post("/clock")
    def move_clock() -> Response:
        _move(room.clock, json_object())
        return jsonify(_told(room.clock))

    @doors.get("/journal")
    def journal() -> Response:
        entries = room.journal(_number("since", 0), min(_number("limit", 100), 1000))
        return jsonify(entries=entries)

    @doors.get("/totals")
    def totals() -> Response:
        return jsonify(room.totals())

    if room.faults:
        _hang_fault_doors(doors, room.faults)

    @doors.post("/<verb>")
    def do(verb: str) -> Response:
        if verb not in room.verbs:
            raise NotHere(f"{room.name} has no control verb {verb!r}; it has {', '.join(sorted(room.verbs)) or 'none'}")
        return jsonify(room.verbs[verb](json_object()))

    room.app.register_blueprint(doors)


def _hang_fault_doors(doors: Blueprint, faults: Faults) -> None:
    @doors.get("/faults")
    def told() -> Response:
        return jsonify(faults.told())

    @doors.post("/faults")
    def plan() -> Response:
        return jsonify(faults.plan(json_object()))

    @doors.delete("/faults")
    def lift_all() -> Response:
        return jsonify(lifted=faults.lift())

    @doors.delete("/faults/<plan_id>")
    def lift(plan_id: str) -> Response:
        return jsonify(lifted=faults.lift(plan_id))


def json_object() -> Json:
    """The request's body, which must be a JSON object sent as `application/json` (or empty: `{}`)."""
    if not request.get_data(cache=True):
        return {}
    try:
        body: Any = request.get_json(silent=True)
    except RecursionError:  # thousands of brackets
        body = None
    if not isinstance(body, dict):
        raise CallersMistake("send a JSON object with Content-Type: application/json")
    return body


def _health(room: Room) -> Blueprint:
    health = Blueprint("health", __name__)

    @health.get("/livez")
    def livez() -> Response:
        return Response("ok\n", mimetype="text/plain")

    @health.get("/readyz")
    def readyz() -> Response:
        try:
            room.ready()
        except Exception as error:  # noqa: BLE001  whatever the store's driver raises means "not ready"
            return Response(f"{room.name} is not ready: {error}\n", 503, mimetype="text/plain")
        return Response("ok\n", mimetype="text/plain")

    return health


def _told(clock: Clock) -> Json:
    return {"now": clock.now().isoformat(timespec="milliseconds"), "running": clock.running()}


def _move(clock: Clock, wish: Json) -> None:
    """Hold first and run last, so that what is set is exactly what is told; a wish that is wrong changes nothing."""
    running = wish.get("running")
    if not wish or set(wish) - {"set", "advance", "running"} or running not in (True, False, None):
        raise CallersMistake('say {"set": "2019-05-15T09:00"}, {"advance": seconds} or {"running": true or false}')
    try:
        instant = _instant(wish["set"]) if "set" in wish else None
        span = timedelta(seconds=float(wish.get("advance", 0)))
        check_instant((instant or clock.now()) + span)
    except (TypeError, ValueError, OverflowError) as error:
        raise CallersMistake(f"the clock cannot be moved: {error}") from error
    if running is False:
        clock.hold()
    if instant is not None:
        clock.set(instant)
    if span:
        clock.advance(span)
    if running:
        clock.run()


def _instant(text: str) -> datetime:
    told = datetime.fromisoformat(text)
    return check_instant(told if told.tzinfo else told.replace(tzinfo=MALAYSIA))


def _number(name: str, default: int) -> int:
    try:
        return min(max(0, int(request.args.get(name, default))), _LARGEST)
    except ValueError as error:
        raise CallersMistake(f"{name} must be a whole number") from error
