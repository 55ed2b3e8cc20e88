"""One whole turn on a throw-away home: a question is synthesised, recognised, answered, stored and read back."""

from __future__ import annotations

import contextlib
import secrets
import sqlite3
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.synthesis import synthesise
from sottovoce.commands.printed import Printed
from sottovoce.domain.audio import duration_s
from sottovoce.domain.errors import DemoFailed
from sottovoce.domain.policy import Policy
from sottovoce.domain.settings import Settings
from sottovoce.home import open_home
from sottovoce.home.sound import open_recognizer

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from sottovoce.domain.turns import Answer
    from sottovoce.home import Home

QUESTION = "what time is it"
KEY_BYTES = 32


class _Steps:
    """Each step with its time."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[dict[str, Any]]:
        """Time what happens inside; `result` may be put into the row."""
        row: dict[str, Any] = {"name": name, "ms": 0.0, "result": ""}
        started = time.perf_counter()
        yield row
        row["ms"] = round((time.perf_counter() - started) * 1000, 1)
        self.rows.append(row)

    def lines(self) -> list[str]:
        """One line a step."""
        return [f"{row['ms']:8.1f} ms  {row['name']:<11}  {row['result']}" for row in self.rows]


async def demo(_arguments: argparse.Namespace) -> Printed:
    """`demo`.

    Raises:
        VoiceMissing: espeak-ng is not installed.
        DemoFailed: A step came out wrong.
    """
    steps = _Steps()
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="sottovoce-demo-") as folder:
        heard, answer = await _turn(Path(folder, "home"), steps)
    data = {
        "question": QUESTION,
        "heard": heard,
        "reply": answer.reply,
        "source": str(answer.source),
        "intent": answer.intent,
        "steps": steps.rows,
        "total_ms": round((time.perf_counter() - started) * 1000, 1),
        "ok": True,
    }
    lines = [
        "One turn on a throw-away home; its key exists only in this process's memory.",
        *steps.lines(),
        f"{data['total_ms']:8.1f} ms  altogether; the home is deleted, nothing is left behind.",
    ]
    return Printed("\n".join(lines), data)


async def _turn(folder: Path, steps: _Steps) -> tuple[str, Answer]:
    settings = Settings(speak=False)
    with steps.step("synthesise") as row:
        pcm = await synthesise(QUESTION)
        row["result"] = f'"{QUESTION}", {duration_s(len(pcm)):.1f} s of sound, played nowhere'
    async with contextlib.AsyncExitStack() as stack:
        with steps.step("open store") as row:
            home = await stack.enter_async_context(
                open_home(
                    folder, key=secrets.token_bytes(KEY_BYTES), settings=settings, maintain=False, policy=Policy()
                )
            )
            row["result"] = "a new encrypted database"
        with steps.step("load model") as row:
            recognizer = await stack.enter_async_context(open_recognizer(home.places, settings))
            row["result"] = recognizer.name
        with steps.step("recognise") as row:
            heard = (await recognizer.transcribe(pcm)).text
            row["result"] = f'"{heard}"'
        if heard != QUESTION:
            raise DemoFailed("The recogniser did not understand the synthesised question.")
        with steps.step("answer") as row:
            answer = await home.ask(heard)
            row["result"] = f'"{answer.reply}" (question and answer are on the disk now)'
        with steps.step("read back") as row:
            await _check_stored(home, heard, answer)
            row["result"] = "both messages, from the store"
        with steps.step("look from outside") as row:
            _check_unreadable(home.places.data, home.places.database, (heard, answer.reply))
            row["result"] = "without the key the files tell nothing"
    return heard, answer


async def _check_stored(home: Home, heard: str, answer: Answer) -> None:
    stored = await home.conversations.get_history(answer.conversation, from_database=True)
    if [message.content for message in stored] != [heard, answer.reply]:
        raise DemoFailed("The turn could not be read back from the store.")


def _check_unreadable(folder: Path, database: Path, said: tuple[str, ...]) -> None:
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        try:
            connection.execute("SELECT count(*) FROM sqlite_master")
        except sqlite3.DatabaseError:
            pass
        else:
            raise DemoFailed("The store can be read without its key.")
    for file in folder.rglob("*"):
        if file.is_file() and any(text.encode() in file.read_bytes() for text in said):
            raise DemoFailed("A file holds what was said in clear.")
