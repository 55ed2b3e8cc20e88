"""What Windows and macOS do not let a program do is declined by their names; what is read there is read alike."""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.desktop import DesktopHere, elsewhere
from sottovoce.adapters.desktop.commands import Commands
from sottovoce.adapters.desktop.elsewhere import (
    NoMedia,
    NoWindows,
    OtherApplications,
    OtherMachine,
    OtherOpener,
    OtherSound,
    not_here,
)
from sottovoce.agent.desktop.ports import (
    Cannot,
    DesktopWindow,
    NothingHeld,
    Place,
    Player,
    Program,
    ProgramRole,
    Status,
    Steer,
)
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable
    from pathlib import Path

WINDOW = DesktopWindow(id=1, title="one")
PLAYER = Player(id="p", name="P", status=Status.PLAYING)


@pytest.fixture
async def commands() -> AsyncIterator[Commands]:
    made = Commands("test-elsewhere")
    yield made
    await made.close()


async def why(asked: Awaitable[object]) -> str:
    with pytest.raises(Cannot) as told:
        await asked
    return told.value.said.key


@pytest.mark.parametrize(("platform", "name"), [("win32", "Windows"), ("darwin", "macOS"), ("plan9", "plan9")])
def test_what_can_not_be_done_names_the_system(monkeypatch: pytest.MonkeyPatch, platform: str, name: str) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert not_here().said == said("desktop-not-here", what=name)


async def test_what_is_not_there_is_declined(commands: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    windows, media, sound, machine = NoWindows(), NoMedia(), OtherSound(commands), OtherMachine(commands)
    asked = (
        windows.listed(),
        windows.activate(WINDOW),
        windows.minimise(WINDOW),
        windows.maximise(WINDOW),
        windows.close(WINDOW),
        windows.show_desktop(),
        media.players(),
        media.steer(PLAYER, Steer.PAUSE),
        media.seek(PLAYER, 1),
        media.shuffle(PLAYER, on=True),
        sound.level(),
        sound.set(10),
        sound.change(10),
        sound.mute(muted=True),
        machine.brightness(),
        machine.set_brightness(10),
        machine.sleep(),
        machine.quiet(on=True),
    )
    assert {await why(one) for one in asked} == {"desktop-not-here"}


async def test_the_machine_is_read_there_as_here(commands: Commands) -> None:
    machine = OtherMachine(commands)
    await machine.battery()
    assert (await machine.disk()).free > 0
    assert (await machine.memory()).total > 0
    assert 0 <= await machine.load() <= 100
    assert await machine.up_s() > 0
    assert isinstance((await machine.network()).connected, bool)


async def test_programs_and_files_under_macos(
    commands: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(elsewhere, "_PROGRAMS", (str(tmp_path / "Applications"),))
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("Applications/Safari.app", "Pictures", "bin"):
        (tmp_path / name).mkdir(parents=True)
    opened = tmp_path / "bin" / "open"
    opened.write_text(f'#!/bin/sh\necho "$1" >> {tmp_path}/opened\ncase "$1" in *bad*) exit 1;; esac\n')
    opened.chmod(stat.S_IRWXU)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    applications, opener = OtherApplications(commands), OtherOpener(commands)
    (safari,) = await applications.installed()
    assert safari == Program(id=str(tmp_path / "Applications" / "Safari.app"), name="Safari")
    assert await applications.usual(ProgramRole.BROWSER) is None
    await applications.open(safari)
    await opener.place(Place.PICTURES)
    await opener.address("https://example.org")
    assert await why(opener.address("https://bad.example")) == "desktop-cannot-open"
    assert await why(applications.open(Program(id="bad.app", name="Bad"))) == "desktop-not-started"
    assert await why(opener.path(tmp_path / "none")) == "desktop-not-there"
    assert {one.name for one in await opener.folders()} == {"Applications", "Pictures", "Safari.app", "bin"}
    assert (tmp_path / "opened").read_text().split()[:3] == [
        safari.id,
        str(tmp_path / "Pictures"),
        "https://example.org",
    ]


async def test_a_picture_of_the_screen_where_there_is_no_window(
    commands: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "win32")
    assert await why(OtherMachine(commands).screenshot()) == "desktop-picture-needs-window"

    async def take(path: Path) -> bool:
        return path.parent.name == "Screenshots"

    assert (await OtherMachine(commands, take).screenshot()).suffix == ".png"


@pytest.mark.parametrize("platform", ["linux", "darwin"])
async def test_a_desktop_is_chosen_by_the_system_and_ends(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    here = DesktopHere(held=NothingHeld(), allows=lambda _: True)
    assert isinstance(here.ports.windows, NoWindows) is (platform == "darwin")
    await here.close()
    await here.close()
