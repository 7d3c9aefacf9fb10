"""The house rules that no single room can break alone: style, types, imports, the lock file, and what is not said."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import sandbox

ROOT = Path(__file__).parent.parent
BORDER = "# --- load and test ---"
MACHINES = (
    # each pattern is written so that it does not match itself
    r"pypi[.]org|python[h]osted",
    r"(?<!emit-)(?:index-ur[l]|find-link[s])",
    r"file:/[/]",
    r"(?<![\w.])/wor[k]/|\.\./share[d]\b",
    r"/roo[t]/|/home/[a-z]|/User[s]/",
    r"/opt/(?:wheel[s]|pyp[i])",
)
"""What would tie the repository to one machine or one package index."""


def tracked_files() -> list[Path]:
    """What git would hand to somebody else."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def project() -> dict[str, object]:
    """The `[project]` table."""
    table: dict[str, object] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return table


def lock_sections() -> tuple[dict[str, str], dict[str, str]]:
    """Pinned versions by name: what runs, and what load and tests add."""
    running, border, beyond = (ROOT / "requirements.lock").read_text().partition(f"{BORDER}\n")
    assert border
    return _pins(running), _pins(beyond)


def _pins(section: str) -> dict[str, str]:
    return dict(re.findall(r"(?m)^([a-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)", section))


@pytest.mark.parametrize("command", ["check --output-format concise", "format --check"])
def test_the_house_is_in_style(command: str) -> None:
    """Ruff has nothing to say."""
    done = run("ruff", *command.split(), "--no-cache", ".")

    assert done.returncode == 0, done.stdout + done.stderr


def test_the_house_is_typed() -> None:
    """Mypy has nothing to say; an old cache may have, about files that were not there then, so it is not believed."""
    done = run("mypy")
    if done.returncode != 0:
        done = run("mypy", "--cache-dir", os.devnull)

    assert done.returncode == 0, done.stdout + done.stderr


def run(module: str, *words: str) -> subprocess.CompletedProcess[str]:
    """One of the tools, on the whole house."""
    return subprocess.run([sys.executable, "-m", module, *words], cwd=ROOT, capture_output=True, text=True, check=False)


def test_arrows_point_down() -> None:
    """Every import contract in pyproject.toml is kept."""
    lint = "import sys; from importlinter.cli import lint_imports_command as lint; sys.exit(lint(['--no-cache']))"
    done = subprocess.run([sys.executable, "-c", lint], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 broken" in done.stdout


def test_no_tracked_file_names_an_index_or_a_machine() -> None:
    """A clone means the same thing everywhere."""
    pattern = re.compile("|".join(MACHINES).encode())
    found = [
        f"{path.relative_to(ROOT)}: {match.group().decode()}"
        for path in tracked_files()
        for match in pattern.finditer(path.read_bytes())
    ]

    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "--index-" + "url=https://example.invalid/simple",
        "https://files.python" + "hosted.org/packages/x",
        "see file:" + "///tmp/x",
        "cd /wor" + "k/main",
        'Path("/ro' + 'ot/.cache")',
        "--find-" + "links /somewhere",
    ],
)
def test_the_search_for_machines_finds_them(line: str) -> None:
    """The patterns match what they are meant for."""
    assert re.search("|".join(MACHINES), line)


def test_every_package_of_the_lock_has_hashes() -> None:
    """Nothing is installed that was not seen before; no line says where from."""
    text = (ROOT / "requirements.lock").read_text()
    entries = re.split(r"(?m)^(?=[a-z0-9])", re.sub(r"(?m)^#.*\n", "", text))[1:]

    assert len(entries) > 40
    for entry in entries:
        pin, *hashes = entry.replace("\\\n", "").split()

        assert re.fullmatch(r"[a-z0-9._-]+(\[[a-z,]+\])?==[0-9][^\s;]*", pin)
        assert hashes
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", each) for each in hashes), pin
    assert "://" not in text


def test_the_two_sections_of_the_lock_share_no_package() -> None:
    """A version stands once, so that the sections cannot disagree."""
    running, beyond = lock_sections()

    assert set(running) & set(beyond) == set()


def test_the_lock_covers_pyproject() -> None:
    """Each requirement is met by its section: what runs by the first, load and test by the first or second."""
    running, beyond = lock_sections()
    table = project()
    extras: dict[str, list[str]] = table["optional-dependencies"]  # type: ignore[assignment]
    plain: list[str] = table["dependencies"]  # type: ignore[assignment]

    assert unmet([*plain, *extras["postgresql"]], running) == []
    assert unmet([*extras["load"], *extras["test"]], running | beyond) == []


def unmet(requirements: list[str], pins: dict[str, str]) -> list[str]:
    """The requirements no pin satisfies; those on this project itself are about its own extras."""
    parsed = [Requirement(text) for text in requirements]
    return [
        str(each)
        for each in parsed
        if each.name != project()["name"]
        and not each.specifier.contains(pins.get(canonicalize_name(each.name), "0.dev0"), prereleases=False)
    ]


def test_a_requirement_the_lock_misses_is_noticed() -> None:
    """The check above can fail: a missing package, and a version too old."""
    assert unmet(["nobody>=1"], {}) == ["nobody>=1"]
    assert unmet(["flask>=99"], {"flask": "3.1.0"}) == ["flask>=99"]


def test_the_version_is_told_once() -> None:
    """`caruman version` and the distribution agree."""
    assert project()["version"] == sandbox.__version__


def test_the_build_machine_runs_exactly_the_launcher() -> None:
    """`.ci/run` calls `./caruman test`, and both may be executed."""
    for name in ("caruman", ".ci/run"):
        assert (ROOT / name).stat().st_mode & 0o111, f"{name} is not executable"
        subprocess.run(["bash", "-n", ROOT / name], check=True)
    commands = [
        line
        for line in (ROOT / ".ci/run").read_text().splitlines()
        if line and not line.startswith("#") and not line.startswith("set ")
    ]

    assert commands == ['exec "$(dirname -- "${BASH_SOURCE[0]}")/../caruman" test "$@"']


def test_an_installed_sandbox_has_every_file_a_clone_has() -> None:
    """What is not Python in a package (pages, styles, features, data) is named in the package data; READMEs stay."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]
    packages = tuple(each.rstrip("*") for each in settings["packages"]["find"]["include"])
    kinds = {pattern.removeprefix("*") for pattern in settings["package-data"]["*"]}
    inside = [path for path in tracked_files() if path.relative_to(ROOT).parts[0] in packages]

    assert len(inside) > 100
    assert [path for path in inside if path.suffix not in kinds | {".py"} and path.name != "README.md"] == []
