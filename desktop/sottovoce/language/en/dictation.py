"""What English calls the signs and orders of dictation: the port `Dictating`."""

from __future__ import annotations

from typing import Final

from sottovoce.domain.dictation import Joint, Order, SpokenSign
from sottovoce.language.en.grammar import DAYS, MONTHS
from sottovoce.language.en.values import number

__all__ = ["ALONE", "CAPITALS", "MARKS", "NUMBER_WORDS", "ORDERS", "POINT", "number"]

_STOP: Final = SpokenSign(".", ends=True)
_NEW_LINE: Final = SpokenSign("\n", Joint.BETWEEN, ends=True)
_PARAGRAPH: Final = SpokenSign("\n\n", Joint.BETWEEN, ends=True)
_OPEN_QUOTE: Final = SpokenSign('"', Joint.BEFORE)
_CLOSE_QUOTE: Final = SpokenSign('"')

MARKS: Final = {
    "comma": SpokenSign(","),
    "full stop": _STOP,
    "period": _STOP,
    "question mark": SpokenSign("?", ends=True),
    "exclamation mark": SpokenSign("!", ends=True),
    "exclamation point": SpokenSign("!", ends=True),
    "colon": SpokenSign(":"),
    "semicolon": SpokenSign(";"),
    "semi colon": SpokenSign(";"),
    "ellipsis": SpokenSign("…"),
    "dot dot dot": SpokenSign("…"),
    "dash": SpokenSign("–", Joint.APART),
    "em dash": SpokenSign("—", Joint.BETWEEN),
    "hyphen": SpokenSign("-", Joint.BETWEEN),
    "slash": SpokenSign("/", Joint.BETWEEN),
    "forward slash": SpokenSign("/", Joint.BETWEEN),
    "backslash": SpokenSign("\\", Joint.BETWEEN),
    "underscore": SpokenSign("_", Joint.BETWEEN),
    "apostrophe": SpokenSign("'", Joint.BETWEEN),
    "open quote": _OPEN_QUOTE,
    "open quotes": _OPEN_QUOTE,
    "begin quote": _OPEN_QUOTE,
    "close quote": _CLOSE_QUOTE,
    "close quotes": _CLOSE_QUOTE,
    "end quote": _CLOSE_QUOTE,
    "open bracket": SpokenSign("(", Joint.BEFORE),
    "close bracket": SpokenSign(")"),
    "open parenthesis": SpokenSign("(", Joint.BEFORE),
    "close parenthesis": SpokenSign(")"),
    "open square bracket": SpokenSign("[", Joint.BEFORE),
    "close square bracket": SpokenSign("]"),
    "at sign": SpokenSign("@", Joint.BETWEEN),
    "percent sign": SpokenSign("%"),
    "plus sign": SpokenSign("+", Joint.APART),
    "equals sign": SpokenSign("=", Joint.APART),
    "ampersand": SpokenSign("&", Joint.APART),
    "hash sign": SpokenSign("#", Joint.BEFORE),
    "asterisk": SpokenSign("*", Joint.APART),
    "dollar sign": SpokenSign("$", Joint.BEFORE),
    "euro sign": SpokenSign("€"),
    "smiley face": SpokenSign(":-)", Joint.APART),
    "new line": _NEW_LINE,
    "newline": _NEW_LINE,
    "next line": _NEW_LINE,
    "new paragraph": _PARAGRAPH,
    "next paragraph": _PARAGRAPH,
    "tab key": SpokenSign("\t", Joint.BETWEEN),
}
ORDERS: Final = {
    "scratch that": Order.TAKE_BACK,
    "delete that": Order.TAKE_BACK,
    "strike that": Order.TAKE_BACK,
    "undo that": Order.TAKE_BACK,
    "stop dictation": Order.STOP,
    "end dictation": Order.STOP,
    "stop dictating": Order.STOP,
    "finish dictation": Order.STOP,
    "capital": Order.CAPITAL,
    "cap": Order.CAPITAL,
    "capital letter": Order.CAPITAL,
    "all caps": Order.UPPER,
    "caps on": Order.UPPER_ON,
    "all caps on": Order.UPPER_ON,
    "caps off": Order.UPPER_OFF,
    "all caps off": Order.UPPER_OFF,
    "literal": Order.LITERAL,
    "the word": Order.LITERAL,
    "no space": Order.JOIN,
}
ALONE: Final = {
    "undo": Order.TAKE_BACK,
    "stop typing": Order.STOP,
    "dictation off": Order.STOP,
    "that's all": Order.STOP,
    "stop": Order.STOP,
    "cancel dictation": Order.STOP,
}
CAPITALS: Final = {
    **{word: word.capitalize() for word in ("i", "i'm", "i'd", "i'll", "i've", "english", "german", "christmas")},
    **{name.lower(): name for name in (*DAYS, *MONTHS) if name not in {"May", "March"}},
}
POINT: Final = ("point", ".")
NUMBER_WORDS: Final = frozenset({"a", "an", "half", "hundred", "thousand", "million", "oh", "o", "plus"})
