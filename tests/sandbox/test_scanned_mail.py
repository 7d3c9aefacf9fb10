"""The portal's mail behind a mail scanner, as stands before real mailboxes."""

from __future__ import annotations

from collections.abc import Callable

import httpx

from sandbox.walk import Walk
from sandbox.world import World, WorldOptions


def test_the_activation_link_survives_a_mail_scanner(until: Callable[..., object]) -> None:
    """Every link of every mail is opened by HEAD and GET first; the applicant still walks all sixteen steps."""
    steps = []
    with World(WorldOptions(fast_passwords=True)) as world, httpx.Client(base_url=world.addresses.inbox) as inbox:
        assert inbox.post("/_control/scanner", json={"on": True}).json() == {"on": True}

        def scan() -> list[str]:
            found = inbox.get("/api/v1/message/latest", params={"query": "subject:Pengaktifan"}).json()["scan"]
            return [link["verdict"] for link in found["links"]]

        for happened in Walk(world.addresses):
            steps.append(happened.step.name)
            if happened.step.name == "registered":  # the mail is there; who opens the link now is second
                until(lambda: scan() == ["alive"], "the link of the mail has been scanned and lives")

    assert len(steps) == 16
