"""Typing where there is no X server: by a program on the path, by the system's own input, or by the clipboard."""

from __future__ import annotations

import asyncio
import os
import stat
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.typing import open_typing
from sottovoce.adapters.typing.elsewhere import CopiedInstead, PynputTyping, WtypeTyping
from sottovoce.adapters.typing.x11 import X11Typing
from sottovoce.domain.errors import TypingCopied, TypingFailed
from tests.fakes_dictation import FakeClipboard
from tests.waiting import HANGS_S

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Wtype = Callable[[str], Path]


@pytest.fixture
def wtype(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Wtype:
    """Puts a program of that name on the path, which runs these lines of shell; gives the file `$TOLD`."""

    def put(script: str) -> Path:
        folder, told = tmp_path / "bin", tmp_path / "told"
        folder.mkdir()
        program = folder / "wtype"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(stat.S_IRWXU)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
        monkeypatch.setenv("TOLD", str(told))
        return told

    return put


LISTS = 'for word in "$@"; do printf "%s|" "$word"; done >> "$TOLD"'
HANGS = 'echo $$ > "$TOLD"; exec sleep 600'


async def test_wtype_is_told_what_to_remove_and_what_to_type(wtype: Wtype) -> None:
    told = wtype(LISTS)
    typing = WtypeTyping()
    await typing.type("-k no option; $HOME, Grüße\n", erase=2)
    assert told.read_text("utf-8") == "-s|100|-d|12|-k|BackSpace|-k|BackSpace|--|-k no option; $HOME, Grüße\n|"
    told.unlink()
    await typing.type("", erase=1)
    assert told.read_text("utf-8") == "-s|100|-d|12|-k|BackSpace|"
    await typing.close()


async def test_what_the_compositor_does_not_let_it_do_is_told(wtype: Wtype) -> None:
    wtype("echo 'Compositor does not support the virtual keyboard protocol' >&2; exit 1")
    with pytest.raises(TypingFailed):
        await WtypeTyping().type("hello")


async def test_a_wtype_that_has_gone_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(TypingFailed):
        await WtypeTyping().type("hello")


def _is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


async def _told_by(pipe: int) -> int:
    """The number of the process that tells it through a pipe."""
    told = asyncio.Event()
    asyncio.get_running_loop().add_reader(pipe, told.set)
    try:
        async with asyncio.timeout(HANGS_S):
            await told.wait()
        return int(os.read(pipe, 100))
    finally:
        asyncio.get_running_loop().remove_reader(pipe)
        os.close(pipe)


async def test_a_wtype_that_hangs_is_ended_and_told(wtype: Wtype) -> None:
    os.mkfifo(told := wtype(HANGS))
    pipe = os.open(told, os.O_RDONLY | os.O_NONBLOCK)
    task = asyncio.create_task(WtypeTyping(deadline_s=2.0).type("hello"))
    process = await _told_by(pipe)
    with pytest.raises(TypingFailed):
        await task
    assert not _is_there(process)


async def test_a_turn_that_is_cancelled_leaves_no_wtype_behind(wtype: Wtype) -> None:
    os.mkfifo(told := wtype(HANGS))
    pipe = os.open(told, os.O_RDONLY | os.O_NONBLOCK)
    task = asyncio.create_task(WtypeTyping().type("hello"))
    process = await _told_by(pipe)
    assert _is_there(process)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not _is_there(process)


class _Over:
    """A process that was over just when whoever waited for it was cancelled."""

    def __init__(self) -> None:
        self.waits = [asyncio.CancelledError()]

    async def wait(self) -> int:
        if self.waits:
            raise self.waits.pop()
        return 0

    def kill(self) -> None:
        raise ProcessLookupError


async def test_a_turn_that_is_cancelled_when_wtype_is_done_is_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    async def started(*_words: str, **_how: object) -> _Over:
        return _Over()

    monkeypatch.setattr(asyncio, "create_subprocess_exec", started)
    with pytest.raises(asyncio.CancelledError):
        await WtypeTyping().type("hello")


class _Controller:
    """Keys of a system that has its own input."""

    typed: list[str]
    lets = True

    def tap(self, key: str) -> None:
        self.typed.append(key)

    def type(self, text: str) -> None:
        if not self.lets:
            raise OSError
        self.typed.append(text)


async def test_the_systems_own_input_types_and_its_refusal_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    _Controller.typed = []
    keys = SimpleNamespace(Controller=_Controller, Key=SimpleNamespace(backspace="<"))
    monkeypatch.setitem(sys.modules, "pynput", SimpleNamespace(keyboard=keys))
    monkeypatch.setitem(sys.modules, "pynput.keyboard", keys)
    typing = PynputTyping()
    await typing.type("Hello", erase=2)
    assert _Controller.typed == ["<", "<", "Hello"]
    monkeypatch.setattr(_Controller, "lets", False)
    with pytest.raises(TypingFailed):
        await typing.type("more")
    await typing.close()
    await typing.close()


async def test_where_nothing_may_type_the_words_lie_in_the_clipboard_and_that_is_told() -> None:
    clipboard = FakeClipboard("what was there")
    typing = CopiedInstead(clipboard.copy)
    with pytest.raises(TypingCopied) as told:
        await typing.type("Hello, Anna")
    assert clipboard.held == "Hello, Anna"
    assert told.value.sentence == (
        "This desktop lets no program type, so your words lie in the clipboard, in the place of what was there."
    )
    assert told.value.remedy.startswith("Paste them with Ctrl+V")
    await typing.close()


@pytest.mark.parametrize(
    ("platform", "environment", "there", "kind"),
    [
        ("win32", {"DISPLAY": ":7"}, False, PynputTyping),
        ("darwin", {}, False, PynputTyping),
        ("linux", {"DISPLAY": ":7"}, True, X11Typing),
        ("linux", {"DISPLAY": ":7", "WAYLAND_DISPLAY": "wayland-0"}, True, WtypeTyping),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True, WtypeTyping),
        ("linux", {"DISPLAY": ":7", "WAYLAND_DISPLAY": "wayland-0"}, False, CopiedInstead),
        ("linux", {}, True, CopiedInstead),
    ],
)
async def test_what_types_is_chosen_by_the_desktop(
    platform: str,
    environment: dict[str, str],
    there: bool,  # noqa: FBT001 - a parameter
    kind: type,
    wtype: Wtype,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wtype(LISTS)
    if not there:
        monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    typing = open_typing(FakeClipboard().copy)
    assert type(typing) is kind
    await typing.close()
