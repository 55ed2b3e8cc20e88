"""Finding calculations in words and signs: what every language's own words of reckoning are read with."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from sottovoce.domain.arithmetic import Leaf, Op, Sum, Term, uses_last
from sottovoce.language.reckoning_words import Infix, Meaning, NumberRow, Postfix, Prefix, Sign

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sottovoce.language.reckoning_words import ReckoningWords, Verb

LONGEST: Final = 300
"""Characters of a calculation; nobody says a longer one."""
MOST_TOKENS: Final = 120
LONGEST_PHRASE: Final = 7
"""Words of an operator."""
LONGEST_NUMBER: Final = 24
"""Words of one number."""
LONGEST_RUN: Final = 60
"""Words of a row of numbers."""
FEWEST_IN_ROW: Final = 2
_TWO_FIGURES: Final = frozenset(map(Fraction, range(10, 100)))


_SIGNS: Final[Mapping[str, Meaning]] = {
    "+": Infix(Op.ADD),
    "-": Sign.MINUS,
    "−": Sign.MINUS,
    "–": Sign.MINUS,
    "*": Infix(Op.MULTIPLY),
    "×": Infix(Op.MULTIPLY),
    "·": Infix(Op.MULTIPLY),
    "⋅": Infix(Op.MULTIPLY),
    "/": Infix(Op.DIVIDE),
    "÷": Infix(Op.DIVIDE),
    ":": Infix(Op.DIVIDE),
    "^": Infix(Op.POWER),
    "**": Infix(Op.POWER),
    "√": Prefix(Op.ROOT, (Fraction(2),)),
    "(": Sign.OPEN,
    ")": Sign.CLOSE,
    "!": Postfix(Op.FACTORIAL),
    "%": Postfix(Op.PERCENT),
    "²": Postfix(Op.POWER, (Fraction(2),)),
    "³": Postfix(Op.POWER, (Fraction(3),)),
    "π": Leaf.PI,
    "$": Sign.SKIP,
    "€": Sign.SKIP,
    "£": Sign.SKIP,
    ",": Sign.COMMA,
    ";": Sign.COMMA,
}
_PARTS: Final = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3"}
_NO_SUM: Final = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}|\d{3,}-\d{4,}(?:-\d+)*|\+?\d+(?: \d+)+|\d{1,2}:\d\d")
"""Dates, times of day and telephone numbers have signs of reckoning in them."""
_LEVEL: Final[Mapping[Op, int]] = {
    Op.ADD: 1,
    Op.SUBTRACT: 1,
    Op.MULTIPLY: 2,
    Op.DIVIDE: 2,
    Op.REMAINDER: 2,
    Op.OFF: 2,
    Op.POWER: 4,
}
_UNARY: Final = 3


class _Wrong(Exception):
    """It is no calculation."""


_CalculationToken = Meaning | Fraction | str
"""A string is words that are not known to be a number yet."""


def written_out(text: str) -> str:
    """The text with what is one sign for several written out: "½"."""
    for sign, part in _PARTS.items():
        text = text.replace(sign, f" {part}")
    return text


def calculation(text: str, words: ReckoningWords) -> Sum | None:
    """The calculation that `text` is, whole; None where it is none, or only a number.

    What goes on with the result before it ("times two", "minus five", "double that") has `Leaf.LAST` in it.
    """
    if len(text) > LONGEST or _NO_SUM.fullmatch(text.strip()):
        return None
    try:
        found = _less(_read(written_out(text.casefold()).strip(" ?.="), words))
    except (_Wrong, RecursionError):
        return None
    return None if isinstance(found, (Fraction, Leaf)) else found


def amounts(text: str, words: ReckoningWords) -> tuple[Fraction, ...]:
    """The numbers of a row: "3, 5 and 10"; none where something in it is no number."""
    try:
        return _numbers(_tokens(written_out(text.casefold()).strip(" ?."), words), words)
    except _Wrong:
        return ()


def _read(text: str, words: ReckoningWords) -> Sum:
    """A calculation, or a number alone.

    Raises:
        _Wrong: It is none.
    """
    parts = [part.strip(" ,;") for part in words.then.split(text)]
    sofar: Sum | None = None
    for part in parts if parts[0] else parts[1:]:  # "and then times two"
        found = _ordered(part, words)
        if sofar is None:
            sofar = found
            continue
        found = _less(found)
        if not uses_last(found):
            raise _Wrong
        sofar = _with_last(found, sofar)
    if sofar is None:
        raise _Wrong
    return sofar


def _less(found: Sum) -> Sum:
    """What goes on with a result by "minus five"."""
    if isinstance(found, Term) and found.op is Op.NEGATE and isinstance(found.of[0], Fraction):
        return Term(Op.SUBTRACT, (Leaf.LAST, found.of[0]))
    return found


def _with_last(what: Sum, last: Sum) -> Sum:
    if what is Leaf.LAST:
        return last
    return Term(what.op, tuple(_with_last(one, last) for one in what.of)) if isinstance(what, Term) else what


def _ordered(text: str, words: ReckoningWords) -> Sum:
    for verb in words.by_verb.get(text.partition(" ")[0], ()):
        if text.startswith(f"{verb.first} ") and (found := _by_verb(text, verb, words)) is not None:
            return found
    return _said(text, words)


def _said(text: str, words: ReckoningWords) -> Sum:
    tokens = [token for token in _tokens(text.strip(), words) if token is not Sign.SKIP]
    if not tokens or len(tokens) > MOST_TOKENS:
        raise _Wrong
    return _Parser(tokens, words).whole()


def _by_verb(text: str, verb: Verb, words: ReckoningWords) -> Sum | None:
    if not text.endswith(verb.last):
        return None
    inner = f" {text[len(verb.first) : len(text) - len(verb.last)].strip()} "
    if not verb.joint:
        one = _part(inner, words)
        return None if one is None else Term(verb.op, (one, *verb.more))
    adds = verb.op is Op.ADD and not verb.swapped
    if adds and len(row := amounts(inner, words)) > FEWEST_IN_ROW:
        return Term(Op.SUM, row)
    joint = f" {verb.joint} "
    at = inner.find(joint)
    while at >= 0:
        one, other = _part(inner[:at], words), _part(inner[at + len(joint) - 1 :], words)
        if one is not None and other is not None:
            return Term(verb.op, (other, one) if verb.swapped else (one, other))
        at = inner.find(joint, at + 1)
    return _added_up(inner, verb, words) if adds else None


def _added_up(inner: str, verb: Verb, words: ReckoningWords) -> Sum | None:
    """What more than two numbers make, with the same word between any two of them."""
    parts = [_part(one, words) for one in inner.split(f" {verb.joint} ")]
    if len(parts) < FEWEST_IN_ROW or any(one is None for one in parts):
        return None
    return Term(Op.SUM, tuple(one for one in parts if one is not None))


def _part(text: str, words: ReckoningWords) -> Sum | None:
    try:
        return _said(text, words)
    except _Wrong:
        return None


def _tokens(text: str, words: ReckoningWords) -> list[_CalculationToken]:
    raw = _pieces(text, words)
    tokens: list[_CalculationToken] = []
    at = 0
    while at < len(raw):
        for length in range(min(LONGEST_PHRASE, len(raw) - at), 0, -1):
            meaning = words.by_words.get(tuple(raw[at : at + length]))
            if meaning is not None:
                tokens.append(meaning)
                at += length
                break
        else:
            piece = raw[at]
            tokens.append(_SIGNS.get(piece, piece))
            at += 1
    return tokens


def _pieces(text: str, words: ReckoningWords) -> list[str]:
    """Words, numbers in digits and signs."""
    pieces: list[str] = []
    at = 0
    while at < len(text):
        found = words.piece.match(text, at)
        if found is None:
            raise _Wrong
        if found["s"] and found["s"] not in _SIGNS:
            raise _Wrong
        word = found["n"] or found["w"] or found["s"]
        pieces.append(word)
        at = found.end()
    return pieces


def _numbers(tokens: Sequence[_CalculationToken], words: ReckoningWords) -> tuple[Fraction, ...]:
    """The numbers of a row: parted by commas and words between them, or one behind the other."""
    found: list[Fraction] = []
    run: list[str] = []
    for token in [*tokens, Sign.COMMA]:
        if isinstance(token, str):
            run.append(token)
        elif token is Sign.MINUS:
            run.append("-")
        elif token is Sign.COMMA:
            found += _split(run, words)
            run = []
        elif token is not Sign.SKIP:
            raise _Wrong
    return tuple(found)


def _split(run: Sequence[str], words: ReckoningWords) -> list[Fraction]:
    """The numbers of a run of words: as few as it can be, but more than one where a word for "and" is between."""
    if len(run) > LONGEST_RUN:
        raise _Wrong
    best: list[list[Fraction] | None] = [[]] + [None] * len(run)
    for end in range(1, len(run) + 1):
        if run[end - 1] in words.joints:
            best[end] = best[end - 1]
        for begin in range(max(end - LONGEST_NUMBER, 0), end):
            before = best[begin]
            if before is None or (begin == 0 and end == len(run) and words.joints.intersection(run)):
                continue
            here = best[end]
            if here is not None and len(here) <= len(before) + 1:
                continue
            number = _signed(run[begin:end], words)
            if number is not None and not _is_two(run[begin:end], words):
                best[end] = [*before, number]
    found = best[len(run)]
    if found is None:
        raise _Wrong
    return found


def _is_two(run: Sequence[str], words: ReckoningWords) -> bool:
    """Whether a number is said like a year, and so is two in a row: "twelve fifteen and twenty"."""
    halves = ((_number(run[:at], words), _number(run[at:], words)) for at in range(1, len(run)))
    return any(first in _TWO_FIGURES and second in _TWO_FIGURES for first, second in halves)


def _signed(run: Sequence[str], words: ReckoningWords) -> Fraction | None:
    if run[0] != "-":
        return _number(run, words)
    number = _number(run[1:], words) if len(run) > 1 else None
    return None if number is None else -number


def _number(run: Sequence[str], words: ReckoningWords) -> Fraction | None:
    if len(run) == 1 and words.digits.fullmatch(run[0]):
        return words.plain(run[0])
    return words.number(" ".join(run))


class _Parser:
    """Reads one part of a calculation, by how strongly operations bind."""

    def __init__(self, tokens: Sequence[_CalculationToken], words: ReckoningWords) -> None:
        self._tokens = tokens
        self._words = words
        self._at = 0

    def whole(self) -> Sum:
        """All of it.

        Raises:
            _Wrong: It is no calculation.
        """
        goes_on = isinstance(self._next(), (Infix, Postfix))
        found = self._behind(Leaf.LAST, 1) if goes_on else self._sum(1)
        if self._at < len(self._tokens):
            raise _Wrong
        return found

    def _next(self) -> _CalculationToken | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _sum(self, least: int) -> Sum:
        return self._behind(self._one(), least)

    def _behind(self, left: Sum, least: int) -> Sum:
        """`left` with all behind it that binds at least so strongly."""
        while (token := self._next()) is not None:
            if isinstance(token, Postfix):
                self._at += 1
                left = Term(token.op, (left, *token.more))
                continue
            if token is Sign.TO_THE:
                self._at += 1
                left = Term(Op.POWER, (left, self._power()))
                continue
            op = self._infix(token, left)
            if op is None or _LEVEL[op] < least:
                break
            self._at += 1
            # Powers go from the right: 2^3^2 is 2^9.
            right = self._sum(_LEVEL[op] if op is Op.POWER else _LEVEL[op] + 1)
            left = Term(op, (left, right))
        return left

    @staticmethod
    def _infix(token: _CalculationToken, left: Sum) -> Op | None:
        if isinstance(token, Infix):
            return token.op
        if token is Sign.MINUS:
            return Op.SUBTRACT
        if token is Sign.OF:
            part = isinstance(left, Fraction) and left.denominator != 1
            if not part and not (isinstance(left, Term) and left.op in {Op.PERCENT, Op.DIVIDE}):
                raise _Wrong
            return Op.MULTIPLY
        return None

    def _one(self) -> Sum:
        token = self._next()
        self._at += 1
        if isinstance(token, str):
            return self._run()
        if isinstance(token, Leaf):
            return token
        if token is Sign.MINUS:
            return Term(Op.NEGATE, (self._sum(_UNARY),))
        if token is Sign.OPEN:
            found = self._sum(1)
            if self._next() is not Sign.CLOSE:
                raise _Wrong
            self._at += 1
            return found
        if isinstance(token, Prefix):
            return Term(token.op, (self._sum(_UNARY), *token.more))
        if isinstance(token, NumberRow):
            return self._row(token.op)
        raise _Wrong

    def _run(self) -> Sum:
        """A number in words, with all words that belong to it; or the ordinal of a root."""
        self._at -= 1
        run = self._words_here()
        behind = self._next()
        if behind is Sign.ORDINAL_ROOT or (isinstance(behind, Prefix) and behind.op is Op.ROOT):
            degree = self._words.ordinal(" ".join(run))
            if degree is None or degree < 1:
                raise _Wrong
            self._at += 1
            return Term(Op.ROOT, (self._sum(_UNARY), Fraction(degree)))
        number = _number(run, self._words)
        if number is None:
            raise _Wrong
        return number

    def _words_here(self) -> list[str]:
        run: list[str] = []
        while isinstance(token := self._next(), str):
            run.append(token)
            self._at += 1
        return run[: LONGEST_NUMBER + 1]

    def _power(self) -> Fraction:
        run = self._words_here()
        place = self._words.ordinal(" ".join(run)) if run else None
        if place is not None and place > 0:
            return Fraction(place)
        number = _number(run, self._words) if run else None
        if number is None:
            raise _Wrong
        return number

    def _row(self, op: Op) -> Sum:
        rest = self._tokens[self._at :]
        self._at = len(self._tokens)
        if rest and rest[0] is Sign.OPEN and rest[-1] is Sign.CLOSE:
            rest = rest[1:-1]
        numbers = _numbers(rest, self._words)
        if len(numbers) < FEWEST_IN_ROW:
            raise _Wrong
        return Term(op, numbers)
