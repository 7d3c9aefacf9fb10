"""Forms of a room's own pages: open to readers, shut to other sites and to whoever lacks the token."""

from __future__ import annotations

import pytest
from flask import Blueprint, Flask
from flask.testing import FlaskClient

from emulators.foundation.doorkeeper import TOKEN_HEADER, guard_forms
from emulators.foundation.error_pages import register_error_pages


def house(token: str | None) -> FlaskClient:
    """An application with one guarded page and its form."""
    app = Flask("house")
    register_error_pages(app)
    pages = Blueprint("pages", __name__)
    pages.add_url_rule("/", view_func=lambda: "read")
    pages.add_url_rule("/change", "change", lambda: "changed", methods=["POST"])
    guard_forms(pages, token)
    app.register_blueprint(pages)
    return app.test_client()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "http://elsewhere.example"}, 401),
        ({"Origin": "null"}, 401),
        ({"Origin": "http://["}, 401),
        ({"Origin": "http://[localhost]"}, 401),
        ({"Sec-Fetch-Site": "cross-site"}, 401),
        ({"Sec-Fetch-Site": "same-site"}, 401),
        ({"Host": "rebound.example", "Origin": "http://rebound.example"}, 401),
    ],
)
def test_a_form_is_taken_from_the_rooms_own_pages_only(headers, status):
    """No page of another site, and no name made to point here, changes anything."""
    client = house(None)

    assert client.post("/change", headers=headers).status_code == status
    assert client.get("/", headers=headers).status_code == 200


def test_a_browser_shows_the_token_as_a_password():
    """It asks its person once, then sends it with every form; programs use the header."""
    client = house("geheim")
    refused = client.post("/change")

    assert (refused.status_code, client.get("/").status_code) == (401, 200)
    assert refused.headers["WWW-Authenticate"].startswith("Basic realm=")
    assert client.post("/change", auth=("anybody", "geheim")).status_code == 200
    assert client.post("/change", auth=("geheim", "wrong")).status_code == 401
    assert client.post("/change", headers={TOKEN_HEADER: "geheim"}).status_code == 200
    assert client.post("/change", auth=("x", "geheim"), headers={"Origin": "http://evil.example"}).status_code == 401
