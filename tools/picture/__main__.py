"""The picture of the README, from the real application: `python -m tools.picture [FILE]`.

On a private desktop somebody holds the key and talks; the overlay is taken while it listens on a light desktop, and
while it answers on a dark one. It needs what `./dev test` installs.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from sottovoce.adapters.welcome_file import note_welcome
from tests.desktop.app import App, Overlay
from tests.desktop.deskbox import Desk, DeskOptions
from tests.desktop.screenshots import PANEL, SCHEMES, hang_wallpaper, settle

TOLD = ("remember that i like pizza with mushrooms", "remember that i like long walks")
ASKED = "what do i like"
SHOWN = "980x230+300+570"

DARK_DESKTOP = {"XDG_CURRENT_DESKTOP": "KDE", "KDE_FULL_SESSION": "true", "KDE_SESSION_VERSION": "5"}
"""What has Qt ask KDE's settings for its colours."""
DARK_COLOURS = """\
[Colors:Window]
BackgroundNormal=42,46,52
ForegroundNormal=238,240,243
[Colors:View]
BackgroundNormal=31,34,39
BackgroundAlternate=38,42,48
ForegroundNormal=238,240,243
[Colors:Button]
BackgroundNormal=53,58,66
ForegroundNormal=238,240,243
[Colors:Selection]
BackgroundNormal=61,111,180
ForegroundNormal=255,255,255
"""


def main() -> int:
    """Take both, put them together."""
    parser = argparse.ArgumentParser(prog="picture", description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", default=Path("docs/picture.png"))
    file: Path = parser.parse_args().file.resolve()
    with tempfile.TemporaryDirectory() as work:
        rows = [_taken(scheme, Path(work)) for scheme in SCHEMES]
        subprocess.run(["convert", *rows, "-append", "-strip", f"png:{file}"], check=True)  # noqa: S607 - found on PATH
    print(file)
    return 0


def _taken(scheme: str, work: Path) -> Path:
    """One half of it."""
    with Desk(DeskOptions(tray="none", notifications=False)) as desk:
        colours = SCHEMES[scheme]
        if scheme == "dark":
            desk.env.update(DARK_DESKTOP)
            settings = desk.home / ".config/kdeglobals"
            settings.parent.mkdir(parents=True, exist_ok=True)
            settings.write_text(DARK_COLOURS)
        panel = desk.root / "tint2rc"
        panel.write_text(PANEL.format(**colours))
        hang_wallpaper(desk, colours["above"], colours["below"])
        desk.popen("tint2", "-c", panel)
        desk.screen.window("tint2")
        app = App(desk, Overlay(desk, work))
        for words in (*TOLD, None):
            app.run("ask", words) if words else app.run("key", "recovery-code")
        note_welcome(app.home, None)
        app.start()
        row = work / f"{scheme}.png"
        _shot_listening(app, row) if scheme == "light" else _shot_answering(app, row)
        app.end()
    return row


def _shot_listening(app: App, row: Path) -> None:
    half = ASKED.rpartition(" ")[0]
    with app.held() as since:
        app.desk.sound.say(half, "-s", "150")
        app.overlay.wait(f"^Listening… {half}", since)
        settle(app.desk)
        app.desk.screen.shot(row, crop=SHOWN)


def _shot_answering(app: App, row: Path) -> None:
    since = app.talk(ASKED)
    app.overlay.wait(f"^Speaking {ASKED}", since)
    app.desk.screen.shot(row, crop=SHOWN)
    app.overlay.wait("^Ready", since)


if __name__ == "__main__":
    sys.exit(main())
