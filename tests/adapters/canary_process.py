"""Run as a program: a whole turn with a word nobody else says, spoken, recognised, answered, stored; then it waits.

    python -m tests.adapters.canary_process FOLDER

Prints what it heard, remembers a made-up word as well, and ends when its input does.
"""

import asyncio
import logging
import sys
from pathlib import Path

from sottovoce.adapters.hardening import harden
from sottovoce.adapters.log_file import start_logging
from sottovoce.adapters.synthesis import synthesise
from sottovoce.domain.settings import Settings
from sottovoce.home import open_home
from sottovoce.sound import open_recognizer
from tests.adapters.canaries import KEY, SPOKEN, TYPED


async def main(folder: Path) -> None:
    settings = Settings(speak=False)
    async with open_home(folder, key=KEY, settings=settings) as home:
        async with open_recognizer(home.places, settings) as recognizer:
            heard = (await recognizer.transcribe(await synthesise(SPOKEN))).text
        await home.ask(heard)
        for text in (f"remember that i like the {TYPED}", "what do i like", f"who is the {TYPED}"):
            await home.ask(text)
        await home.store.search(TYPED, limit=5)
        await asyncio.gather(*(home.ask(f"{TYPED} {number} " + "again " * 300) for number in range(20)))
        logging.getLogger("sottovoce").debug("canary turns are done")
        sys.stdout.write(f"{heard}\n")
        sys.stdout.flush()
        sys.stdin.readline()


if __name__ == "__main__":
    harden()
    logs = Path(sys.argv[1]) / "logs"
    logs.mkdir(parents=True)
    start_logging(logs)
    asyncio.run(main(Path(sys.argv[1])))
