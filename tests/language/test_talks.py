"""The corpora of talks: how many of several turns must go as they should."""

from __future__ import annotations

import pytest

from tests.language.dialogues import dialogues, fault

DIALOGUES, DIALOGUES_LAST = 93, 90
"""Percent that are right at least: of all talks, and of those written last."""


@pytest.mark.parametrize("tag", ["en", "de"])
async def test_most_talks_of_several_turns_go_as_they_should(tag: str) -> None:
    for held_out, least in ((False, DIALOGUES), (True, DIALOGUES_LAST)):
        part = [one for one in dialogues(tag) if one.held_out is held_out]
        wrong = [told for one in part if (told := await fault(tag, one))]
        right = len(part) - len(wrong)
        assert 100 * right >= least * len(part), f"{right} of {len(part)} right; wrong:\n" + "\n".join(wrong)
