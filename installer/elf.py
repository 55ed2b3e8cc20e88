"""What an ELF file asks of the machine it runs on, as binutils and patchelf tell it."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

MAGIC: Final = b"\x7fELF"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What one or many ELF files ask for."""

    libraries: frozenset[str] = frozenset()
    """Sonames, as `libc.so.6`."""
    versions: frozenset[tuple[str, tuple[int, ...]]] = frozenset()
    """Versions of symbols, as `("GLIBC", (2, 34))`."""

    def newest(self, name: str) -> str:
        """The newest version that is asked for of `name`, as "2.34"."""
        return ".".join(map(str, max(version for of, version in self.versions if of == name)))


def is_elf(file: Path) -> bool:
    """Whether it is one."""
    with file.open("rb") as opened:
        return opened.read(4) == MAGIC


def asked_by(file: Path) -> Asked:
    """What one file asks for."""
    told = _output("objdump", "-p", str(file))
    return Asked(
        libraries=frozenset(re.findall(r"^\s+NEEDED\s+(\S+)", told, re.MULTILINE)),
        versions=frozenset(
            (name, tuple(map(int, version.split("."))))
            for name, version in re.findall(r"\s(GLIBC|GLIBCXX)_([\d.]+)$", told, re.MULTILINE)
        ),
    )


def asked_by_tree(tree: Path) -> Asked:
    """What all files of a tree ask for that is not among them."""
    files = [file for file in sorted(tree.rglob("*")) if file.is_file() and not file.is_symlink() and is_elf(file)]
    asked = [asked_by(file) for file in files]
    here = {file.name for file in tree.rglob("*")}
    return Asked(
        libraries=frozenset(name for one in asked for name in one.libraries if name not in here),
        versions=frozenset(version for one in asked for version in one.versions),
    )


def run_path(file: Path) -> str:
    """Where it looks for libraries first."""
    return _output("patchelf", "--print-rpath", str(file)).strip()


def clean_run_path(file: Path) -> None:
    """Take out of its run path what is not below itself: the building machine's folders."""
    before = run_path(file)
    after = ":".join(part for part in before.split(":") if part.startswith("$ORIGIN"))
    if after == before:
        return
    change = ["--set-rpath", after] if after else ["--remove-rpath"]
    _output("patchelf", *change, str(file))


def strip(file: Path) -> None:
    """Take out what only a debugger reads; a file that strip would break stays as it is.

    Wheels' own copies of libraries were written anew by auditwheel, and strip moves the parts of some so that no loader
    takes them any more.
    """
    stripped = file.with_name(f"{file.name}.stripped")
    _output("strip", "--strip-unneeded", "-o", str(stripped), str(file))
    if loads(stripped):
        stripped.replace(file)
    else:
        stripped.unlink()


def loads(file: Path) -> bool:
    """Whether its parts lie as a loader wants them: offset and address alike below the alignment."""
    parts = re.findall(
        r"^\s+LOAD off\s+(0x\w+) vaddr (0x\w+) paddr 0x\w+ align 2\*\*(\d+)$",
        _output("objdump", "-p", str(file)),
        re.MULTILINE,
    )
    return bool(parts) and all(
        (int(offset, 16) - int(address, 16)) % (1 << int(power)) == 0 for offset, address, power in parts
    )


def _output(*command: str) -> str:
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
