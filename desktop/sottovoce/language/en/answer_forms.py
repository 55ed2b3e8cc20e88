"""Whether one sentence answers a question: by the forms of their words alone, so in doubt it does not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.domain.words import word_set
from sottovoce.language.en.question_forms import (
    BE,
    DETERMINERS,
    MONEY,
    NUMBER,
    PREPOSITIONS,
    PRONOUNS,
    TIMES,
    AnswerKind,
    naming,
    tokens_of,
    up_to_preposition,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sottovoce.language.en.question_forms import QuestionForm, Token

LEAST_WORDS = 2
"""So many words of the question name something at least: one alone is shared by chance."""
LABEL_TOKENS = 4
"""A comma after more than these separates no label from what it labels."""
COUNTED_TOKENS = 4
"""So near before a noun stands what counts it: "60 grams of dry food"."""
_EQUAL = word_set(": = – — → means")
_CUTS = word_set(": , ; = – — → ( )") | BE
_OWNING = word_set("his her their has have had owns")
_CALLED = word_set("called named")
_NEGATED = word_set("not no never neither nor")
_HAVE = word_set("has have had holds keeps got")
_HOLDING = word_set("with by to at has have")
_PLACING = word_set("in inside at on under above below behind beside between near next from to with by")
_DIGIT = re.compile(r"\d")
_I, _ME = word_set("i we"), word_set("me us")
_TALE = word_set("was were had did")
_THEN = word_set("then and first now always , ;")
_SENSE = word_set("after before without except besides instead not never only other between under over since until")
"""What is wanted after breakfast is no answer about before it, though neither word names anything."""
_PERSONS = word_set(
    "mother father mum dad mom sister brother wife husband son daughter aunt uncle cousin grandma grandpa grandmother "
    "grandfather neighbour neighbor friend doctor boss teacher nurse plumber dentist landlord landlady"
    " colleague partner"
)
_TITLES = word_set("dr mr mrs ms miss prof sir aunt uncle")
_LOCATED = word_set(
    "stored kept parked hidden located hanging standing lying sitting buried put keep store hide park hang leave left "
    "stands hangs lies sits lives stand hang lie sit live found"
)
_CALENDAR = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december christmas easter"
)
_REASON = re.compile(
    r"\b(?:because|so that|due to|in order to|thanks to|reason)\b|\bsince\b(?! (?:\d|then))"
    r"|\b(?:so as )?to (?:avoid|keep|let|make|save|prevent|help|stop|reduce|protect|allow|get|give"
    r"|improve|remove|free)\b"
)


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence, and where in it the words of a question are."""

    tokens: tuple[Token, ...]
    at: tuple[tuple[int, ...], ...]
    """For each of `QuestionForm.needed` that it holds, where."""

    def before(self, end: int) -> bool:
        """Whether all of them are before `end`."""
        return all(places[0] < end for places in self.at)

    def behind(self, end: int) -> bool:
        """Whether all of them are behind `end`."""
        return all(places[-1] > end for places in self.at)

    @property
    def first(self) -> int:
        """Where the first of them is."""
        return min(places[0] for places in self.at)


def answers(question: QuestionForm, sentence: str, around: str) -> bool:
    """Whether the sentence tells what is asked.

    Args:
        question: What is asked.
        sentence: Without marks.
        around: What its heading and the name of its file add.
    """
    tokens = tokens_of(sentence)
    needed = question.needed
    there = {token.word for token in tokens}
    if not needed or question.names(there) < LEAST_WORDS or not question.words & _SENSE <= there or "?" in there:
        return False
    places = [_places(token, tokens) for token in needed]
    missing = [token for token, found in zip(needed, places, strict=True) if not found]
    known = frozenset(stem for token in tokens_of(around) for stem in token.stems)
    if len(missing) == len(needed) or not all(token.stems & known for token in missing):
        return False
    told = Told(tokens, tuple(tuple(found) for found in places if found))
    if _replaced(question, missing, tokens) or any(changed(question, tokens) for changed in _CHANGED):
        return False
    return _CHECKS[question.wants](question, told)


def _places(wanted: Token, tokens: Sequence[Token]) -> list[int]:
    return [at for at, token in enumerate(tokens) if wanted.stems & token.stems]


