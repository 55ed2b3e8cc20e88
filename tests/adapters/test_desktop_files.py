"""Programs and folders as a Linux desktop names them, with real entries and a real start."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.desktop.applications_xdg import XdgApplications
from sottovoce.adapters.desktop.commands import Commands
from sottovoce.adapters.desktop.opener_xdg import XdgOpener, folder_of
from sottovoce.agent.desktop.ports import Cannot, Place, ProgramRole
from tests.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

ENTRY = """[Desktop Entry]
Type=Application
Name=Fire Works
Name[de]=Feuerwerk
GenericName=Web Browser
Exec={exec}
{more}
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    for name in ("home", "data/applications", "home/.local/share/applications", "config"):
        (tmp_path / name).mkdir(parents=True)
    return {
        "HOME": str(tmp_path / "home"),
        "XDG_DATA_DIRS": str(tmp_path / "data"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_CONFIG_DIRS": str(tmp_path / "config"),
        "PATH": os.environ["PATH"],
        "XDG_CURRENT_DESKTOP": "XFCE",
    }


@pytest.fixture
async def applications(environment: dict[str, str]) -> AsyncIterator[XdgApplications]:
    made = XdgApplications(environment)
    yield made
    await made.close()


def entry(tmp_path: Path, name: str, more: str = "", command: str = "true %u", *, own: bool = False) -> None:
    folder = tmp_path / ("home/.local/share/applications" if own else "data/applications")
    (folder / f"{name}.desktop").write_text(ENTRY.format(exec=command, more=more))


async def names(applications: XdgApplications) -> list[str]:
    return [one.id for one in await applications.installed() if one.name == "Fire Works"]


async def test_what_the_menu_shows_and_nothing_else(applications: XdgApplications, tmp_path: Path) -> None:
    entry(tmp_path, "works", "StartupWMClass=Works")
    entry(tmp_path, "hidden", "NoDisplay=true")
    entry(tmp_path, "gone", "TryExec=there-is-no-such-program")
    entry(tmp_path, "gnome", "OnlyShowIn=GNOME;")
    entry(tmp_path, "not", "NotShowIn=XFCE;")
    entry(tmp_path, "taken", "Hidden=true", own=True)
    entry(tmp_path, "taken")
    (tmp_path / "data/applications/broken.desktop").write_text("no entry at all")
    assert await names(applications) == ["works"]
    (works,) = [one for one in await applications.installed() if one.id == "works"]
    assert works.window == "Works"
    assert {"Web Browser", "true", "works"} <= set(works.names)
    entry(tmp_path, "new")
    assert await names(applications) == ["new", "works"]  # seen without a new start


async def test_what_is_chosen_for_something(applications: XdgApplications, tmp_path: Path) -> None:
    entry(tmp_path, "one", "Categories=Network;WebBrowser;\nMimeType=x-scheme-handler/https;")
    entry(tmp_path, "two", "Categories=Network;WebBrowser;\nMimeType=x-scheme-handler/https;")
    entry(tmp_path, "sums", "Categories=Utility;Calculator;")
    entry(tmp_path, "xfce-settings-manager", "Categories=Settings;")
    browser = await applications.usual(ProgramRole.BROWSER)
    assert browser is not None
    assert browser.id == "one"
    (tmp_path / "config/mimeapps.list").write_text(
        "[Default Applications]\nx-scheme-handler/https=gone.desktop;two.desktop;\n"
    )
    chosen = await applications.usual(ProgramRole.BROWSER)
    assert chosen is not None
    assert chosen.id == "two"
    sums, settings = await applications.usual(ProgramRole.CALCULATOR), await applications.usual(ProgramRole.SETTINGS)
    assert sums is not None
    assert settings is not None
    assert (sums.id, settings.id) == ("sums", "xfce-settings-manager")


@pytest.mark.parametrize("with_gio", [True, False])
async def test_a_program_is_started(
    environment: dict[str, str],
    tmp_path: Path,
    with_gio: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    if not with_gio:
        (tmp_path / "bin").mkdir()
        touch = shutil.which("touch")
        assert touch is not None
        (tmp_path / "bin" / "touch").symlink_to(touch)
        environment["PATH"] = str(tmp_path / "bin")
    applications = XdgApplications(environment)
    entry(tmp_path, "works", command=f"touch {tmp_path}/started %U")
    entry(tmp_path, "fails", command="/there/is/none")
    works, fails = sorted(
        (one for one in await applications.installed() if one.name == "Fire Works"), key=lambda one: one.id == "fails"
    )
    await applications.open(works)
    wait_for((tmp_path / "started").exists)
    with pytest.raises(Cannot, match="desktop-not-started"):
        await applications.open(fails)
    (tmp_path / "data/applications/works.desktop").unlink()
    with pytest.raises(Cannot, match="desktop-not-started"):
        await applications.open(works)
    await applications.close()


async def test_folders_and_files_are_shown_by_what_is_chosen_for_them(
    environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "bin").mkdir()
    gio = tmp_path / "bin" / "gio"
    gio.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/asked\ncase "$2" in *bad*) exit 2;; esac\n')
    gio.chmod(0o755)
    environment["PATH"] = f"{tmp_path / 'bin'}:{environment['PATH']}"
    (tmp_path / "config/user-dirs.dirs").write_text('XDG_DOWNLOAD_DIR="$HOME/Geladen"\n')
    home = tmp_path / "home"
    for name in ("Geladen", "Projects/deep/deeper", ".hidden"):
        (home / name).mkdir(parents=True)
    opener = XdgOpener(environment)
    await opener.place(Place.DOWNLOADS)
    await opener.place(Place.TRASH)
    await opener.address("https://example.org")
    with pytest.raises(Cannot, match="desktop-not-there"):
        await opener.path(home / "none.pdf")
    with pytest.raises(Cannot, match="desktop-cannot-open"):
        await opener.address("https://bad.example")
    asked = (tmp_path / "asked").read_text().splitlines()
    assert asked[:3] == [f"open {home / 'Geladen'}", "open trash:///", "open https://example.org"]
    assert [one.name for one in await opener.folders()] == ["Geladen", "Projects", "deep"]
    assert folder_of(Place.MUSIC, environment) == home / "Music"
    assert folder_of(Place.HOME, environment) == home
    environment["PATH"] = str(home)
    with pytest.raises(Cannot, match="desktop-cannot-open"):
        await opener.address("https://example.org")
    await opener.close()


async def test_what_nobody_waits_for_any_more_is_not_done() -> None:
    import threading  # noqa: PLC0415 - for this test alone

    commands, stuck, done = Commands("test-stuck", answer_s=0.05), threading.Event(), []
    with pytest.raises(Cannot, match="desktop-silent"):
        await commands.run(stuck.wait)
    with pytest.raises(Cannot, match="desktop-silent"):
        await commands.run(lambda: done.append("late"))
    stuck.set()
    await Commands.close(commands)
    assert done == []
