"""Pictures of everything that is seen, taken on a private desktop: `python -m tests.desktop.screenshots [FOLDER]`.

The tray in each stage on a light and a dark panel, the overlay in each stage, and the windows, light and dark; all of
them in German, too, with text of the usual size and half as large again.
"""

from __future__ import annotations

import argparse
import functools
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from Xlib.display import Display

from tests.desktop.deskbox import Desk, DeskOptions
from tests.desktop.interface_probe import SCENES
from tests.desktop.probing import Probed
from tests.waiting import HANGS_S, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable

PANEL = """\
rounded = 0
border_width = 0
background_color = {ground} 100
border_color = {ground} 100

panel_items = FSC
panel_position = bottom center horizontal
panel_size = 100% 34
panel_background_id = 1
systray_icon_size = 22
systray_padding = 6 2 6
time1_format = 14:03
clock_font_color = {text} 100
"""
SCHEMES = {
    "light": {"ground": "#e9ebee", "text": "#202020", "above": "#dfe8f1", "below": "#a9bfd4"},
    "dark": {"ground": "#17191c", "text": "#e8e8e8", "above": "#33415a", "below": "#141a26"},
}
WINDOWS = (
    *("window", "hearing", "voice", "key", "answers", "data", "what", "mistake", "about", "menu", "recovery", "remind"),
    *("keys", "setting", "welcome-key", "welcome-microphone", "welcome-sentence", "welcome-voice", "welcome-code"),
    *("passphrase", "wrong", "code", "choose", "empty"),
)
LARGE = (
    *("recovery", "keys", "setting", "hearing", "voice", "key", "answers", "wrong", "code", "choose", "window"),
    *("welcome-key", "welcome-microphone", "welcome-code"),
)
"""What is looked at with text twice as large, too."""
TRAY = "220x34+1060+766"
OVERLAY = "620x440+330+326"


def main() -> int:
    parser = argparse.ArgumentParser(prog="screenshots", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("screenshots"))
    parser.add_argument("--german", action="store_true", help="the German ones alone")
    arguments = parser.parse_args()
    folder: Path = arguments.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    parts: list[Callable[[Desk], None]] = [functools.partial(_take_german, folder=folder)]
    for scheme, colours in SCHEMES.items():
        parts.append(functools.partial(_take, scheme=scheme, colours=colours, folder=folder))
    for part in parts[: 1 if arguments.german else None]:
        with Desk(DeskOptions(tray="none", keyring="none", notifications=False, audio=False)) as desk:
            part(desk)
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")  # noqa: T201 - what was asked for
    return 0


def _take_german(desk: Desk, folder: Path) -> None:
    hang_wallpaper(desk, SCHEMES["light"]["above"], SCHEMES["light"]["below"])
    for name, words in (("german", ("german",)), ("german-larger", ("larger", "german"))):
        probe = Probed(desk, name=name)
        for word in words:
            probe.do(word)
        for scene in SCENES:
            probe.do(scene)
            settle(desk)
            desk.screen.shot(folder / f"{name}-overlay-{scene}.png", crop=OVERLAY)
            probe.do("ready")
            wait_for(lambda: not desk.screen.windows("Sottovoce-Anzeige"), what="the overlay is gone")
        for window in WINDOWS:
            probe.do(window)
            if window == "empty":
                probe.do("window")
            settle(desk)
            desk.screen.shot(folder / f"{name}-{window}.png")
            probe.do("unseen")
        probe.do("quit")
        probe.process.wait(HANGS_S)


def _take(desk: Desk, scheme: str, colours: dict[str, str], folder: Path) -> None:
    config = desk.root / "tint2rc"
    config.write_text(PANEL.format(**colours))
    hang_wallpaper(desk, colours["above"], colours["below"])
    desk.popen("tint2", "-c", config)
    desk.screen.window("tint2")
    probe = Probed(desk, scheme=scheme)
    for scene in SCENES:
        probe.do(scene)
        settle(desk)
        desk.screen.shot(folder / f"{scheme}-overlay-{scene}.png", crop=OVERLAY)
        desk.screen.shot(folder / f"{scheme}-tray-{scene}.png", crop=TRAY)
        probe.do("ready")
        wait_for(lambda: not desk.screen.windows("Sottovoce overlay"), what="the overlay is gone")
    for name in WINDOWS:
        probe.do(name)
        if name == "empty":
            probe.do("window")
        settle(desk)
        desk.screen.shot(folder / f"{scheme}-{name}.png", crop="760x770+260+0")
        probe.do("unseen")
    probe.do("quit")
    probe.process.wait(HANGS_S)
    probe = Probed(desk, name="large", scheme=scheme)
    probe.do("large")
    for name in LARGE:
        probe.do(name)
        settle(desk)
        desk.screen.shot(folder / f"{scheme}-large-{name}.png")
        probe.do("unseen")
    probe.do("quit")
    probe.process.wait(HANGS_S)


def hang_wallpaper(desk: Desk, above: str, below: str) -> None:
    """A gradient behind everything."""
    display = Display(desk.env["DISPLAY"])
    screen = display.screen()
    root = screen.root
    width, height = screen.width_in_pixels, screen.height_in_pixels
    picture = root.create_pixmap(width, height, screen.root_depth)
    first, last = (bytes.fromhex(colour.lstrip("#")) for colour in (above, below))
    for y in range(height):
        mixed = bytes((a * (height - y) + b * y) // height for a, b in zip(first, last, strict=True))
        gc = picture.create_gc(foreground=int.from_bytes(mixed))
        picture.fill_rectangle(gc, 0, y, width, 1)
        gc.free()
    root.change_attributes(background_pixmap=picture)
    root.clear_area()
    display.sync()
    display.close()


def settle(desk: Desk) -> None:
    """Wait until two pictures in a row are the same."""
    last = desk.root / "last.png"
    now = desk.root / "now.png"

    def still() -> bool:
        before = last.read_bytes() if last.exists() else b""
        desk.run("import", "-window", "root", f"rgb:{now}")
        now.replace(last)
        return before == last.read_bytes()

    wait_for(still, what="the screen has come to rest")


if __name__ == "__main__":
    sys.exit(main())