def _replaced(question: QuestionForm, missing: Sequence[Token], tokens: Sequence[Token]) -> bool:
    """Whether another stands where a missing word should: "with Ben" for "with Anna", though a heading names Anna."""
    for lost in missing:
        at = question.body.index(lost) if lost in question.body else 0
        link = next((t.word for t in reversed(question.body[:at]) if t.word not in DETERMINERS), "")
        if link in PREPOSITIONS and any(
            token.word == link and not TIMES.search(_text(tokens[place + 1 : place + 3]))
            for place, token in enumerate(tokens)
        ):
            return True
    return False


def _governed(question: QuestionForm, tokens: Sequence[Token]) -> bool:
    """Whether what is asked about only belongs to what is told about: "the boss of Anna" for "Anna"."""
    subject = question.core
    if question.noun or question.wants is AnswerKind.WAY or any(token.word in PRONOUNS for token in question.body[:1]):
        return False
    if question.doing and len(subject) > 1:
        subject = subject[:-1]
    for token in subject:
        places = _places(token, tokens)
        if places and not token.owner and all(_depends(tokens, at) for at in places):
            return True
    return False


def _disowned(question: QuestionForm, tokens: Sequence[Token]) -> bool:
    """Whether what is asked about is nobody's here: "Karl knows that the train leaves" for "Karl's train"."""
    owners = [_places(token, tokens) for token in question.needed if token.owner]
    return not _OWNING.intersection(token.word for token in tokens) and any(
        places and not any(_depends(tokens, at) for at in places) for places in owners
    )


def _depends(tokens: Sequence[Token], at: int) -> bool:
    """Whether this noun stands in the genitive or behind a preposition."""
    if tokens[at].owner:
        return True
    before = [token.word for token in tokens[max(0, at - 3) : at]]
    while before and before[-1] in DETERMINERS:
        before.pop()
    return bool(before) and before[-1] in PREPOSITIONS and not _acts(tokens, at)


def _acts(tokens: Sequence[Token], at: int) -> bool:
    """Whether this is who does something that is done: "by Anna"."""
    return _before(tokens, at) == "by"


def _reversed(question: QuestionForm, tokens: Sequence[Token]) -> bool:
    """Whether who does it and what it is done to have changed places."""
    begin = _text(question.body[:1])
    if question.doing and begin in _I:  # "how much do i owe Erik": not what Erik owes me
        there = {token.word for token in tokens}
        return bool(_ME & there) and not _I & there
    if not question.doing or len(question.core) < 2 or begin in PRONOUNS:  # noqa: PLR2004 - a subject and a verb
        return False
    first, last = (_places(token, tokens) for token in (question.core[0], question.core[-1]))
    return bool(first) and bool(last) and first[0] > last[-1] and not _acts(tokens, first[0])


def _text(tokens: Iterable[Token]) -> str:
    return " ".join(token.word for token in tokens)


def _sides(question: QuestionForm, told: Told) -> Iterator[tuple[Sequence[Token], bool]]:
    """What is said of the words asked about, where the sentence says what they are; and whether by a mark."""
    tokens = told.tokens
    for at, token in enumerate(tokens):
        mark = token.word in _EQUAL or (token.word == "," and at <= LABEL_TOKENS)
        if not mark and token.word not in BE:
            continue
        if told.before(at):
            last = max(max(place for place in places if place < at) for places in told.at)
            gap = [token.word for token in tokens[last + 1 : at]]
            if not gap or (token.word != "," and gap[0] in PREPOSITIONS and not _CUTS.intersection(gap)):
                yield tokens[at + 1 :], mark
        elif told.behind(at) and (question.wants is not AnswerKind.THING or not mark):
            first = min(min(place for place in places if place > at) for places in told.at)
            gap = [token.word for token in tokens[at + 1 : first] if token.word not in DETERMINERS]
            if len(gap) <= 1 and not PREPOSITIONS.intersection(gap) and not _NEGATED.intersection(gap):
                yield tokens[:at], mark
    last = max(places[-1] for places in told.at)
    if last + 1 < len(tokens) and _DIGIT.search(tokens[last + 1].word):
        yield tokens[last + 1 :], True


