"""Whose something is, as German says it: "der Chef meiner Frau" is not "mein Chef"."""

from __future__ import annotations

import re

from sottovoce.domain.holders import Holder
from sottovoce.domain.words import word_set, words_of
from sottovoce.language.de.verbs import FINITE
from sottovoce.language.de.words import EMPTY_WORDS

_SAME = {
    **dict.fromkeys(("mama", "mami", "mutti", "mum", "mütter"), "mutter"),
    **dict.fromkeys(("papa", "papi", "vati", "paps", "vaters", "väter"), "vater"),
    **dict.fromkeys(("oma", "omi", "großmutter", "omas"), "grossmutter"),
    **dict.fromkeys(("opa", "opi", "opas", "grossvaters"), "grossvater"),
    **dict.fromkeys(("bruders", "brüder", "brüdern"), "bruder"),
    **dict.fromkeys(("schwestern",), "schwester"),
    **dict.fromkeys(("sohnes", "sohns", "söhne", "söhnen", "sohne"), "sohn"),
    **dict.fromkeys(("töchter", "töchtern"), "tochter"),
    **dict.fromkeys(("mannes", "manns", "ehemann", "ehemannes", "ehemanns"), "mann"),
    **dict.fromkeys(("ehefrau", "gattin"), "frau"),
    **dict.fromkeys(("freundes", "freunds", "freunde", "freunden"), "freund"),
    **dict.fromkeys(("freundinnen",), "freundin"),
    **dict.fromkeys(("chefs",), "chef"),
    **dict.fromkeys(("kollegen",), "kollege"),
    **dict.fromkeys(("kolleginnen",), "kollegin"),
    **dict.fromkeys(("nachbarn",), "nachbar"),
    **dict.fromkeys(("kindes", "kinds", "kinder", "kindern"), "kind"),
    **dict.fromkeys(("hundes", "hunds", "hunde", "hunden"), "hund"),
    **dict.fromkeys(("katzen", "kater", "katers"), "katze"),
    **dict.fromkeys(("onkels",), "onkel"),
    **dict.fromkeys(("tanten",), "tante"),
    **dict.fromkeys(("cousins", "vetter"), "cousin"),
    **dict.fromkeys(("kusine", "cousinen"), "cousine"),
    **dict.fromkeys(("arztes", "ärzte"), "arzt"),
    **dict.fromkeys(("lehrers",), "lehrer"),
    **dict.fromkeys(("vermieters",), "vermieter"),
    **dict.fromkeys(("neffen",), "neffe"),
    **dict.fromkeys(("enkels",), "enkel"),
    **dict.fromkeys(("partners",), "partner"),
}
"""Other words and other cases of a relative."""
RELATIONS = frozenset(_SAME.values()) | word_set(
    "ärztin anwalt anwältin babysitter babysitterin baby bekannter bekannte chefin enkelin eltern exfrau exmann "
    "exfreund exfreundin familie firma frau freund geschwister grosseltern halbbruder halbschwester hausarzt "
    "hausärztin lehrerin mitbewohner mitbewohnerin nachbarin nichte partnerin pate patin patenkind schwager "
    "schwägerin schwiegermutter schwiegervater schwiegereltern schwiegersohn schwiegertochter stiefmutter "
    "stiefvater stiefbruder stiefschwester stiefsohn stieftochter team therapeut therapeutin tochter trainer "
    "trainerin urgrossmutter urgrossvater verlobte verlobter vermieterin vorgesetzter vorgesetzte zahnarzt "
    "zahnärztin zwilling zwillingsbruder zwillingsschwester pferd hamster papagei kaninchen wellensittich hündin "
    "mitarbeiter mitarbeiterin assistent assistentin putzfrau steuerberater friseur friseurin kumpel kumpels "
    "jungs mädchen"
)
"""Who may have something, or be somebody's."""
_APART = word_set(
    "ex früher ehemalig verstorben tot erst zweit dritt alt vorig letzt nächst ander künftig zukünftig vorherig ehem"
)
"""Adjectives without their endings that make another one of somebody: "mein alter Chef" is not "mein Chef"."""
_OWN = re.compile(r"(?:mein|unser)(?:e|er|es|em|en)?|unsre[rsmn]?|unsern|unserm")
_OWNERS = re.compile(r"(?:mein|unser)(?:er|es)|unsrer|unsres")
"""In the genitive behind what somebody has; "meiner" is the dative, too."""
SELF = word_set("ich mich mir wir uns")
"""Words by which the user speaks of himself."""
_ADDRESSED = re.compile(r"du|dich|dir|dein(?:e|er|es|em|en)?")
"""The assistant, in the user's mouth."""
_ARTICLES = word_set("der die das den dem des ein eine einen einem eines einer")
_ENDING = re.compile(r"(?<=...)(?:en|er|es|em|e)$")
_ENDS = (
    (EMPTY_WORDS | FINITE | word_set(
        "geboren krank gesund wieder immer nie jetzt heute morgen gestern montag dienstag mittwoch donnerstag "
        "freitag samstag sonntag vorname nachname namens rot blau grün schwarz weiss gross klein nett lieb "
        "allergisch geburtstag"
    )) - {"kinder"}
)  # fmt: skip
"""Words at which what somebody has ends."""
_NO_NOUNS = (
    FINITE
    | SELF
    | word_set(
        "an auf aus bei mit nach von vor zu in für gegen ohne um über unter neben zwischen hinter und oder aber "
        "dass wie was wann wo nicht auch heute morgen gestern sehr gern gerne"
    )
)
"""Behind these, "meiner" is no genitive: "ich gebe meiner Schwester"."""


