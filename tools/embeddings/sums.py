"""The list of files that a folder of an embedder holds, and what is in them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def write_sums(folder: Path, names: Sequence[str]) -> None:
    """Write `files.sum`: what the program compares the files with before it uses them."""
    lines = []
    for name in names:
        content = (folder / name).read_bytes()
        lines.append(f"{hashlib.sha256(content).hexdigest()} {len(content)} {name}\n")
    (folder / "files.sum").write_text("".join(lines), encoding="ascii", newline="\n")
