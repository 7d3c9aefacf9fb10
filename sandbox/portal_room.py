"""The portal as a room: its own application, with the control doors every room of the sandbox has hung on it.

The portal knows nothing of the sandbox, so that it can be lifted out whole; what makes it a room is added here.
"""

from __future__ import annotations

import random

from flask import Response, jsonify

from emulators.foundation.clock import Clock
from emulators.foundation.control import attach_control
from emulators.foundation.errors import RoomError
from emulators.foundation.room import Room
from reference_portal.app import create_app
from reference_portal.portal import Portal
from reference_portal.settings import PortalSettings


def create_room(settings: PortalSettings, clock: Clock, source: random.Random) -> Room:
    """The portal with its control doors; the portal itself is `room.app.extensions["portal"]`."""
    app = create_app(settings, clock, source)
    app.register_error_handler(RoomError, _refused)
    portal: Portal = app.extensions["portal"]
    room = Room(
        name="portal",
        app=app,
        clock=clock,
        ready=portal.ready,
        reset=portal.reset,
        journal=portal.journal,
        totals=portal.totals,
        close=portal.close,
        verbs={"contributors": portal.prepare_contributors},
        workers=(portal.reconciler, portal.reminders, portal.afterwards),
    )
    attach_control(room, settings.control_token)
    return room


def _refused(error: RoomError) -> tuple[Response, int]:
    """What the control doors refuse; the portal's own errors have the portal's own pages."""
    return jsonify(error=error.sentence), error.status