def _clause(question: QuestionForm, told: Told) -> Iterator[Sequence[Token]]:
    """What follows the words asked about where a verb stands among them: "Tyres are stored at", "Put the key in"."""
    tokens, last = told.tokens, max(places[-1] for places in told.at)
    begin = next((at + 1 for at in range(told.first - 1, -1, -1) if tokens[at].word in _EQUAL), 0)
    opening = tokens[begin : told.first]
    passive = any(token.word in BE for token in tokens[told.first : last])
    rest = tokens[last + 1 :]
    # "Anna fired the boss in May" does not tell when Anna was fired.
    follows = _text(rest[:1]) in PREPOSITIONS | _CUTS or TIMES.match(_text(rest))
    if passive or (follows and all(_opens(question, token) for token in opening)):
        yield rest


def _opens(question: QuestionForm, token: Token) -> bool:
    return (
        token.word in DETERMINERS | PRONOUNS | question.words
        or token.text[0].isupper()
        or (question.wants is AnswerKind.PLACE and token.word in _LOCATED)
    )


def _thing(question: QuestionForm, told: Told) -> bool:
    if not question.being:
        return bool(naming(question.fresh(told.tokens)))
    return any(_value(question, answer, mark=mark) for answer, mark in _sides(question, told))


def _value(question: QuestionForm, answer: Sequence[Token], *, mark: bool) -> bool:
    """Whether this names a thing, rather than to tell how it is or what became of it."""
    answer = answer[1:] if answer and answer[0].word in _CALLED else answer
    if not question.fresh(answer) or answer[0].word in _NEGATED:
        return False
    begin = answer[0]
    if mark or begin.word in DETERMINERS or begin.text == '"' or begin.text[0].isupper():
        return True
    return bool(_DIGIT.search(begin.word) or NUMBER.match(begin.word))


def _person(question: QuestionForm, told: Told) -> bool:
    tokens = told.tokens
    if question.being:
        return any(_named(question, _subject(answer)) for answer, _ in _sides(question, told))
    if question.verb in _HAVE and not _perfect(question):
        return any(
            _is_person(question, tokens, at) and (_before(tokens, at) in _HOLDING or _next(tokens, at) in _HAVE)
            for at in range(len(tokens))
        )
    if question.verb and not _perfect(question):
        return _named(question, tokens)
    # "the repaired roof" tells of no repair
    at = next((at for at in _places(question.needed[0], tokens) if _text(tokens[at - 1 : at]) not in DETERMINERS), -1)
    if at < 0:
        return False
    if any(token.word in BE for token in tokens[max(0, at - 3) : at]):
        by = next((place for place, token in enumerate(tokens) if token.word == "by" and place > at), len(tokens))
        return _named(question, tokens[by + 1 :])
    marked = next((place for place, token in enumerate(tokens) if token.word == ":"), None)
    subject = (place for place in range(at) if _before(tokens, place) not in PREPOSITIONS)
    return any(_is_person(question, tokens, place) for place in subject) or (
        marked is not None and _named(question, tokens[marked + 1 :])
    )


def _perfect(question: QuestionForm) -> bool:
    """Whether a verb follows at once: "who has repaired it", "who should water it"; not "who should I ask"."""
    return bool(naming(question.body[:1])) and question.verb not in {"do", "does", "did"}


def _before(tokens: Sequence[Token], at: int) -> str:
    """The word before a person, "with" in "with our neighbour Ruth"."""
    skipped = DETERMINERS | _PERSONS | _TITLES
    return next((token.word for token in reversed(tokens[:at]) if token.word not in skipped), "")


def _next(tokens: Sequence[Token], at: int) -> str:
    return tokens[at + 1].word if at + 1 < len(tokens) else ""


def _subject(answer: Sequence[Token]) -> Sequence[Token]:
    """What the answer says first: not whom it was fired by."""
    begin = 1 if answer and answer[0].word in _HOLDING else 0
    return up_to_preposition(answer[begin:])


def _named(question: QuestionForm, tokens: Sequence[Token]) -> bool:
    return any(_is_person(question, tokens, at) for at in range(len(tokens)))


