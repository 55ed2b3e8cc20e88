"""What skills ask of the desktop: programs, windows, sound, players, the machine; the adapters stand behind it."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from sottovoce.domain.said import Said, said

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


class Cannot(Exception):
    """It can't be done here, or was not done; `said` is the sentence that tells why."""

    def __init__(self, said: Said) -> None:
        """Tell this."""
        super().__init__(said.key)
        self.said = said


class Act(enum.StrEnum):
    """What an administrator may forbid."""

    OPEN = "open"
    """Programs, files, addresses, and their windows."""
    MEDIA = "media"
    """Players, and the volume."""
    TYPE = "type"
    """Keys that are pressed in other programs' windows."""
    SYSTEM = "system"
    """Brightness, lock, sleep, screenshots, notifications."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """One program that can be started."""

    id: str
    """As the system names it: "firefox" of firefox.desktop."""
    name: str
    """As its user reads it."""
    names: tuple[str, ...] = ()
    """What else it may be called: in English, by its kind ("Web Browser"), by its command."""
    window: str = ""
    """The class that its windows say they are of; empty where that is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DesktopWindow:
    """One window on the desktop."""

    id: int
    title: str
    application: str = ""
    """The class that it says it is of: "firefox", "Gimp"."""
    active: bool = False


class ProgramRole(enum.StrEnum):
    """What a user may have chosen a program for."""

    BROWSER = "browser"
    FILES = "files"
    MAIL = "mail"
    TERMINAL = "terminal"
    EDITOR = "editor"
    CALCULATOR = "calculator"
    PICTURES = "pictures"
    VIDEOS = "videos"
    MUSIC = "music"
    CALENDAR = "calendar"
    SETTINGS = "settings"


class Place(enum.StrEnum):
    """A folder that every user has."""

    HOME = "home"
    DESKTOP = "desktop"
    DOCUMENTS = "documents"
    DOWNLOADS = "downloads"
    MUSIC = "music"
    PICTURES = "pictures"
    VIDEOS = "videos"
    TRASH = "trash"


class Applications(Protocol):
    """The programs that are installed. All of it raises `Cannot`."""

    async def installed(self) -> Sequence[Program]:
        """Those that a menu shows."""

    async def usual(self, role: ProgramRole) -> Program | None:
        """The one the user has chosen for something; None where there is none."""

    async def open(self, application: Program) -> None:
        """Start it; returns when it is on its way."""


class Opener(Protocol):
    """Shows files and addresses in the programs the user has chosen for them. All of it raises `Cannot`."""

    async def place(self, place: Place) -> None:
        """Show one of the user's folders."""

    async def folders(self) -> Sequence[Path]:
        """The folders of the user's home, and those in them."""

    async def path(self, path: Path) -> None:
        """Show a file or a folder that is there."""

    async def address(self, address: str) -> None:
        """Show a page."""


class Windows(Protocol):
    """The windows of other programs. All of it raises `Cannot`."""

    async def listed(self) -> Sequence[DesktopWindow]:
        """Those that a task bar shows, the topmost first."""

    async def activate(self, window: DesktopWindow) -> None:
        """Bring it to the front."""

    async def minimise(self, window: DesktopWindow) -> None:
        """Put it away."""

    async def maximise(self, window: DesktopWindow) -> None:
        """Let it fill the screen."""

    async def close(self, window: DesktopWindow) -> None:
        """Ask it to close; a program with unsaved work asks its user first."""

    async def show_desktop(self) -> None:
        """Put all of them away."""


@dataclass(frozen=True, slots=True)
class Level:
    """How loud it is."""

    percent: int
    muted: bool = False


class Loudspeakers(Protocol):
    """The loudspeakers that are heard now. All of it raises `Cannot`."""

    async def level(self) -> Level:
        """How loud they are."""

    async def set(self, percent: int) -> Level:
        """Make them so loud (0 to 100), and heard; how loud they are then."""

    async def change(self, by: int) -> Level:
        """Louder or softer by so many percent, and heard; how loud they are then."""

    async def mute(self, *, muted: bool) -> Level:
        """Silence them, or let them be heard again; how loud they are then."""


