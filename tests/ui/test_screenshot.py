"""Pictures of the screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.ui.screenshot import grabbed, saved

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


def test_what_is_on_the_screen_becomes_a_file(qtbot: QtBot, tmp_path: Path) -> None:
    picture = grabbed()
    assert picture is not None
    assert picture.width() > 0
    assert saved(picture, tmp_path / "screen.png")
    assert (tmp_path / "screen.png").read_bytes().startswith(b"\x89PNG")
    assert not saved(picture, tmp_path / "none" / "screen.png")
