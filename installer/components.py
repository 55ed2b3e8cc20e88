"""What is inside a package besides the program itself: each part with version, licence and the licence's text."""

from __future__ import annotations

import importlib.metadata
import platform
import re
import subprocess
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from installer.product import ROOT

TABLE: Final = ROOT / "installer" / "licences" / "components.toml"
"""What no metadata tells: parts inside of wheels, models, and licences that a wheel does not name."""
REQUIREMENTS: Final = ROOT / "requirements-semantic.txt"
"""What is installed where the tree is frozen, and nothing else but what freezes it."""
_TEXTS: Final = re.compile(r"(^|/)(LICEN[CS]E|COPYING|NOTICE|ThirdPartyNotices)[^/]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One part of what is handed out."""

    name: str
    version: str
    licence: str
    """As an SPDX expression."""
    kind: str = "library"
    """As CycloneDX has it: library, framework, machine-learning-model."""
    purl: str = ""
    """Its address as a package; empty if it comes from no index."""
    text: str = field(default="", repr=False)
    """The licence's own words, with whose work it is."""
    inside: str = ""
    """The part it comes within."""


def components() -> tuple[Component, ...]:
    """All of them, by name: Python and its packages, what lies inside of those, and the models."""
    table = tomllib.loads(TABLE.read_text("utf-8"))
    found = [_python(), *(_distribution(name, table["licence"]) for name in _installed())]
    found += [_listed(one) for one in table["part"] if sys.platform in one.get("on", (sys.platform,))]
    return tuple(sorted(found, key=lambda one: one.name.casefold()))


def _installed() -> list[str]:
    names = re.findall(r"^([\w.-]+)==", REQUIREMENTS.read_text("utf-8"), re.MULTILINE)
    return [name for name in dict.fromkeys(names) if _is_there(name)]  # some once for each Python


def _is_there(name: str) -> bool:
    try:
        importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:  # of another system, or another Python
        return False
    return True


def _python() -> Component:
    text = (Path(sys.base_prefix, "lib", f"python{sys.version_info[0]}.{sys.version_info[1]}", "LICENSE.txt"),)
    found = next((one for one in (*text, Path(sys.base_prefix, "LICENSE.txt")) if one.is_file()), None)
    return Component(
        name="Python",
        version=platform.python_version(),
        licence="PSF-2.0",
        kind="framework",
        text=found.read_text("utf-8", "replace") if found else "https://docs.python.org/3/license.html",
    )


def _distribution(name: str, licences: dict[str, str]) -> Component:
    found = importlib.metadata.distribution(name)
    told = licences.get(name) or "".join(found.metadata.get_all("License-Expression") or [])
    if not told:
        message = f"{name} names no licence; say it in {TABLE}"
        raise ValueError(message)
    texts = [file for file in found.files or () if _TEXTS.search(str(file)) and file.suffix not in {".py", ".pyc"}]
    return Component(
        name=found.metadata["Name"],
        version=found.version,
        licence=told,
        purl=f"pkg:pypi/{name.lower()}@{found.version}",
        text="\n\n".join(Path(str(file.locate())).read_text("utf-8", "replace").strip() for file in texts),
    )


def _listed(one: dict[str, str]) -> Component:
    return Component(
        name=one["name"],
        version=one.get("version") or _system_version(one.get("debian", "")),
        licence=one["licence"],
        kind=one.get("kind", "library"),
        inside=one.get("inside", ""),
        text="\n\n".join([one.get("copyright", ""), *_texts_of(one)]).strip(),
    )


def _texts_of(one: dict[str, str]) -> list[str]:
    return [(ROOT / file).read_text("utf-8").strip() for file in one.get("texts", "").split()]


def _system_version(package: str) -> str:
    """Of a library that is taken from the building Debian; "" where nothing tells."""
    if not package:
        return ""
    asked = ["dpkg-query", "-W", "-f", "${Version}", package]
    return subprocess.run(asked, check=False, capture_output=True, text=True).stdout
