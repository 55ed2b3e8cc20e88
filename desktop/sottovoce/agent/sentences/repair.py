"""Putting one mistyped or misheard word right, by the words that can be said."""

from __future__ import annotations

import functools
import itertools
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sottovoce.language.templates import Templates

MOST_SLIPS = 1
"""Letters that are wrong, missing, too many or exchanged in a word that is put right."""
SHORTEST_REPAIRED = 3
"""Letters of a word that is put right: a shorter one may be anything."""

MOST_WORDS_REPAIRED = 12
"""Longer sentences are free speech, not a misheard command."""


class Repair:
    """Finds what a sentence with one wrong word may have been."""

    def __init__(
        self, known: Templates, words: Callable[[], set[str]], is_word: Callable[[str], bool] | None = None
    ) -> None:
        """Put right by what is in `known`.

        Args:
            known: Templates, with the words that are never guessed and the keys that lie side by side.
            words: Gives all words of the templates.
            is_word: Whether a word is a good one of the language: such a one is never put right. Where there is no list
                of words, None: the words of the templates are good ones.
        """
        self._known = known
        self._tell_words = words
        self._is_word = is_word or self._is_in_templates
        self._beside = {
            letter: row[max(at - 1, 0) : at] + row[at + 1 : at + 2]
            for row in known.keyboard
            for at, letter in enumerate(row)
        }

    def _is_in_templates(self, word: str) -> bool:
        return word.lower() in self._tell_words()

    @functools.cached_property
    def _words(self) -> list[str]:
        """What a word may be put right to."""
        return sorted(self._tell_words() - self._known.never_repaired_to)

    def complete(self) -> None:
        """Gather the words now that are else gathered for the first sentence."""
        _ = self._words

    def repaired(self, sentence: str) -> Iterator[str]:
        """The sentence with its one wrong word put right, the likeliest first."""
        words = sentence.split()
        if not 1 < len(words) <= MOST_WORDS_REPAIRED:
            return
        wrong = [at for at, word in enumerate(words) if len(word) >= SHORTEST_REPAIRED and not self._is_word(word)]
        if len(wrong) != 1:  # two are a name, or another language
            return
        (place,) = wrong
        for likely, _, _ in process.extract(
            words[place].lower(), self._words, scorer=OSA.distance, limit=3, score_cutoff=MOST_SLIPS
        ):
            if _is_slip(words[place].lower(), likely, self._beside):
                yield " ".join([*words[:place], likely, *words[place + 1 :]])


def _is_slip(typed: str, meant: str, beside: Mapping[str, str]) -> bool:
    """Whether fingers do that: letters exchanged, one typed twice or once, the key beside hit.

    No list has all words: "fiend" is not in the one that ships, and is no "friend".
    """
    if sorted(typed) == sorted(meant) or _once(typed) == _once(meant):
        return True
    wrong = [(one, other) for one, other in zip(typed, meant, strict=False) if one != other]
    return len(typed) == len(meant) and all(other in beside.get(one, "") for one, other in wrong)


def _once(word: str) -> str:
    """Without doubled letters."""
    return "".join(letter for letter, _ in itertools.groupby(word))
