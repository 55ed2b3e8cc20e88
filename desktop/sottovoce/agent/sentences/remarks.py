"""A request beside which something is told, without a mark between: "pause the song someone's at the door".

What stands before or behind is left out where it has the form of a remark, and the rest asks for something that does
not take the remark's words in. What somebody reports ("i told him to turn it up") is no request.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sottovoce.agent.sentences.phrases import PhraseBook
    from sottovoce.agent.sentences.sentence import Sentence

LONGEST_WORDS: Final = 32
_FEWEST_WORDS: Final = 2
_SURELY_TELLS: Final = 4
"""Words behind which somebody speaks of something ("my flight leaves early"), whatever verb it is."""


@dataclass(frozen=True, slots=True)
class Part:
    """What of a sentence may be a request."""

    text: str
    begins: bool = False
    """Whether the remark stands before it."""
    remark: str = ""
    described: bool = False
    """Whether the remark behind may also describe the last thing of the request: "the alarm i set"."""


class Remarks:
    """Finds what of a sentence may be the request.

    By a language's phrases: a remark before is `telling` somewhere ("is", "we're"), does not begin like a question or
    an order (`asking`) behind what says nothing (`openers`), ends with a word that may end one (not `dangling`: "to",
    "the") and reports nothing (`reporting`). A request before a remark does not end with what is `unfinished`; the
    remark does not end with what is `hanging`, begins like one (`behind`; `subjects` have to tell something, and of
    what is their `own` some words are enough), and may only describe a thing (`describing`: "the alarm i set"). None
    forbids (`denying`, if it is not said of `persons`) or takes back (`retracting`), and no request begins in the
    middle of one (`inside`: "off the alarm").
    """

    def __init__(self, phrases: PhraseBook) -> None:
        """Know them by the phrases of a language."""
        self._telling = phrases["remarks.telling"]
        self._asking = phrases["remarks.asking"]
        self._openers = phrases["remarks.openers"]
        self._dangling = phrases["remarks.dangling"]
        self._unfinished = phrases["remarks.unfinished"]
        self._hanging = phrases["hanging"]
        self._reporting = phrases["remarks.reporting"]
        self._behind = phrases["remarks.behind"]
        self._subjects = phrases["remarks.subjects"]
        self._own = phrases["remarks.own"]
        self._describing = phrases["remarks.describing"]
        self._inside = phrases["remarks.inside"]
        self._denying = phrases["remarks.denying"]
        self._persons = phrases["remarks.persons"]
        self._retracting = phrases["remarks.retracting"]
        self._endings = tuple(phrases["remarks.endings"])

    def requests(self, sentence: Sentence) -> Iterator[Part]:
        """Parts that may be the request, the longest first."""
        count = len(sentence.words)
        if not _FEWEST_WORDS < count <= LONGEST_WORDS or not self._telling:
            return
        for left_out in range(_FEWEST_WORDS, count - _FEWEST_WORDS + 1):
            if self._is_remark_behind(sentence, count - left_out):
                begin = count - left_out
                described = any(self._describing.begins(sentence.words[begin:]))
                yield Part(sentence.part(0, begin), remark=sentence.part(begin, count), described=described)
            if self._is_remark_before(sentence, left_out):
                yield Part(sentence.part(left_out, count), begins=True, remark=sentence.part(0, left_out))

    def _is_remark_before(self, sentence: Sentence, end: int) -> bool:
        words = sentence.words[:end]
        while words and (length := self._openers.longest(words)):
            words = words[length:]
        if any(self._asking.begins(words)) or any(self._dangling.ends(words)):
            return False
        if not words or self._is_short_form(words[-1]) or any(self._inside.begins(sentence.words[end:])):
            return False
        if self._denies(words):
            return False
        return not self._reports(words) and (self._speaks_of_own(words) or self._tells(words))

    def _is_remark_behind(self, sentence: Sentence, begin: int) -> bool:
        words = sentence.words[begin:]
        if any(self._unfinished.ends(sentence.words[:begin])) or any(self._hanging.ends(words)):
            return False
        if self._reports(words) or any(self._retracting.places(words)):
            return False
        if any(self._behind.begins(words)) or self._is_short_form(words[0]):
            return True
        if self._speaks_of_own(words):
            return True
        return any(self._subjects.begins(words)) and self._tells(words)

    def _denies(self, words: tuple[str, ...]) -> bool:
        """Whether it forbids, as in "they are asleep don't turn the music up"; what somebody does not do is told."""
        return any(not any(self._persons.ends(words[:at])) for at, _ in self._denying.places(words))

    def _speaks_of_own(self, words: tuple[str, ...]) -> bool:
        return len(words) >= _SURELY_TELLS and any(self._own.begins(words))

    def _reports(self, words: tuple[str, ...]) -> bool:
        return any(self._reporting.places(words))

    def _tells(self, words: tuple[str, ...]) -> bool:
        return any(self._telling.places(words)) or any(map(self._is_short_form, words))

    def _is_short_form(self, word: str) -> bool:
        return word.endswith(self._endings) if self._endings else False
