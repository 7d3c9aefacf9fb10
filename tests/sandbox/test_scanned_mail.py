"""The portal's mail behind a mail scanner, as stands before real mailboxes."""

from __future__ import annotations

from collections.abc import Callable

import httpx

from sandbox.walk import Walk
from sandbox.world import World, WorldOptions


def test_the_activation_link_survives_a_mail_scanner(until: Callable[..., object]) -> None:
    """Every link of every mail is opened by HEAD and GET first; the applicant still walks all sixteen steps."""
    with World(WorldOptions(fast_passwords=True)) as world:
        inbox = world.addresses.inbox
        assert httpx.post(f"{inbox}/_control/scanner", json={"on": True}).json() == {"on": True}

        def scan() -> list[str]:
            found = httpx.get(f"{inbox}/api/v1/message/latest", params={"query": "subject:Pengaktifan"}).json()["scan"]
            return [link["verdict"] for link in found["links"]]

        assert len(list(Walk(world.addresses))) == 16
        until(lambda: scan() == ["alive"], "the link of the mail has been scanned and lives")
