"""What English calls the signs and orders of dictation: the port `Dictating`."""

from __future__ import annotations

from typing import Final

from sottovoce.domain.dictation import Joint, Mark, Order
from sottovoce.language.en.grammar import DAYS, MONTHS
from sottovoce.language.en.values import number

__all__ = ["ALONE", "CAPITALS", "MARKS", "NUMBER_WORDS", "ORDERS", "POINT", "number"]

_STOP: Final = Mark(".", ends=True)
_NEW_LINE: Final = Mark("\n", Joint.BETWEEN, ends=True)
_PARAGRAPH: Final = Mark("\n\n", Joint.BETWEEN, ends=True)
_OPEN_QUOTE: Final = Mark('"', Joint.BEFORE)
_CLOSE_QUOTE: Final = Mark('"')

MARKS: Final = {
    "comma": Mark(","),
    "full stop": _STOP,
    "period": _STOP,
    "question mark": Mark("?", ends=True),
    "exclamation mark": Mark("!", ends=True),
    "exclamation point": Mark("!", ends=True),
    "colon": Mark(":"),
    "semicolon": Mark(";"),
    "semi colon": Mark(";"),
    "ellipsis": Mark("…"),
    "dot dot dot": Mark("…"),
    "dash": Mark("–", Joint.APART),
    "em dash": Mark("—", Joint.BETWEEN),
    "hyphen": Mark("-", Joint.BETWEEN),
    "slash": Mark("/", Joint.BETWEEN),
    "forward slash": Mark("/", Joint.BETWEEN),
    "backslash": Mark("\\", Joint.BETWEEN),
    "underscore": Mark("_", Joint.BETWEEN),
    "apostrophe": Mark("'", Joint.BETWEEN),
    "open quote": _OPEN_QUOTE,
    "open quotes": _OPEN_QUOTE,
    "begin quote": _OPEN_QUOTE,
    "close quote": _CLOSE_QUOTE,
    "close quotes": _CLOSE_QUOTE,
    "end quote": _CLOSE_QUOTE,
    "open bracket": Mark("(", Joint.BEFORE),
    "close bracket": Mark(")"),
    "open parenthesis": Mark("(", Joint.BEFORE),
    "close parenthesis": Mark(")"),
    "open square bracket": Mark("[", Joint.BEFORE),
    "close square bracket": Mark("]"),
    "at sign": Mark("@", Joint.BETWEEN),
    "percent sign": Mark("%"),
    "plus sign": Mark("+", Joint.APART),
    "equals sign": Mark("=", Joint.APART),
    "ampersand": Mark("&", Joint.APART),
    "hash sign": Mark("#", Joint.BEFORE),
    "asterisk": Mark("*", Joint.APART),
    "dollar sign": Mark("$", Joint.BEFORE),
    "euro sign": Mark("€"),
    "smiley face": Mark(":-)", Joint.APART),
    "new line": _NEW_LINE,
    "newline": _NEW_LINE,
    "next line": _NEW_LINE,
    "new paragraph": _PARAGRAPH,
    "next paragraph": _PARAGRAPH,
    "tab key": Mark("\t", Joint.BETWEEN),
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
