"""Questions left without an answer are offered to whoever asked them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from sottovoce.domain.conversations import Message, Role
from sottovoce.domain.errors import ThingNotFound
from sottovoce.domain.identifiers import new_id
from sottovoce.domain.turns import TurnUnfinished
from sottovoce.home import open_home
from sottovoce.runtime.offered import OfferedQuestions

if TYPE_CHECKING:
    from pathlib import Path

    from sottovoce.domain.turns import TurnEvent
    from sottovoce.talk.conversation import Talk


async def test_what_was_asked_for_somebody_else_is_not_offered_here(tmp_path: Path) -> None:
    async with open_home(tmp_path / "home", key=bytes(32), maintain=False) as home:
        told: list[TurnEvent] = []
        offered = OfferedQuestions(home, lambda: cast("Talk", None), told.append, lambda _trouble: None)
        for number, (user, text) in enumerate({"me": "what did i forget", "anna": "where is my ring"}.items()):
            question = Message(
                id=new_id(), conversation_id=new_id(), role=Role.USER, content=text, created_at=number, user_id=user
            )
            await home.store.open_turn(question)
        await offered.offer()
        assert [event.text for event in told if isinstance(event, TurnUnfinished)] == ["what did i forget"]
        await offered.dismiss()
        assert len(told) == 1
        with pytest.raises(ThingNotFound):
            await offered.dismiss()
        assert [left.user_id for left in await home.recollection.conversations.unfinished_turns()] == ["anna"]
