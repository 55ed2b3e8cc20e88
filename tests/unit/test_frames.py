"""Requests known by their cue words, in whatever order these stand."""

from __future__ import annotations

import pytest

from sottovoce.agent.intents.frames import Around, Frame, Frames
from sottovoce.agent.sentences.phrases import Phrases
from sottovoce.agent.sentences.sentence import Sentence

CUES = {
    "timer": ("timer", "count down"),
    "left": ("left", "how long", "nearly done"),
    "starts": ("set", "give me"),
    "ends": ("stop", "get rid of"),
    "more": ("another", "longer"),
    "lamp": ("lamp",),
    "light": ("lamp", "light"),
}
FRAMES = {
    "timer.set": ("timer {duration} ?starts {when}? {name}~timer",),
    "timer.left": ("timer left {name}~timer",),
    "timer.cancel": ("timer ends {name}~timer",),
    "timer.extend": ("timer {duration} more", "timer more ?starts {duration}"),
    "lamp.on": ("lamp starts",),
    "lamp.both": ("lamp light",),
    "light.on": ("light starts",),
}
GLUE = Phrases(["the", "my", "should", "have", "on", "for", "is", "please", "would you", "called", "that"])


def _fits(slot: str, words: str) -> bool:
    if slot == "name":
        return words not in {"went", "not"}
    return words.endswith("minutes") if slot == "duration" else words == "tomorrow"


def _frames() -> Frames:
    naming, telling = Phrases(["called", "for the"]), Phrases(["should have"])
    around = Around(glue=GLUE, naming=naming, telling=telling)
    return Frames(FRAMES, CUES, around=around, short="'s", fits=_fits)


@pytest.mark.parametrize(
    ("said", "intent", "slots"),
    [
        ("ten minutes on the timer please", "timer.set", {"duration": "ten minutes"}),
        ("would you set the timer for ten minutes", "timer.set", {"duration": "for ten minutes"}),
        ("tomorrow set the timer ten minutes", "timer.set", {"duration": "ten minutes", "when": "tomorrow"}),
        ("how long is left on the egg timer", "timer.left", {"name": "egg"}),
        ("the timer for the roast is nearly done", "timer.left", {"name": "roast"}),
        ("the timer's nearly done", "timer.left", {}),
        ("get rid of that timer", "timer.cancel", {}),
        ("stop the timer called long egg", "timer.cancel", {"name": "long egg"}),
        ("my timer another ten minutes", "timer.extend", {"duration": "ten minutes"}),
    ],
)
def test_what_the_cues_say_is_asked_for(said: str, intent: str, slots: dict[str, str]) -> None:
    """Whatever their order, with values and a name."""
    found = _frames().readings(Sentence(said))
    assert (found[0].intent, dict(found[0].slots)) == (intent, slots)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "the timer was left on the train",  # words that mean something else
        "timer",  # a cue alone
        "stop the blue egg kitchen oven timer",  # no name is so long
        "stop the egg timer burning",  # two things left
        "stop the timer went",  # no name
        "my timer should have another ten minutes",  # told, not asked for
        "stop the timer not",  # no name
        "set the timer",  # a value lacks
        "count down left timer " + "please " * 30,  # too long
        "set the lamp",  # two ask for it alike
        "another timer",
        "my lamp",  # one word is not two cues
    ],
)
def test_a_sentence_that_says_more_or_less_is_none_of_them(said: str) -> None:
    """All that was said must be cues, values and what says nothing."""
    assert _frames().readings(Sentence(said)) == []


LISTS = Frames(
    {"list.add": ("{list} puts {things}*",), "timer.left": ("timer left {name}~timer",)},
    {"puts": ("put", "kommt"), "timer": ("timer",), "left": ("rest",)},
    around=Around(
        glue=Phrases(["on", "the", "a", "noch", "auf", "some", "vom"]),
        naming=Phrases(["vom"]),
        joined=Phrases(["timer"]),
        kept=Phrases(["a"]),
    ),
    fits=lambda slot, words: words.endswith("list") if slot == "list" else words != "it",
)


@pytest.mark.parametrize(
    ("said", "things"),
    [
        ("put milk on the list", "milk"),
        ("on the list put some oats and a tin of beans", "oats and a tin of beans"),
        ("auf the list kommt noch a pound of flour", "a pound of flour"),
    ],
)
def test_all_that_is_said_besides_may_be_the_users_own_words(said: str, things: str) -> None:
    """It stands together, without what says nothing around it."""
    (found,) = LISTS.readings(Sentence(said))
    assert dict(found.slots) == {"list": "list", "things": things}


@pytest.mark.parametrize("said", ["put on the list", "milk put oats on the list", "put it on the list"])
def test_own_words_are_something_stand_together_and_fit(said: str) -> None:
    """Otherwise it is another sentence."""
    assert LISTS.readings(Sentence(said)) == []


def test_what_names_a_thing_has_no_word_that_says_nothing() -> None:
    """ "The list" is called "list"."""
    (found,) = LISTS.readings(Sentence("put milk on the shop list"))
    assert dict(found.slots) == {"list": "shop list", "things": "milk"}


@pytest.mark.parametrize(
    ("said", "name"),
    [("rest vom Nudeltimer", "Nudel"), ("rest vom nudel-timer", "nudel"), ("rest timer", ""), ("rest xtimer", None)],
)
def test_a_name_may_be_written_in_one_with_its_cue(said: str, name: str | None) -> None:
    """As German does."""
    found = LISTS.readings(Sentence(said))
    assert [dict(one.slots) for one in found] == ([] if name is None else [{"name": name} if name else {}])


def test_what_is_only_asked_about_is_told_apart() -> None:
    """ "Should i set the timer" sets none; politeness asks for it all the same."""
    glue, asking = Phrases([*GLUE, "if you please"]), Phrases(["is", "if"])
    around = Around(glue=glue, asking=asking, polite=Phrases(["if you please"]))
    frames = Frames(FRAMES, CUES, around=around, fits=_fits)
    told = ("is the timer stop", "stop the timer if you please", "stop the timer")
    assert [frames.readings(Sentence(said))[0].asks for said in told] == [True, False, False]


def test_a_frame_with_a_cue_that_is_not_there_is_refused() -> None:
    """A slip of the pen in a language's file is told at once."""
    with pytest.raises(ValueError, match="unknown cues: \\['tmer'\\]"):
        Frames({"timer.set": ("tmer {duration}",)}, CUES)
    with pytest.raises(ValueError, match=r"timer\.set"):
        Frames({"timer.set": ("{duration}",)}, CUES)


def test_a_frame_is_read_part_by_part() -> None:
    """Cues, values, a name; what may be there has a question mark."""
    assert Frame.read("a.b", "one ?two {duration} {when}? {name}~one {what}*") == Frame(
        "a.b", ("one",), ("two",), ("duration",), ("when",), (("name", "one"),), "what"
    )