def _is_person(question: QuestionForm, tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if token.owner or not question.fresh([token]) or token.word in _CALENDAR | PRONOUNS | BE:
        return False
    if token.word in _PERSONS | _TITLES:
        return True
    if not token.text[0].isupper() or not token.stems or _DIGIT.search(token.text):
        return False
    return _before(tokens, at) not in {"in", "at", "on"}


def _time(question: QuestionForm, told: Told) -> bool:
    parts = _said(question, told) if question.being else (told.tokens,)
    return any(TIMES.search(_text(question.fresh(part))) for part in parts)


def _place(question: QuestionForm, told: Told) -> bool:
    parts = _said(question, told) if question.being else (told.tokens[at:] for at in range(len(told.tokens)))
    return any(_somewhere(question, part) for part in parts)


def _said(question: QuestionForm, told: Told) -> Iterator[Sequence[Token]]:
    """What is said of the words asked about, by "is" or by another verb."""
    yield from (answer for answer, _ in _sides(question, told))
    yield from _clause(question, told)


def _somewhere(question: QuestionForm, tokens: Sequence[Token]) -> bool:
    """Whether these begin with a place."""
    while tokens and (tokens[0].word in _LOCATED | BE | DETERMINERS or TIMES.fullmatch(tokens[0].word)):
        tokens = tokens[1:]
    if not tokens or tokens[0].word not in _PLACING:
        return False
    behind = [token for token in tokens[1:] if token.word not in DETERMINERS][:1]
    return bool(naming(question.fresh(behind))) and not TIMES.search(_text(tokens[:3]))


def _reason(question: QuestionForm, told: Told) -> bool:
    """Whether a reason is given, and for what is asked rather than by it."""
    text = " ".join(token.word for token in told.tokens)
    found = _REASON.search(text)
    if not found or (found[0] == "since" and TIMES.search(" ".join(text[found.start() :].split()[:3]))):
        return False
    main = text[: found.start()] if found.start() else text.partition(" , ")[2]
    return all(_places(token, tokens_of(main)) for token in question.needed if _places(token, told.tokens))


def _amount(question: QuestionForm, told: Told) -> bool:
    if question.being:
        return any(question.amount.search(_countable(question, answer[:4])) for answer, _ in _sides(question, told))
    if not question.noun or question.amount is not NUMBER:
        return bool(question.amount.search(_countable(question, told.tokens)))
    return any(
        NUMBER.search(_countable(question, _counting(told.tokens[:at])))
        or (_next(told.tokens, at) in _EQUAL | BE and NUMBER.search(_text(told.tokens[at + 2 : at + 4])))
        for at in _places(question.noun[-1], told.tokens)
    )


def _counting(before: Sequence[Token]) -> Sequence[Token]:
    """What counts the noun behind: "three of the", but nothing of "box 5 the"."""
    for at in range(len(before) - 1, max(-1, len(before) - COUNTED_TOKENS - 1), -1):
        if before[at].word == "," or (before[at].word in DETERMINERS and _text(before[at - 1 : at]) != "of"):
            return before[at + 1 :]
    return before[-COUNTED_TOKENS:]


def _countable(question: QuestionForm, tokens: Sequence[Token]) -> str:
    """What the question did not say, without the times if they are no amount asked for."""
    text = _text(question.fresh(tokens))
    return TIMES.sub("", text) if question.amount in (NUMBER, MONEY) else text


def _way(question: QuestionForm, told: Told) -> bool:
    """Whether it is an instruction: no tale of what was done tells how to do it."""
    tokens = told.tokens
    if _TALE.intersection(token.word for token in tokens) or not naming(question.fresh(tokens)):
        return False
    first = next(token for token in question.body if token.stems)
    return any(
        not at or tokens[at - 1].word in _EQUAL | _THEN or (at == 1 and tokens[0].word == "to")
        for at in _places(first, tokens)
    )


def _truth(question: QuestionForm, told: Told) -> bool:
    """Whether it speaks of the same in the same order; it may well say that it is not so."""
    order = [places[0] for places in told.at]
    if question.doing:  # `_reversed` has looked at the order
        return True
    return order == sorted(order) and any(token.word in BE or token.word in _EQUAL for token in told.tokens)


_CHANGED = (_governed, _disowned, _reversed)
_CHECKS = {
    AnswerKind.THING: _thing,
    AnswerKind.PERSON: _person,
    AnswerKind.TIME: _time,
    AnswerKind.PLACE: _place,
    AnswerKind.REASON: _reason,
    AnswerKind.AMOUNT: _amount,
    AnswerKind.WAY: _way,
    AnswerKind.TRUTH: _truth,
}
