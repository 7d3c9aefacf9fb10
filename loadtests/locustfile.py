"""What a user under load does: take a contributor whose cover has ended, and renew it as the guide says (L16).

`caruman load` starts it; by hand: `locust -f loadtests/locustfile.py --headless --host PORTAL --samples FILE`.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from locust import FastHttpUser, events, task
from locust.argument_parser import LocustArgumentParser
from locust.env import Environment

from features.addresses import Addresses
from features.applicant import Applicant
from features.errors import JourneyStopped
from features.steps import BY_NAME
from loadtests.contributors import Pool, from_portal
from loadtests.errors import NoContributors
from loadtests.measurements import WHOLE
from loadtests.samples import Gathering
from loadtests.transport import LocustTransport

RENEWAL = ("home", "sign_in", "sign_in_password", "choose_mode", "renew", "pay_by_fpx", "receipt")
"""L01 and L08 to L14; the verb `renew` is L11b with the form of L12."""
BATCH = 50
PAUSE_SECONDS = 1.0


class Renewing(FastHttpUser):
    """Renews one contributor after the other, without pause (a closed model: a slow sandbox is asked less often)."""

    pool: ClassVar[Pool]
    gathering: ClassVar[Gathering]

    @task
    def renew_cover(self) -> None:
        """One renewal, from the portal's first page to the receipt."""
        try:
            person = self.pool.take()
        except NoContributors as error:
            self.gathering.failure(f"no contributors: {error}")
            time.sleep(PAUSE_SECONDS)
            return
        transport = LocustTransport(self.client)
        transport.forget_cookies()
        applicant = Applicant(Addresses(self.host or "", "", "", ""), person, transport=transport)
        trouble: JourneyStopped | None = None
        with self.gathering.renewal() as renewal:
            try:
                for verb in RENEWAL:
                    with self.gathering.step(f"{BY_NAME[verb].id} {verb}"):
                        getattr(applicant, verb)()
            except JourneyStopped as error:
                trouble = error
                renewal.spoil(without_numbers(str(error)))
        self.environment.events.request.fire(
            request_type="RENEWAL",
            name=WHOLE,
            response_time=renewal.milliseconds,
            response_length=0,
            exception=trouble,
            context={},
        )


def without_numbers(sentence: str) -> str:
    """The sentence with order numbers and the like blotted out, so that alike failures count as one."""
    return re.sub(r"\d{4,}[\dA-Z-]*", "…", sentence)[:300]


def add_options(parser: LocustArgumentParser, **_: Any) -> None:
    """Our own options."""
    parser.add_argument("--samples", type=Path, required=True, help="File the measured times are written to")
    parser.add_argument(
        "--control-token",
        env_var="CARUMAN_LOAD_CONTROL_TOKEN",
        is_secret=True,
        help="What the portal's control doors ask for when it is open to the network",
    )


def prepare(environment: Environment, **_: Any) -> None:
    """Have the first contributors ready before anything is measured; without them there is no run."""
    options = environment.parsed_options
    if options is None or not environment.host:
        raise SystemExit("locustfile.py needs --host, the portal's address")
    Renewing.gathering = Gathering()
    Renewing.pool = Pool(from_portal(environment.host, options.control_token), max(BATCH, 2 * (options.num_users or 1)))
    try:
        Renewing.pool.fill()
    except NoContributors as error:
        raise SystemExit(f"no contributors to renew: {error}") from error


def note(exception: Exception, **_: Any) -> None:
    """A fault nobody foresaw counts as a failed renewal too."""
    Renewing.gathering.failure(f"{type(exception).__name__}: {without_numbers(str(exception))}")


def hand_over(environment: Environment, **_: Any) -> None:
    """Leave the times for the process that started this one."""
    if environment.parsed_options is not None:
        Renewing.gathering.write(environment.parsed_options.samples)


LISTENERS: dict[str, Callable[..., None]] = {
    "init_command_line_parser": add_options,
    "init": prepare,
    "user_error": note,
    "quitting": hand_over,
}
for _event, _listener in LISTENERS.items():
    getattr(events, _event).add_listener(_listener)
