"""A desktop of which nothing is real: what was done to it is noted."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sottovoce.agent.desktop.ports import (
    Battery,
    Cannot,
    Desktop,
    DesktopWindow,
    Level,
    Network,
    Place,
    Player,
    Program,
    ProgramRole,
    Status,
    Steer,
    Usage,
)
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sottovoce.agent.desktop.ports import Act
    from sottovoce.domain.said import Said

FIREFOX = Program(id="firefox", name="Firefox", names=("Web Browser", "firefox"), window="Firefox")
GIMP = Program(id="gimp", name="GNU Image Manipulation Program", names=("Image Editor",), window="Gimp")
INSTALLED = (
    FIREFOX,
    GIMP,
    Program(id="org.gnome.Calculator", name="Calculator", window="gnome-calculator"),
    Program(id="org.gnome.Terminal", name="Terminal", window="Gnome-terminal"),
    Program(id="org.gnome.TextEditor", name="Text Editor", names=("gnome-text-editor",)),
    Program(id="org.gnome.Nautilus", name="Files", names=("nautilus",)),
    Program(id="thunderbird", name="Thunderbird", names=("Mail Client",)),
    Program(id="libreoffice-writer", name="LibreOffice Writer", names=("Word Processor",)),
    Program(id="code", name="Visual Studio Code"),
    Program(id="spotify", name="Spotify", names=("Music Player",)),
)
USUAL = {
    ProgramRole.BROWSER: "firefox",
    ProgramRole.MAIL: "thunderbird",
    ProgramRole.FILES: "org.gnome.Nautilus",
    ProgramRole.TERMINAL: "org.gnome.Terminal",
    ProgramRole.EDITOR: "org.gnome.TextEditor",
    ProgramRole.CALCULATOR: "org.gnome.Calculator",
}
WINDOWS = (
    DesktopWindow(id=1, title="Inbox - Thunderbird", application="thunderbird", active=True),
    DesktopWindow(id=2, title="News - Mozilla Firefox", application="firefox"),
    DesktopWindow(id=3, title="cat.xcf - GIMP", application="Gimp"),
    DesktopWindow(id=4, title="notes", application="Gnome-terminal"),
)
MUSIC = Player(
    id="org.mpris.MediaPlayer2.spotify", name="Spotify", status=Status.PLAYING, title="So What", artist="Miles"
)
HOME = Path("/home/me")


@dataclass
class FakeDesktop:
    """All the ports in one.

    Attributes:
        done: What was done, in a few words each.
        trouble: Told of everything, where it is set.
        forbidden: What the administrator does not let be done.
        no_menu: Whether nobody knows which programs there are.
        hold: Whether players are held just now.
    """

    trouble: Said | None = None
    forbidden: frozenset[Act] = frozenset()
    windows: tuple[DesktopWindow, ...] = WINDOWS
    playing: tuple[Player, ...] = (MUSIC,)
    loud: Level = field(default_factory=lambda: Level(40))
    bright: int = 50
    battery_now: Battery | None = field(default_factory=lambda: Battery(percent=80, charging=False, left_s=7500))
    network_now: Network = field(
        default_factory=lambda: Network(
            connected=True, name="Attic", wireless=True, signal=70, addresses=("192.168.1.20",)
        )
    )
    share: Usage = field(default_factory=lambda: Usage(free=120_000_000_000, total=500_000_000_000))
    no_menu: bool = False
    held_now: tuple[str, ...] = ()
    hold: bool = False
    done: list[str] = field(default_factory=list)

    def desktop(self, allows: Callable[[Act], bool] | None = None) -> Desktop:
        """As skills are given it."""
        return Desktop(
            applications=_Applications(self),
            opener=_Opener(self),
            windows=_Windows(self),
            sound=_Sound(self),
            media=_Media(self),
            machine=_Machine(self),
            held=_Held(self),
            allows=allows or (lambda act: act not in self.forbidden),
        )

    def do(self, *what: object) -> None:
        """Note what is done.

        Raises:
            Cannot: There is trouble.
        """
        self.look()
        self.done.append(" ".join(map(str, what)))

    def look(self) -> None:
        """Raises the trouble, where there is any."""
        if self.trouble is not None:
            raise Cannot(self.trouble)


@dataclass
class _Part:
    of: FakeDesktop


class _Applications(_Part):
    async def installed(self) -> Sequence[Program]:
        self.of.look()
        if self.of.no_menu:
            raise Cannot(said("desktop-silent"))
        return INSTALLED

    async def usual(self, role: ProgramRole) -> Program | None:
        return next((one for one in INSTALLED if one.id == USUAL.get(role)), None)

    async def open(self, application: Program) -> None:
        self.of.do("open", application.id)


class _Opener(_Part):
    async def place(self, place: Place) -> None:
        self.of.do("place", place)

    async def folders(self) -> Sequence[Path]:
        self.of.look()
        return (HOME / "Projects", HOME / "Documents" / "Taxes 2025")

    async def path(self, path: Path) -> None:
        self.of.do("path", path)

    async def address(self, address: str) -> None:
        self.of.do("address", address)


class _Windows(_Part):
    async def listed(self) -> Sequence[DesktopWindow]:
        self.of.look()
        return self.of.windows

    async def activate(self, window: DesktopWindow) -> None:
        self.of.do("activate", window.id)

    async def minimise(self, window: DesktopWindow) -> None:
        self.of.do("minimise", window.id)

    async def maximise(self, window: DesktopWindow) -> None:
        self.of.do("maximise", window.id)

    async def close(self, window: DesktopWindow) -> None:
        self.of.do("close", window.id)

    async def show_desktop(self) -> None:
        self.of.do("desktop")


class _Sound(_Part):
    async def level(self) -> Level:
        self.of.look()
        return self.of.loud

    async def set(self, percent: int) -> Level:
        self.of.do("volume", percent)
        self.of.loud = Level(percent)
        return self.of.loud

    async def change(self, by: int) -> Level:
        return await self.set(max(0, min(100, self.of.loud.percent + by)))

    async def mute(self, *, muted: bool) -> Level:
        self.of.do("mute" if muted else "unmute")
        self.of.loud = replace(self.of.loud, muted=muted)
        return self.of.loud


class _Media(_Part):
    async def players(self) -> Sequence[Player]:
        self.of.look()
        return self.of.playing

    async def steer(self, player: Player, how: Steer) -> None:
        self.of.do(how, player.name)

    async def seek(self, player: Player, seconds: float) -> None:
        self.of.do("seek", player.name, seconds)

    async def shuffle(self, player: Player, *, on: bool) -> None:
        self.of.do("shuffle" if on else "in order", player.name)


class _Held(_Part):
    async def held(self) -> Sequence[str]:
        return self.of.held_now

    def keep_paused(self) -> None:
        self.of.done.append("keep paused")

    def go_on_with(self, player: str) -> bool:
        if self.of.hold:
            self.of.done.append(f"go on with {player}")
        return self.of.hold


class _Machine(_Part):
    async def battery(self) -> Battery | None:
        self.of.look()
        return self.of.battery_now

    async def network(self) -> Network:
        return self.of.network_now

    async def disk(self) -> Usage:
        return self.of.share

    async def memory(self) -> Usage:
        return Usage(free=4 * 1024**3, total=16 * 1024**3)

    async def load(self) -> int:
        return 12

    async def up_s(self) -> float:
        return 3 * 86_400.0

    async def brightness(self) -> int:
        return self.of.bright

    async def set_brightness(self, percent: int) -> int:
        self.of.do("brightness", percent)
        self.of.bright = percent
        return percent

    async def screenshot(self) -> Path:
        self.of.do("screenshot")
        return HOME / "Pictures" / "Screenshots" / "Screenshot 1.png"

    async def lock(self) -> None:
        self.of.do("lock")

    async def sleep(self) -> None:
        self.of.do("sleep")

    async def quiet(self, *, on: bool) -> None:
        self.of.do("quiet" if on else "not quiet")
