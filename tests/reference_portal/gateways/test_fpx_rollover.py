"""FPX changes its certificate: the portal goes along, and forgets the former one."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from reference_portal.errors import GatewayDown
from reference_portal.gateways.fpx_rollover import CURRENT_PATH, NEXT_FILE, NEXT_PATH, FpxCertificates
from reference_portal.gateways.fpx_signature import sign
from reference_portal.keys import MerchantKey, merchant_key


@pytest.fixture(name="following", scope="module")
def _following(tmp_path_factory: pytest.TempPathFactory) -> MerchantKey:
    """The key FPX changes to."""
    return merchant_key(tmp_path_factory.mktemp("fpx"), "EX00000001")


class Publisher:
    """FPX's certificates by their path, and how often somebody asked."""

    def __init__(self) -> None:
        self.served: dict[str, bytes] = {}
        self.asked: list[str] = []

    def fetch(self, path: str) -> bytes | None:
        """What is served there."""
        self.asked.append(path)
        return self.served.get(path)


@pytest.fixture(name="fpx")
def _fpx() -> Publisher:
    """FPX, which serves nothing yet."""
    return Publisher()


@pytest.fixture(name="current")
def _current(tmp_path: Path, published: dict[str, str]) -> Path:
    """The current certificate where the portal keeps it."""
    path = tmp_path / "fpx_current.cer"
    path.write_text(published["certificate"])
    return path


def test_a_next_certificate_at_hand_counts_and_takes_over(
    current: Path, key: RSAPrivateKey, following: MerchantKey
) -> None:
    """Both count until the first message signed with the next one; from then on the former is refused."""
    current.with_name(NEXT_FILE).write_text(following.certificate)
    certificates = FpxCertificates(current)

    assert certificates.verifies("text", sign(key, "text"))
    assert certificates.verifies("text", sign(following.private, "text"))
    assert current.read_text() == following.certificate
    assert not certificates.verifies("text", sign(key, "text"))
    assert FpxCertificates(current).verifies("text", sign(following.private, "text"))


def test_a_certificate_nobody_brought_is_fetched(
    current: Path, key: RSAPrivateKey, following: MerchantKey, fpx: Publisher
) -> None:
    """The first message that verifies with none at hand has both fetched; it is not lost."""
    fpx.served = {CURRENT_PATH: following.certificate.encode(), NEXT_PATH: following.certificate.encode()}
    certificates = FpxCertificates(current, fpx.fetch)

    assert certificates.verifies("text", sign(key, "text"))
    assert fpx.asked == []
    assert certificates.verifies("text", sign(following.private, "text"))
    assert sorted(fpx.asked) == sorted([CURRENT_PATH, NEXT_PATH])
    assert not certificates.verifies("text", sign(key, "text"))


def test_forgeries_do_not_have_fpx_asked_each_time(current: Path, following: MerchantKey, fpx: Publisher) -> None:
    """Once in a while is enough; and they stay forgeries."""
    fpx.served = {CURRENT_PATH: current.read_bytes(), NEXT_PATH: current.read_bytes()}
    current.with_name(NEXT_FILE).write_bytes(current.read_bytes())
    certificates = FpxCertificates(current, fpx.fetch)

    assert not any(certificates.verifies("text", sign(following.private, "text")) for _ in range(5))
    assert len(fpx.asked) == 2


def test_fpx_that_does_not_answer_changes_nothing(
    current: Path, key: RSAPrivateKey, following: MerchantKey, fpx: Publisher
) -> None:
    """What is at hand stays."""
    certificates = FpxCertificates(current, fpx.fetch)

    assert not certificates.verifies("text", sign(following.private, "text"))
    assert certificates.verifies("text", sign(key, "text"))


def test_a_portal_without_any_certificate_asks_for_one(
    tmp_path: Path, key: RSAPrivateKey, published: dict[str, str], fpx: Publisher
) -> None:
    """Until FPX answers it is FPX's side that is missing."""
    with pytest.raises(GatewayDown):
        FpxCertificates(tmp_path / "fpx_current.cer", fpx.fetch).verifies("text", sign(key, "text"))
    fpx.served = {CURRENT_PATH: published["certificate"].encode()}

    assert FpxCertificates(tmp_path / "fpx_current.cer", fpx.fetch).verifies("text", sign(key, "text"))
