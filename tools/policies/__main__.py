"""Make everything from the table, or see whether it is made: `python -m tools.policies [--check]`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tools.policies import linux, macos, page, program, windows
from tools.policies.table import ROOT, read

if TYPE_CHECKING:
    from tools.policies.table import Table


def made(table: Table) -> dict[str, str]:
    """Every file that is made, by its path below the root."""
    return {
        "desktop/sottovoce/domain/policy_table.py": program.module(table),
        "docs/policies.md": page.page(table),
        "installer/policy/policies.schema.json": linux.schema(table),
        "installer/policy/linux/sample.json": linux.sample(table),
        f"installer/policy/macos/{table.bundle}.mobileconfig": macos.profile(table),
        f"installer/policy/windows/{table.name}.admx": windows.admx(table),
        f"installer/policy/windows/en-US/{table.name}.adml": windows.adml(table),
    }


def stale(table: Table) -> list[str]:
    """Files that are not as they would be made."""
    return [name for name, text in made(table).items() if _present(name) != text]


def _present(name: str) -> str | None:
    file = ROOT / name
    return file.read_text("utf-8") if file.exists() else None


def main(words: list[str]) -> int:
    """Exit code: 1 if something is stale."""
    table = read()
    if words == ["--check"]:
        old = stale(table)
        for name in old:
            print(f"{name} is stale: run `python -m tools.policies`")
        return 1 if old else 0
    for name, text in made(table).items():
        (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / name).write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
