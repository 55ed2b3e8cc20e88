"""A request beside which something is told."""

from __future__ import annotations

import dataclasses

import pytest

from sottovoce.agent.sentences.phrases import PhraseBook
from sottovoce.agent.sentences.remarks import Part, Remarks
from sottovoce.agent.sentences.sentence import Sentence

PHRASES = {
    "remarks.telling": ("am", "is"),
    "remarks.endings": ("'s", "'m"),
    "remarks.asking": ("what", "please"),
    "remarks.openers": ("so", "um"),
    "remarks.dangling": ("to", "the"),
    "hanging": ("for",),
    "remarks.unfinished": ("the",),
    "remarks.reporting": ("said",),
    "remarks.behind": ("i",),
    "remarks.subjects": ("my", "this"),
    "remarks.own": ("my",),
    "remarks.inside": ("off", "the"),
    "remarks.denying": ("don't",),
    "remarks.persons": ("i", "we"),
    "remarks.retracting": ("kidding",),
    "remarks.describing": ("i set",),
}


def _parts(said: str) -> list[Part]:
    parts = list(Remarks(PhraseBook(PHRASES)).requests(Sentence(said)))
    for part in parts:
        whole = (part.remark, part.text) if part.begins else (part.text, part.remark)
        assert " ".join(whole) == said
    return [dataclasses.replace(part, remark="") for part in parts]


def test_a_remark_is_left_out_before_or_behind() -> None:
    """The longest part comes first."""
    assert Part("turn it up", begins=True) in _parts("she's asleep turn it up")
    assert Part("turn it up") in _parts("turn it up i can hear nothing")
    assert _parts("turn it up i can hear nothing")[0].text == "turn it up"


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("what is it turn it up", "turn it up"),  # begins as a question
        ("um so what is it turn it up", "turn it up"),  # behind words that say nothing
        ("um so turn it up", "turn it up"),  # nothing but them
        ("tell me the time my alarm is set for", "tell me the time"),  # its end is missing
        ("he is to turn it up", "turn it up"),  # what stands before it is not finished
        ("the baby's turn it up", "turn it up"),
        ("she said i'm out turn it up", "turn it up"),  # reported
        ("turn up the i can hear", "turn up the"),  # not finished either
        ("turn it up my dear", "turn it up"),  # nothing is told
        ("turn it up i said so", "turn it up"),
        ("cold here turn it up", "turn it up"),
        ("turn it up this whole long evening", "turn it up"),
        ("she's asleep don't turn off the lamp", "off the lamp"),  # nothing begins in the middle of a request
        ("she's here don't you dare turn it up", "turn it up"),  # forbidden
        ("turn it up i'm kidding", "turn it up"),  # taken back
    ],
)
def test_what_is_no_remark_is_not_left_out(said: str, part: str) -> None:
    """It may be what the sentence is about."""
    assert part not in [one.text for one in _parts(said)]


@pytest.mark.parametrize("said", ["my old dog barks turn it up", "i am deaf i don't hear turn it up"])
def test_what_somebody_tells_of_stands_before(said: str) -> None:
    """Of what is theirs in some words, and of what they do not do."""
    assert Part("turn it up", begins=True) in _parts(said)


@pytest.mark.parametrize(
    "said", ["turn it up my dog is here", "turn it up my dear old dog", "turn it up someone's here"]
)
def test_somebody_or_something_is_told_of_behind(said: str) -> None:
    """By a verb, by enough words, or by the short form of one."""
    assert Part("turn it up") in _parts(said)


def test_what_may_describe_the_thing_is_marked() -> None:
    """ "The alarm i set" is one alarm of several."""
    assert Part("stop the alarm", described=True) in _parts("stop the alarm i set")


def test_a_sentence_of_few_or_very_many_words_has_none() -> None:
    """Nor has any in a language without the phrases."""
    assert _parts("i am") == []
    assert _parts("i am " + "here " * 40) == []
    assert list(Remarks(PhraseBook({})).requests(Sentence("she's asleep turn it up"))) == []
