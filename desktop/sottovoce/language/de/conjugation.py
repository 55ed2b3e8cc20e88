"""German verbs that are common in what people say of themselves, from the form of one person to that of another.

"ich fahre" becomes "du fährst", "wir fahren" becomes "ihr fahrt", and "du fährst" becomes "ich fahre". A form that
stands in no table here is of no known verb. All forms are written in lower case, with "ß" or with "ss".
"""

from __future__ import annotations

import re
from typing import Final

from sottovoce.domain.words import word_set

_WEAK: Final = word_set(
    "angeln arbeiten atmen ändern basteln bauen bedeuten benutzen bestellen besuchen bezahlen brauchen buchen "
    "dienen duschen erinnern erklären erzählen fehlen feiern fischen fotografieren freuen fragen frühstücken "
    "fühlen gärtnern gehören gewöhnen glauben gucken haken handeln hassen häkeln heiraten hoffen holen hören "
    "interessieren jagen joggen kaufen kegeln kennenlernen klettern kochen kosten kümmern küssen lachen landen "
    "leben lächeln legen lehren lernen lieben loben machen malen meditieren meinen mieten nähen nutzen öffnen "
    "packen parken passen pflegen planen programmieren putzen rauchen rechnen reden reisen reparieren rudern "
    "sagen sammeln schauen schenken schicken schmecken segeln setzen spielen sparen stellen stricken studieren "
    "suchen surfen tanzen tauchen tauschen teilen telefonieren töpfern trainieren trauen träumen turnen "
    "unterrichten üben verabscheuen verdienen verkaufen vermieten vermissen vermuten versuchen verreisen "
    "vertrauen wandern warten wechseln weigern weinen wohnen wünschen zahlen zeichnen zeigen zelten züchten"
)
_STRONG: Final = (
    "backen backst backte|beginnen beginnst begann|bekommen bekommst bekam|besitzen besitzt besaß|bitten bittest bat"
    "|bleiben bleibst blieb|bevorzugen bevorzugst bevorzugte|brennen brennst brannte|bringen bringst brachte"
    "|denken denkst dachte|empfehlen empfiehlst empfahl|essen isst aß|fahren fährst fuhr|fallen fällst fiel"
    "|fangen fängst fing|finden findest fand|fliegen fliegst flog|frieren frierst fror|geben gibst gab"
    "|gefallen gefällst gefiel|gehen gehst ging|genießen genießt genoss|gewinnen gewinnst gewann|halten hältst hielt"
    "|hängen hängst hing|heißen heißt hieß|helfen hilfst half|kennen kennst kannte|kommen kommst kam|laden lädst lud"
    "|lassen lässt ließ|laufen läufst lief|leiden leidest litt|leihen leihst lieh|lesen liest las|liegen liegst lag"
    "|lügen lügst log|messen misst maß|nehmen nimmst nahm|nennen nennst nannte|raten rätst riet|reiten reitest ritt"
    "|rennen rennst rannte|riechen riechst roch|rufen rufst rief|schlafen schläfst schlief|schlagen schlägst schlug"
    "|schließen schließt schloss|schneiden schneidest schnitt|schreiben schreibst schrieb|schwimmen schwimmst schwamm"
    "|sehen siehst sah|singen singst sang|sitzen sitzt saß|sprechen sprichst sprach|springen springst sprang"
    "|stehen stehst stand|steigen steigst stieg|sterben stirbst starb|streiten streitest stritt|tragen trägst trug"
    "|treffen triffst traf|treiben treibst trieb|treten trittst trat|trinken trinkst trank"
    "|unterhalten unterhältst unterhielt"
    "|verbringen verbringst verbrachte|vergessen vergisst vergaß|verlassen verlässt verließ|verlieren verlierst verlor"
    "|vermeiden vermeidest vermied|verstehen verstehst verstand|versprechen versprichst versprach|wachsen wächst wuchs"
    "|waschen wäschst wusch|werfen wirfst warf|wiegen wiegst wog|ziehen ziehst zog"
)
"""Infinitive, with "du", and the past with "ich"."""
_OWN: Final = (
    "bin bist|habe hast|hab hast|werde wirst|kann kannst|muss musst|will willst|soll sollst|darf darfst|mag magst"
    "|weiß weißt|tue tust|tu tust|war warst|hatte hattest|wurde wurdest|konnte konntest|musste musstest"
    "|wollte wolltest|sollte solltest|durfte durftest|mochte mochtest|wusste wusstest|tat tatest|möchte möchtest"
    "|möcht möchtest|wäre wärst|hätte hättest|würde würdest|könnte könntest|müsste müsstest|dürfte dürftest"
    "|bräuchte bräuchtest|wüsste wüsstest|käme kämst|ginge gingst|fände fändest"
)
"""With "ich" and with "du", where no rule makes them."""
_OWN_PLURAL: Final = (
    "sind seid|haben habt|werden werdet|können könnt|müssen müsst|wollen wollt|sollen sollt|dürfen dürft|mögen mögt"
    "|wissen wisst|tun tut|waren wart|hatten hattet|wurden wurdet|konnten konntet|mussten musstet|wollten wolltet"
    "|sollten solltet|durften durftet|mochten mochtet|wussten wusstet|taten tatet|möchten möchtet|wären wärt"
    "|hätten hättet|würden würdet|könnten könntet|müssten müsstet|dürften dürftet|bräuchten bräuchtet"
)
"""With "wir" and with "ihr"."""
_SEPARABLE: Final = re.compile(
    r"(?:ab|an|auf|aus|bei|ein|fern|fest|fort|frei|heim|her|herum|hin|hoch|kennen|los|mit|nach|raus|rein|rum|runter"
    r"|spazieren|statt|teil|um|vor|vorbei|weg|weiter|wieder|zu|zurück|zusammen)(?=\w{3})"
)
"""What a verb at the end of its clause may be written together with: "weil ich früh aufstehe"."""
_HARD: Final = re.compile(r"(?:[td]|[^aeiouäöülrmnh][mn]|ch[mn])$")
"""What a stem ends in before "est"."""
_HISSING: Final = ("s", "ß", "z", "x")

