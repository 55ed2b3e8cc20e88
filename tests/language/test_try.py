"""Every language does what the sentences of its `try/` say."""

from __future__ import annotations

from collections import Counter

import pytest

from sottovoce.language import available, language
from sottovoce.language.templates import read_templates
from tests.language.tried import Outcome, Try, outcome, tries

TRIED = [tag for tag in available() if (language(tag).folder / "try").is_dir()]
FEWEST = 3
"""Sentences of an intent that are tried."""


@pytest.mark.parametrize(
    "one",
    [one for tag in TRIED for one in tries(tag)],
    ids=lambda one: f"{one.tag}: {'; '.join([*one.after, one.said])}",
)
async def test_a_sentence(one: Try) -> None:
    found = await outcome(one.tag, one.after, one.said)
    text = found.text if one.text is None else one.text
    assert found == Outcome(one.intent, one.slots, one.key, text)


@pytest.mark.parametrize("tag", TRIED)
def test_every_intent_is_tried(tag: str) -> None:
    known = read_templates(language(tag).folder / "understand").sentences
    counted = Counter(one.intent for one in tries(tag))
    assert {name: counted[name] for name in known if counted[name] < FEWEST} == {}
    assert set(counted) == set(known)
