"""The command that updates is that of whatever installed the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.installed_by import APT, DNF, FLATPAK, WINGET, command_for, update_command

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """Where packages put it, under a root of the test's own."""
    (folder := tmp_path / "usr" / "lib" / "sottovoce").mkdir(parents=True)
    return folder / "sottovoce"


def test_apt_where_dpkg_lists_it(program: Path, tmp_path: Path) -> None:
    (info := tmp_path / "var" / "lib" / "dpkg" / "info").mkdir(parents=True)
    (info / "sottovoce.list").write_text(f"/.\n{program}\n", "utf-8")
    assert command_for(program, "linux", {}, tmp_path) == APT
    (info / "sottovoce.list").write_text("/usr/lib/other\n", "utf-8")
    assert command_for(program, "linux", {}, tmp_path) == ""


def test_dnf_where_rpm_has_a_database(program: Path, tmp_path: Path) -> None:
    assert command_for(program, "linux", {}, tmp_path) == ""
    (tmp_path / "usr" / "lib" / "sysimage" / "rpm").mkdir(parents=True)
    assert command_for(program, "linux", {}, tmp_path) == DNF
    assert command_for(tmp_path / "home" / "a" / "sottovoce", "linux", {}, tmp_path) == ""


def test_flatpak_in_its_sandbox(program: Path, tmp_path: Path) -> None:
    assert command_for(program, "linux", {"FLATPAK_ID": "a"}, tmp_path) == FLATPAK
    (tmp_path / ".flatpak-info").touch()
    assert command_for(program, "linux", {}, tmp_path) == FLATPAK


def test_a_checkout_is_pulled(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert "git pull" in command_for(tmp_path / "desktop" / "sottovoce" / "a.py", "linux", {}, tmp_path)


def test_winget_for_what_an_installer_put_there(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert command_for(program, "win32", {}) == ""
    monkeypatch.setattr("sys.frozen", True, raising=False)
    assert command_for(program, "win32", {}) == WINGET


def test_this_machine_has_an_answer() -> None:
    assert isinstance(update_command(), str)
