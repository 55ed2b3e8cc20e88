"""Requests known by their cue words, in whatever order these stand."""

from __future__ import annotations

import pytest

from sottovoce.agent.frames import Frame, Frames
from sottovoce.agent.phrases import Phrases
from sottovoce.agent.sentence import Sentence

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
        return words != "went"
    return words.endswith("minutes") if slot == "duration" else words == "tomorrow"


def _frames() -> Frames:
    naming, telling = Phrases(["called", "for the"]), Phrases(["should have"])
    return Frames(FRAMES, CUES, glue=GLUE, naming=naming, short="'s", telling=telling, fits=_fits)


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


def test_a_frame_with_a_cue_that_is_not_there_is_refused() -> None:
    """A slip of the pen in a language's file is told at once."""
    with pytest.raises(ValueError, match="unknown cues: \\['tmer'\\]"):
        Frames({"timer.set": ("tmer {duration}",)}, CUES)
    with pytest.raises(ValueError, match=r"timer\.set"):
        Frames({"timer.set": ("{duration}",)}, CUES)


def test_a_frame_is_read_part_by_part() -> None:
    """Cues, values, a name; what may be there has a question mark."""
    assert Frame.read("a.b", "one ?two {duration} {when}? {name}~one") == Frame(
        "a.b", ("one",), ("two",), ("duration",), ("when",), (("name", "one"),)
    )
