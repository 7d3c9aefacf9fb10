"""The switch's certificates: kept private, published, and rolled over by hand and by the clock."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from flask.testing import FlaskClient

from emulators.foundation.clock import MALAYSIA, Clock
from emulators.foundation.errors import CallersMistake
from emulators.foundation.randomness import random_source
from emulators.foundation.room import Room
from emulators.fpx import checksum
from emulators.fpx.app import create_room
from emulators.fpx.identity import Identity, Stage, switch_identity
from emulators.fpx.rollover import Rollover
from emulators.fpx.settings import FpxSettings


@pytest.fixture(name="pairs", scope="module")
def _pairs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A current, a next and a retired pair, made once because each key takes its time."""
    folder = tmp_path_factory.mktemp("pairs") / "fpx"
    for stage in Stage:
        switch_identity(folder, stage)
    return folder


@pytest.fixture(name="clock")
def _clock() -> Clock:
    """A clock that only the test moves."""
    clock = Clock()
    clock.hold()
    return clock


class Notes:
    """A journal that nobody reads."""

    def note(self, *_entry: object, **_facts: object) -> None:
        """Forget it."""


@pytest.fixture(name="begin")
def _begin(tmp_path: Path, pairs: Path, clock: Clock) -> Callable[[], Rollover]:
    """`begin()`: a start over the test's folder, which has a current pair and, ready to be published, a next one."""
    folder = tmp_path / "fpx"
    folder.mkdir(mode=0o700)
    (folder / Stage.CURRENT).write_bytes((pairs / Stage.CURRENT).read_bytes())
    return lambda: Rollover(folder, clock, Notes())  # type: ignore[arg-type]  a journal of three lines


@pytest.fixture(name="quick_keys", autouse=True)
def _quick_keys(monkeypatch: pytest.MonkeyPatch, pairs: Path) -> None:
    """A key that is made is one made before: proving primes is not what is tested here."""
    spare = switch_identity(pairs, Stage.NEXT).key
    monkeypatch.setattr("emulators.fpx.identity.rsa.generate_private_key", lambda **_: spare)


def signs(rollover: Rollover, pair: Identity) -> bool:
    """Whether what the switch signs now verifies with the certificate of `pair`."""
    signature = rollover.signed({"fpx_a": "1"}, ["a"])["fpx_checkSum"]
    key = pair.certificate.public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    return checksum.verifies("1", signature, key)


