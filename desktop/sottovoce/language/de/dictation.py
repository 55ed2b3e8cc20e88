"""What German calls the signs and orders of dictation: the port `Dictating`."""

from __future__ import annotations

from typing import Final

from sottovoce.domain.dictation import Joint, Mark, Order
from sottovoce.language.de.grammar import DAYS, MONTHS
from sottovoce.language.de.values import number

__all__ = ["ALONE", "CAPITALS", "MARKS", "NUMBER_WORDS", "ORDERS", "POINT", "number"]

_NEW_LINE: Final = Mark("\n", Joint.BETWEEN, ends=True)
_PARAGRAPH: Final = Mark("\n\n", Joint.BETWEEN, ends=True)
_OPEN_QUOTE: Final = Mark("„", Joint.BEFORE)
_CLOSE_QUOTE: Final = Mark("“")

MARKS: Final = {
    "komma": Mark(","),
    "beistrich": Mark(","),
    "punkt": Mark(".", ends=True),
    "fragezeichen": Mark("?", ends=True),
    "ausrufezeichen": Mark("!", ends=True),
    "ausrufungszeichen": Mark("!", ends=True),
    "doppelpunkt": Mark(":"),
    "strichpunkt": Mark(";"),
    "semikolon": Mark(";"),
    "drei punkte": Mark("…"),
    "auslassungspunkte": Mark("…"),
    "gedankenstrich": Mark("–", Joint.APART),
    "bindestrich": Mark("-", Joint.BETWEEN),
    "schrägstrich": Mark("/", Joint.BETWEEN),
    "unterstrich": Mark("_", Joint.BETWEEN),
    "apostroph": Mark("’", Joint.BETWEEN),
    "anführungszeichen auf": _OPEN_QUOTE,
    "anführungszeichen unten": _OPEN_QUOTE,
    "anführungszeichen öffnen": _OPEN_QUOTE,
    "anführungszeichen zu": _CLOSE_QUOTE,
    "anführungszeichen oben": _CLOSE_QUOTE,
    "anführungszeichen schließen": _CLOSE_QUOTE,
    "klammer auf": Mark("(", Joint.BEFORE),
    "klammer zu": Mark(")"),
    "eckige klammer auf": Mark("[", Joint.BEFORE),
    "eckige klammer zu": Mark("]"),
    "klammeraffe": Mark("@", Joint.BETWEEN),
    "at zeichen": Mark("@", Joint.BETWEEN),
    "prozentzeichen": Mark("%", Joint.APART),
    "pluszeichen": Mark("+", Joint.APART),
    "gleichheitszeichen": Mark("=", Joint.APART),
    "und zeichen": Mark("&", Joint.APART),
    "eurozeichen": Mark("€", Joint.APART),
    "neue zeile": _NEW_LINE,
    "nächste zeile": _NEW_LINE,
    "zeilenumbruch": _NEW_LINE,
    "neuer absatz": _PARAGRAPH,
    "nächster absatz": _PARAGRAPH,
    "tabulator": Mark("\t", Joint.BETWEEN),
}
ORDERS: Final = {
    "streich das": Order.TAKE_BACK,
    "streiche das": Order.TAKE_BACK,
    "lösch das": Order.TAKE_BACK,
    "lösche das": Order.TAKE_BACK,
    "nimm das zurück": Order.TAKE_BACK,
    "diktat beenden": Order.STOP,
    "beende das diktat": Order.STOP,
    "diktat ende": Order.STOP,
    "ende des diktats": Order.STOP,
    "diktat stopp": Order.STOP,
    "groß": Order.CAPITAL,
    "großes": Order.CAPITAL,
    "großgeschrieben": Order.CAPITAL,
    "in großbuchstaben": Order.UPPER,
    "großbuchstaben an": Order.UPPER_ON,
    "großbuchstaben aus": Order.UPPER_OFF,
    "wörtlich": Order.LITERAL,
    "das wort": Order.LITERAL,
    "ohne leerzeichen": Order.JOIN,
}
ALONE: Final = {
    "rückgängig": Order.TAKE_BACK,
    "zurück": Order.TAKE_BACK,
    "stopp": Order.STOP,
    "stop": Order.STOP,
    "hör auf zu tippen": Order.STOP,
    "das war's": Order.STOP,
}
CAPITALS: Final = {name.lower(): name for name in (*DAYS, *MONTHS)}
POINT: Final = ("komma", ",")
NUMBER_WORDS: Final = frozenset({"ein", "eine", "einen", "einer", "eines", "einem", "halb", "halbe", "plus"})
