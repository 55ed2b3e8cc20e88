"""What `storm` presses and lets go: a turn's real parts, told what to do line by line.

    python -m tests.desktop.storm_probe plain|preroll

`press`, `release` and `cancel` do that; `report` tells threads, descriptors and memory; `quit` ends it. Told are
`ready`, `ended OUTCOME`, `failed CODE`, `heard TEXT` and `report JSON`.
"""

import asyncio
import gc
import json
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sottovoce.adapters.microphone import SoundDeviceMicrophone
from sottovoce.adapters.native_memory import bound_heaps, give_back_memory
from sottovoce.adapters.recognition.vosk import VoskRecognizer
from sottovoce.adapters.speaker import NoSpeaker
from sottovoce.domain.turns import TurnEnded, TurnEvent, TurnFailed
from sottovoce.resources import starter_model
from sottovoce.talk.conversation import Talk
from tests.desktop.first_words_probe import Understood, tell

if TYPE_CHECKING:
    from sottovoce.talk.answering import Answering


def report(talk: Talk) -> str:
    """What the process holds."""
    gc.collect()
    give_back_memory()
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return json.dumps(
        {
            "stage": str(talk.stage),
            "threads": int(status["Threads"]),
            "named": sorted(thread.name for thread in threading.enumerate()),
            "tasks": sorted(task.get_name() for task in asyncio.all_tasks()),
            "descriptors": len(list(Path("/proc/self/fd").iterdir())),
            "memory_kb": int(status["RssAnon"].split()[0]),
            "locked_kb": int(status["VmLck"].split()[0]),
        }
    )


async def main(kind: str) -> None:
    """Serve the lines of the input until `quit`."""
    bound_heaps()
    microphone, recognizer = SoundDeviceMicrophone(preroll=kind == "preroll"), VoskRecognizer(starter_model())

    def on_event(event: TurnEvent) -> None:
        if isinstance(event, TurnFailed):
            tell("failed", event.error.code)
        elif isinstance(event, TurnEnded):
            tell("ended", str(event.outcome))

    talk = Talk(
        microphone=microphone,
        recognizer=recognizer,
        speaker=NoSpeaker(),
        answering=cast("Answering", Understood()),
        on_event=on_event,
        user_id="me",
    )
    await asyncio.gather(microphone.open(), recognizer.open())
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    tell("ready")
    while (line := (await lines.readline()).decode().strip()) not in {"quit", ""}:
        if line == "report":
            tell("report", report(talk))
        else:
            {"press": talk.press, "release": talk.release, "cancel": talk.cancel}[line]()
    for part in (talk, microphone, recognizer):
        await part.close()
    tell("closed", json.dumps([thread.name for thread in threading.enumerate()]))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
