"""The MSI by wixl and the setup by makensis, of a frozen tree; both are made under Linux as well."""

from __future__ import annotations

import hashlib
import os
import subprocess
import uuid
from typing import TYPE_CHECKING, Final

from installer.product import NAME, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SOURCES: Final = ROOT / "installer" / "windows"
NAMESPACE: Final = uuid.UUID("7d0b5a0e-52b7-4c0e-9b0c-3c9a6f1e8d25")
"""Of the numbers Windows Installer wants: one a version, and one for exactly these files."""

BEYOND_WIXL: Final = (
    "UPDATE `Component` SET `Condition` = 'AUTOSTART=1' WHERE `Component` = 'Autostart'",
    (
        "CREATE TABLE `Environment` (`Environment` CHAR(72) NOT NULL, `Name` CHAR(255) NOT NULL, `Value` CHAR(255),"
        " `Component_` CHAR(72) NOT NULL PRIMARY KEY `Environment`)"
    ),
    (
        "INSERT INTO `Environment` (`Environment`, `Name`, `Value`, `Component_`)"
        " VALUES ('Path', '=-*PATH', '[~];[INSTALLDIR]', 'Installed')"
    ),
    "INSERT INTO `InstallExecuteSequence` (`Action`, `Sequence`) VALUES ('WriteEnvironmentStrings', 5200)",
    "INSERT INTO `InstallExecuteSequence` (`Action`, `Sequence`) VALUES ('RemoveEnvironmentStrings', 3300)",
)
"""What wixl has no words for: the condition of a component, and the command on the system's PATH."""


def setup(tree: Path, version: str, target: Path, seconds: int) -> Path:
    """The setup for people."""
    file = target / f"{NAME}-{version}-setup.exe"
    target.mkdir(parents=True, exist_ok=True)
    defined = {"VERSION": version, "TREE": tree, "OUT": file}
    words = [f"-D{name}={value}" for name, value in defined.items()]
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(seconds)}
    command = ["makensis", "-V2", *words, str(SOURCES / "sottovoce.nsi")]
    subprocess.run(command, check=True, env=environment, cwd=tree)
    return file


def msi(tree: Path, version: str, build: Path, target: Path) -> Path:
    """The MSI for fleets."""
    file = target / f"{NAME}-{version}.msi"
    target.mkdir(parents=True, exist_ok=True)
    build.mkdir(parents=True, exist_ok=True)
    listed = "".join(f"{path}\n" for path in _files(tree))
    harvested = build / "files.wxs"
    heat = ["wixl-heat", "-p", f"{tree}/", "--directory-ref", "INSTALLDIR", "--component-group", "Files"]
    heat += ["--var", "var.TREE", "--win64"]
    harvested.write_text(subprocess.run(heat, input=listed, check=True, stdout=subprocess.PIPE, text=True).stdout)
    defined = {
        "VERSION": version,
        "TREE": tree.name,
        "Win64": "yes",
        "PRODUCTCODE": _code(f"product {version}"),
        "PACKAGECODE": _code(f"package {version} {_digest(tree)}"),
    }
    words = [word for name, value in defined.items() for word in ("-D", f"{name}={value}")]
    sources = [str(SOURCES / "sottovoce.wxs"), str(harvested)]
    wixl = ["wixl", "-a", "x64", *words, "-o", str(file), *sources]
    subprocess.run(wixl, check=True, cwd=tree.parent)  # it finds nothing by an absolute path
    subprocess.run(["msibuild", str(file), "-q", *BEYOND_WIXL], check=True)
    return file


def _files(tree: Path) -> Iterator[Path]:
    yield from sorted(path for path in tree.rglob("*") if path.is_file())


def _code(text: str) -> str:
    return f"{{{uuid.uuid5(NAMESPACE, text)}}}".upper()


def _digest(tree: Path) -> str:
    digest = hashlib.sha256()
    for path in _files(tree):
        digest.update(path.relative_to(tree).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