class Status(enum.StrEnum):
    """What a player does."""

    PLAYING = "Playing"
    PAUSED = "Paused"
    STOPPED = "Stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """One program that plays music or films."""

    id: str
    """Its name on the bus."""
    name: str
    """As its user reads it."""
    status: Status
    title: str = ""
    artist: str = ""


class Steer(enum.StrEnum):
    """What a player can be told."""

    PLAY = "Play"
    PAUSE = "Pause"
    STOP = "Stop"
    NEXT = "Next"
    PREVIOUS = "Previous"


class Media(Protocol):
    """Programs that play music or films. All of it raises `Cannot`."""

    async def players(self) -> Sequence[Player]:
        """All that are there."""

    async def steer(self, player: Player, how: Steer) -> None:
        """Have it do that."""

    async def seek(self, player: Player, seconds: float) -> None:
        """Go on further on, or, below zero, further back."""

    async def shuffle(self, player: Player, *, on: bool) -> None:
        """Play in any order, or in that of the list."""


class HeldPlayers(Protocol):
    """The players that are paused only while the assistant listens and talks."""

    async def held(self) -> Sequence[str]:
        """Their names on the bus; they go on when the turn is over."""

    def keep_paused(self) -> None:
        """They do not go on by themselves."""

    def go_on_with(self, player: str) -> bool:
        """Let one more go on when the turn is over; False where none are held now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Battery:
    """How full it is."""

    percent: int
    charging: bool
    """Whether it is fed from outside."""
    left_s: float | None = None
    """Until it is empty, or full where it is being charged; None where nobody knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """What this machine is connected with."""

    connected: bool
    name: str = ""
    """Of the wireless network; empty without one."""
    wireless: bool = False
    signal: int | None = None
    """Percent."""
    addresses: tuple[str, ...] = ()
    """Of this machine in its networks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """How much there is of something, in bytes."""

    free: int
    total: int


class Machine(Protocol):
    """The machine itself. All of it raises `Cannot`."""

    async def battery(self) -> Battery | None:
        """None where it has none."""

    async def network(self) -> Network:
        """What it is connected with."""

    async def disk(self) -> Usage:
        """Where the user's files are."""

    async def memory(self) -> Usage:
        """What programs work in."""

    async def load(self) -> int:
        """How busy the processors are, in percent."""

    async def up_s(self) -> float:
        """Seconds since it was started."""

    async def brightness(self) -> int:
        """Of the screen, in percent."""

    async def set_brightness(self, percent: int) -> int:
        """What it is then."""

    async def screenshot(self) -> Path:
        """Take a picture of the screen; where it was saved."""

    async def lock(self) -> None:
        """Lock the screen."""

    async def sleep(self) -> None:
        """Suspend the machine."""

    async def quiet(self, *, on: bool) -> None:
        """Show no notifications, or show them again."""


class NothingHeld:
    """Nobody holds players."""

    async def held(self) -> Sequence[str]:
        """See `HeldPlayers`."""
        return ()

    def keep_paused(self) -> None:
        """See `HeldPlayers`."""

    def go_on_with(self, player: str) -> bool:  # noqa: ARG002 - none is held
        """See `HeldPlayers`."""
        return False


def _all(_act: Act) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """Stands before whatever is done outside of the assistant."""

    allows: Callable[[Act], bool] = _all
    """Whether the administrator lets it be done."""

    def refuse_forbidden(self, act: Act) -> None:
        """Let nothing be done that the administrator has forbidden.

        Raises:
            Cannot: It is.
        """
        if not self.allows(act):
            raise Cannot(said("desktop-forbidden"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Desktop(Guard):
    """Everything that skills ask of the desktop."""

    applications: Applications
    opener: Opener
    windows: Windows
    sound: Loudspeakers
    media: Media
    machine: Machine
    held: HeldPlayers = field(default_factory=NothingHeld)
