"""deb and rpm by nfpm, of the laid-out root."""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import re
import subprocess
import textwrap
from typing import TYPE_CHECKING, Any, Final

from installer import dependencies
from installer.linux.deb import compress
from installer.linux.root import COMPLETIONS, CONFIGURATION, COPIED, POLICY_FOLDERS, RPM_ZSH
from installer.product import DESCRIPTION, LICENCE, MAINTAINER, NAME, SUMMARY, TITLE

if TYPE_CHECKING:
    from pathlib import Path

    from installer.elf import Asked

ARCHITECTURES: Final = {"x86_64": "amd64", "aarch64": "arm64"}
RPM_ARCHITECTURES: Final = {"amd64": "x86_64", "arm64": "aarch64"}
KINDS: Final = ("deb", "rpm")
MODELS: Final = f"usr/share/{NAME}/models"
"""Where models lie that are there for every user of a machine."""
ONLY: Final = {"deb": (COPIED["lintian-overrides"], COMPLETIONS["zsh"]), "rpm": (RPM_ZSH,)}
"""Files that only one kind has."""


def configuration(root: Path, kind: str, version: str, asked: Asked) -> dict[str, Any]:
    """What nfpm reads to make a package of everything in `root`."""
    depends, recommends = {
        "deb": (dependencies.debian, dependencies.DEBIAN_RECOMMENDED),
        "rpm": (dependencies.rpm, dependencies.RPM_RECOMMENDED),
    }[kind]
    return _common(NAME, version, SUMMARY, DESCRIPTION) | {
        "contents": contents(root, kind),
        "depends": depends(asked),
        "recommends": list(recommends),
    }


def model_configuration(folder: Path, version: str) -> dict[str, Any]:
    """What nfpm reads to make a package of one speech model, for machines that fetch nothing."""
    summary = f"speech model {folder.name} for {TITLE}"
    description = "It is found by its name in the settings, for every user of this machine, and needs no network."
    place = f"{MODELS}/{folder.name}"
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    folders = [folder, *(path for path in sorted(folder.rglob("*")) if path.is_dir())]
    made: list[dict[str, Any]] = [
        {"src": str(path), "dst": f"/{place}/{path.relative_to(folder).as_posix()}", "file_info": {"mode": 0o644}}
        for path in files
    ]
    made += [
        {"dst": f"/{place}/{path.relative_to(folder).as_posix()}".removesuffix("/."), "type": "dir"} for path in folders
    ]
    name = f"{NAME}-model-{re.sub(r'[^a-z0-9+.-]+', '-', folder.name.lower())}"
    return _common(name, version, summary, description) | {
        "arch": "all",
        "license": "see its README",
        "contents": made,
        "recommends": [NAME],
    }


def _common(name: str, version: str, summary: str, description: str) -> dict[str, Any]:
    return {
        "name": name,
        "arch": ARCHITECTURES[platform.machine()],
        "platform": "linux",
        "version": version,
        "version_schema": "none",
        "release": "1",
        "section": "utils",
        "priority": "optional",
        "maintainer": MAINTAINER,
        "vendor": MAINTAINER.partition(" <")[0],
        "license": LICENCE,
        "description": "\n".join([summary, *_wrapped(description)]),
        "deb": {"compression": "none"},
        "rpm": {
            "compression": "zstd:19",
            "summary": summary,
            "group": "Applications/Multimedia",
            "buildhost": "localhost",
        },
    }


def _wrapped(text: str) -> list[str]:
    """Lines of a length that tools for packages like."""
    return [line for paragraph in text.split("\n") for line in textwrap.wrap(paragraph, 76)]


def contents(root: Path, kind: str) -> list[dict[str, Any]]:
    """Every file of `root` that this kind of package has, each once, with its owner and mode."""
    foreign = {file for other, files in ONLY.items() if other != kind for file in files}
    foreign -= set(ONLY[kind])
    made: list[dict[str, Any]] = []
    for path in sorted(root.rglob("*")):
        place = path.relative_to(root).as_posix()
        if path.is_symlink():
            made.append({"src": str(path.readlink()), "dst": f"/{place}", "type": "symlink"})
        elif path.is_file() and place not in foreign:
            made.append(_file(path, place, kind))
    owned = [*POLICY_FOLDERS, f"etc/{NAME}", f"etc/{NAME}/policies", *_own_folders(root)]
    made += [{"dst": f"/{place}", "type": "dir", "file_info": {"mode": 0o755}} for place in sorted(set(owned))]
    return made


def _file(path: Path, place: str, kind: str) -> dict[str, Any]:
    file: dict[str, Any] = {"src": str(path), "dst": f"/{place}", "file_info": {"mode": path.stat().st_mode & 0o777}}
    if place in CONFIGURATION:
        file["type"] = "config|noreplace"
    elif kind == "rpm" and place.startswith(("usr/share/doc/", "usr/share/man/")):
        file["type"] = "doc"  # rpm alone knows the difference
    return file


def _own_folders(root: Path) -> list[str]:
    """Folders that no other package makes, so that they go with this one."""
    tops = [root / "usr/lib" / NAME, root / "usr/share/doc" / NAME, root / "usr/share" / NAME]
    return [
        folder.relative_to(root).as_posix()
        for top in tops
        if top.is_dir()
        for folder in (top, *top.rglob("*"))
        if folder.is_dir() and not folder.is_symlink()
    ]


def make(kind: str, settings: dict[str, Any], build: Path, target: Path, seconds: int) -> Path:
    """Have nfpm make the package and return it."""
    stamp = dt.datetime.fromtimestamp(seconds, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    stamped = [one | {"file_info": one.get("file_info", {}) | {"mtime": stamp}} for one in settings["contents"]]
    read = build / f"nfpm-{settings['name']}-{kind}.yaml"
    read.write_text(json.dumps(settings | {"mtime": stamp, "contents": stamped}, indent=1), "utf-8")  # JSON is YAML
    target.mkdir(parents=True, exist_ok=True)
    file = target / file_name(kind, settings)
    environment = {"PATH": os.environ["PATH"], "SOURCE_DATE_EPOCH": str(seconds), "HOME": str(build)}
    subprocess.run(["nfpm", "package", "-f", str(read), "-p", kind, "-t", str(file)], check=True, env=environment)
    if kind == "deb" and settings["deb"]["compression"] == "none":
        compress(file)
    return file


def file_name(kind: str, settings: dict[str, Any]) -> str:
    """As the distributions name theirs."""
    name, version, architecture = settings["name"], f"{settings['version']}-{settings['release']}", settings["arch"]
    if kind == "deb":
        return f"{name}_{version}_{architecture}.deb"
    return f"{name}-{version}.{RPM_ARCHITECTURES.get(architecture, 'noarch')}.rpm"
