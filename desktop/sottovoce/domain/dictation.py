"""From words that were dictated to what is typed: marks by their names, capitals, spaces, figures, and taking back."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet
    from fractions import Fraction


class Joint(enum.Enum):
    """How a mark stands between its neighbours."""

    BEHIND = enum.auto()
    """No space before it, as a comma."""
    BEFORE = enum.auto()
    """No space behind it, as an opening bracket."""
    BETWEEN = enum.auto()
    """Neither, as a hyphen."""
    APART = enum.auto()
    """Both, as a dash."""


class Order(enum.Enum):
    """What is done by words that are not typed."""

    TAKE_BACK = enum.auto()
    """Remove what was typed last."""
    STOP = enum.auto()
    """End the dictation."""
    CAPITAL = enum.auto()
    """The next word begins with a capital."""
    UPPER = enum.auto()
    """The next word is written in capitals."""
    UPPER_ON = enum.auto()
    UPPER_OFF = enum.auto()
    LITERAL = enum.auto()
    """The next word is typed as it is, though it names a mark."""
    JOIN = enum.auto()
    """No space here."""


@dataclass(frozen=True, slots=True)
class SpokenSign:
    """A sign that is said by its name."""

    text: str
    joint: Joint = Joint.BEHIND
    ends: bool = False
    """Whether a sentence or line ends with it: what follows begins with a capital."""


class Dictating(Protocol):
    """What a language calls the signs and orders of dictation."""

    @property
    def MARKS(self) -> Mapping[str, SpokenSign]:  # noqa: N802 - a constant of a module
        """By what is said, in small letters."""

    @property
    def ORDERS(self) -> Mapping[str, Order]:  # noqa: N802
        """By what is said."""

    @property
    def ALONE(self) -> Mapping[str, Order]:  # noqa: N802
        """By what is said and nothing else: words that are typed where they stand among others."""

    @property
    def CAPITALS(self) -> Mapping[str, str]:  # noqa: N802
        """Words that are written otherwise than they are heard: "i", the days, the months."""

    @property
    def POINT(self) -> tuple[str, str]:  # noqa: N802
        """The word between the digits of a number, and the sign for it."""

    @property
    def NUMBER_WORDS(self) -> AbstractSet[str]:  # noqa: N802
        """Words that a number may not begin with, though it could: "a"."""

    def number(self, text: str) -> Fraction | None:
        """See `SlotValues.number`."""


MOST_KEPT: Final = 50
"""Pieces that can be taken back, one after the other."""
LONGEST_PHRASE: Final = 4
LONGEST_NUMBER: Final = 10
LEAST_FIGURES: Final = 10
"""The least number that is written in figures, as most style guides have it."""
_NO_SPACE_BEHIND: Final = frozenset(" \n\t")


@dataclass(frozen=True, slots=True)
class Dictated:
    """What has been typed so far in one place, as far as what follows depends on it."""

    pieces: tuple[str, ...] = ()
    """What was typed at a time, the last ones; each can be taken back."""
    glued: bool = True
    """Whether what follows comes without a space: nothing has been typed, or a bracket opened."""
    begins: bool = True
    """Whether a sentence begins."""
    upper: bool = False
    """Whether all is written in capitals."""


@dataclass(frozen=True, slots=True)
class KeyboardAct:
    """What is to be done at the keyboard."""

    erase: int = 0
    """Characters to be removed first."""
    text: str = ""
    stop: str = ""
    """The words that end the dictation; empty where it goes on."""


@dataclass(slots=True)
class _Draft:
    """What becomes of one turn."""

    before: Dictated
    now: Dictated
    text: str = ""
    erase: int = 0
    capital: bool = False
    shout: bool = False

    def put(self, text: str, *, space: bool = True) -> None:
        last = self.text[-1:] or (self.now.pieces[-1][-1:] if self.now.pieces else "")
        spaced = space and not self.now.glued and last not in _NO_SPACE_BEHIND
        self.text += (" " if spaced and text[:1] not in _NO_SPACE_BEHIND else "") + text

    def take_back(self) -> None:
        """Drop what this turn has typed, or what the turn before it has."""
        if self.text:
            self.text, self.now = "", replace(self.before, pieces=self.now.pieces)
        elif self.now.pieces:
            *kept, last = self.now.pieces
            self.erase += len(last)
            so_far = kept[-1] if kept else ""
            self.now = replace(
                self.now,
                pieces=tuple(kept),
                glued=not so_far,
                begins=not so_far or so_far.rstrip(" ")[-1:] in tuple(".?!\n"),
            )
            self.before = self.now


def typed(words: str, so_far: Dictated, own: Dictating) -> tuple[KeyboardAct, Dictated]:
    """What is to be typed for the words of one turn, and where the text stands then."""
    alone = own.ALONE.get(words.lower().strip())
    sheet = _Draft(so_far, so_far)
    said = words.split()
    at, stop = 0, ""
    if alone is not None:
        at, stop = len(said), words.strip() if alone is Order.STOP else ""
        if alone is Order.TAKE_BACK:
            sheet.take_back()
    while at < len(said) and not stop:
        length, ends = _step(sheet, said[at:], own)
        at += length
        stop = " ".join(said[at - length : at]) if ends else ""
    pieces = (*sheet.now.pieces, sheet.text)[-MOST_KEPT:] if sheet.text else sheet.now.pieces
    return KeyboardAct(sheet.erase, sheet.text, stop), replace(sheet.now, pieces=pieces)


def _step(sheet: _Draft, said: list[str], own: Dictating) -> tuple[int, bool]:
    """Take the next number, phrase or word: how many words it has, and whether the dictation ends."""
    number = _number(said, own)
    if number is not None:
        text, length = number
        _word(sheet, text, own)
        return length, False
    for length in range(min(LONGEST_PHRASE, len(said)), 0, -1):
        phrase = " ".join(said[:length]).lower()
        order = own.ORDERS.get(phrase)
        if order is Order.LITERAL and length < len(said):
            _word(sheet, said[length], own)
            return length + 1, False
        if order is not None and order is not Order.LITERAL:
            _obey(sheet, order)
            return length, order is Order.STOP
        if (mark := own.MARKS.get(phrase)) is not None:
            _mark(sheet, mark)
            return length, False
    _word(sheet, said[0], own)
    return 1, False


def _obey(sheet: _Draft, order: Order) -> None:
    match order:
        case Order.TAKE_BACK:
            sheet.take_back()
        case Order.CAPITAL:
            sheet.capital = True
        case Order.UPPER:
            sheet.shout = True
        case Order.UPPER_ON | Order.UPPER_OFF:
            sheet.now = replace(sheet.now, upper=order is Order.UPPER_ON)
        case Order.JOIN:
            sheet.now = replace(sheet.now, glued=True)
        case _:  # it ends, or the last word was "literal": there is nothing to be done at the text
            return


def _mark(sheet: _Draft, mark: SpokenSign) -> None:
    sheet.put(mark.text, space=mark.joint in {Joint.BEFORE, Joint.APART})
    glued = mark.joint in {Joint.BEFORE, Joint.BETWEEN}
    begins = mark.ends or (sheet.now.begins and mark.joint is Joint.BEFORE)
    sheet.now = replace(sheet.now, glued=glued, begins=begins)


def _word(sheet: _Draft, word: str, own: Dictating) -> None:
    word = own.CAPITALS.get(word.lower(), word)
    if sheet.shout or sheet.now.upper:
        word = word.upper()
    elif sheet.capital or sheet.now.begins:
        word = word[:1].upper() + word[1:]
    sheet.put(word)
    sheet.capital = sheet.shout = False
    ends = word[-1:] in tuple(".?!")  # typed, or written so by the recogniser
    sheet.now = replace(sheet.now, glued=False, begins=ends)


def _number(said: list[str], own: Dictating) -> tuple[str, int] | None:
    """The longest number at the beginning that is written in figures, and how many words it has."""
    if said[0].lower() in own.NUMBER_WORDS:
        return None
    word, sign = own.POINT
    for length in range(min(LONGEST_NUMBER, len(said)), 0, -1):
        some = [one.lower() for one in said[:length]]
        if some[-1] in own.MARKS or some[-1] in own.ORDERS or not some[0].isalpha():
            continue
        value = own.number(" ".join(some))
        if value is None:
            continue
        if value.denominator == 1:
            return (str(value.numerator), length) if abs(value) >= LEAST_FIGURES else None
        return (f"{float(value):.15g}".replace(".", sign), length) if word in some else None
    return None
