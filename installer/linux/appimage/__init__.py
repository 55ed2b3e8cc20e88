"""One file that runs without being installed: the runtime, and behind it a squashfs of the laid-out root."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from installer.product import NAME, TITLE

HERE = Path(__file__).parent
APP_RUN = HERE / "AppRun"


def app_folder(root: Path, build: Path) -> Path:
    """The folder that goes into the image, made of the laid-out root."""
    folder = build / f"{TITLE}.AppDir"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(root / "usr", folder / "usr", symlinks=True)
    shutil.copy2(APP_RUN, folder / "AppRun")
    shutil.copy2(root / f"usr/share/applications/{NAME}.desktop", folder)
    shutil.copy2(root / f"usr/share/icons/hicolor/256x256/apps/{NAME}.png", folder)
    (folder / ".DirIcon").symlink_to(f"{NAME}.png")
    return folder


def image(folder: Path, target: Path, version: str, seconds: int) -> Path:
    """The image; the same bytes for the same folder.

    Raises:
        SystemExit: No runtime is named by APPIMAGE_RUNTIME.
    """
    runtime = os.environ.get("APPIMAGE_RUNTIME", "")
    if not Path(runtime).is_file():
        raise SystemExit(f"{folder} is ready. APPIMAGE_RUNTIME must name a runtime file (see {HERE}/README.md).")
    file = target / f"{TITLE}-{version}-{os.uname().machine}.AppImage"
    packed = folder.with_suffix(".squashfs")
    packed.unlink(missing_ok=True)
    words = [
        "-root-owned",
        "-noappend",
        "-comp",
        "zstd",
        "-mkfs-time",
        str(seconds),
        "-all-time",
        str(seconds),
        "-quiet",
    ]
    environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    subprocess.run(["mksquashfs", str(folder), str(packed), *words], check=True, env=environment)
    target.mkdir(parents=True, exist_ok=True)
    file.write_bytes(Path(runtime).read_bytes() + packed.read_bytes())
    file.chmod(0o755)
    return file
