"""A plan is corrected in its time, in its thing, or as a whole."""

from __future__ import annotations

import pytest

from tests.language.tried import home


@pytest.mark.parametrize(
    ("correction", "plan"),
    [
        ("no at two", "lunch with anna tomorrow at 2:00 PM"),
        ("no dinner with tom", "dinner with tom tomorrow at 1:00 PM"),
        ("no dentist on friday at nine", "dentist on Friday at 9:00 AM"),
        ("no i meant on monday", "lunch with anna on Monday at 1:00 PM"),
    ],
)
async def test_a_correction(correction: str, plan: str) -> None:
    async with home("en") as (one, _):
        await one.say("add lunch with anna tomorrow at one")
        said = await one.say(correction)
        assert (said.intent, said.text) == ("calendar.add", f"It is in your calendar: {plan}.")
        lunch = await one.say("when is my lunch with anna")
        assert ("1:00 PM" in lunch.text) == ("lunch with anna" in plan and "1:00 PM" in plan)
