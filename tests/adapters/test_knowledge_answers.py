"""Questions about a small folder, with the real store, worker and embedder: what is answered, and what is not."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.embedding import StaticEmbedder
from sottovoce.adapters.knowledge.folder import KnowledgeFolder
from sottovoce.adapters.places import Places
from sottovoce.adapters.store import open_store
from sottovoce.agent.skills.passages import answer_from, quotation, unasked
from sottovoce.language import language
from sottovoce.memory.knowledge import Knowledge
from tests.unit.knowledge_set import ANSWERED, FILES, UNANSWERED
from tests.unit.parts import english
from tests.waiting import HANGS_S

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


LEAST_PRECISION = 0.97
LEAST_RECALL = 0.8
"""Of answers nobody asked the files for."""


@pytest.fixture
async def knowledge(tmp_path: Path) -> AsyncIterator[Knowledge]:
    """The files of the set, read."""
    places = Places.under(tmp_path)
    places.prepare()
    for name, text in FILES.items():
        (places.knowledge / name).parent.mkdir(exist_ok=True)
        (places.knowledge / name).write_text(text)
    async with contextlib.AsyncExitStack() as stack:
        store = await open_store(places, key=bytes(range(32)))
        stack.push_async_callback(store.close)
        embedder = StaticEmbedder()
        stack.push_async_callback(embedder.close)
        folder = KnowledgeFolder(places.knowledge, embedder=embedder.name, on_trouble=lambda _: None)
        stack.push_async_callback(folder.close)
        known = asyncio.Event()
        made = Knowledge(
            store,
            folder,
            embedder,
            idle=lambda: True,
            on_trouble=lambda _: None,
            on_progress=lambda progress: known.set() if progress.total and not progress.working else None,
        )
        task = asyncio.create_task(made.run())
        await asyncio.wait_for(known.wait(), HANGS_S)
        yield made
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


@dataclass
class Outcome:
    text: str = ""
    unasked: str = ""


async def ask(knowledge: Knowledge, question: str) -> Outcome:
    found = await knowledge.search(question)
    own = language("en")
    quoted, told = quotation(question, found, own), unasked(question, found, own)
    return Outcome(english(answer_from(quoted)) if quoted else "", told.text if told else "")


async def test_files_answer_when_asked_and_keep_quiet_when_not(knowledge: Knowledge) -> None:
    answered = [(await ask(knowledge, question), wanted) for question, wanted in ANSWERED]
    assert [wanted for outcome, wanted in answered if wanted not in outcome.text] == []
    right = sum(wanted in outcome.unasked for outcome, wanted in answered)
    wrong = [outcome.unasked for outcome, wanted in answered if outcome.unasked and wanted not in outcome.unasked]
    wrong += [question for question in UNANSWERED if (await ask(knowledge, question)).unasked]
    assert right / (right + len(wrong)) >= LEAST_PRECISION, wrong
    assert right / len(ANSWERED) >= LEAST_RECALL


async def test_the_file_and_its_heading_are_named(knowledge: Knowledge) -> None:
    outcome = await ask(knowledge, "when do i plant the tomatoes")
    assert outcome.text == (
        'Your file "garden.md" says, under "Tomatoes": Plant the tomatoes after the last frost, which is mid May here.'
        " Water them at the root, never on the leaves."
    )
