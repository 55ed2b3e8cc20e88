"""German verbs that are common in what people say of themselves, in the forms that sentences in the present have.

All forms are as `words_of` gives them: casefolded, so that "heißt" is "heisst".
"""

from __future__ import annotations

from typing import Final

from sottovoce.domain.words import word_set

_ROWS: Final = (
    "sein bin ist|haben habe hat|werden werde wird|können kann kann|müssen muss muss|wollen will will|sollen soll soll"
    "|dürfen darf darf|mögen mag mag|wissen weiss weiss|heissen heisse heisst|tun tue tut|essen esse isst"
    "|fahren fahre fährt|fressen fresse frisst|geben gebe gibt|fallen falle fällt|gefallen gefalle gefällt"
    "|halten halte hält|helfen helfe hilft|lassen lasse lässt|laufen laufe läuft|lesen lese liest|nehmen nehme nimmt"
    "|schlafen schlafe schläft|sehen sehe sieht|sprechen spreche spricht|sterben sterbe stirbt|tragen trage trägt"
    "|treffen treffe trifft|treten trete tritt|vergessen vergesse vergisst|waschen wasche wäscht|wachsen wachse wächst"
    "|werfen werfe wirft|backen backe backt|sammeln sammle sammelt|segeln segle segelt|wandern wandere wandert"
    "|klettern klettere klettert|gärtnern gärtnere gärtnert|basteln bastle bastelt|feiern feiere feiert"
    "|angeln angle angelt|rudern rudere rudert|stricken stricke strickt|häkeln häkle häkelt"
)
"""Infinitive, with "ich", with "er"."""
_STRONG: Final = {infinitive: (i, he) for infinitive, i, he in (row.split() for row in _ROWS.split("|"))}
_WEAK: Final = word_set(
    "arbeiten wohnen leben lieben hassen brauchen kaufen verkaufen spielen studieren lernen lehren unterrichten "
    "kochen trinken rauchen singen tanzen schwimmen gehen kommen stehen liegen sitzen hören kennen nennen machen "
    "malen zeichnen schreiben reisen reiten joggen turnen verabscheuen bevorzugen geniessen besitzen fliegen "
    "bleiben bekommen beginnen bringen denken finden glauben hoffen kosten leiten leihen mieten öffnen planen "
    "putzen rechnen reden reparieren sagen schauen schenken schliessen schmecken schneiden suchen teilen "
    "trainieren träumen üben verdienen verstehen vermissen warten wiegen wünschen zahlen zeigen ziehen züchten "
    "gehören parken fehlen leiden nähen fotografieren programmieren meditieren besuchen duschen frühstücken "
    "gucken"
)
_HARD: Final = ("t", "d", "chn", "ffn", "gn")


def _he(infinitive: str) -> str:
    stem = infinitive.removesuffix("en")
    return f"{stem}et" if stem.endswith(_HARD) else f"{stem}t"


_FORMS: Final = _STRONG | {one: (one.removesuffix("n"), _he(one)) for one in _WEAK}
OF_ICH: Final = {i: infinitive for infinitive, (i, _) in _FORMS.items()} | {
    "hab": "haben", "find": "finden", "leb": "leben", "wohn": "wohnen", "heiss": "heissen", "trink": "trinken",
    "lieb": "lieben", "hass": "hassen", "hör": "hören", "spiel": "spielen", "ess": "essen", "arbeit": "arbeiten",
    "brauch": "brauchen", "sammel": "sammeln", "wander": "wandern", "kletter": "klettern",
}  # fmt: skip
"""What stands with "ich", to its infinitive."""
OF_ER: Final = {he: infinitive for infinitive, (_, he) in _FORMS.items()}
"""What stands with "er" or a name, to its infinitive."""
INFINITIVES: Final = frozenset(_FORMS)
FINITE: Final = (
    frozenset(OF_ICH)
    | frozenset(OF_ER)
    | INFINITIVES
    | word_set(
        "sind seid war waren hatte hatten wurde wurden konnte konnten musste wollte sollte durfte mochte möchte "
        "möchten würde würden wäre wären hätte hätten könnte könnten sollten wollten ging kam stand lag blieb "
        "fand gab"
    )
)
"""Forms that can be the one verb of a clause."""
