"""Writes the tables of the root README from the data they show; with `--check` only compares."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))  # a script's own folder is on the path, the house is not

from docs.difference_register import read_register  # noqa: E402  after the path is set
from emulators.fpx.triggers import CATALOGUE  # noqa: E402


def differences() -> list[str]:
    """The register of differences from production."""
    rows = (
        (row.id, row.sandbox, row.production, row.confidence, f"`{row.setting}`" if row.setting else "")
        for row in read_register()
    )
    return table(("Id", "The sandbox", "Production, as far as known", "Sure?", "Setting"), rows)


def triggers() -> list[str]:
    """The outcomes a tester can choose at the bank, from the one catalogue."""
    rows = (
        (
            row.where.label.english.replace(row.where, f"`{row.where}`"),
            row.enter.english.replace(row.value, f"`{row.value}`"),
            row.code,
            row.meaning.english,
        )
        for row in CATALOGUE
    )
    return table(("Where", "Enter or press", "Code", "What happens"), rows)


def table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A Markdown table; a bar or a line break inside a cell is kept harmless."""
    lines = [heading, ["---"] * len(heading), *rows]
    return [
        "| " + " | ".join(" ".join(str(cell).replace("|", "\\|").split()) for cell in line) + " |" for line in lines
    ]


TABLES: dict[str, Callable[[], list[str]]] = {"triggers": triggers, "differences": differences}
"""The tables by the name that stands in the README's markers."""


def filled(readme: str) -> str:
    """The README with each table between its markers replaced.

    Raises:
        ValueError: a table's markers are missing or doubled.
    """
    for name, rows in TABLES.items():
        start, end = f"<!-- {name}: written by docs/readme_tables.py -->\n", f"<!-- end of {name} -->"
        pattern = re.escape(start) + ".*?" + re.escape(end)
        body = "\n".join(rows()).replace("\\", "\\\\")
        readme, times = re.subn(pattern, f"{start}\n{body}\n\n{end}", readme, flags=re.DOTALL)
        if times != 1:
            raise ValueError(f"README.md has {times} places for the table {name!r}; it needs one")
    return readme


def main(arguments: Sequence[str]) -> int:
    """Write the tables; with `--check` return 1 when they are not as the data says."""
    present = README.read_text(encoding="utf-8")
    wanted = filled(present)
    if present == wanted:
        return 0
    if "--check" in arguments:
        sys.stderr.write("README.md is not as its data says; run: python docs/readme_tables.py\n")
        return 1
    README.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
