"""Words that the small model is sure of and words that the open one hears, weighed against each other as whole texts.

Each engine is right where the other is not: the small one about the words of commands, the open one about names and
all that is free. So texts are made that both have a part in (the beginning of the small one's, gone on with by the open
one), and each is given the logarithm of its odds: how likely the open model takes it to be, and so much for each word
that the small one is sure of, and for a command that the assistant understands. Of a sentence that is none of its
commands, the small one's text is some e^-20 as likely to the open one as its own: no confidence makes up for that. What
the open one alone mishears differs by e^-1 to e^-8. Commands that the small one finds less likely than its text are
weighed like that: what both mishear is often among them.

Weights fitted on 83 commands and 69 free sentences in synthetic voices, judged on other sentences, other voices and
people (`tests/benchmarks/hearing.json`). Cost: 12 ms for a text that is soon ruled out, 30 to 60 ms for a likely one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from sottovoce.adapters.recognition.moonshine import Scored
from sottovoce.adapters.recognition.normaliser import names, plain
from sottovoce.language.en import spelling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sottovoce.domain.turns import Transcript, Word


class Weighable(Protocol):
    """A sound whose texts can be weighed."""

    @property
    def best(self) -> Scored:
        """Return the likeliest text."""

    def behind(self, beginning: str, least: float) -> Scored | None:
        """The likeliest that begins so, if it is as likely as `least`."""

    def likelihood(self, text: str) -> float:
        """Return how likely a text is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much a word of the small model counts."""

    word: float = 4.0
    """Logarithm of the odds for a word that it is wholly sure of; none for one it is half sure of."""
    sure: float = 0.9
    """Confidence down to which its words make a beginning."""
    gap_s: float = 0.25
    """Sound without a known word that ends a beginning."""
    command: float = 3.0
    """Logarithm of the odds for a text that the assistant understands as a command."""
    own: float = 0.5
    """The same for the small one's own text besides, if that is understood: the open one's logarithms differ by so much
    with how many steps it takes at once, and commands are what the small one knows."""
    alternatives: int = 3
    """Commands weighed that the small model finds less likely than its text; each takes 10 ms."""

    def __post_init__(self) -> None:
        """Refuse what can't work."""
        if not (self.word >= 0 and 0 < self.sure <= 1 and self.gap_s > 0 and self.command >= 0):
            raise ValueError("weights are positive, confidences at most 1")


def weighed(
    small: Transcript,
    heard: Weighable,
    alternatives: Sequence[str] = (),
    is_command: Callable[[str], bool] = lambda _: False,
    weights: Weights | None = None,
) -> list[Scored]:
    """Texts that may have been said, the best first; their `log_p` is the logarithm of their odds.

    Args:
        small: What the small model made of it.
        heard: The same sound, as the open one takes it.
        alternatives: Whole texts that are less likely to the small one, the best first.
        is_command: Whether the assistant understands a plain text.
        weights: Of the small one's words.
    """
    weights = weights or Weights()
    best = _odds(heard.best, small, weights)
    most = weights.word * sum(_surety(word) for word in small.words)
    found = [heard.best]
    for beginning in _beginnings(small.words, weights):
        begun = heard.behind(written(beginning, _names_in(found)), best.log_p - most)
        found += [begun] if begun else []
    commands = (text for text in alternatives if text != small.text and is_command(text))
    for plain_text in ([small.text] if _knows_all(small) else []) + list(islice(commands, weights.alternatives)):
        own = written(plain_text, _names_in(found))
        found += [Scored(text, heard.likelihood(text)) for text in {own, with_figures(own)}]
    odds = (_odds(text, small, weights) for text in found)
    understood = (
        Scored(text.text, text.log_p + weights.command + weights.own * (plain(text.text) == small.text))
        if is_command(plain(text.text))
        else text
        for text in odds
    )
    return sorted(understood, key=lambda text: -text.log_p)


def _odds(text: Scored, small: Transcript, weights: Weights) -> Scored:
    return Scored(text.text, text.log_p + weights.word * _agreed(small.words, plain(text.text).split()))


def _agreed(words: Sequence[Word], said: Sequence[str]) -> float:
    """How sure the small model is, all together, of those of its words that are said in the same order."""
    blocks = SequenceMatcher(None, [word.text for word in words], said, autojunk=False).get_matching_blocks()
    return sum(_surety(word) for block in blocks for word in words[block.a : block.a + block.size])


def _surety(word: Word) -> float:
    """0 for a word as likely right as wrong, 1 for a certain one."""
    return max(0.0, 2 * word.confidence - 1)


def _beginnings(words: Sequence[Word], weights: Weights) -> Iterator[str]:
    """The first words, as far as they are certain and close up, and the same without the last."""
    sure: list[str] = []
    for at, word in enumerate(words):
        late = at > 0 and word.start_s - words[at - 1].end_s > weights.gap_s
        if word.confidence < weights.sure or late:
            break
        sure.append(word.text)
    for cut in (sure, sure[:-1]):
        if cut:
            yield " ".join(cut)


def _knows_all(small: Transcript) -> bool:
    """Whether it took no part of the sound for words that it does not know."""
    return bool(small.words) and small.confidence > sum(word.confidence for word in small.words) / (
        len(small.words) + 0.5
    )


def _names_in(texts: Sequence[Scored]) -> dict[str, str]:
    return {small: name for text in texts for small, name in names(text.text).items()}


def written(text: str, capitals: Mapping[str, str]) -> str:
    """A plain text as the open model writes it."""
    words = [capitals.get(word, spelling.WRITTEN.get(word, word)) for word in text.split()]
    return " ".join(words)[:1].upper() + " ".join(words)[1:]


def with_figures(text: str) -> str:
    """The same with numbers up to 99 and times in figures: "7:30", "25 seconds"."""
    found: list[str] = []
    for word in text.split():
        number = spelling.UNITS.get(word.lower(), spelling.TENS.get(word.lower()))
        before = found[-1] if found else ""
        if number and number < _FIRST_TEEN and before.isdigit() and int(before) in spelling.TENS.values():
            found[-1] = str(int(before) + number)
        else:
            found.append(word if number is None else str(number))
    return _TIME.sub(r"\1:\2", " ".join(found))


_FIRST_TEEN = 10
_TIME = re.compile(r"\b(1[0-2]|[1-9]) ([1-5]\d)\b")
