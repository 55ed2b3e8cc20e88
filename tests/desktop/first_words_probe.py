"""One first press of a fresh process: what `first_words` starts many of, all real from the microphone to the words.

    python -m tests.desktop.first_words_probe FILE

It tells `ready`; pressed by SIGUSR1 it tells `listening` when the interface would, let go by SIGUSR2 it tells what it
heard, and keeps every block that the recogniser got in FILE.
"""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sottovoce.adapters.microphone import SoundDeviceMicrophone
from sottovoce.adapters.recognition.vosk import VoskRecognizer
from sottovoce.adapters.speaker import NoSpeaker
from sottovoce.domain.turns import Answer, Outcome, Source, Stage, StageChanged, TurnEnded, TurnEvent, TurnFailed
from sottovoce.domain.voices import Delivery
from sottovoce.resources import starter_model
from sottovoce.talk.conversation import Talk
from sottovoce.talk.first_sound import FirstSound

if TYPE_CHECKING:
    from sottovoce.talk.answering import Answering


class Kept(SoundDeviceMicrophone):
    """Keeps what it delivers."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[bytes] = []

    @asynccontextmanager
    async def listen(self) -> AsyncIterator[AsyncIterator[bytes]]:
        async with super().listen() as blocks:

            async def kept() -> AsyncIterator[bytes]:
                async for block in blocks:
                    self.blocks.append(block)
                    yield block

            yield kept()


def tell(*words: str) -> None:
    sys.stdout.write(" ".join(words).strip() + "\n")
    sys.stdout.flush()


class Understood:
    """Takes the place of the answering half: what was understood is all that is wanted."""

    async def delivery(self, _user_id: str) -> Delivery:
        return Delivery()

    async def answer(self, text: str, **_more: object) -> Answer:
        tell("heard", text)
        return Answer(reply="", source=Source.SKILL, intent="", conversation="", message="")


async def main() -> None:
    over = asyncio.Event()
    microphone, recognizer = Kept(), VoskRecognizer(starter_model())

    def on_event(event: TurnEvent) -> None:
        if event == StageChanged(Stage.LISTENING):
            tell("listening")
        elif isinstance(event, TurnFailed):
            tell("heard", f"({event.error.code})")
        elif isinstance(event, TurnEnded):
            if event.outcome is Outcome.SILENCE:
                tell("heard")
            over.set()

    events = FirstSound(on_event)
    talk = Talk(
        microphone=microphone,
        recognizer=recognizer,
        speaker=NoSpeaker(),
        answering=cast("Answering", Understood()),
        on_event=events.hear,
        on_sound=events.arrived,
        user_id="me",
    )
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGUSR1, talk.press)
    loop.add_signal_handler(signal.SIGUSR2, talk.release)
    await asyncio.gather(microphone.open(), recognizer.open())
    tell("ready")
    await over.wait()
    for part in (talk, microphone, recognizer):
        await part.close()
    Path(sys.argv[1]).write_bytes(b"".join(microphone.blocks))


if __name__ == "__main__":
    asyncio.run(main())
