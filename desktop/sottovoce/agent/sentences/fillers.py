"""What is only said on the way at the ends of a sentence: "hey", "can you please", "for me", "thanks"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sottovoce.agent.sentences.phrases import PhraseBook
    from sottovoce.agent.sentences.sentence import Sentence

MOST_VARIANTS = 24
"""Ways to cut one sentence that are tried."""


class Fillers:
    """Cuts fillers off, as data of a language names them.

    `before` and `after` stand at the ends of any request; `thanks` are those that stand behind somebody's own words,
    too ("remind me to call mum please"), unless what is before them takes them in: `quoting` ("she said please").
    """

    def __init__(self, phrases: PhraseBook) -> None:
        """Know the fillers among `phrases`."""
        self._before = phrases["before"]
        self._after = phrases["after"]
        self._thanks = phrases["thanks"]
        self._quoting = phrases["quoting"]
        self._hanging = phrases["hanging"]

    def variants(self, sentence: Sentence) -> Iterator[str]:
        """The sentence without fillers, the least cut first; nothing where it has none."""
        count = len(sentence.words)
        begins, ends = self._begins(sentence), self._ends(sentence)
        cuts = sorted(
            (begin + count - end, begin, end)
            for begin in begins
            for end in ends
            if begin < end and (begin or end < count)
        )
        if len(cuts) > MOST_VARIANTS:  # somebody very polite: what is left in the end is the likeliest
            cuts = [*cuts[: MOST_VARIANTS // 2], *reversed(cuts[-MOST_VARIANTS // 2 :])]
        for _, begin, end in cuts:
            yield sentence.part(begin, end)

    def bare(self, sentence: Sentence) -> str:
        """The sentence without any filler at its ends; all of it where it is nothing else."""
        begin, end = max(self._begins(sentence)), min(self._ends(sentence))
        return sentence.part(begin, end) if begin < end else sentence.part(0, len(sentence.words))

    def without_thanks(self, text: Sentence, *, own_words: bool) -> str:
        """A text in a slot without what is said behind it; of somebody's own words only thanks are no part."""
        words = text.words
        while words and (length := self._thanked(words) or (0 if own_words else next(self._after.ends(words), 0))):
            if length >= len(words) or any(self._hanging.ends(words[:-length])):  # "two hours from now"
                break
            words = words[:-length]
        return text.part(0, len(words))

    def _thanked(self, words: tuple[str, ...]) -> int:
        for length in self._thanks.ends(words):
            if not any(True for _ in self._quoting.ends(words[:-length])):
                return length
        return 0

    def _begins(self, sentence: Sentence) -> set[int]:
        found, waiting = {0}, [0]
        while waiting:
            begin = waiting.pop()
            for length in self._before.begins(sentence.words[begin:]):
                if begin + length not in found:
                    found.add(begin + length)
                    waiting.append(begin + length)
        return found

    def _ends(self, sentence: Sentence) -> set[int]:
        count = len(sentence.words)
        found, waiting = {count}, [count]
        while waiting:
            words = sentence.words[: waiting.pop()]
            for length in (self._thanked(words), *self._after.ends(words)):
                if length and len(words) - length not in found:
                    found.add(len(words) - length)
                    waiting.append(len(words) - length)
        return found
