"""Things that are named one after the other: "Milch, Eier und Brot"."""

from __future__ import annotations

from typing import Final

from sottovoce.language.hearing import things as shared

_PAIRS: Final = frozenset(
    {
        *("salz und pfeffer", "essig und öl", "brot und butter", "himmel und erde", "messer und gabel", "h und m"),
        *("gin und tonic", "nadel und faden", "wasser und seife", "currywurst und pommes", "erbsen und möhren"),
        *("fisch und chips", "stift und papier"),
    }
)
_ALONE: Final = frozenset(
    {
        *("milch", "eier", "brot", "butter", "käse", "zucker", "mehl", "reis", "nudeln", "kaffee", "tee", "bier"),
        *("wein", "salz", "pfeffer", "joghurt", "schinken", "speck", "wurst", "honig", "marmelade", "knoblauch"),
        *("bananen", "äpfel", "orangen", "zitronen", "birnen", "trauben", "erdbeeren", "tomaten", "kartoffeln"),
        *("zwiebeln", "möhren", "karotten", "gurken", "pilze", "salat", "spinat", "brokkoli", "müsli", "spaghetti"),
        *("kekse", "chips", "batterien", "shampoo", "zahnpasta", "seife", "windeln", "kerzen", "servietten", "sahne"),
        *("quark", "öl", "essig", "paprika", "bohnen", "wasser", "saft", "brötchen", "klopapier", "toilettenpapier"),
        *("tomaten saft", "kartoffeln salat", "nudeln salat", "gurken salat", "käse brot", "butter brot", "milch reis"),
        *(
            "bananen saft",
            "zwiebeln salat",
            "wurst brot",
            "wurst salat",
            "bohnen salat",
            "gurken wasser",
            "milch kaffee",
        ),
        *("käse brötchen", "milch brötchen", "butter kekse", "kaffee bohnen", "kaffee sahne", "paprika chips"),
        *(
            "zitronen saft",
            "orangen saft",
            "trauben saft",
            "tomaten salat",
            "möhren saft",
            "karotten saft",
            "reis salat",
        ),
        *("sahne quark", "honig milch", "mehl öl", "müsli joghurt", "erdbeeren quark", "erdbeeren joghurt"),
    }
)
_ARTICLES: Final = frozenset(
    {"ein", "eine", "einen", "der", "die", "das", "den", "noch", "auch", "etwas", "und", "bitte"}
)


def things(text: str) -> tuple[str, ...]:
    """Each of them, without its article; one may hold "und" by itself."""
    return shared.things(text, joining="und", pairs=_PAIRS, alone=_ALONE, articles=_ARTICLES)
