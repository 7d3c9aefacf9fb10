"""Writes the tables of the root README and of docs/ from the data they show; with `--check` only compares."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))  # a script's own folder is on the path, the house is not

from docs.difference_register import read_register  # noqa: E402  after the path is set
from emulators.fpx.outcomes.asked import magic_amount  # noqa: E402
from emulators.fpx.outcomes.catalogue import CATALOGUE as OUTCOMES  # noqa: E402
from emulators.fpx.outcomes.stages import plain  # noqa: E402
from emulators.fpx.response_codes import CODES  # noqa: E402
from emulators.fpx.triggers import CATALOGUE  # noqa: E402
from emulators.sms.fault_catalogue import CATALOGUE as SMS_FAULTS  # noqa: E402
from emulators.sms.fault_numbers import MAGIC_ENDINGS  # noqa: E402
from emulators.sms.settings import SmsSettings  # noqa: E402


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


def faults() -> list[str]:
    """Everything of FPX that can be asked for by name, but for the plain response codes."""
    rows = (
        (
            f"`{row.name}`",
            row.meaning.english,
            row.stage,
            "; ".join(
                f"`{name}={plain(parameter.default)}` {parameter.sentence}" for name, parameter in row.takes.items()
            ),
            f"`{magic_amount(row)}`",
        )
        for row in OUTCOMES
        if not row.is_code
    )
    return table(("Name", "What happens", "Stage", "Parameters with their defaults", "Magic amount"), rows)


def codes() -> list[str]:
    """Every response code of FPX with what asks for it."""
    rows = (
        (f"`{row.name}`", row.code, CODES[row.code].english, f"`{magic_amount(row)}`")
        for row in OUTCOMES
        if row.is_code
    )
    return table(("Name", "Code", "What it means", "Magic amount"), rows)


def sms_faults() -> list[str]:
    """Everything that can be made to go wrong with an SMS."""
    rows = (
        (
            f"`{row.name}`",
            row.sentence,
            row.stage,
            "; ".join(f"`{name}={parameter.default}` {parameter.sentence}" for name, parameter in row.takes.items()),
        )
        for row in SMS_FAULTS
    )
    return table(("Name", "What happens", "Stage", "Parameters with their defaults"), rows)


def sms_numbers() -> list[str]:
    """The recipients that ask for a fault."""
    block = SmsSettings.model_fields["magic_block"].default
    return table(("To", "Asks for"), ((f"`{block}{ending}`", f"`{asked}`") for ending, asked in MAGIC_ENDINGS.items()))


def table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A Markdown table; a bar or a line break inside a cell is kept harmless."""
    lines = [heading, ["---"] * len(heading), *rows]
    return [
        "| " + " | ".join(" ".join(str(cell).replace("|", "\\|").split()) for cell in line) + " |" for line in lines
    ]


TABLES: dict[str, Callable[[], list[str]]] = {"triggers": triggers, "differences": differences}
"""The tables by the name that stands in the README's markers."""

PAGES = {
    README: TABLES,
    ROOT / "docs" / "fpx-faults.md": {"faults": faults, "codes": codes},
    ROOT / "docs" / "sms.md": {"sms-faults": sms_faults, "sms-numbers": sms_numbers},
}
"""Which tables stand on which page."""


def filled(readme: str, tables: Mapping[str, Callable[[], list[str]]] = TABLES) -> str:
    """A page with each table between its markers replaced.

    Raises:
        ValueError: a table's markers are missing or doubled.
    """
    for name, rows in tables.items():
        start, end = f"<!-- {name}: written by docs/readme_tables.py -->\n", f"<!-- end of {name} -->"
        pattern = re.escape(start) + ".*?" + re.escape(end)
        body = "\n".join(rows()).replace("\\", "\\\\")
        readme, times = re.subn(pattern, f"{start}\n{body}\n\n{end}", readme, flags=re.DOTALL)
        if times != 1:
            raise ValueError(f"the page has {times} places for the table {name!r}; it needs one")
    return readme


def main(arguments: Sequence[str]) -> int:
    """Write the tables; with `--check` return 1 when they are not as the data says."""
    stale = []
    for page, tables in PAGES.items():
        present = page.read_text(encoding="utf-8")
        if present != (wanted := filled(present, tables)):
            stale.append(page.name)
            if "--check" not in arguments:
                page.write_text(wanted, encoding="utf-8")
    if not stale or "--check" not in arguments:
        return 0
    sys.stderr.write(f"{', '.join(stale)} not as the data says; run: python docs/readme_tables.py\n")
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
