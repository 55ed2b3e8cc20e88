"""One spoken turn as values: what the interface hears about it, and nothing else."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from sottovoce.domain.stages import ListensOn, Stage, StageChanged, TurnFailed, TurnUnfinished
from sottovoce.domain.turn_times import Outcome

__all__ = [
    "Answer",
    "AnswerGrew",
    "Answered",
    "Heard",
    "HoldEnds",
    "ListensOn",
    "Outcome",
    "PartialHeard",
    "Source",
    "SpeechStarted",
    "Stage",
    "StageChanged",
    "Transcript",
    "TurnEnded",
    "TurnEvent",
    "TurnFailed",
    "TurnLimits",
    "TurnUnfinished",
    "Word",
    "WordsTyped",
]

LONGEST_TAIL_MS = 1000
"""Milliseconds nobody would wait longer for."""


class Source(enum.StrEnum):
    """Where an answer came from."""

    SKILL = "skill"
    CACHE = "cache"
    MODEL = "model"
    FALLBACK = "fallback"


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnLimits:
    """How long the parts of a turn may take."""

    tail_ms: int = 120
    """Milliseconds listened on after release: what is still in the sound server's pipe; it holds the last word."""
    short_tail_ms: int = 80
    """The same, at least, where nobody has spoken for long; the key may bounce for so long, too."""
    long_tail_ms: int = 600
    """The same, at most, while somebody is still speaking: who lets go too early is half a word ahead."""
    pause_ms: int = 1500
    """Milliseconds of a pause that end what is said where no key is held; people who think of a word pause for one."""
    nobody_s: float = 10.0
    """How long is waited there for somebody to begin."""
    hold_s: float = 600.0
    """Longest hold; then what was said is answered: a stuck key or a forgotten toggle must not listen for ever."""
    warn_s: float = 30.0
    """How long before that the user is warned."""
    recognise_s: float = 30.0
    """Longest wait for the final text after the tail; past it the recogniser is taken for hung."""
    sentence_s: float = 60.0
    """Longest time until a sentence sounds, and beyond what it may take to say; past it the voice is taken for lost."""
    close_s: float = 3.0
    """Longest wait for a cancelled turn to give its parts back."""

    def __post_init__(self) -> None:
        """Refuse what can't work."""
        if not all(0 <= ms <= LONGEST_TAIL_MS for ms in (self.tail_ms, self.short_tail_ms, self.long_tail_ms)):
            raise ValueError(f"a tail must have from 0 to {LONGEST_TAIL_MS} ms")
        waits = (self.nobody_s, self.hold_s, self.warn_s, self.recognise_s, self.sentence_s, self.close_s)
        if min(self.pause_ms, *waits) <= 0:
            message = "limits must be positive"
            raise ValueError(message)


SURE = 0.5
"""Confidence of a recognised word from which something is done on it without asking back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One recognised word with its place in the recording."""

    text: str
    start_s: float
    end_s: float
    confidence: float
    """0 to 1, as the recogniser reports it; a weak filter alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """What was recognised in one recording."""

    text: str
    """Lower case, single spaces, no unknown-word marks; empty for silence."""
    words: tuple[Word, ...] = ()
    """With their times, where the engine gives them."""
    confidence: float = 0.0
    """How sure the engine is of the whole, 0 to 1: mean over the words, unknown ones as 0; 0 if it does not know."""
    written: str = ""
    """The same words with the capitals of names, where the engine gives them; empty where it does not."""

    @property
    def kept(self) -> str:
        """The words as they are kept, shown and answered to."""
        return self.written or self.text

    @property
    def unsure(self) -> frozenset[str]:
        """The words, in small letters, of which the engine was not sure: nothing is done on them unasked."""
        return frozenset(word.text.casefold() for word in self.words if word.confidence < SURE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One finished answer, stored."""

    reply: str
    source: Source
    intent: str
    conversation: str
    """Conversation id."""
    message: str
    """Id of the stored answer."""
    latency_ms: dict[str, float] = field(default_factory=dict)
    """Milliseconds by step: `answer` (first words), `total`, and for a spoken turn `recognise`."""
    age_s: float | None = None
    """Seconds since a cached answer was true; None for a fresh one."""


@dataclass(frozen=True, slots=True)
class PartialHeard:
    """The words recognised so far, while the key is held."""

    text: str


@dataclass(frozen=True, slots=True)
class HoldEnds:
    """The key has been held for long: listening ends soon, whether it is let go or not."""

    left_s: float


@dataclass(frozen=True, slots=True)
class Heard:
    """The final words of the turn; they are durable in the store now."""

    text: str


@dataclass(frozen=True, slots=True)
class WordsTyped:
    """What was dictated, as it was typed; it is stored nowhere."""

    text: str


@dataclass(frozen=True, slots=True)
class AnswerGrew:
    """The answer as far as it has arrived."""

    text: str


@dataclass(frozen=True, slots=True)
class Answered:
    """The whole answer; it is durable in the store now. It may still be spoken."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    """The first sentence was handed to a voice that is speaking."""


@dataclass(frozen=True, slots=True)
class TurnEnded:
    """The turn is over and its parts are given back."""

    outcome: Outcome


TurnEvent = (
    StageChanged
    | ListensOn
    | PartialHeard
    | HoldEnds
    | Heard
    | WordsTyped
    | AnswerGrew
    | Answered
    | SpeechStarted
    | TurnFailed
    | TurnEnded
    | TurnUnfinished
)
