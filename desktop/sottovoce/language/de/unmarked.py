"""What a question or an order begins with in German that follows a statement without any mark."""

from __future__ import annotations

import re
from typing import Final

from sottovoce.domain.words import word_set
from sottovoce.language.de.verbs import FINITE
from sottovoce.language.unmarked import Unmarked

_IS: Final = (
    r"(?:ist|sind|war|waren|wird|werden|hat|haben|habe|hab|kann|kannst|können|soll|sollen|muss|müssen|darf|geht|gehen|gibt"
    r"|macht|machen|ergibt|fällt|liegt|steht|kommt|bin|bist|hast|wären|wäre|dauert|bleiben|bleibt|fährt|beginnt|endet)"
)
_THING: Final = r"(?:das|es|ich|du|er|sie|wir|man|da|dort|denn|der|die|den|mein\w*|unser\w*)"
_QUESTION: Final = re.compile(
    r"(?:(?:und|also|dann|aber|okay|bitte|sag mal) )*(?:(?:an|auf|in|um|für|bis|zu|mit|von) (?=w))?(?:"
    rf"(?:welche[rsmn]?|wie ?viele?) [\w-]+(?: [\w-]+)? {_IS}\b|was für (?:ein\w* )?[\w-]+ {_IS}\b"
    rf"|wie (?:spät|lange?|oft|weit|alt|hoch|gross|viel|schnell|warm|kalt|schwer) {_IS}\b"
    rf"|(?:was|wann|wo|wie|warum|wieso|woher|wohin|weshalb|wer) {_IS} {_THING}\b"
    r"|(?:kannst|könntest|würdest|willst|weisst|hast|machst|stellst|trägst|erinnerst|weckst|liest|schreibst|merkst|sagst)"
    r" du \w+"
    r"|(?:ist|gibt) es \w+|(?:soll|kann|muss|darf|hab|habe|bin) ich \w+)"
)
_ORDER: Final = re.compile(
    r"(?:(?:also|dann|bitte|jetzt|nun|okay|mal|deshalb|deswegen) )*(?:"
    r"(?:stelle?|starte?|stoppe?|beende|schalte?|drehe?|mache?|spiele?|öffne|rufe?|schreibe?|schicke?|sende|erinnere?"
    r"|wecke?|kaufe?|suche?|zeige?|lies|lösche?|übersetze?|buchstabiere|berechne|rechne|füge?|setze?|lege?|trage?|nimm"
    r"|streiche?|sage?|erzähle?|gib|notiere?|merke?|verschiebe?|plane?|pausiere?|wirf|vergiss|entferne?|speichere?)"
    r" (?:mal |bitte |doch |mir |mich )*(?:mich|mir|das|es|ihn|sie|den|die|dem|der|ein\w*|mein\w*|alle\w*|dir|um|auf|ab"
    r"|für|aus|in|im|vor|an|ins)\b)"
)
_NO_ORDER: Final = re.compile(
    r"\b(?:und|oder|ich|wir|er|sie|es|man|wer|der|die|das|wenn|dass|weil|nicht|zu|ein\w*|mein\w*|im|in|am|an|auf)$"
)
_OPEN: Final = word_set(
    "am an auf aus bei das dass dem den der die ein eine einen für heisse heisst ich im in ist mag mein meine mit oder "
    "sind und unser unsere von war wie zu nicht weiss wusste frage fragte sage sagte so auch nie"
)
_JOINED: Final = word_set("wenn falls ob weil dass damit sobald solange als bevor nachdem während obwohl")
"""Behind their clauses the verb stands before its subject without asking."""
_SUBJECT: Final = word_set("ich wir der die das mein meine unser unsere meiner mir")


def _tells(words: list[str]) -> bool:
    if words[0] not in _SUBJECT or words[-1] in _OPEN or not _JOINED.isdisjoint(words):
        return False
    verb = next((at for at, word in enumerate(words) if at and word in FINITE), None)
    return verb is not None and verb + 1 < len(words)


holds_request: Final = Unmarked(tells=_tells, question=_QUESTION, order=_ORDER, no_order=_NO_ORDER).holds_request
"""See `Statements.holds_request`."""
