"""`python -m installer`: what `./dev package` calls, in an environment of its own."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from installer.product import BUILD, DIST, NAME, ROOT
from installer.tree import commit_time, freeze

if TYPE_CHECKING:
    from collections.abc import Callable

FROZEN: Final = BUILD / "tree" / NAME


def main() -> int:
    """Make what the command line names; returns the exit code."""
    parser = argparse.ArgumentParser(prog="./dev package", description=__doc__)
    parser.add_argument("what", nargs="*", choices=[*MAKERS, "all", []], help="without one: deb, rpm and wheel")
    parser.add_argument("--version", default="", help="another version's number than the program's own")
    parser.add_argument("--model", type=Path, metavar="FOLDER", help="model: the folder of the model to be packed")
    parser.add_argument("--keep-tree", action="store_true", help="take the frozen tree that is there")
    parser.add_argument("--fast", action="store_true", help="compress the deb less well, for a look at it")
    parser.add_argument("--out", type=Path, default=DIST, metavar="FOLDER", help="where to put it (dist)")
    asked = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    what = asked.what or ["deb", "rpm", "wheel"]
    made: list[Path] = []
    for name in MAKERS if "all" in what else what:
        if "all" in what and (name == "model" or not _here(name)):
            continue
        made += MAKERS[name](asked)
    _finish(made, asked)
    return 0


def _here(name: str) -> bool:
    """Whether it can be made on this system."""
    on = {
        "linux": ("tree", "deb", "rpm", "wheel", "appimage"),
        "win32": ("tree", "windows"),
        "darwin": ("tree", "macos"),
    }
    return name in on.get(sys.platform, ())


def _finish(made: list[Path], asked: argparse.Namespace) -> None:
    from installer.components import components  # noqa: PLC0415 - reads every package's metadata
    from installer.sbom import write_checksums, write_sbom  # noqa: PLC0415

    if not made:
        return
    parts = components()
    for file in made:
        write_sbom(file, _version(asked), parts, commit_time())
    sums = write_checksums(asked.out)
    for file in made:
        print(f"{file.stat().st_size / 1e6:8.1f} MB  {file}")
    print(f"beside each its parts (*.cdx.json), and {sums}")


def _version(asked: argparse.Namespace) -> str:
    return asked.version or _own_version()


def _own_version() -> str:
    from sottovoce import __version__  # noqa: PLC0415 - found through the package's own __init__

    return __version__


def tree(asked: argparse.Namespace) -> list[Path]:
    """The frozen program, which the others pack."""
    if not (asked.keep_tree and FROZEN.is_dir()):
        if sys.platform != "linux":
            _write_pictures()
        asked.keep_tree = bool(freeze())
    return []


def _write_pictures() -> None:
    from installer import icons  # noqa: PLC0415

    BUILD.mkdir(exist_ok=True)
    (BUILD / "sottovoce.ico").write_bytes(icons.ico())
    (BUILD / "sottovoce.icns").write_bytes(icons.icns())


def _linux(kind: str) -> Callable[[argparse.Namespace], list[Path]]:
    def make(asked: argparse.Namespace) -> list[Path]:
        from installer import elf  # noqa: PLC0415 - Linux alone has these tools
        from installer.components import components  # noqa: PLC0415
        from installer.linux import packages, root  # noqa: PLC0415

        tree(asked)
        version = _version(asked)
        laid = root.lay_out(FROZEN, BUILD / "root", version, components(), commit_time())
        settings = packages.configuration(laid, kind, version, elf.asked_by_tree(laid / "usr/lib" / NAME))
        if asked.fast:
            settings["deb"] = {"compression": "zstd"}
        return [packages.make(kind, settings, BUILD, asked.out.absolute(), commit_time())]

    return make


def root(asked: argparse.Namespace) -> list[Path]:
    """Everything as it lies on a Linux where it is installed, for other ways to pack it (Flatpak)."""
    from installer.components import components  # noqa: PLC0415
    from installer.linux import root as layout  # noqa: PLC0415

    tree(asked)
    layout.lay_out(FROZEN, BUILD / "root", _version(asked), components(), commit_time())
    return []


def appimage(asked: argparse.Namespace) -> list[Path]:
    """One file that runs on a Linux without being installed."""
    from installer.linux import appimage as packing  # noqa: PLC0415

    root(asked)
    folder = packing.app_folder(BUILD / "root", BUILD)
    return [packing.image(folder, asked.out, _version(asked), commit_time())]


def setup(asked: argparse.Namespace) -> list[Path]:
    """Windows' setup for people."""
    from installer.windows import packages  # noqa: PLC0415

    tree(asked)
    return [packages.setup(FROZEN.absolute(), _version(asked), asked.out.absolute(), commit_time())]


def msi(asked: argparse.Namespace) -> list[Path]:
    """Windows' MSI for fleets, of a tree that was frozen under Windows."""
    from installer.windows import packages  # noqa: PLC0415

    if not asked.keep_tree:
        raise SystemExit(
            "The MSI is made of a tree that was frozen under Windows: put it into build/tree, --keep-tree."
        )
    return [packages.msi(FROZEN.absolute(), _version(asked), BUILD.absolute(), asked.out.absolute())]


def macos(asked: argparse.Namespace) -> list[Path]:
    """A package for macOS, signed and notarised where the keys are (see installer/macos/build.sh)."""
    tree(asked)
    subprocess.run([str(ROOT / "installer/macos/build.sh"), _version(asked), str(asked.out.absolute())], check=True)
    return [asked.out / f"Sottovoce-{_version(asked)}.pkg"]


def model(asked: argparse.Namespace) -> list[Path]:
    """A deb and an rpm of one speech model."""
    from installer.linux import packages  # noqa: PLC0415

    if asked.model is None or not asked.model.is_dir():
        raise SystemExit("./dev package model --model FOLDER: which model?")
    settings = packages.model_configuration(asked.model.absolute(), _version(asked))
    BUILD.mkdir(exist_ok=True)
    return [packages.make(kind, settings, BUILD, asked.out.absolute(), commit_time()) for kind in packages.KINDS]


def wheel(asked: argparse.Namespace) -> list[Path]:
    """A wheel and an sdist for an index, whole: models and pictures are inside."""
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(commit_time())}
    asked.out.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(asked.out.absolute())]
    subprocess.run(command, check=True, cwd=ROOT, env=environment)
    return [*sorted(asked.out.glob(f"{NAME}-{_own_version()}*.whl")), asked.out / f"{NAME}-{_own_version()}.tar.gz"]


MAKERS: Final[dict[str, Callable[[argparse.Namespace], list[Path]]]] = {
    "tree": tree,
    "deb": _linux("deb"),
    "rpm": _linux("rpm"),
    "wheel": wheel,
    "model": model,
    "root": root,
    "appimage": appimage,
    "setup": setup,
    "msi": msi,
    "macos": macos,
}

if __name__ == "__main__":
    sys.exit(main())
