"""What a microphone hears beside what was meant: hesitation, words said twice, words that sound like others."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sottovoce.agent.sentences.phrases import PhraseBook
    from sottovoce.agent.sentences.sentence import Sentence

MOST_REPEATED = 4
"""Words that somebody begins again with: "how much how much time is left"."""


class Noise:
    """Takes it out of a sentence that was not understood."""

    def __init__(self, phrases: PhraseBook) -> None:
        """Know hesitations, and words that sound alike, among `phrases`."""
        self._hesitations = phrases["hesitations"]
        self._sounds: dict[str, list[str]] = {}
        for meant, heard in phrases.within("sounds").items():
            for word in heard:
                self._sounds.setdefault(word, []).append(meant)

    def steadied(self, sentence: Sentence) -> str:
        """Without hesitation inside, and with what was said twice said once; the same where there is none."""
        places = [place for place, word in enumerate(sentence.words) if (word,) not in self._hesitations]
        kept = _once([sentence.words[place] for place in places])
        return " ".join(sentence.part(places[at], places[at] + 1) for at in kept)

    def meant(self, sentence: Sentence) -> Iterator[str]:
        """The sentence with one word exchanged for one that sounds like it: "a timer four ten minutes"."""
        for place, word in enumerate(sentence.words):
            for likely in self._sounds.get(word, ()):
                parts = (sentence.part(0, place), likely, sentence.part(place + 1, len(sentence.words)))
                yield " ".join(filter(None, parts))


def _once(words: Sequence[str]) -> list[int]:
    """Places of the words that stay where what is said twice in a row is said once."""
    kept = list(range(len(words)))
    for length in range(MOST_REPEATED, 0, -1):
        at = 0
        while at + 2 * length <= len(kept):
            first = [words[place] for place in kept[at : at + length]]
            if first == [words[place] for place in kept[at + length : at + 2 * length]]:
                del kept[at : at + length]
            else:
                at += 1
    return kept
