"""Names that stand for numbers."""

from __future__ import annotations


def by_number(*rows: str, start: int = 0) -> dict[str, int]:
    """A row's names, with spaces between them, by the row's number: "monday mon", "tuesday tue tues"."""
    return {name: at for at, names in enumerate(rows, start) for name in names.split()}
