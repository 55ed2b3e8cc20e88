"""What is meant by what is to be opened: a program, one of the user's folders, an address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.agent.desktop.naming import NEAR, WHOLE, is_sure, nearest
from sottovoce.agent.desktop.ports import DesktopWindow, Place, Program, ProgramRole
from sottovoce.agent.slots.addresses import address_in
from sottovoce.agent.tools.amounts import listed
from sottovoce.language import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sottovoce.agent.desktop.ports import Applications
    from sottovoce.language import Language

ALSO: dict[str, tuple[str, ...]] = {
    "vscode": ("code", "codium", "com.visualstudio.code", "com.vscodium.codium"),
    "visualstudiocode": ("code", "codium", "com.visualstudio.code", "com.vscodium.codium"),
    "chrome": ("google-chrome", "com.google.Chrome", "chromium", "chromium-browser", "org.chromium.Chromium"),
    "word": ("libreoffice-writer", "org.libreoffice.LibreOffice.writer"),
    "excel": ("libreoffice-calc", "org.libreoffice.LibreOffice.calc"),
    "powerpoint": ("libreoffice-impress", "org.libreoffice.LibreOffice.impress"),
    "outlook": ("thunderbird", "org.mozilla.Thunderbird", "org.gnome.Evolution"),
    "notepad": ("org.gnome.TextEditor", "org.gnome.gedit", "org.kde.kwrite", "mousepad", "org.xfce.mousepad"),
    "explorer": ("org.gnome.Nautilus", "org.kde.dolphin", "thunar", "nemo", "caja", "pcmanfm"),
    "finder": ("org.gnome.Nautilus", "org.kde.dolphin", "thunar", "nemo", "caja", "pcmanfm"),
}
"""What people call a program that they have under another name; the ids of those that stand in for it, best first."""

KNOWN = frozenset(
    "acrobat amazonmusic androidstudio anki applemusic arduino atom audacity bitwarden blender brave"  # noqa: SIM905
    " calibre chrome chromium cursor darktable deezer discord dropbox eclipse edge evolution excel figma"
    " filezilla firefox freecad gedit gimp googlechrome handbrake illustrator inkscape intellij itunes"
    " kate kdenlive keepass keepassxc kodi krita libreoffice lightroom matlab mattermost microsoftedge"
    " microsoftexcel microsoftword minecraft musescore netflix notion obs obsidian obsstudio okular"
    " onenote openoffice opera outlook paint photoshop pidgin postman powerpoint premiere putty pycharm"
    " qgis reaper rhythmbox safari scratch scribus shotcut signal skype slack spotify steam sublime"
    " sublimetext teams telegram thunderbird tidal todoist tor torbrowser transmission trello virtualbox"
    " visualstudiocode vlc vlcmediaplayer vscode webex whatsapp winamp word xcode zoom zotero".split()
)
"""Programs that everybody knows, without spaces: who names one means it, though it is not here."""

Thing = Program | Place | str
"""What can be opened; a text is an address."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What is meant, or what comes nearest."""

    thing: Thing | None = None
    near: Program | None = None
    """A program whose name is like what was said, but not like enough."""
    missing: bool = False
    """Whether surely a program is meant, which is not here."""


async def meant_by(words: str, tag: str, applications: Applications) -> Meant:
    """What of all that can be opened is meant.

    Raises:
        Cannot: Nobody can tell which programs there are.
    """
    if address := address_in(words):
        return Meant(address)
    if place := place_named(words, tag):
        return Meant(place)
    return await application_meant(words, tag, applications)


async def application_meant(words: str, tag: str, applications: Applications) -> Meant:
    """Which program is meant.

    Raises:
        Cannot: Nobody can tell which programs there are.
    """
    installed = await applications.installed()
    found, likeness = nearest(words, ((one, (one.name, *one.names, one.id)) for one in installed))
    if likeness < WHOLE and (other := await _by_another_name(words, tag, applications, installed)):
        return Meant(other)
    if found and is_sure(words, likeness):
        return Meant(found)
    missing = words.casefold().replace(" ", "") in KNOWN or _named(words, _roles(language(tag))) is not None
    return Meant(near=found if likeness >= NEAR else None, missing=missing)


async def _by_another_name(
    words: str, tag: str, applications: Applications, installed: Sequence[Program]
) -> Program | None:
    """The one that is used for something ("the browser"), or stands in for what is not there ("word")."""
    if role := _named(words, _roles(language(tag))):
        return await applications.usual(ProgramRole(role))
    ids = ALSO.get(words.casefold().replace(" ", ""), ())
    there = {one.id.casefold(): one for one in installed}
    return next((there[id_.casefold()] for id_ in ids if id_.casefold() in there), None)


def place_named(words: str, tag: str) -> Place | None:
    """Which of the folders that every user has is meant."""
    name = _named(words, _places(language(tag)))
    return Place(name) if name else None


def windows_of(words: str, windows: Sequence[DesktopWindow], application: Program | None) -> tuple[DesktopWindow, ...]:
    """The windows that are meant: all of that program, or those with such a title; the topmost first."""
    if application is not None:
        classes = {name.casefold() for name in (application.window, application.id, application.name) if name}
        if own := tuple(one for one in windows if one.application.casefold() in classes):
            return own
    named, likeness = nearest(words, ((one, (one.application, one.title)) for one in windows))
    if named is None or not is_sure(words, likeness):
        return ()
    return tuple(one for one in windows if one.application == named.application and one.application) or (named,)


def _named(words: str, names: Iterable[tuple[str, str]]) -> str | None:
    said = words.casefold().strip()
    return next((name for name, message in names if said in listed(message)), None)


def _roles(own: Language) -> Iterable[tuple[str, str]]:
    yield ProgramRole.BROWSER, own.text("open-role-browser")
    yield ProgramRole.FILES, own.text("open-role-files")
    yield ProgramRole.MAIL, own.text("open-role-mail")
    yield ProgramRole.TERMINAL, own.text("open-role-terminal")
    yield ProgramRole.EDITOR, own.text("open-role-editor")
    yield ProgramRole.CALCULATOR, own.text("open-role-calculator")
    yield ProgramRole.PICTURES, own.text("open-role-pictures")
    yield ProgramRole.VIDEOS, own.text("open-role-videos")
    yield ProgramRole.MUSIC, own.text("open-role-music")
    yield ProgramRole.CALENDAR, own.text("open-role-calendar")
    yield ProgramRole.SETTINGS, own.text("open-role-settings")


def _places(own: Language) -> Iterable[tuple[str, str]]:
    yield Place.HOME, own.text("open-place-home")
    yield Place.DESKTOP, own.text("open-place-desktop")
    yield Place.DOCUMENTS, own.text("open-place-documents")
    yield Place.DOWNLOADS, own.text("open-place-downloads")
    yield Place.MUSIC, own.text("open-place-music")
    yield Place.PICTURES, own.text("open-place-pictures")
    yield Place.VIDEOS, own.text("open-place-videos")
    yield Place.TRASH, own.text("open-place-trash")
