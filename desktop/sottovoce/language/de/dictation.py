"""What German calls the signs and orders of dictation: the port `Dictating`."""

from __future__ import annotations

from typing import Final

from sottovoce.domain.dictation import Joint, Order, SpokenSign
from sottovoce.language.de.grammar import DAYS, MONTHS
from sottovoce.language.de.values import number

__all__ = ["ALONE", "CAPITALS", "MARKS", "NUMBER_WORDS", "ORDERS", "POINT", "number"]

_NEW_LINE: Final = SpokenSign("\n", Joint.BETWEEN, ends=True)
_PARAGRAPH: Final = SpokenSign("\n\n", Joint.BETWEEN, ends=True)
_OPEN_QUOTE: Final = SpokenSign("„", Joint.BEFORE)
_CLOSE_QUOTE: Final = SpokenSign("“")

MARKS: Final = {
    "komma": SpokenSign(","),
    "beistrich": SpokenSign(","),
    "punkt": SpokenSign(".", ends=True),
    "fragezeichen": SpokenSign("?", ends=True),
    "ausrufezeichen": SpokenSign("!", ends=True),
    "ausrufungszeichen": SpokenSign("!", ends=True),
    "doppelpunkt": SpokenSign(":"),
    "strichpunkt": SpokenSign(";"),
    "semikolon": SpokenSign(";"),
    "drei punkte": SpokenSign("…"),
    "auslassungspunkte": SpokenSign("…"),
    "gedankenstrich": SpokenSign("–", Joint.APART),
    "bindestrich": SpokenSign("-", Joint.BETWEEN),
    "schrägstrich": SpokenSign("/", Joint.BETWEEN),
    "unterstrich": SpokenSign("_", Joint.BETWEEN),
    "apostroph": SpokenSign("’", Joint.BETWEEN),
    "anführungszeichen auf": _OPEN_QUOTE,
    "anführungszeichen unten": _OPEN_QUOTE,
    "anführungszeichen öffnen": _OPEN_QUOTE,
    "anführungszeichen zu": _CLOSE_QUOTE,
    "anführungszeichen oben": _CLOSE_QUOTE,
    "anführungszeichen schließen": _CLOSE_QUOTE,
    "klammer auf": SpokenSign("(", Joint.BEFORE),
    "klammer zu": SpokenSign(")"),
    "eckige klammer auf": SpokenSign("[", Joint.BEFORE),
    "eckige klammer zu": SpokenSign("]"),
    "klammeraffe": SpokenSign("@", Joint.BETWEEN),
    "at zeichen": SpokenSign("@", Joint.BETWEEN),
    "prozentzeichen": SpokenSign("%", Joint.APART),
    "pluszeichen": SpokenSign("+", Joint.APART),
    "gleichheitszeichen": SpokenSign("=", Joint.APART),
    "und zeichen": SpokenSign("&", Joint.APART),
    "eurozeichen": SpokenSign("€", Joint.APART),
    "neue zeile": _NEW_LINE,
    "nächste zeile": _NEW_LINE,
    "zeilenumbruch": _NEW_LINE,
    "neuer absatz": _PARAGRAPH,
    "nächster absatz": _PARAGRAPH,
    "tabulator": SpokenSign("\t", Joint.BETWEEN),
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
