"""Fixed phrases of a language, found at the ends of what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


class Phrases:
    """Phrases of one purpose: "please", "can you", "yes"."""

    def __init__(self, phrases: Iterable[str] = ()) -> None:
        """Know these, without marks; they are folded as words of sentences are ("weißt du" is "weisst du")."""
        self._texts = tuple(phrases)
        self._all = frozenset(tuple(phrase.casefold().split()) for phrase in self._texts)
        self._heads = _by_word(self._all, 0)
        self._tails = _by_word(self._all, -1)

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self._all)

    def __contains__(self, words: object) -> bool:
        """Whether folded words, as a tuple, are one of them."""
        return words in self._all

    def __iter__(self) -> Iterator[str]:
        """Each as it is said, in the order in which they are given."""
        return iter(self._texts)

    @property
    def heads(self) -> Iterable[str]:
        """The words with which they begin."""
        return self._heads.keys()

    def begins(self, words: Sequence[str]) -> Iterator[int]:
        """How many words each has that `words` begin with, the longest first."""
        for phrase in self._heads.get(words[0], ()) if words else ():
            if tuple(words[: len(phrase)]) == phrase:
                yield len(phrase)

    def ends(self, words: Sequence[str]) -> Iterator[int]:
        """How many words each has that `words` end with, the longest first."""
        for phrase in self._tails.get(words[-1], ()) if words else ():
            if tuple(words[-len(phrase) :]) == phrase:
                yield len(phrase)

    def longest(self, words: Sequence[str]) -> int:
        """How many words the longest has that `words` begin with; 0 for none."""
        return next(self.begins(words), 0)

    def places(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Where any of them stands inside: from which word on, and up to before which; the longest at each place."""
        for place, word in enumerate(words):
            for phrase in self._heads.get(word, ()):
                if tuple(words[place : place + len(phrase)]) == phrase:
                    yield place, place + len(phrase)
                    break


def _by_word(phrases: Iterable[tuple[str, ...]], at: int) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases, key=lambda words: (-len(words), words)):
        found.setdefault(phrase[at], []).append(phrase)
    return found


class PhraseBook:
    """All phrases of a language, by what they are for."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        """Know `phrases` as `Templates.phrases` has them."""
        self._made = {purpose: Phrases(some) for purpose, some in phrases.items()}
        self._within: dict[str, dict[str, Phrases]] = {}

    def __getitem__(self, purpose: str) -> Phrases:
        """Those for this; none where the language has none."""
        return self._made.get(purpose, NONE)

    def within(self, purpose: str) -> Mapping[str, Phrases]:
        """Those of all purposes that begin with this one and a dot, by the rest of it: "pronouns.person"."""
        if purpose not in self._within:
            lead = f"{purpose}."
            found = {name.removeprefix(lead): some for name, some in self._made.items() if name.startswith(lead)}
            self._within[purpose] = found
        return self._within[purpose]


NONE: Final = Phrases()
