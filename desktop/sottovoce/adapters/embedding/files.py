"""The files of an embedder as they ship: all there, of the size they had, and unchanged when it matters."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sottovoce.domain.errors import EmbedderBroken
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from pathlib import Path

SUMS = "files.sum"
"""What a folder of an embedder should hold: a line a file, "SHA-256  bytes  name"."""


def broken(path: Path) -> EmbedderBroken:
    """Make the error that names a damaged file."""
    return EmbedderBroken(said("error-embedder-file-damaged", file=f"{path.parent.name}/{path.name}"))


def check_sizes(folder: Path) -> None:
    """Look whether each file is there and as long as it should be; reads only the list.

    Raises:
        EmbedderBroken: One isn't, or there is no list.
    """
    for path, _, size in _listed(folder):
        try:
            there = path.stat().st_size
        except OSError:
            there = -1
        if there != size:
            raise broken(path)


def check_contents(folder: Path) -> None:
    """Read each file through and compare it with its SHA-256 (15 ms for 23 MB with SHA instructions).

    Raises:
        EmbedderBroken: A file is missing or not what it was.
    """
    for path, digest, _ in _listed(folder):
        try:
            with path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            raise broken(path) from None
        if found != digest:
            raise broken(path)


def _listed(folder: Path) -> list[tuple[Path, str, int]]:
    """Path, digest and size of each file."""
    try:
        lines = [line.split() for line in (folder / SUMS).read_text(encoding="ascii").splitlines()]
        listed = [(folder / name, digest, int(size)) for digest, size, name in lines]
    except (OSError, ValueError):
        raise broken(folder / SUMS) from None
    if not listed:
        raise broken(folder / SUMS)
    return listed
