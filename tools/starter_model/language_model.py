"""What follows what: a back-off trigram over sample sentences, as a transducer."""

from __future__ import annotations

import collections
import math
from typing import TYPE_CHECKING

from tools.starter_model.fst import Fst

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ORDER = 3
DISCOUNT = 0.6
LEAST = 0.05
"""Of a count, what is left after the discount."""
UNIFORM = 0.15
"""Share of a word's probability that does not depend on the texts: every word can be said."""
RAREST_P = 1e-3

_BEGIN, _END = "<s>", "</s>"

History = tuple[str, ...]


def sentence_fst(sentences: Iterable[Sequence[str]], words: Mapping[str, int]) -> Fst:
    """The probability of any order of `words`, learnt from `sentences`."""
    counts = _counted(sentences)
    states: dict[History, int] = {}
    fst = Fst()

    def state(history: History) -> int:
        while history and history not in counts:
            history = history[1:]
        if history not in states:
            states[history] = fst.state()
        return states[history]

    fst.start = state((_BEGIN,))
    for history in counts:
        state(history)
    for history, following in counts.items():
        here, count = states[history], sum(following.values())
        if not history:
            for word, number in words.items():
                share = (1 - UNIFORM) * following[word] / count + UNIFORM / len(words)
                fst.arc(here, number, number, -math.log(share), state((word,)))
            fst.final[here] = -math.log(max(following[_END] / count, RAREST_P))
            continue
        kept = {word: max(times - DISCOUNT, LEAST) / count for word, times in following.items()}
        for word, share in kept.items():
            if word == _END:
                fst.final[here] = -math.log(share)
            else:
                fst.arc(here, words[word], words[word], -math.log(share), state((*history, word)[-(ORDER - 1) :]))
        fst.arc(here, 0, 0, -math.log(max(1 - sum(kept.values()), RAREST_P)), state(history[1:]))
    return fst


def _counted(sentences: Iterable[Sequence[str]]) -> dict[History, collections.Counter[str]]:
    """How often which word follows which history; longest histories that say nothing are left out."""
    counts: dict[History, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for sentence in sentences:
        whole = (_BEGIN, *sentence, _END)
        for place in range(1, len(whole)):
            for length in range(min(place, ORDER - 1) + 1):
                counts[whole[place - length : place]][whole[place]] += 1
    for history in [one for one in counts if len(one) == ORDER - 1]:
        often = {word: times for word, times in counts[history].items() if times > 1}
        counts[history] = collections.Counter(often)
        if not often:
            del counts[history]
    return counts
