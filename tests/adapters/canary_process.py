"""Run as a program: a whole spoken turn with words nobody else says, then it waits; then it erases all of it.

    python -m tests.adapters.canary_process FOLDER

What a microphone would deliver is pushed into a fake one; recogniser, agent, store, and the worker process that speaks
the answer (its player is the first `aplay` on PATH) are the product's. Prints what was heard, waits for a line, erases
everything of the user, prints `erased`, and ends when its input does.
"""

import asyncio
import logging
import sys
from pathlib import Path

from sottovoce.adapters.hardening import harden
from sottovoce.adapters.log_file import start_logging
from sottovoce.adapters.synthesis import synthesise
from sottovoce.domain.erasing import Erasure, Scope
from sottovoce.domain.settings import Settings
from sottovoce.domain.turns import Heard, Outcome, TurnEnded, TurnEvent
from sottovoce.home import Home, open_home
from sottovoce.home.sound import make_speaker, open_recognizer
from sottovoce.talk.conversation import Talk
from tests.adapters.canaries import KEY, SPOKEN, TYPED
from tests.fakes_talk import FakeMicrophone

BLOCK_BYTES = 640
PAUSE = bytes(16_000)
"""Half a second of silence."""


async def spoken_turn(home: Home, settings: Settings) -> str:
    """Press, say the sentence, let go, be answered aloud; what was heard."""
    heard: list[str] = []
    ended: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()

    def note(event: TurnEvent) -> None:
        if isinstance(event, Heard):
            heard.append(event.text)
        elif isinstance(event, TurnEnded):
            ended.set_result(event.outcome)

    microphone, speaker = FakeMicrophone(), make_speaker(settings)
    await speaker.open()
    async with open_recognizer(home.places, settings) as recognizer:
        talk = Talk(
            microphone=microphone,
            recognizer=recognizer,
            speaker=speaker,
            answering=home.speech.answering,
            on_event=note,
            user_id=settings.user,
        )
        talk.press()
        await microphone.wait_listening()
        pcm = PAUSE + await synthesise(SPOKEN) + PAUSE
        microphone.push(*(pcm[at : at + BLOCK_BYTES] for at in range(0, len(pcm), BLOCK_BYTES)))
        talk.release()
        outcome = await ended
        await talk.close()
    await speaker.close()
    assert outcome is Outcome.ANSWERED, outcome
    return " ".join(heard)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def main(folder: Path) -> None:
    settings = Settings()
    async with open_home(folder, key=KEY, settings=settings) as home:
        heard = await spoken_turn(home, settings)
        for text in (f"remember that i like the {TYPED}", "what do i like", f"who is the {TYPED}"):
            await home.ask(text)
        await home.store.search(TYPED, limit=5)
        await asyncio.gather(*(home.ask(f"{TYPED} {number} " + "again " * 300) for number in range(20)))
        await home.care.backups.create()
        logging.getLogger("sottovoce").debug("canary turns are done")
        say(heard)
        sys.stdin.readline()
        await home.erase(Erasure(scope=Scope.USER, of=settings.user))
        say("erased")
        sys.stdin.readline()


if __name__ == "__main__":
    harden()
    logs = Path(sys.argv[1]) / "logs"
    logs.mkdir(parents=True)
    start_logging(logs)
    asyncio.run(main(Path(sys.argv[1])))
