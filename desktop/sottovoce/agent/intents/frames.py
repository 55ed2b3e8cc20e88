"""What a sentence asks for by its cue words, in whatever order they stand: "is that countdown nearly done yet".

A frame names what must be said of a request, not the sentence: some cues ("timer", "left"), and values that fit its
slots. All else that was said must be words that say nothing of their own. So only what was said wholly is taken: a
sentence with one word more that means something is none of these.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sottovoce.agent.sentences.phrases import NONE, Phrases
from sottovoce.agent.slots.slots import is_named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from sottovoce.agent.sentences.sentence import Sentence

LONGEST_WORDS: Final = 24
"""More is no request of this kind."""
LONGEST_VALUE: Final = 10
LONGEST_NAME: Final = 3
_FEWEST_LETTERS: Final = 2
"""Of a name that is written in one with a cue."""
_MOST_TRIED: Final = 60
"""Parts of a sentence that are tried for one slot."""

WordSpan = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Frame:
    """One way to ask for something."""

    intent: str
    cues: tuple[str, ...]
    """Of each group one must be said."""
    more_cues: tuple[str, ...]
    """And of these any may."""
    slots: tuple[str, ...]
    more_slots: tuple[str, ...]
    names: tuple[tuple[str, str], ...]
    """Slots of a name that may stand beside a cue: "the egg timer", "the timer called egg"."""
    rest: str = ""
    """The slot of the user's own words: all that is said besides, which has to stand together."""

    @classmethod
    def read(cls, intent: str, text: str) -> Frame:
        """The frame that is written so: `timer ?start {duration} {when}? {name}~timer {what}*`."""
        parts: dict[str, list[str]] = {"cue": [], "more_cue": [], "slot": [], "more_slot": []}
        names, rest = [], ""
        for token in text.split():
            if token.startswith("{"):
                slot, _, mark = token[1:].partition("}")
                if mark.startswith("~"):
                    names.append((slot, mark[1:]))
                elif mark == "*":
                    rest = slot
                else:
                    parts["more_slot" if mark == "?" else "slot"].append(slot)
            else:
                parts["more_cue" if token[0] == "?" else "cue"].append(token.removeprefix("?"))
        return cls(
            intent,
            tuple(parts["cue"]),
            tuple(parts["more_cue"]),
            tuple(parts["slot"]),
            tuple(parts["more_slot"]),
            tuple(names),
            rest,
        )


@dataclass(frozen=True, slots=True)
class Around:
    """What a language says around cues and values."""

    glue: Phrases = NONE
    """What may stand anywhere between and says nothing."""
    naming: Phrases = NONE
    """What stands between a cue and a name: "called"."""
    joined: Phrases = NONE
    """Words that may be written in one with the name before them: "nudeltimer"."""
    kept: Phrases = NONE
    """Of what says nothing, words that stay with the user's own words behind them: "a pound of flour"."""
    asking: Phrases = NONE
    """With what something is only asked about: "should i"..."""
    polite: Phrases = NONE
    """...but for what is so only in form: "if you can"."""
    telling: Phrases = NONE
    """With what somebody tells of something, and asks for nothing: "i should have"."""


AROUND_NOTHING: Final = Around()


@dataclass(frozen=True, slots=True)
class FrameMatch:
    """A frame that fits a sentence."""

    intent: str
    slots: Mapping[str, str]
    told: int
    """How many words say what is asked for."""
    cues: tuple[str, ...]
    """The words of the cues that it needs: the more cues, the less is meant by chance."""
    asks: bool = False
    """Whether something is only asked about: nothing must be done for it."""


