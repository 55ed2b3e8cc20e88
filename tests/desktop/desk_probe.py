"""What `test_desk_skills` runs inside the virtual desktop: the desktop's own adapters, and who holds players.

    python -m tests.desktop.desk_probe sound WORD [N] | windows [WORD TITLE] | hold FILE FIFO

`hold` takes words from a pipe (hold, keep, go PLAYER, tell, release) and answers each by a line.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from sottovoce.adapters.desktop.sound_pulse import PulseSound
from sottovoce.adapters.desktop.windows_x11 import X11Windows
from sottovoce.adapters.media import OtherMedia
from sottovoce.agent.desktop.ports import Cannot


def tell(*what: object) -> None:
    sys.stdout.write(" ".join(map(str, what)) + "\n")
    sys.stdout.flush()


async def sound(word: str, number: int) -> None:
    pulse = PulseSound()
    try:
        match word:
            case "set":
                level = await pulse.set(number)
            case "change":
                level = await pulse.change(number)
            case "mute" | "unmute":
                level = await pulse.mute(muted=word == "mute")
            case _:
                level = await pulse.level()
        tell(level.percent, "muted" if level.muted else "heard")
    finally:
        await pulse.close()


async def windows(word: str, title: str) -> None:
    screen = X11Windows()
    try:
        there = await screen.listed()
        for one in there:
            if word and one.title == title:
                await getattr(screen, word)(one)
        if word == "show_desktop":
            await screen.show_desktop()
        for one in there:
            tell(one.title, one.application, "active" if one.active else "-")
    finally:
        await screen.end()


async def hold(file: Path, pipe: Path) -> None:
    media = OtherMedia(file)
    loop = asyncio.get_running_loop()
    words = os.fdopen(os.open(pipe, os.O_RDWR))  # which has an end only with the process
    while line := (await loop.run_in_executor(None, words.readline)).split():
        match line:
            case ["hold"]:
                media.hold("pause")
            case ["keep"]:
                media.keep_paused()
            case ["go", player]:
                tell(media.go_on_with(player))
                continue
            case ["release"]:
                media.release()
        tell(*[name.rpartition(".")[2] for name in await media.held()])


def main() -> None:
    try:
        match sys.argv[1:]:
            case ["sound", word, *rest]:
                asyncio.run(sound(word, int(rest[0]) if rest else 0))
            case ["windows", *rest]:
                asyncio.run(windows(rest[0] if rest else "", rest[1] if len(rest) > 1 else ""))
            case ["hold", file, pipe]:
                asyncio.run(hold(Path(file), Path(pipe)))
    except Cannot as why:
        tell("cannot", why.said.key)


if __name__ == "__main__":
    main()
