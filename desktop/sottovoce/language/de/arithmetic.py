"""German words of reckoning."""

from __future__ import annotations

import functools
import re
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from sottovoce.domain.arithmetic import Leaf, Op
from sottovoce.language.reckoning_words import Infix, NumberRow, Postfix, Prefix, ReckoningWords, Sign, Verb

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.language.reckoning_words import Meaning

_PARTS: Final = {"hälfte": Fraction(1, 2)}
_TWO, _THREE = Fraction(2), Fraction(3)
_DIGITS: Final = re.compile(r"\d+ \d+/\d+|\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+[,.]\d+|\d+")
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_THEN: Final = re.compile(
    r"(?:\bund )?\b(?:dann|danach|anschließend|jetzt|nun)\b|^(?:und|okay|ok|also)\b"
    r"|\bund (?=(?:addiere|subtrahiere|multipliziere mit|dividiere durch|teile durch)\b)"
)

_SAME: Final[tuple[tuple[Meaning, str], ...]] = (
    (Infix(Op.ADD), "plus|und dazu|dazu|addiere|addiert mit|addiert zu|vermehrt um"),
    (Sign.MINUS, "minus|weniger|abzüglich|subtrahiere|vermindert um"),
    (Infix(Op.MULTIPLY), "mal|multipliziert mit|multipliziere mit|x"),
    (Infix(Op.DIVIDE), "geteilt durch|durch|dividiert durch|dividiere durch|teile durch"),
    (Infix(Op.REMAINDER), "modulo|mod"),
    (Infix(Op.POWER), "hoch|zur potenz"),
    (Infix(Op.OFF), "rabatt auf|nachlass auf"),
    (Sign.OF, "von|aus|des"),
    (Sign.TO_THE, "in der|zur"),
    (Sign.SKIP, "die|der|das|den|dem|ist|gleich|potenz|zusammen|insgesamt|genau|euro|dollar|zahl|zahlen"),
    (Sign.COMMA, "sowie"),
    (Sign.OPEN, "klammer auf"),
    (Sign.CLOSE, "klammer zu"),
    (Postfix(Op.POWER, (_TWO,)), "quadrat|zum quadrat|im quadrat|quadriert"),
    (Postfix(Op.FACTORIAL), "fakultät"),
    (Postfix(Op.PERCENT), "prozent"),
    (
        Prefix(Op.ROOT, (_TWO,)),
        "wurzel aus|wurzel von|wurzel|quadratwurzel aus|quadratwurzel von|quadratwurzel",
    ),
    (Prefix(Op.ROOT, (_THREE,)), "kubikwurzel aus|kubikwurzel von|dritte wurzel aus|dritte wurzel von"),
    (Prefix(Op.POWER, (_TWO,)), "quadrat von"),
    (Prefix(Op.FACTORIAL), "fakultät von"),
    (Prefix(Op.MULTIPLY, (_TWO,)), "doppelte von|verdopple"),
    (Prefix(Op.MULTIPLY, (_THREE,)), "dreifache von|verdreifache"),
    (Prefix(Op.ABSOLUTE), "betrag von"),
    (Prefix(Op.ROUND), "runde|gerundet"),
    (Prefix(Op.LOGARITHM), "logarithmus von|log von|log"),
    (Prefix(Op.NATURAL), "natürlicher logarithmus von|ln von|ln"),
    (Prefix(Op.SINE), "sinus von|sinus|sin"),
    (Prefix(Op.COSINE), "kosinus von|kosinus|cosinus von|cosinus|cos"),
    (Prefix(Op.TANGENT), "tangens von|tangens|tan"),
    (NumberRow(Op.SUM), "summe von|summe aus"),
    (NumberRow(Op.PRODUCT), "produkt von|produkt aus"),
    (NumberRow(Op.DIFFERENCE), "differenz von|differenz zwischen|unterschied zwischen|differenz aus"),
    (NumberRow(Op.AVERAGE), "durchschnitt von|mittelwert von|mittel von|durchschnitt aus|durchschnitt"),
    (NumberRow(Op.MEDIAN), "median von"),
    (NumberRow(Op.SMALLEST), "kleinste von|minimum von|kleinste zahl von"),
    (NumberRow(Op.LARGEST), "größte von|maximum von|größte zahl von"),
    (NumberRow(Op.DIVISOR), "größte gemeinsame teiler von|größter gemeinsamer teiler von|ggt von"),
    (NumberRow(Op.MULTIPLE), "kleinste gemeinsame vielfache von|kleinstes gemeinsames vielfaches von|kgv von"),
    (Leaf.LAST, "davon|das ergebnis|dem ergebnis|ergebnis|es"),
    (Leaf.PI, "pi"),
)

_VERBS: Final = (
    Verb("addiere", "und", Op.ADD),
    Verb("addiere", "zu", Op.ADD, swapped=True),
    Verb("addiere", "mit", Op.ADD),
    Verb("zähle", "und", Op.ADD, last=" zusammen"),
    Verb("subtrahiere", "von", Op.SUBTRACT, swapped=True),
    Verb("zieh", "von", Op.SUBTRACT, swapped=True, last=" ab"),
    Verb("ziehe", "von", Op.SUBTRACT, swapped=True, last=" ab"),
    Verb("multipliziere", "mit", Op.MULTIPLY),
    Verb("multipliziere", "und", Op.MULTIPLY),
    Verb("dividiere", "durch", Op.DIVIDE),
    Verb("teile", "durch", Op.DIVIDE),
    Verb("teil", "durch", Op.DIVIDE),
    Verb("erhöhe", "um", Op.ADD),
    Verb("vermindere", "um", Op.SUBTRACT),
    Verb("verringere", "um", Op.SUBTRACT),
    Verb("der rest von", "geteilt durch", Op.REMAINDER),
    *(
        Verb(first, "", Op.ROUND, last=f" auf {last}", more=(Fraction(places),))
        for places, lasts in (
            (0, "eine ganze zahl|ganze|die nächste ganze zahl"),
            (1, "eine stelle|eine nachkommastelle|1 stelle|zehntel"),
            (2, "zwei stellen|zwei nachkommastellen|2 stellen|hundertstel|cent"),
            (3, "drei stellen|drei nachkommastellen|3 stellen|tausendstel"),
            (-1, "zehner"),
            (-2, "hunderter"),
            (-3, "tausender"),
        )
        for last in lasts.split("|")
        for first in ("runde", "rund")
    ),
)


def _plain(digits: str) -> Fraction:
    whole, _, part = digits.rpartition(" ")
    if _THOUSANDS.fullmatch(part):
        part = part.replace(".", "")
    return Fraction(part.replace(",", ".")) + (Fraction(whole) if whole else 0)


@functools.cache
def words(number: Callable[[str], Fraction | None], ordinal: Callable[[str], int | None]) -> ReckoningWords:
    """All of them, with what reads numbers."""
    return ReckoningWords(
        phrases={phrase: meaning for meaning, phrases in _SAME for phrase in phrases.split("|")},
        verbs=_VERBS,
        digits=_DIGITS,
        plain=_plain,
        then=_THEN,
        joints=frozenset({"und"}),
        number=lambda text: _PARTS.get(text) or number(text),
        ordinal=ordinal,
    )