def same(word: str) -> str:
    """One word for each relative, whatever the case and whatever they are called."""
    return _SAME.get(word, word)


def in_other_words(text: str) -> str:
    """A text with all that somebody named in it may be called: who asks for his mother may have said "Mama"."""
    meant = {same(word) for word in words_of(text)} & set(_SAME.values())
    return " ".join((text, *sorted(meant), *(word for word, person in _SAME.items() if person in meant)))


def holder_of(text: str) -> Holder:
    """Whom a statement, a question or a topic is about first."""
    tokens = _tokens(text)
    for place, word in enumerate(tokens):
        if word in SELF:
            return Holder(own=True)
        if _ADDRESSED.fullmatch(word):
            return Holder((("du",),))
        if _OWN.fullmatch(word) or word in RELATIONS or _names_owner(tokens, place):
            return _run(tokens, place)
        if word in _ARTICLES and (owner := _behind(tokens, place)):
            return _had(tokens, place, owner)
    return Holder()


def holders_in(text: str) -> tuple[Holder, ...]:
    """All whom a statement is about: "meine Schwester hasst Pferde, aber mein Bruder liebt sie" is about two."""
    tokens = _tokens(text)
    others = [
        _run(tokens, place)
        for place, word in enumerate(tokens)
        if place and _OWN.fullmatch(word) and not _is_owner(tokens, place)
    ]
    speaks = [Holder(own=True)] if {"ich", "wir"} & set(tokens) else []
    nobodys = [Holder()] if _NOBODYS.match(" ".join(tokens)) else []
    return (holder_of(text), *others, *speaks, *nobodys)


_NOBODYS = re.compile(
    r"(?:der|die|das|ein|eine|dieser|diese|dieses) (?:(?!von |mein|unser|dein)\S+ ){1,4}"
    r"(?:ist|sind|war|waren|hat|haben)\b"
)
"""Begins a sentence about a thing, whoever else is named in it: "das Rezept ist in Omas Buch"."""


def _tokens(text: str) -> list[str]:
    return [same(word) for word in words_of(text)]


def _is_owner(tokens: list[str], place: int) -> bool:
    """Whether "meiner" here tells whose the thing before it is: "der Chef meiner Frau", "der Chef von meiner Frau"."""
    before = tokens[place - 1]
    if before == "von":
        return place > 1 and tokens[place - 2] not in _NO_NOUNS
    return bool(_OWNERS.fullmatch(tokens[place])) and before not in _NO_NOUNS


def _behind(tokens: list[str], place: int) -> int:
    """Where the owner of what an article begins is named, before any verb; 0 if nowhere."""
    for at in range(place + 2, len(tokens)):
        if tokens[at] in FINITE:
            return 0
        if tokens[at] == "von" and at + 1 < len(tokens):
            return at + 1
        if _OWNERS.fullmatch(tokens[at]) and tokens[at - 1] not in _NO_NOUNS:
            return at
        if tokens[at] in {"des", "der"} and tokens[at + 1 : at + 2] and tokens[at + 1] in RELATIONS:
            return at + 1
    return 0


def _had(tokens: list[str], place: int, owner: int) -> Holder:
    """What somebody else has: its owners, and itself if it is somebody, too."""
    whose = _run(tokens, owner)
    if not whose.path and not whose.own:  # "der Chef von Anna"
        whose = Holder((tuple(tokens[owner : owner + 1]),))
    thing = _named(tokens[place + 1 : owner - (tokens[owner - 1] in {"von", "des", "der"})])
    person = bool(thing) and thing[-1] in RELATIONS
    return Holder((*whose.path, thing) if person else whose.path, own=whose.own, apart=_APART)


def _named(words: list[str]) -> tuple[str, ...]:
    """A noun and what is said of it before, without the endings of adjectives."""
    return (*(_ENDING.sub("", word) for word in words[:-1]), *words[-1:])


def _names_owner(tokens: list[str], place: int) -> bool:
    """Whether it is a name in the genitive before somebody: "Annas Chef"."""
    word, behind = tokens[place], tokens[place + 1 : place + 2]
    return word.endswith("s") and word not in _NO_NOUNS | EMPTY_WORDS and bool(behind) and behind[0] in RELATIONS


def _run(tokens: list[str], place: int) -> Holder:
    """Whoever is named from here on, and whose they are as "von" and the genitive say."""
    own = bool(_OWN.fullmatch(tokens[place]))
    path: list[tuple[str, ...]] = []
    at = place + own
    words: list[str] = []
    while at < len(tokens) and tokens[at] not in _ENDS and not _OWN.fullmatch(tokens[at]):
        if not words and _names_owner(tokens, at):
            path.append((tokens[at].removesuffix("s"),))
        else:
            words.append(tokens[at])
            if tokens[at] in RELATIONS:
                path.append(_named(words))
                break
        at += 1
    behind = at + 1 if path else at
    if owner := _owner_at(tokens, behind):
        whose = Holder(own=True) if tokens[owner] in SELF else _run(tokens, owner)
        path = [*(whose.path or (() if whose.own else ((tokens[owner],),))), *path]
        own = own or whose.own
    return Holder(tuple(path), own=own, apart=_APART)


def _owner_at(tokens: list[str], at: int) -> int:
    """Where the owner of what ends before `at` is named; 0 if it has none."""
    if tokens[at : at + 1] == ["von"] and at + 1 < len(tokens):
        return at + 1
    return at if at < len(tokens) and _OWNERS.fullmatch(tokens[at]) else 0
