"""Reading the clipboard of a real X server, whoever owns it."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.clipboard_x11 import ClipboardLimits, X11Clipboard
from sottovoce.domain.errors import ClipboardSilent
from tests.desktop.probing import ROOT
from tests.waiting import HANGS_S, wait_for

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from tests.desktop.deskbox import Desk

PATIENT = ClipboardLimits(answer_s=HANGS_S, whole_s=HANGS_S)
HASTY = ClipboardLimits(answer_s=0.3, whole_s=HANGS_S)
LARGE = "Grüße, 東京 🎉\n" * 100_000
"""More than a request to an X server may hold, so that it comes in pieces."""


async def _copied(text: str) -> None:
    raise AssertionError(text)


@pytest.fixture
def owned(desk: Desk) -> Callable[..., Path]:
    """Has the clipboard and the selection owned by a program; gives the file it writes when it owns them."""

    def by(how: str, text: str = "") -> Path:
        there, given = desk.root / "owned.txt", desk.root / "given.txt"
        there.unlink(missing_ok=True)
        given.write_text(text, "utf-8")
        paths = os.pathsep.join(map(str, (ROOT / "desktop", ROOT)))
        words = ("-m", "tests.desktop.clipboard_owner", how, there, given)
        desk.popen_python(*words, log="owner", env={"PYTHONPATH": paths})
        wait_for(there.exists, what=f"{how} owns the clipboard")
        return there

    return by


@pytest.fixture
async def patient(desk: Desk) -> AsyncIterator[X11Clipboard]:
    made = X11Clipboard(desk.env["DISPLAY"], _copied, PATIENT)
    yield made
    await made.close()


@pytest.fixture
async def hasty(desk: Desk) -> AsyncIterator[X11Clipboard]:
    made = X11Clipboard(desk.env["DISPLAY"], _copied, HASTY)
    yield made
    await made.close()


@pytest.mark.parametrize("text", ["Grüße, 東京 🎉\ntwo lines", LARGE], ids=["small", "large"])
async def test_what_another_program_copied_is_read(
    owned: Callable[..., Path], patient: X11Clipboard, text: str
) -> None:
    owned("qt", text)
    assert await patient.text() == text
    assert await patient.selection() == text


@pytest.mark.parametrize("how", ["silent", "listed", "half"])
async def test_an_owner_that_does_not_answer_is_told_and_holds_nobody_up(
    owned: Callable[..., Path], hasty: X11Clipboard, how: str
) -> None:
    owned(how)
    for ask in (hasty.text, hasty.selection, hasty.text):
        reading = asyncio.create_task(ask())
        passes = 0
        while not reading.done():
            await asyncio.sleep(0)
            passes += 1
        with pytest.raises(ClipboardSilent):
            await reading
        assert passes > 100, "the loop went on meanwhile"


@pytest.mark.parametrize(("how", "text"), [("latin", "Grüße"), ("picture", ""), ("refuses", "")])
async def test_what_old_programs_and_pictures_have_for_a_text(
    owned: Callable[..., Path], patient: X11Clipboard, how: str, text: str
) -> None:
    owned(how)
    assert await patient.text() == text


async def test_what_we_have_copied_ourselves_is_read_too(owned: Callable[..., Path]) -> None:
    assert owned("ours", "our own").read_text("utf-8") == "our own"


def test_a_secret_that_was_overtaken_is_not_asked_for(owned: Callable[..., Path]) -> None:
    assert owned("secret").read_text("utf-8") == "left alone"


async def test_nobody_owns_it_and_there_is_no_server(patient: X11Clipboard) -> None:
    assert await patient.text() == ""
    nowhere = X11Clipboard("no display", _copied, PATIENT)
    with pytest.raises(ClipboardSilent):
        await nowhere.text()
    await nowhere.close()
    with pytest.raises(AssertionError, match="given on"):
        await nowhere.copy("given on")
