"""Sentences that a language model has no right to say: files it never saw, and acts that it can't do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sottovoce.agent.saying import in_words
from sottovoce.domain.contexts import UserContext
from sottovoce.domain.said import said
from sottovoce.language.en.words import key_words
from sottovoce.memory.knowledge_words import spoken_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sottovoce.domain.knowledge import Passage

NOT_IN_FILES = said("model-not-in-files")
CAN_NOT_ACT = said("model-can-not-act")
LEAST_SHARED = 0.5
"""Of the words that name something in what a file is said to say, so many must be in what it says."""

_ENDINGS = "md markdown txt text pdf doc docx odt rtf htm html csv tsv xls xlsx ods ppt pptx org rst log json yaml yml"
_TELLS = "say says state states mention mentions show shows read reads list lists contain contains tell tells"
_ACTS = (
    "set start stop turn switch open close play pause resume call phone text send email mail message remind schedule "
    "book order buy purchase add remove delete erase cancel save store record print download install lock unlock dim "
    "mute unmute update change move rename copy shut launch activate deactivate enable disable adjust raise lower "
    "increase decrease notify wake put pay transfer post reboot restart"
)
_ACTED = (
    "set started stopped turned switched opened closed played paused resumed called phoned texted sent emailed mailed "
    "messaged reminded scheduled booked ordered bought purchased added removed deleted erased cancelled canceled saved "
    "stored recorded printed downloaded installed locked unlocked dimmed muted unmuted updated changed moved renamed "
    "copied shut launched activated deactivated enabled disabled adjusted raised lowered increased decreased notified "
    "put paid transferred posted rebooted restarted on off done ready running"
)
_ACTING = (
    "setting starting stopping turning switching opening closing playing pausing resuming calling phoning texting "
    "sending emailing mailing messaging reminding scheduling booking ordering buying purchasing adding removing "
    "deleting erasing cancelling canceling saving storing recording printing downloading installing locking unlocking "
    "dimming muting updating changing moving renaming copying shutting launching activating deactivating enabling "
    "disabling adjusting raising lowering increasing decreasing notifying putting paying transferring posting "
    "rebooting restarting"
)
_IN_WORDS = (
    "sentence sentences paragraph word words phrase poem verse story joke riddle game quiz example examples question "
    "questions essay title tense number numbers letter speech summary argument arguments detail details subject topic "
    "role into out with it advocate"
)
"""What an order is about that may be carried out by answering."""
_WORLDLY = (
    "set turn switch open close play pause resume call phone text send email mail message remind schedule book order "
    "buy purchase delete erase cancel record print download install lock unlock dim mute unmute shut launch activate "
    "deactivate enable disable raise lower increase decrease notify wake pay transfer reboot restart"
)
"""What no words can do."""
_KEEPING = "remember remembered save saved store stored note noted keep kept remind reminded"
_PLEASE = (
    "(?:hey|ok|okay|please|now|and|then|also|just|can you|could you|would you|will you|would you mind|go ahead and|"
    "i (?:want|need) you to|i(?:['’]d| would) like you to)"
)
_OBJECT = "(?:the|my|our|his|her|their|a|an|me|us|him|it|this|that|these|all|some|every|off|on|up|down|in|to|for|by|at)"
_NOW = "(?: (?:now|just|already|also|been|being|successfully|going to))*"
_NOT = "(?:n['’]t| not)"


def _any(words: str) -> str:
    return f"(?:{'|'.join(words.split())})"


_DOCUMENT = re.compile(rf"(?<![\w'’()+-])[\w'’()+-]+(?: [\w'’()+-]+){{0,5}}?\.{_any(_ENDINGS)}\b", re.IGNORECASE)
_FILES = r"(?:your|the|my) (?:\w+ )?(?:files?|documents?|notes?)\b"
_SAYS = rf"\b{_any(_TELLS)}\b"
_BY = r"\b(?:according to|based on|(?:stated|mentioned|written|described) in"
_ATTRIBUTED = re.compile(rf"{_SAYS}|{_BY}|found in)\b|:", re.IGNORECASE)
_OF_FILES = re.compile(
    rf"\b{_FILES}[^.!?]{{0,60}}?{_SAYS}|{_BY}|i (?:see|found|read|have found)(?: it)? in|from) {_FILES}", re.IGNORECASE
)
_CITING = key_words(f"{_TELLS} according based stated mentioned written described found")
_ASKED = re.compile(rf"(?P<polite>(?:{_PLEASE}[ ,]+)*){_any(_ACTS)}\b(?P<object> {_OBJECT}\b)?", re.IGNORECASE)
_TO_BE_DONE = re.compile(rf"\b{_any(_WORLDLY)}\b(?!.*\b{_any(_IN_WORDS)}\b)", re.IGNORECASE)
_PROPOSES = re.compile(r"^\W*shall i remember\b", re.IGNORECASE)
"""What the application asks, and then waits for a yes."""
_I_ACT = re.compile(
    rf"\bi(?:['’]ve|['’]ll|['’]m| have| will| am)?{_NOW} (?:{_any(_ACTS)}|{_any(_ACTED)}|{_any(_ACTING)})\b"
    rf"|^\W*(?:(?:now )?{_any(_ACTING)}|done|all set|consider it done|right away)\b"
    r"|^\W*(?:sure(?: thing)?|of course|certainly|ok(?:ay)?|got it|no problem)\W*$",
    re.IGNORECASE,
)
_IS_DONE = re.compile(
    rf"\b(?:is|are|was|were|has|have|will be){_NOW} (?:{_any(_ACTED)}|{_any(_ACTING)})\b", re.IGNORECASE
)
_KEPT = re.compile(
    rf"\bi(?:['’]ve|['’]ll| have| will){_NOW} (?:{_any(_KEEPING)}|made a note|make a note)\b", re.IGNORECASE
)
_I_CAN_NOT = re.compile(
    rf"\bi (?:(?:ca|could|do|did|have|am|was|wo|would){_NOT}|cannot|have no|found no|find no|see no)"
    rf"|\bi['’](?:m|ve) (?:not|unable)|\bi am unable",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    rf"\b(?:(?:ca|could|do|did|wo|would|has|have|is|are|was|were){_NOT}|(?:can|will|am|i['’]m) ?not|unable|if you|"
    r"you can|you could|would you|shall i|should i)\b",
    re.IGNORECASE,
)
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
        self._not_in_files = in_words(NOT_IN_FILES, context or UserContext())
        self._can_not_act = in_words(CAN_NOT_ACT, context or UserContext())
        asked = self._asked = _ASKED.match(question.strip())
        self._order = bool(asked and (asked["polite"] or asked["object"]))  # "play the radio", but "play theory"
        self._to_be_done = bool(asked and self._order and _TO_BE_DONE.search(question, asked.end("polite")))
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
        if _PROPOSES.match(sentence):
            return ""
        if self._cites(sentence):
            return None if _I_CAN_NOT.search(sentence) or self._is_said(sentence) else self._not_in_files
        refuses = bool(_REFUSES.search(sentence))
        self._refused = self._refused or refuses
        idle = self._to_be_done and not self._refused and bool(sentence.strip())
        return self._can_not_act if not refuses and (idle or self._claims(sentence)) else None

    def _claims(self, sentence: str) -> bool:
        """Whether it says that something is done, which no model does."""
        if _KEPT.search(sentence):
            return True
        if self._asked is None:
            return False
        return bool(_I_ACT.search(sentence) or (self._order and _IS_DONE.search(sentence)))

    def _cites(self, sentence: str) -> bool:
        return bool(
            _OF_FILES.search(sentence)
            or (_ATTRIBUTED.search(sentence) and _DOCUMENT.search(sentence))
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
        there = key_words(" ".join(f"{p.place} {p.text}" for p in sources))
        said = key_words(_DOCUMENT.sub(" ", sentence)) - _CITING
        said -= frozenset().union(*(key_words(spoken_name(passage.path)) for passage in sources))
        return bool(sources) and len(said & there) >= LEAST_SHARED * len(said)


def _name(passage: Passage) -> str:
    return passage.path.rpartition("/")[2].casefold()


def _is(cited: str, passage: Passage) -> bool:
    """Whether a file that is cited, with words before it perhaps, is this passage's."""
    name = _name(passage)
    return cited == name or cited.endswith(f" {name}") or name.endswith(f" {cited.rpartition(' ')[2]}")
