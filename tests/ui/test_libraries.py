"""A library that is missing is told by its name and its package, before Qt ends the process over it."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from sottovoce.adapters.qt_libraries import DEBIAN, how_to_install, loadable, require_qt
from sottovoce.adapters.screen import only_loadable
from sottovoce.domain.errors import QtLibraryMissing
from sottovoce.language import shown

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Qt needs nothing of the system")
PROJECT = Path(__file__).parents[2]


def test_where_everything_is_there_nothing_is_told() -> None:
    require_qt()
    require_qt(("xcb", "wayland"))
    assert loadable(("xcb", "wayland", "offscreen")) == ["xcb", "wayland", "offscreen"]
    assert only_loadable(["-platform", "xcb;wayland"], {}) == ["-platform", "xcb;wayland"]
    assert only_loadable([], {"QT_QPA_PLATFORM": "offscreen"}) == []


HIDING = """
import ctypes, sys
real = ctypes.CDLL
class Hiding(real):
    def __init__(self, name, *rest, **more):
        if name and (name == {library!r} or name.endswith({inside!r})):
            raise OSError({library!r} + ": cannot open shared object file: No such file or directory")
        super().__init__(name, *rest, **more)
ctypes.CDLL = Hiding
"""


def hidden(library: str, inside: str, then: str, **session: str) -> subprocess.CompletedProcess[str]:
    """Run `then` where the loader does not find `library`, which the file `inside` needs."""
    code = HIDING.format(library=library, inside=inside) + then
    environment = dict(os.environ) | {"QT_QPA_PLATFORM": "xcb"} | session
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False, env=environment
    )


TOLD = """
import json
from sottovoce.adapters.qt_libraries import loadable, require_qt
from sottovoce.domain.errors import QtLibraryMissing
try:
    require_qt(("xcb",))
except QtLibraryMissing as error:
    print(json.dumps([error.code, error.exit_code, error.sentence, error.remedy, loadable(("xcb", "wayland"))]))
"""


def test_what_is_missing_for_x_is_named_and_wayland_is_taken_where_it_can_be() -> None:
    ran = hidden("libxcb-cursor.so.0", "libqxcb.so", TOLD)
    code, exit_code, sentence, remedy, left = json.loads(ran.stdout)
    assert (code, exit_code, left) == ("library-missing", 3, ["wayland"])
    assert "libxcb-cursor.so.0" in sentence
    assert "libxcb-cursor" in remedy


CHECKED = """
import asyncio
from sottovoce.domain.settings import Settings
from sottovoce.operations.checks import check_windows
print(asyncio.run(check_windows(Settings())))
"""


def test_the_doctor_tells_of_the_screen_that_can_be_used_not_of_the_one_that_is_asked_first(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as compositor:
        compositor.bind(str(tmp_path / "wayland-7"))
        compositor.listen()
        session = {"QT_QPA_PLATFORM": "wayland;xcb", "WAYLAND_DISPLAY": str(tmp_path / "wayland-7")}
        both = hidden("libabsent.so.1", "libabsent.so", CHECKED, **session)
        assert "notifications take the overlay's place" in both.stdout, both.stderr
        one = hidden("libwayland-client.so.0", "libqwayland.so", CHECKED, **session)
        assert "The overlay is a window" in one.stdout, one.stderr


def test_what_every_window_needs_is_named_as_well() -> None:
    ran = hidden("libEGL.so.1", "libQt6Widgets.so.6", TOLD)
    _, _, sentence, _, left = json.loads(ran.stdout)
    assert left == []
    assert "libEGL.so.1" in sentence


def test_the_application_ends_with_one_sentence_and_neither_a_trace_nor_an_abort(tmp_path: Path) -> None:
    """With a real loader that can do nothing with the file, as an ordinary start would meet it."""
    (tmp_path / "libEGL.so.1").write_bytes(b"")
    ran = subprocess.run(
        [sys.executable, "-m", "sottovoce"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=dict(os.environ) | {"LD_LIBRARY_PATH": str(tmp_path), "SOTTOVOCE_HOME": str(tmp_path / "home")},
    )
    assert ran.returncode == 3
    assert ran.stderr.startswith("sottovoce: A library that windows need is missing: libEGL.so.1")
    assert ran.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("release", "told"),
    [
        ({"ID": "debian"}, "sudo apt-get install libxcb-cursor0 libegl1"),
        ({"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, "sudo apt-get install libxcb-cursor0 libegl1"),
        ({"ID": "fedora"}, "sudo dnf install 'libxcb-cursor.so.0()(64bit)' 'libEGL.so.1()(64bit)'"),
        ({"ID": "opensuse-leap", "ID_LIKE": "suse opensuse"}, "sudo zypper install 'libxcb-cursor.so.0()(64bit)'"),
        ({"ID": "arch"}, "carry libxcb-cursor.so.0, libEGL.so.1"),
        ({}, "carry libxcb-cursor.so.0, libEGL.so.1"),
    ],
)
def test_each_distribution_is_told_its_own_way(release: dict[str, str], told: str) -> None:
    assert told in shown(how_to_install(("libxcb-cursor.so.0", "libEGL.so.1"), release))


def test_a_part_of_ours_that_does_not_fit_is_no_package_of_the_system() -> None:
    assert "Install Sottovoce again" in shown(how_to_install(("PySide6",)))
    assert "carry libfoo.so.9" in shown(how_to_install(("libfoo.so.9",), {"ID": "debian"}))


def test_the_set_up_installs_by_the_same_names() -> None:
    needs = dict(re.findall(r"^lib=(\S+)\s+(\S+)", (PROJECT / "dev").read_text("utf-8"), re.MULTILINE))
    assert {library: DEBIAN[library] for library in needs if library in DEBIAN} == {
        library: package for library, package in needs.items() if library in DEBIAN
    }


def test_all_that_qt_loads_of_the_system_has_a_package() -> None:
    """Read off the files themselves: what the loader is asked for by Qt's own libraries and plug-ins."""
    import PySide6  # noqa: PLC0415 - its place is asked for

    qt = Path(PySide6.__file__).parent / "Qt"
    files = [*(qt / "plugins/platforms").glob("libq[xw]*.so"), *(qt / "lib").glob("libQt6[GWX]*.so.6")]
    needed: set[bytes] = set()
    for file in files:
        needed |= set(re.findall(rb"\0(lib[\w+-]+\.so\.[\d.]+)\0", file.read_bytes()))
    system = {name.decode() for name in needed if not (qt / "lib" / name.decode()).exists()}
    base = {"libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libstdc++.so.6", "libgcc_s.so.1"}
    unknown = {name for name in system - base if not name.startswith("libz.")} - set(DEBIAN)
    assert unknown <= {"libgssapi_krb5.so.2", "libgthread-2.0.so.0", "libSM.so.6", "libICE.so.6", "libudev.so.1"}


def test_a_library_missing_ends_a_command_with_three() -> None:
    assert QtLibraryMissing().exit_code == 3