class Frames:
    """The frames of one language."""

    def __init__(
        self,
        frames: Mapping[str, Sequence[str]],
        cues: Mapping[str, Iterable[str]],
        *,
        around: Around = AROUND_NOTHING,
        short: str = "",
        fits: Callable[[str, str], bool] = lambda _slot, _words: True,
    ) -> None:
        """Know `frames` by intent.

        Args:
            frames: As `Frame.read` wants them.
            cues: The phrases of each group.
            around: What stands around cues and values.
            short: What may hang on a word and says nothing: "'s".
            fits: Whether words may stand in the slot of that name.

        Raises:
            ValueError: A frame names a group that is not there.
        """
        self._cues = {name: Phrases(some) for name, some in cues.items()}
        self._by_head: dict[str, set[str]] = {}
        for name, some in self._cues.items():
            for head in some.heads:
                self._by_head.setdefault(head, set()).add(name)
        self._frames = [Frame.read(intent, text) for intent, texts in frames.items() for text in texts]
        self._around = around
        texts = (text for some in (*self._cues.values(), around.glue) for text in some)
        self._known = frozenset(word for text in texts for word in text.casefold().split())
        self._short = short
        self._joined = tuple(word.casefold() for word in around.joined)
        self._fits = fits
        for frame in self._frames:
            wanted = {*frame.cues, *frame.more_cues, *(cue for _, cue in frame.names)}
            if not frame.cues or not wanted <= self._cues.keys():
                message = f"{frame.intent} has a frame with unknown cues: {sorted(wanted - self._cues.keys())}"
                raise ValueError(message)

    def readings(self, sentence: Sentence) -> list[FrameMatch]:
        """What the sentence may ask for, that of which it says most first; nothing where two say as much."""
        if not 0 < len(sentence.words) <= LONGEST_WORDS:
            return []
        if any(self._around.telling.places(sentence.words)):
            return []
        sentence = self._parted(sentence)
        words = tuple(word if word in self._known else word.removesuffix(self._short) for word in sentence.words)
        cues = set[str]().union(*(self._by_head.get(word, ()) for word in words))
        frames = [frame for frame in self._frames if cues.issuperset(frame.cues)]
        said = _CuesFound(sentence, words, {name: self._cues[name] for name in cues}, self._around, self._fits)
        found: dict[str, FrameMatch] = {}
        for one in sorted(filter(None, map(said.fitted, frames)), key=_sureness, reverse=True):
            found.setdefault(one.intent, one)
        first, second = (*found.values(), None, None)[:2]
        return [] if first and second and _sureness(first) == _sureness(second) else list(found.values())

    def _parted(self, sentence: Sentence) -> Sentence:
        """The sentence with names apart that are written in one with a cue: "nudel timer"."""
        if not any(word.endswith(self._joined) for word in sentence.words):
            return sentence
        words = [self._apart(word) for word in sentence.plain.split()]
        return type(sentence)(" ".join(words))

    def _apart(self, word: str) -> str:
        cue = next((cue for cue in self._joined if word.casefold().endswith(cue)), "")
        name = word[: len(word) - len(cue)].removesuffix("-")
        if not cue or word.casefold() in self._known or len(name) < _FEWEST_LETTERS:
            return word
        return f"{name} {word[-len(cue) :]}"


