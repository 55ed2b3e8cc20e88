"""Everything as it lies on a machine where it is installed: what deb and rpm hold."""

from __future__ import annotations

import datetime as dt
import gzip
import shutil
from typing import TYPE_CHECKING, Final

from installer import icons
from installer.licences import copyright_file, texts_folder
from installer.manual import manual_page
from installer.product import ID, MAINTAINER, NAME, ROOT
from installer.tree import settle
from sottovoce.commands.completion import commands_of, script
from sottovoce.commands.line import grammar

if TYPE_CHECKING:
    from pathlib import Path

    from installer.components import Component

FILES: Final = ROOT / "installer" / "linux" / "files"
POLICY_SAMPLES: Final = ROOT / "installer" / "policy" / "linux"

COMPLETIONS: Final = {
    "bash": f"usr/share/bash-completion/completions/{NAME}",
    "zsh": f"usr/share/zsh/vendor-completions/_{NAME}",
    "fish": f"usr/share/fish/vendor_completions.d/{NAME}.fish",
}
RPM_ZSH: Final = f"usr/share/zsh/site-functions/_{NAME}"
"""Where zsh of other distributions looks."""

COPIED: Final = {
    "sottovoce.desktop": f"usr/share/applications/{NAME}.desktop",
    "autostart.desktop": f"etc/xdg/autostart/{NAME}.desktop",
    "sottovoce.service": f"usr/lib/systemd/user/{NAME}.service",
    "dbus.service": f"usr/share/dbus-1/services/{ID}.service",
    "lintian-overrides": f"usr/share/lintian/overrides/{NAME}",
}
CONFIGURATION: Final = (COPIED["autostart.desktop"],)
"""Files that an administrator may change, and an upgrade then leaves alone."""
POLICY_FOLDERS: Final = ("etc/sottovoce/policies/managed", "etc/sottovoce/policies/recommended")


def lay_out(tree: Path, root: Path, version: str, parts: tuple[Component, ...], seconds: int) -> Path:
    """Make the folder `root` anew around a frozen tree and return it."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(tree, root / "usr/lib" / NAME, symlinks=True)
    for source, target in COPIED.items():
        _write(root / target, (FILES / source).read_bytes())
    _write_made(root, version, seconds)
    _write_documents(root, version, parts, seconds)
    for folder in POLICY_FOLDERS:
        (root / folder).mkdir(parents=True)
    settle(root, seconds)
    program = root / "usr/lib" / NAME / NAME
    program.chmod(0o755)
    link = root / "usr/bin" / NAME
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(f"../lib/{NAME}/{NAME}")
    return root


def _write_made(root: Path, version: str, seconds: int) -> None:
    """What is made of the grammar and of the picture."""
    commands = commands_of(grammar())
    for shell, target in COMPLETIONS.items():
        _write(root / target, (script(shell, commands) + "\n").encode())
    _write(root / RPM_ZSH, (script("zsh", commands) + "\n").encode())
    page = manual_page(commands, version, seconds).encode()
    _write(root / f"usr/share/man/man1/{NAME}.1.gz", gzip.compress(page, mtime=0))
    for size in icons.SIZES:
        _write(root / f"usr/share/icons/hicolor/{size}x{size}/apps/{NAME}.png", icons.png(size))
    _write(root / f"usr/share/icons/hicolor/scalable/apps/{NAME}.svg", icons.SOURCE.read_bytes())
    _write(root / f"usr/share/metainfo/{ID}.metainfo.xml", metainfo(version, seconds).encode())


def _write_documents(root: Path, version: str, parts: tuple[Component, ...], seconds: int) -> None:
    documents = root / "usr/share/doc" / NAME
    _write(documents / "copyright", copyright_file(parts).encode())
    texts_folder(documents / "parts", parts)
    change = f"{NAME} ({version}-1) stable; urgency=medium\n\n  * See NEWS.\n\n -- {MAINTAINER}  {_rfc(seconds)}\n"
    _write(documents / "changelog.Debian.gz", gzip.compress(change.encode(), mtime=0))
    _write(documents / "NEWS.gz", gzip.compress((ROOT / "CHANGELOG.md").read_bytes(), mtime=0))
    for file in sorted(POLICY_SAMPLES.glob("*.json")):
        _write(documents / "examples" / file.name, file.read_bytes())


def metainfo(version: str, seconds: int) -> str:
    """What stores of applications show, of a version that was made at a time."""
    day = _day(seconds).strftime("%Y-%m-%d")
    text = (FILES / "metainfo.xml").read_text("utf-8")
    return text.replace("@ID@", ID).replace("@VERSION@", version).replace("@DATE@", day)


def _day(seconds: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(seconds, dt.UTC)


def _rfc(seconds: int) -> str:
    return _day(seconds).strftime("%a, %d %b %Y %H:%M:%S +0000")


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
