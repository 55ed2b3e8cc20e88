"""An answer on its way to the voice: cut into sentences while it is written, each in the form in which it is said."""

from __future__ import annotations

import logging

from sottovoce.language import ENGLISH, speech
from sottovoce.talk.markdown import Markdown
from sottovoce.talk.sentences import Sentences

log = logging.getLogger(__name__)


class SpokenText:
    """Feed what is written, get what is said, sentence by sentence."""

    def __init__(self, language: str = ENGLISH) -> None:
        """`language` as in BCP 47; of one whose words are not known, only the marks are taken away."""
        self._speech = speech(language)
        words = self._speech or speech(ENGLISH)
        assert words is not None  # noqa: S101 - English is spoken
        self._sentences = Sentences(words)
        self._markdown = Markdown(words.MARKED)

    def feed(self, piece: str) -> list[str]:
        """The sentences that are whole now."""
        return self._said(self._sentences.feed(piece))

    def flush(self) -> list[str]:
        """What is left, as the last sentence."""
        return self._said(self._sentences.flush())

    def _said(self, sentences: list[str]) -> list[str]:
        said = (self._form(self._markdown.read(sentence)) for sentence in sentences)
        return [sentence for sentence in said if any(sign.isalnum() for sign in sentence)]

    def _form(self, text: str) -> str:
        try:
            return self._speech.spoken_form(text) if self._speech else text.strip()
        except Exception:  # the answer is not to be lost for the way in which it is read
            log.exception("a sentence is said as it is written")
            return text.strip()
