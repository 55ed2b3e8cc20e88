"""What the user's files say, when asked for them and when not."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from sottovoce.agent.intents.intents import Intent
from sottovoce.agent.skills.lookup import UNASKED, Lookup
from sottovoce.agent.tools.questions import Question, SkillAnswer
from sottovoce.domain.contexts import UserContext
from sottovoce.domain.errors import DocumentLocked
from sottovoce.domain.said import said
from sottovoce.memory.knowledge import Knowledge
from tests.fakes_knowledge import FakeEmbedder, FakeFiles
from tests.fakes_store import FakeStore
from tests.unit.parts import UNDERSTANDING, english
from tests.virtual_time import run_virtual

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


class Parts:
    def __init__(self, **texts: str) -> None:
        self.store = FakeStore()
        self.files = FakeFiles(FakeEmbedder())
        self.files.texts = {f"{name}.md": text for name, text in texts.items()}
        self.idle = True
        self.knowledge = Knowledge(
            self.store, self.files, FakeEmbedder(), idle=lambda: self.idle, on_trouble=lambda _: None
        )
        self.lookup = Lookup(self.knowledge)

    async def read(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self.knowledge.run())
        await asyncio.sleep(10)
        yield
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    async def say(self, text: str) -> SkillAnswer:
        intent = UNDERSTANDING.intent(text)
        assert intent is not None
        assert intent.name in {tool.name for tool in self.lookup.tools}
        return await self.lookup.answer(_question(text), intent)


def _question(text: str) -> Question:
    return Question(text=text, context=UserContext(user_id="me"))


def test_where_no_file_may_be_read_it_is_said() -> None:
    async def main() -> None:
        parts = Parts(garden="Tomatoes: Plant tomatoes after the last frost.")
        async for _ in parts.read():
            parts.lookup = Lookup(
                Knowledge(
                    *(parts.store, parts.files, FakeEmbedder()),
                    idle=lambda: True, on_trouble=lambda _: None, allowed=lambda: False,
                )
            )  # fmt: skip
            answer = await parts.say("what do my files say about planting tomatoes")
            assert answer == SkillAnswer(said=said("files-forbidden"), private=True)

    run_virtual(main())


def test_what_the_files_say() -> None:
    async def main() -> None:
        parts = Parts(garden="Tomatoes: Plant tomatoes after the last frost.")
        async for _ in parts.read():
            answer = await parts.say("what do my files say about planting tomatoes")
            (document,) = await parts.store.documents()
            wanted = 'Your file "garden.md" says, under "Tomatoes": Plant tomatoes after the last frost.'
            assert english(answer) == wanted
            assert answer.depends_on == (f"document:{document.id}", "word:planting", "word:tomato")
            assert not answer.private

    run_virtual(main())


def test_what_has_few_of_the_words_is_said_to_be_the_nearest() -> None:
    async def main() -> None:
        parts = Parts(wine="x: Wine ripens in the cellar.")
        async for _ in parts.read():
            near = await parts.say("what do my files say about roman wine trade")
            assert (
                english(near) == 'The nearest I know: your file "wine.md" says, under "x": Wine ripens in the cellar.'
            )
            sure = await parts.say("what do my files say about ripening wine")
            assert english(sure) == 'Your file "wine.md" says, under "x": Wine ripens in the cellar.'

    run_virtual(main())


def test_nothing_is_found() -> None:
    async def main() -> None:
        parts = Parts(garden="x: Words.")
        async for _ in parts.read():
            answer = await parts.say("look up zebras")
            nothing = said("files-nothing", topic="zebras")
            assert answer == SkillAnswer(said=nothing, depends_on=("word:zebra",))
            assert english(nothing) == "I found nothing about zebras in your files."

    run_virtual(main())


def test_nothing_is_found_yet() -> None:
    async def main() -> None:
        parts = Parts(garden="x: Words.")
        yet = "I found nothing about zebras so far, and I am still reading your files."
        parts.idle = False
        async for _ in parts.read():
            answer = await parts.say("find zebras in my files")
            assert english(answer) == yet
            assert answer.private, "it may be found a moment later"

    run_virtual(main())


def test_no_files() -> None:
    async def main() -> None:
        parts = Parts()
        for question in ("how many files do you know", "look up zebras"):
            answer = await parts.say(question)
            assert (english(answer), answer.private) == ("I have not read any of your files yet.", True)
        async for _ in parts.read():
            for question in ("how many files do you know", "look up zebras"):
                answer = await parts.say(question)
                assert (english(answer), answer.private) == (
                    "There are no files in your knowledge folder yet.",
                    True,
                )

    run_virtual(main())


def test_a_session_that_reads_no_files_tells_of_those_read_before() -> None:
    async def main() -> None:
        parts = Parts(a="x: One.", b="x: Two.")
        parts.files.troubles["b.md"] = DocumentLocked()
        async for _ in parts.read():
            pass
        later = Lookup(
            Knowledge(parts.store, parts.files, FakeEmbedder(), idle=lambda: True, on_trouble=lambda _: None)
        )
        answer = await later.answer(_question(""), Intent("knowledge.files"))
        assert english(answer) == "I know 1 file of yours and 1 file cannot be read."

    run_virtual(main())


def test_how_many_files() -> None:
    async def main() -> None:
        parts = Parts(a="x: One.", b="x: Two.", c="x: Three.")
        question = "how many files do you know"
        parts.idle = False
        async for _ in parts.read():
            assert (
                english(await parts.say(question)) == "I know none of your files yet and 3 files are still to be read."
            )
        parts.idle = True
        parts.files.troubles["c.md"] = DocumentLocked()
        async for _ in parts.read():
            answer = await parts.say(question)
            assert english(answer) == "I know 2 files of yours and 1 file cannot be read."
            assert answer.private

    run_virtual(main())


def test_one_file_of_two() -> None:
    async def main() -> None:
        parts = Parts(a="x: One.", b="x: Two.")
        task = asyncio.create_task(parts.knowledge.run())
        await asyncio.sleep(0.15)
        answer = await parts.say("how many files do you know")
        assert english(answer) == "I know 1 file of yours and 1 file is still to be read."
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    run_virtual(main())


def test_unasked() -> None:
    async def main() -> None:
        parts = Parts(garden="Tomatoes: Plant tomatoes after the last frost.")
        async for _ in parts.read():
            unasked = await parts.lookup.answer_unasked(_question("when do i plant tomatoes"))
            assert unasked is not None
            assert unasked[0] == UNASKED
            assert english(unasked[1]).endswith("Plant tomatoes after the last frost.")
            assert unasked[1].depends_on[1:] == ("word:plant", "word:tomato")
            assert await parts.lookup.answer_unasked(_question("tell me a joke about tomatoes")) is None
            assert await parts.lookup.answer_unasked(_question("what is a zebra")) is None

    run_virtual(main())


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("What do my files say about tomatoes?", Intent("knowledge.lookup", {"topic": "tomatoes"})),
        ("what do my documents say on the wifi password", Intent("knowledge.lookup", {"topic": "the wifi password"})),
        ("search my documents for the boiler", Intent("knowledge.lookup", {"topic": "the boiler"})),
        ("look in my files for pancakes", Intent("knowledge.lookup", {"topic": "pancakes"})),
        ("look up the alarm code", Intent("knowledge.lookup", {"name": "the alarm code"})),
        ("find lisbon in my files", Intent("knowledge.lookup", {"topic": "lisbon"})),
        ("how many files do you know", Intent("knowledge.files")),
        ("have you read my documents", Intent("knowledge.files")),
    ],
)
def test_how_it_is_asked(said: str, intent: Intent) -> None:
    assert UNDERSTANDING.intent(said) == intent


def test_which_file_is_about_something_and_where_it_lies() -> None:
    async def main() -> None:
        parts = Parts(garden="Tomatoes: Plant tomatoes after the last frost.")
        parts.files.texts["home/letters/Insurance 2026.md"] = "Cover: The insurance covers storm damage."
        async for _ in parts.read():
            found = await parts.say("find the file about insurance")
            assert english(found) == 'About insurance, there is "Insurance 2026.md" in the folder "home/letters".'
            assert found.entities == {"file": "home/letters/Insurance 2026.md"}
            found = await parts.say("which documents do i have about tomatoes")
            assert english(found) == 'About tomatoes, there is "garden.md" in your knowledge folder.'
            nothing = await parts.say("where is the document about the car")
            assert english(nothing) == "I found nothing about the car in your files."
            assert not nothing.entities

    run_virtual(main())
