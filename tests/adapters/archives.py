"""Archives as nobody should make them, for the tests of unpacking."""

from __future__ import annotations

import io
import tarfile
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MODEL: Mapping[str, bytes] = {"am/final.mdl": b"m" * 100, "conf/model.conf": b"c", "graph/HCLr.fst": b"g" * 70_000}


def zipped(path: Path, members: Mapping[str, bytes], *, top: str = "") -> Path:
    """A zip of these files below a folder `top`."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(top + name, content)
    return path


def tarred(path: Path, members: Mapping[str, bytes], *, top: str = "", mode: str = "w:gz") -> Path:
    """A tar of these files below a folder `top`."""
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload] # any mode
        for name, content in members.items():
            add(archive, top + name, content)
    return path


def add(archive: tarfile.TarFile, name: str, content: bytes = b"", **fields: object) -> None:
    """One member with any of its fields as they should not be."""
    info = tarfile.TarInfo(name)
    info.size = len(content)
    for field, value in fields.items():
        setattr(info, field, value)
    archive.addfile(info, io.BytesIO(content))
