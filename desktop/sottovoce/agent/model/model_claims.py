"""Sentences that a language model has no right to say: files it never saw, and acts that it can't do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sottovoce.agent.tools.saying import in_words
from sottovoce.domain.contexts import UserContext
from sottovoce.domain.said import said
from sottovoce.domain.words import one_of
from sottovoce.language import ENGLISH, language
from sottovoce.memory.knowledge_words import spoken_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sottovoce.domain.knowledge import Passage
    from sottovoce.language.analysis import Claims

NOT_IN_FILES = said("model-not-in-files")
CAN_NOT_ACT = said("model-can-not-act")
LEAST_SHARED = 0.5
"""Of the words that name something in what a file is said to say, so many must be in what it says."""

_ENDINGS = "md markdown txt text pdf doc docx odt rtf htm html csv tsv xls xlsx ods ppt pptx org rst log json yaml yml"
_DOCUMENT = re.compile(rf"(?<![\w'’()+-])[\w'’()+-]+(?: [\w'’()+-]+){{0,5}}?\.{one_of(_ENDINGS)}\b", re.IGNORECASE)
_END = re.compile(r"[.!?…][\"'”’»)\]*]*(?=\s)|[。！？\n]")  # noqa: RUF001 - full stops of other scripts


class Checked:
    """Lets a model's sentences through, but those it has no right to; of these what is true is said, once."""

    def __init__(self, question: str, passages: Sequence[Passage] = (), context: UserContext | None = None) -> None:
        """Check an answer.

        Args:
            question: What was asked.
            passages: What the model was given of the user's files.
            context: Whom it is said to, in whose language what is true is said; somebody who speaks English if None.
        """
        context = context or UserContext()
        self._not_in_files = in_words(NOT_IN_FILES, context)
        self._can_not_act = in_words(CAN_NOT_ACT, context)
        self._own = language(context.language)
        self._claims = tuple(language(tag).claims for tag in dict.fromkeys((self._own.tag, ENGLISH)))
        question = question.strip()
        asked = self._asked = next(filter(None, (one.ASKED.match(question) for one in self._claims)), None)
        self._order = bool(asked and (asked["polite"] or asked["object"]))  # "play the radio", but "play theory"
        self._to_be_done = bool(
            asked and self._order and self._finds(lambda one: one.TO_BE_DONE, question[asked.end("polite") :])
        )
        self._refused = False
        self._passages = tuple(passages)
        self._rest = ""
        self._told: set[str] = set()
        self._gap = ""
        self.over = False
        """Whether nothing more is to be said: what follows on an order that is not carried out is idle talk."""

    def feed(self, text: str) -> str:
        """The sentences that ended, as far as they may be said."""
        self._rest += text
        said, begin = "", 0
        while not self.over and (end := _END.search(self._rest, begin)):
            sentence, begin = self._rest[: end.end()], end.end()
            if not self._leads_on(sentence):
                said += self._judged(sentence)
                self._rest, begin = self._rest[end.end() :], 0
        return self._without_end(said)

    def end(self) -> str:
        """The last sentence, if it may be said."""
        rest, self._rest = self._rest, ""
        return self._without_end("" if self.over else self._judged(rest)).rstrip()

    def _without_end(self, said: str) -> str:
        """Line ends and blanks wait for what comes behind them."""
        said = self._gap + said
        sure = said.rstrip()
        self._gap = said[len(sure) :]
        return sure

    def _leads_on(self, sentence: str) -> bool:
        """Whether what a file is said to say stands in the next line."""
        return sentence.rstrip().endswith(":") and self._cites(sentence)

    def _judged(self, sentence: str) -> str:
        """A sentence, or what is true instead."""
        instead = self._instead_of(sentence)
        if instead is None:
            return sentence
        if instead in self._told or not instead:
            return ""
        self._told.add(instead)
        self.over = self._to_be_done and instead == self._can_not_act
        gap = sentence[: len(sentence) - len(sentence.lstrip())]
        end = "\n" if sentence.endswith("\n") else ""
        return f"{gap}{instead}{end}"

    def _instead_of(self, sentence: str) -> str | None:
        if self._finds(lambda one: one.PROPOSES, sentence):
            return ""
        if self._cites(sentence):
            return (
                None
                if self._finds(lambda one: one.I_CAN_NOT, sentence) or self._is_said(sentence)
                else self._not_in_files
            )
        refuses = bool(self._finds(lambda one: one.REFUSES, sentence))
        self._refused = self._refused or refuses
        idle = self._to_be_done and not self._refused and bool(sentence.strip())
        return self._can_not_act if not refuses and (idle or self._claims_an_act(sentence)) else None

    def _finds(self, which: Callable[[Claims], re.Pattern[str]], text: str) -> bool:
        """Whether the user's language or English, which a model falls back to, has it so."""
        return any(which(one).search(text) for one in self._claims)

    def _claims_an_act(self, sentence: str) -> bool:
        """Whether it says that something is done, which no model does."""
        if self._finds(lambda one: one.KEPT, sentence):
            return True
        if self._asked is None:
            return False
        return bool(
            self._finds(lambda one: one.I_ACT, sentence)
            or (self._order and self._finds(lambda one: one.IS_DONE, sentence))
        )

    def _cites(self, sentence: str) -> bool:
        return bool(
            self._finds(lambda one: one.OF_FILES, sentence)
            or (self._finds(lambda one: one.ATTRIBUTED, sentence) and _DOCUMENT.search(sentence))
            or self._named(sentence)
        )

    def _named(self, sentence: str) -> list[Passage]:
        """The given passages whose file it names."""
        low = sentence.casefold()
        return [p for p in self._passages if re.search(rf"(?<!\w){re.escape(_name(p))}(?!\w)", low)]

    def _is_said(self, sentence: str) -> bool:
        """Whether what is cited was given, and says something like it."""
        cited = [name.casefold() for name in _DOCUMENT.findall(sentence)]
        if not all(any(_is(name, passage) for passage in self._passages) for name in cited):
            return False
        sources = [p for p in self._passages if any(_is(name, p) for name in cited)] or self._named(sentence)
        sources = sources or list(self._passages)
        there = self._own.words.key_words(" ".join(f"{p.place} {p.text}" for p in sources))
        said = self._own.words.key_words(_DOCUMENT.sub(" ", sentence))
        said = said.difference(*(one.CITING for one in self._claims))
        said -= frozenset().union(*(self._own.words.key_words(spoken_name(passage.path)) for passage in sources))
        return bool(sources) and len(said & there) >= LEAST_SHARED * len(said)


def _name(passage: Passage) -> str:
    return passage.path.rpartition("/")[2].casefold()


def _is(cited: str, passage: Passage) -> bool:
    """Whether a file that is cited, with words before it perhaps, is this passage's."""
    name = _name(passage)
    return cited == name or cited.endswith(f" {name}") or name.endswith(f" {cited.rpartition(' ')[2]}")