class _CuesFound:
    """One sentence, and where in it what stands."""

    def __init__(
        self,
        sentence: Sentence,
        words: tuple[str, ...],
        cues: Mapping[str, Phrases],
        around: Around,
        fits: Callable[[str, str], bool],
    ) -> None:
        self._sentence = sentence
        self._cues = cues
        self._naming = around.naming
        self._kept = frozenset(around.kept)
        self._words = words
        self._glued = [any(begin <= at < end for begin, end in around.glue.places(words)) for at in range(len(words))]
        polite = {at for place in around.polite.places(words) for at in range(*place)}
        self._asked = {at for place in around.asking.places(words) for at in range(*place)} - polite
        self._places: dict[str, list[WordSpan]] = {}
        self._fitting = functools.cache(lambda slot, begin, end: fits(slot, sentence.part(begin, end)))

    def places(self, cue: str) -> list[WordSpan]:
        """Where phrases of a group stand."""
        if cue not in self._places:
            self._places[cue] = list(self._cues.get(cue, NONE).places(self._words))
        return self._places[cue]

    def fitted(self, frame: Frame) -> FrameMatch | None:
        """What `frame` finds; None where the sentence is none of its kind."""
        free = [True] * len(self._words)
        at = self._cued(frame.cues, free)
        slots = self._values(frame, free) if at is not None else None
        if at is None or slots is None:
            return None
        for cue in (*frame.more_cues, *frame.cues):
            for place in self.places(cue):
                if all(free[slice(*place)]):
                    _take(free, place)
        told = free.count(False)
        for slot, cue in frame.names:
            name = self._name_beside(at[cue], free)
            if name is not None and self._fitting(slot, *name) and not self._is_value(frame, name):
                slots[slot] = name
                _take(free, name)
        if frame.rest and not self._rested(frame.rest, slots, free):
            return None
        if any(one and not glued for one, glued in zip(free, self._glued, strict=True)):
            return None
        texts = {slot: self._sentence.part(*place) for slot, place in slots.items()}
        cues = tuple(self._sentence.part(*at[cue]) for cue in frame.cues)
        asks = any(free[at] and at in self._asked for at in range(len(free)))
        return FrameMatch(frame.intent, texts, told, cues, asks)

    def _is_value(self, frame: Frame, name: WordSpan) -> bool:
        """Whether what would be a name is one more value: "a timer for five minutes and one for ten minutes"."""
        return any(self._fitting(slot, *name) for slot in (*frame.slots, *frame.more_slots))

    def _cued(self, cues: Sequence[str], free: list[bool]) -> dict[str, WordSpan] | None:
        """Where each cue stands, the longest found first; None where one is not said."""
        if not all(map(self.places, cues)):
            return None
        at: dict[str, WordSpan] = {}
        for cue in sorted(cues, key=lambda cue: -max(end - begin for begin, end in self.places(cue))):
            place = next((place for place in self.places(cue) if all(free[slice(*place)])), None)
            if place is None:
                return None
            at[cue] = place
            _take(free, place)
        return at

    def _values(self, frame: Frame, free: list[bool]) -> dict[str, WordSpan] | None:
        """Where the value of each slot stands; None where one that has to be said is not."""
        slots: dict[str, WordSpan] = {}
        for slot in (*frame.slots, *frame.more_slots):
            place = self._value(slot, free)
            if place is not None:
                slots[slot] = place
                _take(free, place)
            elif slot in frame.slots:
                return None
        return slots

    def _value(self, slot: str, free: Sequence[bool]) -> WordSpan | None:
        """The longest part that fits a slot, of what is not taken."""
        spans = sorted(_spans(free), key=lambda span: span[0] - span[1])
        for begin, end in spans[:_MOST_TRIED]:
            glued = self._glued[begin:end]
            if not (any(glued) if is_named(slot) else all(glued)) and self._fitting(slot, begin, end):
                return begin, end
        return None

    def _rested(self, slot: str, slots: dict[str, WordSpan], free: list[bool]) -> bool:
        """Whether all that is left and means something stands together, and may be what the user says of it."""
        left = [at for at, one in enumerate(free) if one and not self._glued[at]]
        if not left or not all(free[left[0] : left[-1] + 1]):
            return False
        begin, end = left[0], left[-1] + 1
        while begin and free[begin - 1] and self._words[begin - 1] in self._kept:
            begin -= 1
        if not self._fitting(slot, begin, end):
            return False
        slots[slot] = begin, end
        _take(free, (begin, end))
        return True

    def _name_beside(self, cue: WordSpan, free: Sequence[bool]) -> WordSpan | None:
        """What a cue is called: all that is left and means something, before it or behind what names it."""
        left = [at for at, one in enumerate(free) if one and not self._glued[at]]
        if not left or left[-1] - left[0] != len(left) - 1 or len(left) > LONGEST_NAME:
            return None
        begin, end = left[0], left[-1] + 1
        named = any(self._naming.ends(self._words[:begin]))
        return (begin, end) if named or cue[0] == end or cue[1] == begin else None


def _sureness(found: FrameMatch) -> tuple[int, int]:
    return found.told, len(found.cues)


def _spans(free: Sequence[bool]) -> Iterator[WordSpan]:
    for begin in range(len(free)):
        for end in range(begin + 1, min(begin + LONGEST_VALUE, len(free)) + 1):
            if not free[end - 1]:
                break
            yield begin, end


def _take(free: list[bool], place: WordSpan) -> None:
    begin, end = place
    free[begin:end] = [False] * (end - begin)
