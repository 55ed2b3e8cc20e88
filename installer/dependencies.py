"""Which packages of a distribution bring what the tree asks for and does not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from installer.elf import Asked

LIBC: Final = frozenset(
    "libc ld-linux-x86-64 ld-linux-aarch64 libdl libm libmvec libpthread libresolv librt".split()  # noqa: SIM905 - a list
)
"""Before their `.so`; all of them come with libc."""

DEBIAN: Final = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libbrotlicommon.so.1": "libbrotli1",
    "libbrotlidec.so.1": "libbrotli1",
    "libcrypto.so.3": "libssl3 | libssl3t64",
    "libcups.so.2": "libcups2 | libcups2t64",
    "libdbus-1.so.3": "libdbus-1-3",
    "libffi.so.8": "libffi8",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgcc_s.so.1": "libgcc-s1",
    "libglib-2.0.so.0": "libglib2.0-0 | libglib2.0-0t64",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libgthread-2.0.so.0": "libglib2.0-0 | libglib2.0-0t64",
    "liblzma.so.5": "liblzma5",
    "libsqlite3.so.0": "libsqlite3-0",
    "libssl.so.3": "libssl3 | libssl3t64",
    "libstdc++.so.6": "libstdc++6",
    "libuuid.so.1": "libuuid1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
"""Debian's and Ubuntu's package of each library; those whose time got 64 bits have a second name."""

DEBIAN_OPENED: Final = (
    "alsa-utils",
    "espeak-ng",
    "libasound2 | libasound2t64",
    "libespeak-ng1",
    "libportaudio2",
    "libxcb-cursor0",
)
"""What the program opens or starts by its name."""
DEBIAN_RECOMMENDED: Final = (
    "gnome-keyring | kwalletmanager | keepassxc",
    "libasound2-plugins",
    "libpulse0",
    "tzdata",
    "xdg-utils",
)
RPM_OPENED: Final = (
    "espeak-ng",
    "alsa-utils",
    "libasound.so.2()(64bit)",
    "libespeak-ng.so.1()(64bit)",
    "libportaudio.so.2()(64bit)",
)
RPM_RECOMMENDED: Final = ("gnome-keyring", "alsa-plugins-pulseaudio", "libpulse.so.0()(64bit)", "tzdata", "xdg-utils")


def debian(asked: Asked) -> list[str]:
    """Dependencies of a deb.

    Raises:
        KeyError: A library is asked for that is in no package here.
    """
    packages = {DEBIAN[library] for library in _foreign(asked)} | set(DEBIAN_OPENED)
    packages -= {"libstdc++6"}
    return sorted([*packages, f"libc6 (>= {asked.newest('GLIBC')})", f"libstdc++6 (>= {_gcc(asked)})"])


def rpm(asked: Asked) -> list[str]:
    """Dependencies of an rpm: the libraries themselves, as every distribution's packages say that they hold them."""
    libraries = {f"{library}()(64bit)" for library in _foreign(asked)}
    versions = [f"libc.so.6(GLIBC_{asked.newest('GLIBC')})(64bit)"]
    versions += [f"libstdc++.so.6(GLIBCXX_{asked.newest('GLIBCXX')})(64bit)"]
    return sorted([*libraries, *versions, *RPM_OPENED])


def _foreign(asked: Asked) -> list[str]:
    return sorted(library for library in asked.libraries if library.partition(".so")[0] not in LIBC)


def _gcc(asked: Asked) -> str:
    """The release of GCC whose libstdc++ has these symbols: 3.4.29 came with 11, and each later one with one."""
    newest = int(asked.newest("GLIBCXX").rpartition(".")[2])
    return str({28: 9, 29: 11, 30: 12, 31: 13, 32: 13, 33: 14, 34: 15}.get(newest, 9))
