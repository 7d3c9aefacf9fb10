"""A payment from the AR to the acknowledged AC: beside its irreducible work, with a full store, beside localstripe."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import httpx

from loadtests.benchmarks import localstripe
from loadtests.benchmarks.fpx_buyers import EXCHANGE, SELLER, Merchant, Unexpected, pay_all
from loadtests.benchmarks.fpx_filled import fill
from loadtests.benchmarks.processes import cpu_seconds
from loadtests.benchmarks.runner import Benchmark, Figures
from loadtests.benchmarks.served import running, served

PAYMENTS, WARM_UP, BUYERS, FILLED = 400, 40, 4, 100_000
WAIT_SECONDS, LOOK_SECONDS = 60.0, 0.01


def measure() -> Figures:
    """One run: the floor, the room with little stored, the same with much, localstripe."""
    merchant = Merchant()
    with running([sys.executable, "-m", "loadtests.benchmarks.fpx_seller"]) as line, tempfile.TemporaryDirectory() as d:
        seller = line.strip()
        with running([sys.executable, "-m", "loadtests.benchmarks.fpx_floor", seller]) as floor:
            _, bare = _measured(floor.strip(), seller, merchant, 0, "loadtests.benchmarks.fpx_floor")
        rate, little = _room(Path(d), seller, merchant, 0)
        fill(Path(d) / "fpx.sqlite3", FILLED)
        full_rate, much = _room(Path(d), seller, merchant, 1_000_000)
        with tempfile.TemporaryDirectory() as fresh:
            scaled, _ = _room(Path(fresh), seller, merchant, 0, "--granian")
    return {
        "sandbox payments/s": rate,
        "sandbox payments/s with 100,000 stored": full_rate,
        "granian payments/s": scaled,
        "sandbox CPU ms": little,
        "sandbox CPU ms with 100,000 stored": much,
        "irreducible CPU ms": bare,
        "localstripe best window/s": localstripe.best_window(),
    }


def _room(folder: Path, seller: str, merchant: Merchant, first: int, *words: str) -> tuple[float, float]:
    """Payments a second, and CPU milliseconds a payment, of the room in this folder (without those of granian's)."""
    with served("fpx", "--data-dir", str(folder), "--clock", "2019-05-15T09:00", *words) as addresses:
        told = {
            "exchange_id": EXCHANGE,
            "seller_id": SELLER,
            "name": "Penjual Contoh",
            "certificate": merchant.public_key(),
        }
        urls = {"direct_url": f"{seller}/direct", "indirect_url": f"{seller}/indirect"}
        httpx.post(f"{addresses['fpx']}/_control/sellers", json=told | urls, timeout=10).raise_for_status()
        return _measured(addresses["fpx"], seller, merchant, first, "sandbox", "serve", "fpx")


def _measured(url: str, seller: str, merchant: Merchant, first: int, *program: str) -> tuple[float, float]:
    requests = merchant.requests(first, WARM_UP + PAYMENTS)
    before = _count(seller)
    pay_all(url, requests[:WARM_UP], BUYERS)
    _acknowledged(seller, before + WARM_UP)
    cpu, begun = cpu_seconds(*program), time.perf_counter()
    pay_all(url, requests[WARM_UP:], BUYERS)
    _acknowledged(seller, before + WARM_UP + PAYMENTS)
    seconds = time.perf_counter() - begun
    return PAYMENTS / seconds, (cpu_seconds(*program) - cpu) / PAYMENTS * 1000


def _acknowledged(seller: str, count: int) -> None:
    ends = time.monotonic() + WAIT_SECONDS
    while (come := _count(seller)) < count:
        if time.monotonic() > ends:
            raise Unexpected(f"{come} of {count} direct AC came")
        time.sleep(LOOK_SECONDS)


def _count(seller: str) -> int:
    return int(httpx.get(f"{seller}/count").text)


BENCHMARK = Benchmark(
    name="fpx_payment",
    sentence=f"{PAYMENTS} payments of {BUYERS} buyers, six requests each, until the seller's OK to the direct AC",
    measure=measure,
    ratios={
        "sandbox / irreducible": ("sandbox CPU ms", "irreducible CPU ms"),
        "full store / empty store": ("sandbox CPU ms with 100,000 stored", "sandbox CPU ms"),
        "sandbox / localstripe": ("sandbox payments/s", "localstripe best window/s"),
        "granian / localstripe": ("granian payments/s", "localstripe best window/s"),
    },
    at_least={"sandbox / localstripe": 3.0, "granian / localstripe": 3.0},
    at_most={"sandbox / irreducible": 3.0, "full store / empty store": 1.2},
)
