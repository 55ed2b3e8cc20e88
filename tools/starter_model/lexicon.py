"""How words sound, and the transducer from phones to words."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from tools.starter_model.fst import Fst
from tools.starter_model.phones import PHONES, SIL, PhoneTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

UNKNOWN = "[unk]"
"""What stands for a word that is not known."""
SILENCE_P = 0.5
"""Probability of silence between two words."""
UNKNOWN_PENALTY = 0.6
"""Added for every phone of an unknown word, so that known words are preferred."""
RAREST_P = 2e-3
"""Pairs of phones rarer than that are left out of unknown words."""

_FESTIVAL = {"ax": "AH", "axr": "ER", "hv": "HH", "nx": "N", "dx": "T"}
"""Phones of Festival's that the model does not tell from others."""

Pronunciation = tuple[str, ...]


def read_lexicon(dictionary: Path, own: Path) -> dict[str, list[Pronunciation]]:
    """All words' pronunciations: those of Debian's festlex-cmu, and our own beside or in place of them.

    Args:
        dictionary: `cmudict-0.4.out` of the package festlex-cmu.
        own: Lines of `word: PHONES | PHONES`; `word = PHONES` leaves out the dictionary's.
    """
    found: dict[str, list[Pronunciation]] = {}
    for line in dictionary.read_text("latin-1").splitlines():
        entry = re.match(r'\("([^"]+)" \S+ (\(.*\))\)', line)
        if entry:
            phones = tuple(_FESTIVAL.get(one, one.upper()) for one in re.findall("[a-z]+", entry[2]))
            _add(found, entry[1].lower(), phones)
    for line in own.read_text("utf-8").splitlines():
        entry = re.match(r"([^\s#:=][^:=]*?)\s*([:=])\s*(.+)", line)
        if entry:
            if entry[2] == "=":
                found[entry[1]] = []
            for one in entry[3].split("|"):
                _add(found, entry[1], tuple(one.split()))
    return found


def _add(found: dict[str, list[Pronunciation]], word: str, phones: Pronunciation) -> None:
    if phones not in found.setdefault(word, []) and set(phones) <= set(PHONES):
        found[word].append(phones)


def word_fst(
    table: PhoneTable,
    words: Mapping[str, int],
    lexicon: Mapping[str, Iterable[Pronunciation]],
    follows: Any,  # noqa: ANN401 - a NumPy array
) -> Fst:
    """From phones to words, with silence that may stand between them.

    Args:
        table: The phones' ids.
        words: Each word's id, that of `UNKNOWN` as well.
        lexicon: Pronunciations of each.
        follows: Probability of phone q after phone p at [p, q], 0 being the begin of a word (of the training texts).
    """
    fst = Fst()
    start, between, silence = fst.state(), fst.state(), fst.state()
    after_word = {between: -math.log(1 - SILENCE_P), silence: -math.log(SILENCE_P)}
    for state, cost in after_word.items():
        fst.arc(start, 0, 0, cost, state)
    fst.arc(silence, SIL, 0, 0.0, between)
    fst.final[between] = 0.0
    for word, number in words.items():
        for pronunciation in lexicon.get(word, ()):
            *inner, last = table.of_word(pronunciation)
            here = between
            for place, phone in enumerate(inner):
                there = fst.state()
                fst.arc(here, phone, 0 if place else number, 0.0, there)
                here = there
            for state, cost in after_word.items():
                fst.arc(here, last, 0 if inner else number, cost, state)
    _add_unknown(fst, table, words[UNKNOWN], follows, between, after_word)
    return fst


def _add_unknown(
    fst: Fst,
    table: PhoneTable,
    number: int,
    follows: Any,  # noqa: ANN401 - as above
    between: int,
    after_word: Mapping[int, float],
) -> None:
    """Any three or more phones in the order of the language are an unknown word."""
    begin, end = fst.state(), fst.state()
    second, later = ({phone: fst.state() for phone in range(1, len(PHONES) + 1)} for _ in range(2))
    fst.arc(between, 0, number, 0.0, begin)
    for following in range(1, len(PHONES) + 1):
        name = PHONES[following - 1]
        fst.arc(begin, table.ids[f"{name}_B"], 0, -math.log(follows[0, following]) + UNKNOWN_PENALTY, second[following])
        for states in (second, later):
            for phone, state in states.items():
                if follows[phone, following] < RAREST_P:
                    continue
                cost = -math.log(follows[phone, following]) + UNKNOWN_PENALTY
                fst.arc(state, table.ids[f"{name}_I"], 0, cost, later[following])
                if states is later:
                    fst.arc(state, table.ids[f"{name}_E"], 0, cost, end)
    for state, cost in after_word.items():
        fst.arc(end, 0, 0, cost, state)
