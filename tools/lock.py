"""Make `requirements.lock`: every package pinned with its hashes, in two sections that agree on their versions.

The first section is what the sandbox needs to run (PostgreSQL's driver included, because a store may be given by URL);
the second, below the line `# --- load and test ---`, is what `caruman load` and the tests add to it.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
LOCK = ROOT / "requirements.lock"
BORDER = "# --- load and test ---"
HEADER = """\
# Every package the sandbox is made of, pinned, with hashes. Made by `make lock`; do not edit.
# Above the border: what `caruman up` installs. Below it: what `caruman load` and `caruman test` add.
"""
COMPILE = (
    *("uv", "pip", "compile", "--quiet", "--no-header", "--no-emit-index-url", "--no-emit-find-links"),
    *("--generate-hashes", "--python-version", "3.11", "pyproject.toml"),
)


def main() -> int:
    """Resolve everything once, resolve the first section inside that, write both."""
    everything = _entries(_compiled("--all-extras"))
    pins = ROOT / ".lock-pins"
    pins.write_text("".join(f"{_pin(entry)}\n" for entry in everything.values()))
    try:
        running = _entries(_compiled("--extra", "postgresql", "--constraints", pins.name))
    finally:
        pins.unlink()
    beyond = {name: entry for name, entry in everything.items() if name not in running}
    sections = "".join(running.values()), "".join(beyond.values())
    LOCK.write_text(f"{HEADER}{sections[0]}{BORDER}\n{sections[1]}")
    sys.stdout.write(f"{LOCK.name}: {len(running)} packages to run, {len(beyond)} more to load and test\n")
    return 0


def _compiled(*options: str) -> str:
    return subprocess.run([*COMPILE, *options], cwd=ROOT, check=True, capture_output=True, text=True).stdout  # noqa: S603


def _entries(compiled: str) -> dict[str, str]:
    """Each package's own lines (pin and hashes; the comments on who asked for it are left out), by name."""
    lines = [line for line in compiled.splitlines(keepends=True) if not line.lstrip().startswith("#")]
    blocks = re.split(r"(?m)^(?=[a-z0-9])", "".join(lines))
    return {block.partition("==")[0].partition("[")[0]: block for block in blocks if block.strip()}


def _pin(entry: str) -> str:
    """`name==version` without extras, marker or hashes."""
    return re.sub(r"\[.*?\]", "", entry.split()[0])


if __name__ == "__main__":
    raise SystemExit(main())
