"""Whether the libraries that Qt needs of the system are there, asked before Qt: where one is not, it ends the process.

The loader itself is asked, by loading what Qt would load next anyway: no list of ours can be behind that.
"""

from __future__ import annotations

import ctypes
import importlib.util
import re
import sys
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import sottovoce.language  # noqa: F401 - the words of errors
from sottovoce.domain.errors import QtLibraryMissing
from sottovoce.domain.said import Said, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_WINDOWS = "Qt/lib/libQt6Widgets.so.6"
_PLUGIN = "Qt/plugins/platforms/libq{}.so"

DEBIAN: Mapping[str, str] = MappingProxyType(
    {
        "libEGL.so.1": "libegl1",
        "libGL.so.1": "libgl1",
        "libglib-2.0.so.0": "libglib2.0-0",
        "libfontconfig.so.1": "libfontconfig1",
        "libfreetype.so.6": "libfreetype6",
        "libdbus-1.so.3": "libdbus-1-3",
        "libxkbcommon.so.0": "libxkbcommon0",
        "libbrotlidec.so.1": "libbrotli1",
        "libX11.so.6": "libx11-6",
        "libX11-xcb.so.1": "libx11-xcb1",
        "libxcb.so.1": "libxcb1",
        "libxcb-cursor.so.0": "libxcb-cursor0",
        "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
        "libxcb-icccm.so.4": "libxcb-icccm4",
        "libxcb-image.so.0": "libxcb-image0",
        "libxcb-keysyms.so.1": "libxcb-keysyms1",
        "libxcb-randr.so.0": "libxcb-randr0",
        "libxcb-render.so.0": "libxcb-render0",
        "libxcb-render-util.so.0": "libxcb-render-util0",
        "libxcb-shape.so.0": "libxcb-shape0",
        "libxcb-shm.so.0": "libxcb-shm0",
        "libxcb-util.so.1": "libxcb-util1",
        "libxcb-sync.so.1": "libxcb-sync1",
        "libxcb-xfixes.so.0": "libxcb-xfixes0",
        "libxcb-xkb.so.1": "libxcb-xkb1",
        "libwayland-client.so.0": "libwayland-client0",
        "libwayland-cursor.so.0": "libwayland-cursor0",
        "libwayland-egl.so.1": "libwayland-egl1",
        "libwayland-server.so.0": "libwayland-server0",
    }
)
"""Debian's and Ubuntu's package of each; where packages are found by what they carry (dnf, zypper), none is needed."""


def require_qt(platforms: Sequence[str] = ()) -> None:
    """See that Qt and one of its `platforms` ("xcb", "wayland"; none: whatever needs no screen) can be loaded.

    Raises:
        QtLibraryMissing: A library is missing; it is named, with what installs it on this distribution.
    """
    if sys.platform != "linux":
        return
    missing = [_missing(one) for one in platforms] or [_missing()]
    if None not in missing:
        raise _told(min(filter(None, missing), key=len))


def loadable(platforms: Iterable[str]) -> list[str]:
    """Those of Qt's platforms whose libraries are all there."""
    return [one for one in platforms if sys.platform != "linux" or _missing(one) is None]


def _missing(kind: str = "") -> tuple[str, ...] | None:
    """Names of the libraries that Qt, on a platform, can't be loaded without; None if it can be."""
    found = importlib.util.find_spec("PySide6")
    if found is None or not found.submodule_search_locations:
        return ("PySide6",)
    root = Path(next(iter(found.submodule_search_locations)))
    for file in (root / _WINDOWS, *([root / _PLUGIN.format(kind)] if kind else [])):
        if not file.exists():  # a distribution's own Qt: its packages see to what they need
            continue
        try:
            ctypes.CDLL(str(file))
        except OSError as error:
            named = re.match(r"(?:.*/)?([\w.+-]+\.so[\w.]*): (?:cannot open|file too short|invalid ELF)", str(error))
            if named is None:  # found, and of no use
                return (file.name,)
            return (named[1], *(one for one in DEBIAN if one != named[1] and not _there(one)))
    return None


def _there(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _told(missing: tuple[str, ...]) -> QtLibraryMissing:
    first, others = missing[0], len(missing) - 1
    one = said("libraries-missing", library=first)
    more = said("libraries-missing-and-more", library=first, count=others)
    return QtLibraryMissing(more if others else one, how_to_install(missing))


def how_to_install(libraries: Sequence[str], release: Mapping[str, str] | None = None) -> Said:
    """What installs these shared libraries on this distribution, as one sentence.

    Args:
        libraries: Names as the loader knows them, `libxcb-cursor.so.0`.
        release: The fields of os-release, in place of this machine's.
    """
    if not all(".so" in one for one in libraries):
        return said("libraries-install-again")
    import platform  # noqa: PLC0415 - only where one is missing

    try:
        release = platform.freedesktop_os_release() if release is None else release
    except OSError:
        release = {}
    kinds = {release.get("ID", ""), *release.get("ID_LIKE", "").split()}
    if kinds & {"debian", "ubuntu"} and all(one in DEBIAN for one in libraries):
        return said("libraries-apt", packages=" ".join(DEBIAN[one] for one in libraries))
    carried = " ".join(f"'{one}()(64bit)'" for one in libraries)
    if kinds & {"fedora", "rhel", "centos"}:
        return said("libraries-dnf", packages=carried)
    if kinds & {"suse", "opensuse"}:
        return said("libraries-zypper", packages=carried)
    return said("libraries-carried", libraries=", ".join(libraries))
