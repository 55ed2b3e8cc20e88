"""A recogniser of what sentences ask for, for each language that ships."""

from __future__ import annotations

import functools
from types import MappingProxyType
from typing import TYPE_CHECKING

from sottovoce.agent.intents.intents import IntentRecognizer
from sottovoce.agent.intents.slot_words import doubts, fits
from sottovoce.agent.sentences.phrases import PhraseBook
from sottovoce.agent.sentences.refusals import is_refused
from sottovoce.language import ENGLISH, language
from sottovoce.language.templates import read_templates

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class IntentRecognizers:
    """A recogniser for each language, made when it is first used (0.1 s) and the same for the whole process."""

    def __init__(self, word_lists: Mapping[str, Callable[[str], bool]] = MappingProxyType({})) -> None:
        """Know the good words of some languages, by their tags."""
        self._word_lists = word_lists

    def of(self, tag: str) -> IntentRecognizer:
        """The recogniser of the language with this tag, of English if there is none."""
        spoken = language(tag)
        spoken = spoken if (spoken.folder / "understand").is_dir() else language(ENGLISH)
        return _recognizer(spoken.tag, self._word_lists.get(spoken.tag))


@functools.cache
def _recognizer(tag: str, is_word: Callable[[str], bool] | None) -> IntentRecognizer:
    """The recogniser of what is shipped for a language: whoever asks, nothing in it changes."""
    spoken = language(tag)
    templates = read_templates(spoken.folder / "understand")
    phrases = PhraseBook(templates.phrases)

    def fitting(slot: str, words: str) -> bool:
        return not is_refused(phrases, slot, words) and fits(spoken, slot, words)

    return IntentRecognizer(
        templates, is_word, spoken.statements.stated, fitting, functools.partial(doubts, tag), spoken.orders
    )
