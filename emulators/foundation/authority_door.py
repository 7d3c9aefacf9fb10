"""Where clients of a room's TLS listeners fetch the authority they have to trust."""

from __future__ import annotations

from flask import Blueprint, Response

from emulators.foundation.authority import Authority

PATH = "/certificates/ca.pem"


def authority_door(authority: Authority) -> Blueprint:
    """`GET /certificates/ca.pem`: the certificate of the sandbox's authority, in PEM; alike in every room."""
    door = Blueprint("authority", __name__)

    @door.get(PATH)
    def authority_certificate() -> Response:
        return Response(authority.pem(), mimetype="application/x-pem-file")

    return door
