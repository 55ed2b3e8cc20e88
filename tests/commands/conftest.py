"""Calling `sottovoce …` without a process for it, in a home that lives on a passphrase."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Protocol

import pytest

from sottovoce.commands.line import run

if TYPE_CHECKING:
    from pathlib import Path

    from sottovoce.commands.printed import Printed

Called = tuple[int, str, str]


class Caller(Protocol):
    """Runs one command to its end."""

    def __call__(self, *words: str, given: str = "", place: Path | None = None) -> Called:
        """Exit code, output and errors of the words, with `given` on the input, in the home at `place`."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture(autouse=True)
def _no_window_follows(monkeypatch: pytest.MonkeyPatch) -> None:
    """An application of other tests in this process follows no language that a command changes on its own thread."""
    monkeypatch.setattr("sottovoce.language.display._DISPLAY.followers", [])


@pytest.fixture
def no_keyring(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No keyring can be reached."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={home}/no-bus")


@pytest.fixture
def commanded(
    no_keyring: None, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Caller:
    """Runs `sottovoce …` within this process."""

    def called(*words: str, given: str = "", place: Path | None = None) -> Called:
        monkeypatch.setenv("SOTTOVOCE_HOME", str(place or home))
        (typed := tmp_path / "typed").write_text(given)
        with typed.open() as stdin, monkeypatch.context() as patched:
            patched.setattr(sys, "stdin", stdin)
            code = run(words, _no_application)
        return code, *capsys.readouterr()

    return called


def _no_application() -> Printed:
    pytest.fail("the application was started")
