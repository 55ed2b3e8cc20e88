"""The turn journal in a real store: the process is killed at each step of a turn, and the next one takes it up."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TYPE_CHECKING

import pytest

from sottovoce.domain.conversations import Role
from sottovoce.domain.errors import ThingNotFound
from sottovoce.domain.identifiers import answer_id
from sottovoce.home import open_home
from tests.served import Service

if TYPE_CHECKING:
    from pathlib import Path

KEY = bytes(range(32))
REMEMBER = "remember that i like tea"


async def _ask(folder: Path, text: str, left: int, when: str) -> list[str]:
    """Ask in a process that ends at that step; what it acknowledged."""
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.adapters.turn_process",
        str(folder),
        text,
        str(left),
        when,
        stdout=asyncio.subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    out, _ = await child.communicate()
    assert child.returncode == (0 if left == 0 else -9)
    return out.decode().split()


async def _take_up(folder: Path, heard: bool) -> bool:  # noqa: FBT001 - what the process said
    """Take up what is unfinished, and look at the result; whether there was anything."""
    async with open_home(folder, KEY) as home:
        waiting = await home.recollection.conversations.unfinished_turns()
        for question in waiting:
            answer = await home.speech.answering.resume(question)
            assert answer.reply == "I will remember that you like tea."
            with pytest.raises(ThingNotFound):
                await home.speech.answering.resume(question)
        assert await home.recollection.conversations.unfinished_turns() == ()
        (conversation,) = await home.store.conversations(limit=5) or (None,)
        if conversation is None:
            assert not heard
            return False
        said = await home.store.messages(conversation.id, limit=9)
        assert [(m.role, m.content) for m in said] == [
            (Role.USER, REMEMBER),
            (Role.ASSISTANT, "I will remember that you like tea."),
        ]
        assert said[1].id == answer_id(said[0].id)
        assert [m.text for m in await home.store.memories("me", limit=9)] == ["i like tea"]
        return bool(waiting)


async def test_killed_at_each_step_a_question_is_never_lost_and_never_answered_twice(tmp_path: Path) -> None:
    # Steps: history, turn opened, what is known of it, memory kept, turn closed; the context was read at the opening.
    unfinished = []
    for step in range(1, 6):
        for when in ("before", "after"):
            folder = tmp_path / f"{step}-{when}"
            acknowledged = await _ask(folder, REMEMBER, step, when)
            if await _take_up(folder, "heard" in acknowledged):
                unfinished.append((step, when))
            assert "whole" not in acknowledged
            assert "answered" not in acknowledged
    assert unfinished[0] == (2, "after")
    assert unfinished[-1] == (5, "before")
    assert len(unfinished) == 6


async def test_a_whole_turn_leaves_nothing_unfinished(tmp_path: Path) -> None:
    assert await _ask(tmp_path, REMEMBER, 0, "after") == ["heard", "answered", "whole"]
    assert not await _take_up(tmp_path, heard=True)


async def test_the_service_lists_answers_and_dismisses_what_is_unfinished(tmp_path: Path) -> None:
    for _ in range(3):
        await _ask(tmp_path, "what time is it", 2, "after")
    async with open_home(tmp_path, KEY) as home:
        service = Service(home)
        waiting = (await service.answer("history.unfinished", {}))["unfinished"]
        assert [question["content"] for question in waiting] == ["what time is it"] * 3
        answered = await service.answer("history.answer_unfinished", {"message": waiting[1]["id"]})
        assert answered["message"] == answer_id(waiting[1]["id"])
        assert await service.answer("history.dismiss_unfinished", {}) == {"dismissed": waiting[0]["id"]}
        left = (await service.answer("history.unfinished", {}))["unfinished"]
        assert left == [waiting[2]]
        with pytest.raises(ThingNotFound):
            await service.answer("history.answer_unfinished", {"message": waiting[1]["id"]})
        await service.answer("history.dismiss_unfinished", {})
        with pytest.raises(ThingNotFound):
            await service.answer("history.dismiss_unfinished", {})
