"""Days that are told or counted to: which year is meant, and what is asked back."""

from __future__ import annotations

import pytest

from sottovoce.agent.skills.dates import Dates
from sottovoce.agent.tools.questions import Question, SkillAnswer
from sottovoce.agent.tools.tools import ToolCall, Tools
from sottovoce.domain.contexts import UserContext
from tests.language.tried import home
from tests.unit.parts import NOW


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("what day was the third of march", "March 3, 2026 was a Tuesday."),
        ("what day is the third of march", "March 3, 2027 is a Wednesday."),
        ("what day was the third of december", "December 3, 2025 was a Wednesday."),
        ("what day was the eighteenth of november", "November 18, 2026 was a Wednesday."),
        ("what day was next friday", "November 27, 2026 is a Friday."),
        ("what day was the third of march 2030", "March 3, 2030 is a Sunday."),
        ("what day was the twenty ninth of february", "February 29, 2028 is a Tuesday."),
        ("how many days until june", "It is 192 days until Tuesday, June 1, 2027."),
        ("how long until november", "It is 345 days until Monday, November 1, 2027."),
    ],
)
async def test_the_year_is_the_one_that_is_meant(said: str, told: str) -> None:
    async with home("en") as (one, _):
        assert (await one.say(said)).text == told


async def test_without_a_day_it_is_asked_which() -> None:
    tool = Tools([Dates(lambda: NOW)])["date.until"]
    answer = await tool.run(
        Question(text="how long is it until", context=UserContext()), ToolCall("date.until", {}, {})
    )
    assert isinstance(answer, SkillAnswer)
    assert answer.pending is not None
    assert answer.pending.slot == "moment"
