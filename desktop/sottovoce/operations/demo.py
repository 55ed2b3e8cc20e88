"""One whole turn on a throw-away home: a question is synthesised, recognised, answered, stored and read back."""

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sottovoce.domain.effects import Effect
from sottovoce.domain.errors import DemoFailed
from sottovoce.domain.said import said
from sottovoce.language import words
from sottovoce.operations.declared import Face, Family, Needs
from sottovoce.operations.values import Asks, Values, values

if TYPE_CHECKING:
    from sottovoce.adapters.places import Places
    from sottovoce.domain.turns import Answer
    from sottovoce.home import Home

KEY_BYTES: Final = 32
QUESTION: Final = "what time is it"
"""In the language of the speech model that ships."""

DEMO: Final = Family("demo")


@values
class DemoStep(Values):
    """One step with its time."""

    name: str
    ms: float
    result: str


@values
class DemoTurn(Values):
    """One turn, step by step."""

    question: str
    heard: str
    reply: str
    source: str
    intent: str
    steps: tuple[DemoStep, ...]
    total_ms: float
    ok: bool


@values
class ShowDemo(Asks[DemoTurn]):
    """One whole turn on a throw-away home: needs no screen, microphone or keyring."""


def _lines(answered: DemoTurn) -> str:
    return "\n".join(
        [
            words("clidemo-begin"),
            *(f"{one.ms:8.1f} ms  {one.name:<11}  {one.result}" for one in answered.steps),
            f"{answered.total_ms:8.1f} ms  {words('clidemo-end')}",
        ]
    )


@DEMO.operation("demo", ShowDemo, DemoTurn, effect=Effect.ACT, needs=Needs.NOTHING, faces=Face.LINE, prints=_lines)
async def show_demo(_: "Places", __: ShowDemo) -> DemoTurn:
    """Show a step of the demonstration.

    Raises:
        VoiceMissing: espeak-ng is not installed.
        DemoFailed: A step came out wrong.
    """
    import tempfile  # noqa: PLC0415 - completion needs none of it

    steps, started = _Steps(), time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="sottovoce-demo-") as folder:
        heard, answer = await _turn(Path(folder, "home"), steps)
    return DemoTurn(
        question=QUESTION,
        heard=heard,
        reply=answer.reply,
        source=str(answer.source),
        intent=answer.intent,
        steps=tuple(steps.rows),
        total_ms=round((time.perf_counter() - started) * 1000, 1),
        ok=True,
    )


class _Steps:
    """Each step with its time."""

    def __init__(self) -> None:
        self.rows: list[DemoStep] = []

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[list[str]]:
        """Time what happens inside, which puts its result into the list."""
        result: list[str] = []
        started = time.perf_counter()
        yield result
        took = round((time.perf_counter() - started) * 1000, 1)
        self.rows.append(DemoStep(name=name, ms=took, result="".join(result)))


async def _turn(folder: Path, steps: _Steps) -> "tuple[str, Answer]":
    import secrets  # noqa: PLC0415 - as above

    from sottovoce.adapters.synthesis import synthesise  # noqa: PLC0415 - completion needs none of these
    from sottovoce.domain.audio import duration_s  # noqa: PLC0415
    from sottovoce.domain.policy import Policy  # noqa: PLC0415
    from sottovoce.domain.settings import Settings  # noqa: PLC0415
    from sottovoce.home import open_home  # noqa: PLC0415
    from sottovoce.home.sound import open_recognizer  # noqa: PLC0415

    settings = Settings(speak=False)
    with steps.step("synthesise") as result:
        pcm = await synthesise(QUESTION)
        result.append(words("clidemo-synthesised", question=QUESTION, seconds=f"{duration_s(len(pcm)):.1f}"))
    async with contextlib.AsyncExitStack() as stack:
        with steps.step("open store") as result:
            home = await stack.enter_async_context(
                open_home(
                    folder, key=secrets.token_bytes(KEY_BYTES), settings=settings, maintain=False, policy=Policy()
                )
            )
            result.append(words("clidemo-opened"))
        with steps.step("load model") as result:
            recognizer = await stack.enter_async_context(open_recognizer(home.places, settings))
            result.append(recognizer.name)
        with steps.step("recognise") as result:
            heard = (await recognizer.transcribe(pcm)).text
            result.append(f'"{heard}"')
        if heard != QUESTION:
            raise DemoFailed(said("clidemo-not-understood"))
        with steps.step("answer") as result:
            answer = await home.ask(heard)
            result.append(words("clidemo-answered", reply=answer.reply))
        with steps.step("read back") as result:
            await _check_stored(home, heard, answer)
            result.append(words("clidemo-read-back"))
        with steps.step("look from outside") as result:
            _check_unreadable(home.places.data, home.places.database, (heard, answer.reply))
            result.append(words("clidemo-unreadable"))
    return heard, answer


async def _check_stored(home: "Home", heard: str, answer: "Answer") -> None:
    stored = await home.recollection.conversations.get_history(answer.conversation, from_database=True)
    if [message.content for message in stored] != [heard, answer.reply]:
        raise DemoFailed(said("clidemo-not-stored"))


def _check_unreadable(folder: Path, database: Path, spoken: tuple[str, ...]) -> None:
    import sqlite3  # noqa: PLC0415 - as above

    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        try:
            connection.execute("SELECT count(*) FROM sqlite_master")
        except sqlite3.DatabaseError:
            pass
        else:
            raise DemoFailed(said("clidemo-readable"))
    for file in folder.rglob("*"):
        if file.is_file() and any(text.encode() in file.read_bytes() for text in spoken):
            raise DemoFailed(said("clidemo-in-clear"))
