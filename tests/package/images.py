"""AppImage and Flatpak as far as they can be tried without what others publish: a runtime, and Flathub's platform.

The image is behind a stand-in runtime, which finds it at its own end as the real one does, and unpacks in place of
mounting. Of the Flatpak, the commands that lay the program out are run, with another folder in the place of `/app`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Final

import yaml

from installer.linux import appimage
from installer.product import BUILD, ID, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WHEN: Final = 1_764_468_000
MANIFEST: Final = ROOT / f"installer/linux/flatpak/{ID}.yaml"
RUNTIME: Final = """\
#!/bin/sh
set -e
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
unsquashfs -quiet -no-progress -o {size:6d} -d "$made/image" "$0" >/dev/null
"$made/image/AppRun" "$@"
exit
"""


def check(folder: Path, say: Callable[[str], None]) -> None:
    """Try both with what `./dev package` laid out; each step tells one line."""
    if shutil.which("mksquashfs"):
        _appimage(folder, say)
    else:
        say("the AppImage is not looked at: mksquashfs is not here")
    _flatpak(folder / "flatpak", say)


def _appimage(folder: Path, say: Callable[[str], None]) -> None:
    laid = appimage.app_folder(BUILD / "root", folder)
    assert _told("desktop-file-validate", str(laid / "sottovoce.desktop")) == ""
    assert (laid / ".DirIcon").resolve().is_file()
    runtime = folder / "runtime"
    runtime.write_text(RUNTIME.format(size=len(RUNTIME.format(size=0))))
    os.environ["APPIMAGE_RUNTIME"] = str(runtime)
    made = appimage.image(laid, folder / "image", "0.1.0", WHEN)
    first = made.read_bytes()
    again = appimage.image(laid, folder / "again", "0.1.0", WHEN).read_bytes()
    assert again == first, "two images of the same folder differ"
    shutil.rmtree(laid)
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "TMPDIR": str(folder)}
    told = _told(str(made), "demo", env=environment)
    assert "nothing is left behind" in told
    say(f"AppImage: {len(first) / 1e6:.1f} MB, two are the same, byte by byte; from it `sottovoce demo` passes")


def _flatpak(app: Path, say: Callable[[str], None]) -> None:
    manifest = yaml.safe_load(MANIFEST.read_text("utf-8"))
    (module,) = (one for one in manifest["modules"] if one["name"] == "sottovoce")
    for command in module["build-commands"]:
        subprocess.run(["sh", "-c", re.sub(r"/app\b", f"{app}/usr", command)], check=True, cwd=BUILD / "root")
    assert (app / "usr/bin" / manifest["command"]).resolve().is_file()
    told = _told("appstreamcli", "validate-tree", "--no-net", str(app))
    assert "W:" not in told, told
    assert _told("desktop-file-validate", str(app / f"usr/share/applications/{ID}.desktop")) == ""
    assert list(app.glob(f"usr/share/icons/hicolor/256x256/apps/{ID}.png"))
    parts = "laid out by the manifest's commands, its desktop entry, icons and metainfo fit together"
    if shutil.which("flatpak-builder"):
        assert f'"{ID}"' in _told("flatpak-builder", "--show-manifest", str(MANIFEST), cwd=app)
        parts += "; flatpak-builder reads it"
    say(f"Flatpak: {parts}")


def _told(*command: str, env: dict[str, str] | None = None, cwd: Path | None = None) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env, cwd=cwd)
    assert done.returncode == 0, f"{command}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout
