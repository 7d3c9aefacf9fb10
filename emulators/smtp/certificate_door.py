"""Where mail clients fetch the authority they have to trust."""

from __future__ import annotations

from flask import Blueprint, Response

PATH = "/certificates/smtp-ca.pem"


def certificate_door(authority: str) -> Blueprint:
    """`GET /certificates/smtp-ca.pem`: the authority's certificate, in PEM."""
    door = Blueprint("certificates", __name__)

    @door.get(PATH)
    def smtp_ca() -> Response:
        return Response(authority, mimetype="application/x-pem-file")

    return door