IN_DOUBT: Final = word_set(
    "angle backe bitte besuche dusche falle feiere fliege frage glaube halte haken lade lache lehre liebe liege male "
    "meine miete nähe packe pflege planke rate rede reise sage sitze sorge spiele stelle suche teile träume trage "
    "weine wünsche tanke tue züchte last verdienst"
)
"""Forms that are other words too, as nouns are where a recogniser writes them in lower case."""
MODAL: Final = word_set(
    "sind haben werden können müssen wollen sollen dürfen mögen würden möchten könnten müssten konnten mussten "
    "wollten sollten durften gehen gingen lieben hassen lassen lernen hatten waren helfen bleiben"
)
"""Verbs with "wir" that another one may belong to, in the form that it has with "wir" as well."""


def _ended(stem: str, end: str) -> str:
    """A stem with "st" or "t" behind it."""
    if _HARD.search(stem):
        return f"{stem}e{end}"
    return f"{stem}t" if stem.endswith(_HISSING) else f"{stem}{end}"


def _rows() -> tuple[dict[str, str], dict[str, str], set[str]]:
    """To the forms with "ich" those with "du", to those with "wir" those with "ihr"; and which are the past."""
    singular: dict[str, str] = {}
    plural: dict[str, str] = {}
    past: set[str] = set()
    for row in [*_STRONG.split("|"), *(f"{verb} - -" for verb in sorted(_WEAK))]:
        infinitive, du, was = row.split()
        stem = infinitive.removesuffix("n") if infinitive.endswith(("eln", "ern")) else infinitive.removesuffix("en")
        du = _ended(stem, "st") if du == "-" else du
        was = f"{_ended(stem, 't') if not stem.endswith(_HISSING) else stem + 't'}e" if was == "-" else was
        presents = {f"{stem}e", stem}
        if infinitive.endswith(("eln", "ern")):
            presents |= {f"{stem[:-2]}{stem[-1]}e"}
        singular |= dict.fromkeys(presents, du)
        plural[infinitive] = _ended(stem, "t")
        singular[was] = (
            f"{was}st" if was.endswith("e") else f"{was}{'est' if was.endswith((*_HISSING, 't', 'd')) else 'st'}"
        )
        plural[f"{was.removesuffix('e')}en"] = (
            _ended(was.removesuffix("e"), "t") if not was.endswith("e") else f"{was}t"
        )
        past.add(was)
    return singular, plural, past


def _both_spellings(forms: dict[str, str]) -> dict[str, str]:
    return {one.replace("ß", "ss"): other.replace("ß", "ss") for one, other in forms.items()} | forms


_SINGULAR, _PLURAL, _PAST = _rows()
OF_ICH: Final = _both_spellings(_SINGULAR | dict(row.split() for row in _OWN.split("|")))
"""To what stands with "ich": what stands with "du"."""
OF_WIR: Final = _both_spellings(_PLURAL | dict(row.split() for row in _OWN_PLURAL.split("|")))
"""To what stands with "wir": what stands with "ihr"."""
_FULL: Final = {ich: du for ich, du in OF_ICH.items() if ich.endswith("e") or ich not in _SINGULAR or ich in _PAST}
OF_DU: Final = {du: ich for ich, du in reversed(_FULL.items())} | {"hast": "habe", "tust": "tue", "möchtest": "möchte"}
"""To what stands with "du": what stands with "ich"."""
_SHARED: Final = word_set(
    "kann muss will soll darf mag weiß weiss war hatte wurde konnte musste wollte sollte durfte mochte wusste tat "
    "möchte wäre hätte würde könnte müsste dürfte bräuchte wüsste käme ginge fände"
) | {form for was in _PAST for form in (was, was.replace("ß", "ss"))}
"""What stands with "ich" and with "er" alike."""
ONLY_ICH: Final = frozenset(
    form for form in OF_ICH if (form.endswith("e") or form == "bin") and form not in _SHARED | IN_DOUBT
)
"""What stands with "ich" alone, and is no other word."""
SHARED: Final = frozenset(_SHARED)
ONLY_DU: Final = frozenset(form for form in OF_DU if form.endswith("st") and form not in OF_WIR.values()) - IN_DOUBT - {
    "isst", "liest", "reist", "misst", "vergisst", "lässt", "verlässt", "passt", "küsst", "hasst", "wächst", "last",
    "verreist",
}  # fmt: skip
"""What stands with "du" alone."""


def turned(verb: str, forms: dict[str, str]) -> str | None:
    """A verb in the other person; None where it is not known.

    Args:
        verb: In lower case.
        forms: `OF_ICH`, `OF_WIR` or `OF_DU`.
    """
    if verb in forms:
        return forms[verb]
    parted = _SEPARABLE.match(verb)
    other = forms.get(verb[parted.end() :]) if parted else None
    return verb[: parted.end()] + other if parted and other else None
