"""Little words that were not heard are not missed."""

from __future__ import annotations

import pytest

from sottovoce.agent.sentences.swallowed import rules_without_words, without_words
from tests.unit.parts import RECOGNIZERS

LITTLE = frozenset({"a", "the", "my"})


@pytest.mark.parametrize(
    ("template", "left"),
    [
        ("set a timer", "set timer"),
        ("set [a] timer", "set timer"),
        ("set (a|the) timer", "set timer"),
        ("set (a|the|another) timer", "set [another] timer"),
        ("(put|add) {things} (to|on) (the|my) list", "(put|add) {things} (to|on) list"),
        ("<what> is [on [the]] {list}", "<what> is [on] {list}"),
        ("the light[s]", "the light[s]"),
        ("(a;b) the", "(a;b) the"),
    ],
)
def test_templates_without_words(template: str, left: str) -> None:
    assert without_words(template, LITTLE) == left


def test_rules_that_say_nothing_more_go_with_the_words() -> None:
    rules = {"one": "(the|my)", "two": "[<one>]", "three": "<two> list", "four": "the|list"}
    left, gone = rules_without_words(rules, LITTLE)
    assert left == {"three": "list", "four": "[list]"}
    assert gone == LITTLE | {"<one>", "<two>"}


@pytest.mark.parametrize(
    ("said", "tool"),
    [("what is date", "clock.date"), ("what is sister called", None), ("the weather", None), ("the my", None)],
)
def test_a_swallowed_word_is_not_missed(said: str, tool: str | None) -> None:
    found = RECOGNIZERS.of("en").repaired(said)
    assert (found.name if found else None) == tool