def test_the_switch_makes_its_key_once_and_keeps_it_private(tmp_path: Path, pairs: Path) -> None:
    """A second start loads the same pair; the file is 0600 and the folder 0700; nothing else is left behind."""
    folder = tmp_path / "new"
    first, second = switch_identity(folder), switch_identity(folder)

    assert first.certificate_pem == second.certificate_pem
    assert [path.name for path in folder.iterdir()] == ["switch.pem"]
    assert stat.S_IMODE((folder / "switch.pem").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_certificate_is_of_the_key_and_says_sandbox(pairs: Path) -> None:
    """It is published without the private key."""
    identity = switch_identity(pairs)

    assert identity.key.public_key() == identity.certificate.public_key()
    assert "SANDBOX" in identity.certificate.subject.rfc4514_string()
    assert "PRIVATE" not in identity.certificate_pem


def test_two_starts_at_once_end_up_with_one_pair(tmp_path: Path) -> None:
    """Whoever comes second uses what the first has made."""
    with ThreadPoolExecutor(3) as pool:
        made = list(pool.map(switch_identity, [tmp_path / "fpx"] * 3))

    assert len({identity.certificate_pem for identity in made}) == 1


def test_a_rollover_by_hand(begin: Callable[[], Rollover]) -> None:
    """Published: still signed with the current one. Switched: signed with the next, and the former is retired."""
    rollover = begin()
    former = rollover.current()
    assert rollover.newest() == former
    rollover.publish()
    following = rollover.newest()

    assert following.key != former.key
    assert (signs(rollover, former), signs(rollover, following)) == (True, False)
    rollover.switch()
    assert (signs(rollover, former), signs(rollover, following)) == (False, True)
    assert rollover.newest() == rollover.current() == following
    signature = rollover.retired_signer().sign("1")
    assert checksum.verifies("1", signature, former.key.public_key())
    assert {stage: bool(told) for stage, told in rollover.told().items()} == {
        "current": True,
        "next": False,
        "retired": True,
    }


def test_a_restart_in_the_middle_goes_on_where_it_was(begin: Callable[[], Rollover]) -> None:
    """Published stays published, switched stays switched."""
    begin().publish()
    published = begin()
    assert published.newest() != published.current()
    published.switch()
    again = begin()

    assert again.told() == published.told()
    assert signs(again, published.current())


def test_publishing_twice_publishes_once(begin: Callable[[], Rollover]) -> None:
    """Merchants that have fetched the next certificate have fetched the right one."""
    rollover = begin()
    rollover.publish()
    first = rollover.newest()
    rollover.publish()

    assert rollover.newest() == first


def test_a_rollover_by_the_clock(begin: Callable[[], Rollover], clock: Clock) -> None:
    """The current certificate is issued again with an end, under its key; one second later the next one signs."""
    rollover = begin()
    former = rollover.current()
    rollover.verb({"publish": "next", "switch_at": "2019-06-01T00:00"})
    shortened = rollover.current()

    assert shortened.certificate.public_key() == former.certificate.public_key()
    assert shortened.certificate != former.certificate
    assert shortened.ends == datetime(2019, 6, 1, tzinfo=MALAYSIA)
    clock.set(shortened.ends)
    assert signs(rollover, former)
    clock.advance(timedelta(seconds=1))
    assert not signs(rollover, former)
    assert rollover.told()["retired"]["valid_to"] == "2019-05-31T16:00:00+00:00"
    clock.set(datetime(2019, 5, 15, tzinfo=MALAYSIA))
    assert not signs(rollover, former)
    assert not signs(begin(), former)


def test_there_is_a_retired_pair_before_any_rollover(begin: Callable[[], Rollover]) -> None:
    """A fault can sign with it at once; its certificate ended before the sandbox's default day."""
    rollover = begin()
    signer = rollover.retired_signer()

    assert signer.sign("1") == rollover.retired_signer().sign("1")
    assert not checksum.verifies("1", signer.sign("1"), rollover.current().key.public_key())
    assert rollover.told()["retired"]["valid_to"] < "2019"


@pytest.mark.parametrize(
    ("wish", "reason"),
    [
        ({"publish": "now"}, "say"),
        ({"switch": False}, "say"),
        ({"switch": True, "publish": "next"}, "say"),
        ({"publish": "next", "switch_at": "soon"}, "switch_at: "),
        ({"publish": "next", "switch_at": "2019-05-01"}, "switch_at: that instant has passed"),
        ({"publish": "next", "switch_at": "3019-05-01"}, "switch_at: "),
        ({"publish": "next", "switch_at": None}, "switch_at: "),
    ],
)
def test_a_wish_that_is_none_is_refused(begin: Callable[[], Rollover], wish: dict[str, Any], reason: str) -> None:
    """And nothing is published."""
    rollover = begin()

    with pytest.raises(CallersMistake, match=reason):
        rollover.verb(wish)
    assert rollover.told()["next"] is None


@pytest.fixture(name="room")
def _room(tmp_path: Path, pairs: Path, clock: Clock) -> Iterator[Room]:
    """An FPX room whose keys were made before."""
    folder = tmp_path / "fpx"
    folder.mkdir(mode=0o700)
    (folder / Stage.CURRENT).write_bytes((pairs / Stage.CURRENT).read_bytes())
    room = create_room(FpxSettings(data_dir=tmp_path), clock, random_source("7", "fpx"))
    yield room
    room.close()


def test_the_names_of_the_kits_are_published(room: Room) -> None:
    """`fpxuat_current.cer` is what verifies now, `fpxuat.cer` what will; both always answer, in PEM."""
    http = room.app.test_client()

    def fetched(name: str) -> bytes:
        answer = http.get(f"/certificates/{name}")
        assert answer.status_code == 200
        return x509.load_pem_x509_certificate(answer.data).public_key().public_numbers()  # type: ignore[return-value,union-attr]

    before = fetched("fpxuat_current.cer")
    assert fetched("fpxuat.cer") == before
    assert http.post("/_control/certificates", json={"publish": "next"}).status_code == 200
    following = fetched("fpxuat.cer")
    assert (fetched("fpxuat_current.cer"), following != before) == (before, True)
    assert http.post("/_control/certificates", json={"switch": True}).status_code == 200
    assert fetched("fpxuat_current.cer") == fetched("fpxuat.cer") == following
    assert http.post("/_control/certificates", json={"switch": True}).status_code == 409
    assert [entry["kind"] for entry in room.journal(0, 10)] == ["certificate published", "certificate switched"]


def test_the_console_rehearses_a_rollover(room: Room) -> None:
    """The page shows each stage, publishes, switches, and says why it cannot."""
    http: FlaskClient = room.app.test_client()
    assert 'data-testid="next"' not in http.get("/certificates").text

    assert http.post("/certificates/switch").status_code == 409
    late = http.post("/certificates/publish", data={"switch_at": "2019-01-01T00:00"})
    assert (late.status_code, "that instant has passed" in late.text) == (400, True)
    assert http.post("/certificates/publish", data={"switch_at": ""}).status_code == 303
    assert 'data-testid="next"' in http.get("/certificates").text
    assert http.post("/certificates/switch").status_code == 303
    page = http.get("/certificates").text
    assert ('data-testid="next"' in page, 'data-testid="retired"' in page) == (False, True)


def test_a_page_of_another_site_cannot_roll_over(room: Room) -> None:
    """The buttons are guarded like the control doors."""
    foreign = room.app.test_client().post("/certificates/publish", headers={"Sec-Fetch-Site": "cross-site"})

    assert foreign.status_code == 401
