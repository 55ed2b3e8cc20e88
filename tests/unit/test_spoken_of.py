"""Whom and what a sentence means that only points at somebody who was named before."""

from __future__ import annotations

import pytest

from sottovoce.agent.dialogue.spoken_of import noted
from sottovoce.domain.dialogue import WHO, Asked, Dialogue
from sottovoce.language import language


@pytest.mark.parametrize(
    ("tag", "text", "who"),
    [
        ("en", "my older sister is called carol", "my older sister"),
        ("en", "my sister's husband is called tom", "my sister's husband"),
        ("en", "remind me to call my mom at six", "my mom"),
        ("en", "what time is it", ""),
        ("de", "meine schwester heißt anna", "meine schwester"),
        ("de", "der name meiner schwester ist anna", "meine schwester"),
        ("de", "wie alt ist mein opa", "mein opa"),
        ("de", "wie spät ist es", ""),
    ],
)
def test_somebody_of_the_users_is_named(tag: str, text: str, who: str) -> None:
    assert language(tag).spoken_of.named_in(text) == who


@pytest.mark.parametrize(
    ("tag", "text", "who", "meant"),
    [
        ("en", "when is her birthday", "my sister", "when is my sister's birthday"),
        ("en", "how old is he", "my grandpa", "how old is my grandpa"),
        ("en", "she's a nurse", "my sister", "my sister is a nurse"),
        ("en", "they're nine", "my kids", "my kids are nine"),
        ("en", "he's got a dog", "my brother", "my brother has got a dog"),
        ("en", "what are their names", "my kids", "what are my kids' names"),
        ("en", "what does he like about her", "my cousin", "what does my cousin like about my cousin"),
        ("en", "how old is he", "my sister", "how old is he"),
        ("en", "call her", "my sister", "call her"),
        ("en", "where does he live and where does my sister live", "my brother", None),
        ("de", "wann hat sie geburtstag", "meine schwester", "wann hat meine schwester geburtstag"),
        ("de", "wie alt ist er", "mein opa", "wie alt ist mein opa"),
        ("de", "wie alt ist er", "meine oma", "wie alt ist er"),
        ("de", "ruf sie an", "meine oma", "ruf sie an"),
    ],
)
def test_who_is_named_stands_for_a_pronoun(tag: str, text: str, who: str, meant: str | None) -> None:
    assert language(tag).spoken_of.with_named(text, who) == (text if meant is None else meant)


@pytest.mark.parametrize(
    ("tag", "text", "day", "meant"),
    [
        ("en", "how many days until then", "christmas", "how many days until christmas"),
        ("en", "what did i do then", "christmas", "what did i do then"),
        ("de", "wie viele tage sind es bis dahin", "weihnachten", "wie viele tage sind es bis weihnachten"),
    ],
)
def test_a_day_stands_for_then(tag: str, text: str, day: str, meant: str) -> None:
    assert language(tag).spoken_of.with_day(text, day) == meant


@pytest.mark.parametrize(
    ("tag", "text", "asked", "meant"),
    [
        ("en", "it's in june", "sister's birthday", "my sister's birthday is in june"),
        ("en", "oh they're in the car", "my keys", "my keys are in the car"),
        ("en", "it's secret santa", "favourite film", "my favourite film is secret santa"),
        ("en", "it's a blue one", "bike", "my bike is a blue one"),
        ("en", "never mind", "shoe size", "never mind"),
        ("de", "es ist im juni", "geburtstag", "es ist im juni"),
    ],
)
def test_what_was_asked_about_stands_for_it(tag: str, text: str, asked: str, meant: str) -> None:
    assert language(tag).spoken_of.as_told(text, asked) == meant


@pytest.mark.parametrize(
    "text",
    [
        "it's okay", "that's a shame", "that's too bad", "it's not important", "that's what i thought", "it's late",
        "it's cold outside", "it's time for a break", "it's your job to know", "that's because i never told you",
        "that's all", "that's it", "oh well it's fine", "it's been a long day", "it's alright i'll ask her",
        "it's up to you", "that's for me to know", "it's on the tip of my tongue", "that is a good question",
    ],
)  # fmt: skip
def test_a_remark_tells_nothing_of_what_was_asked_about(text: str) -> None:
    assert language("en").spoken_of.as_told(text, "sister's birthday") == text


def test_what_is_noted_of_somebody_makes_nothing_else_older() -> None:
    left = Dialogue(last=Asked("timer.set"), entities={"timer": "1", "list": "shopping"}, ages={"list": 2})
    found = noted(left, "how old is my sister", language("en"))
    assert (found.entities[WHO], found.last) == ("my sister", left.last)
    assert dict(found.ages) == {"timer": 0, "list": 2}
    assert noted(left, "what time is it", language("en")) is left


@pytest.mark.parametrize(
    ("tag", "told", "asked", "meant"),
    [
        ("en", "remember that my cousin's birthday is july ninth", "when is it", "when is my cousin's birthday"),
        ("en", "my car is red", "how long until then", "how long until my car"),
        ("en", "i like it", "when is it", "when is it"),
        ("de", "mein auto ist rot", "was ist es", "was ist es"),
    ],
)
def test_what_a_fact_tells_of_is_meant_by_it(tag: str, told: str, asked: str, meant: str) -> None:
    of = language(tag).spoken_of
    assert of.with_about(asked, of.told_of(told)) == meant if of.told_of(told) else asked == meant
    assert language("de").spoken_of.with_about(asked, "") == asked


@pytest.mark.parametrize(
    ("tag", "text", "still"),
    [
        ("en", "who is the president of france", ""),
        ("en", "who wrote hamlet", ""),
        ("en", "so who's that singer", ""),
        ("en", "who is my brother", "my brother"),
        ("en", "what time is it in tokyo", "my sister"),
        ("de", "wer ist der präsident von frankreich", ""),
        ("de", "wie spät ist es", "my sister"),
    ],
)
def test_who_asks_for_somebody_else_means_nobody_named_before(tag: str, text: str, still: str) -> None:
    left = Dialogue(entities={WHO: "my sister", "timer": "1"}, ages={WHO: 1})
    found = noted(left, text, language(tag))
    assert found.entities.get(WHO, "") == still
    assert found.entities["timer"] == "1"
