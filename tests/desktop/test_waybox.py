"""The Wayland desk itself: what the other tests under Wayland lean on."""

import sys
from pathlib import Path

import pytest

from tests import processes
from tests.desktop.conftest import WaylandDeskFactory
from tests.desktop.waybox import WaylandDesk, WaylandOptions
from tests.desktop.waybox.parts import BACKGROUND
from tests.waiting import wait_for

FIELD = """
import sys
from PySide6.QtWidgets import QApplication, QLineEdit
app = QApplication(sys.argv)
line = QLineEdit()
line.setWindowTitle("a-field")
line.textChanged.connect(lambda text: print(app.platformName(), text, flush=True))
line.show()
app.exec()
"""


@pytest.mark.parametrize("xwayland", [False, True])
def test_a_window_of_an_ordinary_user_is_seen_and_typed_into_and_nothing_stays(
    xwayland: bool,  # noqa: FBT001 - a parameter of the test
    make_wayland_desk: WaylandDeskFactory,
    tmp_path: Path,
) -> None:
    desk = make_wayland_desk(WaylandOptions(xwayland=xwayland, audio=False))
    assert desk.run("id", "-u").stdout.strip() != "0"
    assert ("DISPLAY" in desk.env) == xwayland
    assert desk.owned("org.freedesktop.secrets")
    assert desk.tray_hosted()
    assert desk.icons() == 0
    screen = desk.screen
    wait_for(lambda: tuple(screen.pixels()[400, 640]) == BACKGROUND, what="the bare screen")
    desk.popen(sys.executable, "-c", FIELD, log="field", env={"QT_QPA_PLATFORM": "xcb" if xwayland else "wayland"})
    field = screen.window("a-field")
    wait_for(lambda: screen.focused() == field, what="the field has the keyboard")
    screen.type("whole words")
    wait_for(lambda: "whole words" in desk.log("field"), what="all that was typed")
    assert f"{'xcb' if xwayland else 'wayland'} whole words" in desk.log("field")
    assert tuple(screen.pixels()[400, 640]) != BACKGROUND
    assert screen.shot(tmp_path / "screen.png").stat().st_size > 0
    _ended(desk)


def _ended(desk: WaylandDesk) -> None:
    display = desk.env.get("DISPLAY", "")
    mark = f"DESKBOX={desk.root}"
    assert processes.marked_or_in(mark, ())
    desk.stop()
    assert processes.marked_or_in(mark, ()) == []
    assert not desk.root.exists()
    if display:
        assert not Path(f"/tmp/.X11-unix/X{display[1:]}").exists()  # noqa: S108 - where X servers listen
        assert not Path(f"/tmp/.X{display[1:]}-lock").exists()  # noqa: S108 - as above
