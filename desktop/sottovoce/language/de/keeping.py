"""How lists and notes are named in German."""

from __future__ import annotations

from typing import Final

LATEST: Final = frozenset({"letzte", "letzten", "neueste", "neuesten", "jüngste", "jüngsten", "aktuelle", "aktuellste"})
EVERY: Final = frozenset(
    {"alles", "etwas", "was", "irgendwas", "irgendetwas", "alle sachen", "alle einträge", "noch etwas"}
)
UNNAMED: Final = frozenset({"etwas", "was", "sachen", "ein paar sachen", "noch etwas", "noch was", "einen eintrag"})
POINTED: Final = frozenset({"es", "das", "sie", "ihn", "die", "den", "diese", "dieses", "diesen"})
ALL_OF_THEM: Final = frozenset(
    {"alle", "alles", "sie alle", "alle davon", "jeden", "jede", "allesamt", "alle zusammen"}
)
BOTH: Final = frozenset({"beide", "alle beide", "die beiden", "beide davon", "beide timer", "beide wecker"})
THE_OTHER: Final = frozenset({"andere", "anderen", "der andere", "den anderen", "die andere", "das andere"})
NOTHING: Final = frozenset({"nichts", "gar nichts", "überhaupt nichts", "nichts mehr", "nichts weiter", "nix"})
NO: Final = frozenset({"kein", "keine", "keinen", "keiner", "keinem", "keines", "nicht", "niemals", "nie"})

_SHOPPING: Final = frozenset(
    {"einkaufsliste", "einkaufszettel", "einkauf", "shoppingliste", "einkaufs liste", "shopping"}
)
_TO_DO: Final = frozenset(
    {
        *("to do liste", "to-do-liste", "todo liste", "todoliste", "to do", "to-do", "todos", "to dos", "to-dos"),
        *("aufgaben", "aufgabenliste", "erledigungen", "todo-liste", "to-do liste", "erledigungsliste"),
    }
)
_BUY: Final = frozenset({"kaufen", "einkaufen", "besorgen", "holen"})
_DO: Final = frozenset({"tun", "machen", "erledigen"})
_BEFORE: Final = (
    *("meine ", "meiner ", "meinen ", "meinem ", "die ", "der ", "den ", "dem ", "das ", "unsere ", "unserer "),
    *("unseren ", "eine ", "einen ", "einer ", "neue ", "neuen ", "diese ", "dieser ", "deine ", "ganze ", "ganzen "),
)
_ENDS: Final = ("liste", "zettel")
_NO_NAMES: Final = frozenset(
    {"liste", "zettel", "preisliste", "weinliste", "kontaktliste", "freundesliste", "spielliste"}
)
_MOST_WORDS: Final = 4
"""Of a list's name: more are another sentence."""


def list_named(words: str) -> str | None:
    """See `Keeping.list_named`: a German list says that it is one."""
    name = _plain(words)
    if name in _SHOPPING:
        return "shopping"
    if name in _TO_DO:
        return "to-do"
    *before, last = name.split() or [""]
    if not last.endswith(_ENDS) or name in _NO_NAMES or len(before) >= _MOST_WORDS:
        return None
    if any(word.endswith(_ENDS) for word in before):  # two of them
        return None
    return name


def list_called(words: str) -> str | None:
    """See `Keeping.list_called`."""
    return list_named(words) or _plain(words) or None


def errand(words: str) -> str | None:
    """See `Keeping.errand`."""
    name = _plain(words)
    if name in _BUY | _SHOPPING:
        return "shopping"
    return "to-do" if name in _DO | _TO_DO else None


def _plain(words: str) -> str:
    name = " ".join(words.casefold().split())
    while name.startswith(_BEFORE):
        name = name.partition(" ")[2]
    return name
