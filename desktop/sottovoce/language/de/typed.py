"""German sentences as facts, and German questions as what they want to hear of facts."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from sottovoce.domain.typed import Anniversary, TypedFact, TypedQuestion, Want
from sottovoce.domain.words import word_set, words_of
from sottovoce.language.de import values
from sottovoce.language.de.holders import RELATIONS, in_other_words, same
from sottovoce.language.de.statements import asks, is_command, is_sure, without_lead
from sottovoce.language.de.verbs import INFINITIVES, OF_ER, OF_ICH
from sottovoce.language.de.words import EMPTY_WORDS
from sottovoce.language.hearing.told_values import Corrections, as_age, year_at_end

if TYPE_CHECKING:
    from sottovoce.domain.typed import Path

MOST_HOLDER_WORDS: Final = 6
BORN: Final = "geboren"
CALLED: Final = "heissen"
BE: Final = "sein"
_ANY_TIME: Final = datetime(2000, 1, 1, tzinfo=UTC)
_BIRTHDAY: Final = "geburtstag"
_SELF: Final = ("ich",)
_OWN: Final = re.compile(r"(?:mein|unser|unsr)(?:e|er|es|em|en|s)?")
_GENITIVE: Final = re.compile(r"(?:mein|unser|unsr)(?:er|es)")
_ARTICLES: Final = word_set("der die das den dem des")
_INDEFINITE: Final = word_set("ein eine einen einem einer")
_PARENTS: Final = word_set("mutter vater grossmutter grossvater")
"""Who is the user's where nobody else is named: "Mama", "Opas Geburtstag"."""
_SELVES: Final = word_set("ich mich mir wir uns")
_NOBODY: Final = word_set("es er sie das dies da hier du dich dir man was wer wo alles nichts dein deine wie")
_BEING: Final = "bin|ist|sind|war|waren"
_HAVING: Final = "habe|hab|hat|haben"
_VERB: Final = "|".join(sorted((OF_ICH.keys() | OF_ER.keys() | INFINITIVES) - word_set("mag mögen"), key=len)[::-1])
_NOT: Final = re.compile(r"\b(?:nicht|kein(?:e[nmrs]?)?)\b(?: mehr\b)?")
_WHO: Final = r"(?P<who>.+?)"

_BORN: Final = re.compile(rf"{_WHO} (?:{_BEING}|wurden?) (?:(?P<not>nicht) )?(?P<value>.+) geboren")
_BORN_AT: Final = re.compile(rf"{_WHO} (?:{_BEING}|wurden?) (?:(?P<not>nicht) )?geboren (?P<value>.+)")
_HAS_BIRTHDAY: Final = re.compile(rf"{_WHO} (?:{_HAVING}) (?P<value>.+) geburtstag")
_NAME_IS: Final = re.compile(r"(?:der name (?:von )?(?P<who>.+)|(?P<own>mein|unser) (?:vor)?name) ist (?P<value>\S.*)")
_SINCE_YEAR: Final = re.compile(rf"{_WHO} (?P<verb>{_VERB}|sind) seit (?P<rest>.+)")
_WHEN_DONE: Final = re.compile(
    rf"{_WHO} (?:{_HAVING}|bin|ist|sind) (?P<rest>.+ (?:ge|be|ver|er|an|aus|ein|um)\w+(?:t|en))"
)
_STATES: Final = re.compile(
    rf"(?P<who>(?:(?:der|die|das|mein\w*|unser\w*) \S+|(?!(?:der|die|das|mein\w*|unser\w*) )\S+)(?: \S+)*?)"
    rf" (?P<verb>{_VERB}|sind|waren|beträgt|lautet) (?P<value>.+)"
)

_PAST: Final = r"(?:jetzt|schon|eigentlich|noch|denn|genau|bitte|nochmal|wohl|gerade|nun|etwa|ungefähr)"
_SLACK: Final = re.compile(rf"\b{_PAST}\b ?")
_UNTIL: Final = re.compile(
    r"(?:wie (?:lange?|viel zeit)|wie ?viele (?P<unit>tage|wochen|monate|jahre|nächte))"
    r"(?: (?:ist es|sind es|sind das|dauert es|bleiben|bleibt|habe ich|muss ich warten|übrig|hin))*"
    r" bis(?: zum| zur| zu)? (?P<who>.+)"
)
_WEEKDAY: Final = re.compile(
    r"(?:auf (?:welchen|was für einen)|an (?:welchem|was für einem)|welcher|was für ein) (?:wochentag|tag)"
    r" (?:fällt|liegt|ist|wird|war) (?P<who>.+)|auf was fällt (?P<whom>.+)"
)
_AGE: Final = re.compile(rf"wie alt (?:{_BEING}|werde|wird|werden) (?P<who>.+)|was ist das alter (?:von )?(?P<whom>.+)")
_SINCE: Final = re.compile(
    rf"(?:wie lange?|seit wann|seit wie vielen jahren) (?P<verb>{_VERB}|sind)"
    r" (?P<who>ich|wir|mein\w* \S+|unser\w* \S+|\S+)(?P<rest>(?: .+)?)"
)
_COUNT: Final = re.compile(rf"wie ?viele (?P<what>.+?) (?:{_HAVING}) (?P<who>.+)")
_WHEN_BORN: Final = re.compile(
    rf"wann (?:{_HAVING}) (?P<who>.+) geburtstag|(?:wann|in welchem jahr) (?:{_BEING}|wurden?) (?P<whom>.+) geboren"
    r"|wann ist (?P<whose>.+)"
)
_WHICH: Final = re.compile(rf"(?:welche[rsn]?|was für) (?P<what>\S+) (?P<verb>{_VERB}) (?P<who>.+)")
_HOW: Final = re.compile(
    rf"wie ?(?P<how>gross|hoch|schwer|lang|breit|tief|weit|schnell|teuer|viel)(?: \w+)?"
    rf" (?P<verb>{_BEING}|{_VERB}) (?P<who>.+)"
)
_WHETHER: Final = re.compile(rf"(?P<verb>{_BEING}|{_VERB}) (?P<rest>.+)")
_LEAD: Final = re.compile(r"^(?:(?:und|also|dann|okay|hey) )+")
_WITH: Final = {"tage": "days", "wochen": "weeks", "monate": "months", "jahre": "years", "nächte": "days"}

_CORRECTING: Final = re.compile(
    r"(?:(?:nein|nee|nö|quatsch|falsch|sorry|entschuldigung|moment|warte|halt|stimmt nicht|das stimmt nicht"
    r"|das ist falsch|nicht richtig|eigentlich|vielmehr|korrektur|doch|ich mein(?:t)?e|ich habe gemeint"
    r"|ich wollte sagen|ich sagte|es muss hei(?:ß|ss)en|mein fehler)(?:[,;:. ]+|$))+"
)
_IT_IS: Final = re.compile(
    r"(?:es|das|er|sie|(?:ihr|sein|der) name) (?:hei(?:ß|ss)(?:t|en)|ist|sind|wohnt|lebt|arbeitet|lautet|war)(?: |$)"
)
_NOT_BUT: Final = re.compile(r"nicht .+? sondern (?P<right>.+)")
_NO_VALUE: Final = word_set(
    "ich du er sie es wir ihr das dies dieser was wer wen wem wann wo warum wieso wie danke bitte okay ok doch nicht "
    "nein ja gut schon so egal stopp"
)
_VALUE_IN: Final = re.compile(
    r"(?P<head>\S.*? (?:hei(?:ß|ss)(?:t|e|en)|bin|ist|sind|war|wurde|wohn(?:e|t|en)|leb(?:e|t|en)|arbeit(?:e|et|en)"
    r"|studier(?:e|t|en)|mag|lieb(?:e|t)|hasse|bevorzuge|sprech(?:e|en)|spricht|spiel(?:e|t|en)|fahr(?:e|en)|fährt"
    r"|hab(?:e|en)|hat|esse|isst|trink(?:e|t)|steht|liegt))(?P<adverb>(?: (?:jetzt|gern|gerne|sehr))*) (?P<value>.+?)"
    r"(?P<tail>(?: (?:geboren|jahre alt|geburtstag|verheiratet|allergisch))?)",
    re.IGNORECASE,
)
_PREPOSITION: Final = re.compile(
    r"(?P<prep>(?:in|im|am|an|auf|bei|beim|unter|hinter|neben|vor|für|gegen|aus|von|nach|zum|zur)(?: der| dem)?) ",
    re.IGNORECASE,
)
_AT_A_DAY: Final = word_set("am im")
_ARTICLE_FIRST: Final = re.compile(r"(?:der|die|das|den|dem|ein\w*) ")
_ALONG: Final = re.compile(r"^(?:am|im|in|an|auf|bei|für|aus|nach|seit|mit|zum|zur|zu)(?: de[mnr])? ")
_DAY_OF: Final = re.compile(r"^(?:der|den|dem|die|das) ")
_YEARS: Final = " jahre alt"
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b|\b(?:achtzehn|neunzehn|zwanzig)hundert\w*|\bzweitausend\w*")


def path_of(words: str) -> Path:
    """Whom words name, each in one form, the owner first: "der Geburtstag meiner Oma" as mein, grossmutter, geburtstag.

    () where it is nobody certain.
    """
    plain = words_of(words)
    if plain[:1] and plain[0] in _ARTICLES:
        plain = plain[1:]
    if not 0 < len(plain) <= MOST_HOLDER_WORDS:
        return ()
    for at in range(1, len(plain) - 1):
        if plain[at] == "von":
            return (*path_of(" ".join(plain[at + 1 :])), *(_one_form(word) for word in plain[:at]))
        if _GENITIVE.fullmatch(plain[at]):
            return (*path_of(" ".join(plain[at:])), *(_one_form(word) for word in plain[:at]))
    if len(plain) > 1 and plain[0].endswith("s") and not _OWN.fullmatch(plain[0]):  # "Annas Geburtstag"
        plain[0] = plain[0].removesuffix("s")
    path = tuple(_one_form(word) for word in plain)
    return ("mein", *path) if path[0] in _PARENTS else path


def _one_form(word: str) -> str:
    if word in _SELVES:
        return "ich"
    return "mein" if _OWN.fullmatch(word) else _singular(same(word))


def _singular(word: str) -> str:
    """One form of "Autos" and "Auto"; relatives are known by `same`."""
    return word[:-1] if len(word) > len("auto") and word[-2:] in {"os", "ys", "as"} else word


def fact(text: str) -> TypedFact | None:
    """What a plain statement tells; None where that is not certain, and the whole of it says what was said."""
    plain = " ".join(words_of(text))
    if not plain or asks(text) or is_command(text) or not is_sure(plain):
        return None
    if found := _BORN.fullmatch(plain) or _BORN_AT.fullmatch(plain):
        return _fact(path_of(found["who"]), BORN, found["value"], text, denied=bool(found["not"]))
    if found := _HAS_BIRTHDAY.fullmatch(plain):
        return _fact(belonging(path_of(found["who"]), _BIRTHDAY), BE, found["value"], text)
    if found := _NAME_IS.fullmatch(plain):
        return _fact(path_of(found["who"]) if found["who"] else _SELF, CALLED, found["value"], text)
    if told := _dated(plain, text):
        return told
    found = _STATES.fullmatch(plain)
    return _fact(path_of(found["who"]), _base(found["verb"]), found["value"], text) if found else None


def _dated(plain: str, text: str) -> TypedFact | None:
    """Since when something is so, or when it was done: what was done is the relation, the day is the value."""
    since = _SINCE_YEAR.fullmatch(plain)
    done = None if since else _WHEN_DONE.fullmatch(plain)
    found = since or done
    if found is None:
        return None
    words = found["rest"].split()
    places = [(end, at) for at in range(len(words)) for end in range(len(words), at, -1)]
    for end, at in sorted(places, key=lambda place: place[1] - place[0]):  # the longest that is a day
        value = " ".join(words[at:end])
        if _day_or_year(value):
            verb = [_base(found["verb"])] if since else []
            relation = " ".join((*verb, *words[:at], *words[end:]))
            return _fact(path_of(found["who"]), relation, value, text)
    return None


def _day_or_year(value: str) -> bool:
    bare_value = _ALONG.sub("", value)
    return _year(bare_value) is not None or bool(_YEAR.search(bare_value) and values.moment(bare_value, _ANY_TIME))


def _fact(holder: Path, relation: str, value: str, text: str, *, denied: bool = False) -> TypedFact | None:
    if not holder or holder[0] in _NOBODY or not relation:
        return None
    said, count = _NOT.subn("", value)
    said = " ".join(said.split())
    said = said.removesuffix(" mehr") if count else said
    things = tuple(bare(one) for one in values.things(said))
    if not said or (count and len(things) > 1 and not _NOT.match(value)):
        return None
    several = len(things) > 1
    return TypedFact(
        holder=holder,
        relation=relation,
        value=said,
        values=things if several else (),
        positive=not (denied or count),
        text=text,
    )


def _base(verb: str) -> str:
    if verb in {"sind", "war", "waren"}:
        return BE
    return OF_ICH.get(verb) or OF_ER.get(verb, verb)


def wish(question: str) -> TypedQuestion | None:  # noqa: C901, PLR0911 - a row for each form of question
    """What a question wants to hear; None where its form is not known."""
    plain = _LEAD.sub("", without_lead(" ".join(words_of(question))))
    plain = _SLACK.sub("", f"{plain} ").strip()
    if found := _UNTIL.fullmatch(plain):
        return _wish(Want.UNTIL, found["who"], unit=_WITH.get(found["unit"] or "", ""))
    if found := _WEEKDAY.fullmatch(plain):
        return _wish(Want.WEEKDAY, found["who"] or found["whom"])
    if found := _AGE.fullmatch(plain):
        return _wish(Want.AGE, found["who"] or found["whom"], search="geboren geburtstag jahre alt")
    if found := _COUNT.fullmatch(plain):
        return _wish(Want.COUNT, found["who"], "haben", found["what"])
    if found := _SINCE.fullmatch(plain):
        rest = f"{_base(found['verb'])}{found['rest']}"
        return _wish(Want.SINCE, found["who"], value=rest, search="seit gezogen angefangen geheiratet")
    if found := _WHEN_BORN.fullmatch(plain):
        holder = path_of(found["whose"] or "")
        if found["whose"] and holder[-1:] != (_BIRTHDAY,):
            return None
        who = found["who"] or found["whom"]
        return _wish(Want.VALUE, who, BORN, search="geboren") if who else _born_of(holder, found["whose"])
    if (found := _HOW.fullmatch(plain)) and found["how"]:
        return _wish(Want.VALUE, found["who"], value=found["how"], search=_base(found["verb"]))
    if (found := _WHICH.fullmatch(plain)) and _base(found["verb"]) != "haben":
        return _wish(Want.VALUE, found["who"], _base(found["verb"]), search=found["verb"])
    if found := _WHETHER.fullmatch(plain):
        return _whether(_base(found["verb"]), found["rest"].split(), found["verb"])
    return None


def _born_of(holder: Path, words: str) -> TypedQuestion | None:
    whom = _of_whom(holder)
    return (
        TypedQuestion(want=Want.VALUE, holder=whom, relation=BORN, search=f"{in_other_words(words)} geboren")
        if whom
        else None
    )


def _of_whom(birthday: Path) -> Path:
    """Whose birthday it is."""
    return _SELF if birthday[:-1] == ("mein",) else birthday[:-1]


def _wish(
    want: Want, who: str, relation: str = "", value: str = "", search: str = "", unit: str = ""
) -> TypedQuestion | None:
    holder = path_of(who)
    if not holder or holder[0] in _NOBODY:
        return None
    words = " ".join(f"{in_other_words(who)} {' '.join(holder)} {value} {search}".split())
    return TypedQuestion(want=want, holder=holder, relation=relation, value=value, search=words, unit=unit)


def _whether(verb: str, words: list[str], said: str) -> TypedQuestion | None:
    """As in "bin ich allergisch gegen Nüsse", "spricht mein Bruder Deutsch": whom it is about is one or two words."""
    size = 1 if words[0] in _SELVES else 2 if _OWN.fullmatch(words[0]) else 0
    if not size and verb != BE and words[0].isalpha() and words[0] not in EMPTY_WORDS:
        size = 1  # "hat Anna einen Hund"
    if size == 1 and words[1:2] == [_BIRTHDAY]:
        return None
    if not 0 < size < len(words) or verb in {"mögen", "lieben", "hassen"}:
        return None
    return _wish(Want.WHETHER, " ".join(words[:size]), verb, " ".join(words[size:]), said)


def named(told: TypedFact) -> tuple[str, Path] | None:
    """A name and whose it is; None where it tells no name for certain."""
    if not told.positive or told.values:
        return None
    holder = told.holder
    if told.relation == CALLED and len(told.value.split()) <= 2 and holder[-1] in RELATIONS:  # noqa: PLR2004
        return told.value, holder
    if holder[0] == "mein" and len(holder) == 3 and holder[1] in RELATIONS and _in_order(told):  # noqa: PLR2004
        return holder[2], holder[:2]  # "meine Schwester Anna wohnt in Rom"
    of = path_of(told.value)
    if told.relation == BE and len(holder) == 1 and holder != _SELF and of[:1] == ("mein",) and of[-1] in RELATIONS:
        return holder[0], of
    return None


def _in_order(told: TypedFact) -> bool:
    """Whether a holder's words stand so in the sentence: no "Geburtstag meiner Schwester"."""
    return tuple(_one_form(word) for word in words_of(told.text)[:3]) == told.holder


def renamed(text: str, name: str, path: Path) -> str | None:
    """A text with somebody by the other of two names ("anna" and meine Schwester); None where it has neither."""
    tokens = text.split()
    plain = [" ".join(words_of(token)) for token in tokens]
    forms = [_one_form(word) for word in plain]
    wanted = words_of(name)
    for at in range(len(plain)):
        there = plain[at : at + len(wanted)]
        if there == wanted or there == [*wanted[:-1], f"{wanted[-1]}s"]:
            whose = ("meiner" if there != wanted else "meine", *path[1:])
            return " ".join([*tokens[:at], *whose, *tokens[at + len(wanted) :]])
        if tuple(forms[at : at + len(path)]) == path:
            of = ("von",) if at and _GENITIVE.fullmatch(plain[at]) else ()
            return " ".join([*tokens[:at], *of, name, *tokens[at + len(path) :]])
    return None


def born(told: TypedFact) -> Path | None:
    """Whose birth it tells the day or year of; None where it tells none."""
    if not told.positive:
        return None
    if told.relation == BORN:
        return told.holder
    if told.relation == BE and told.holder[-1] == _BIRTHDAY and len(told.holder) > 1:
        return _of_whom(told.holder)
    return None


def belonging(holder: Path, thing: str) -> Path:
    """Somebody's things: ich and "Brüder" as mein, bruder."""
    return (*(("mein",) if holder == _SELF else holder), *path_of(thing)) if holder else ()


def bare(value: str) -> str:
    """Without the article, or what joins it to the verb; "gegen Nüsse allergisch" is "allergisch gegen Nüsse"."""
    words = words_of(_DAY_OF.sub("", _ALONG.sub("", value.strip())))
    words = [word for word in words if word not in _INDEFINITE]
    return " ".join(sorted(words)) if words and "allergisch" in words else " ".join(words)


_UNITS: Final = {
    **dict.fromkeys(("gross", "lang", "breit", "tief", "weit"), "meter zentimeter cm kilometer millimeter"),
    "schwer": "kilo kilogramm gramm pfund tonnen",
    "teuer": "euro franken cent",
}
_SPACE: Final = "quadratmeter zimmer liter gigabyte leute hektar"


def head_of(value: str) -> str:
    """The thing that a value names, without what is said of it: "zwei Katzen" of "zwei Katzen namens Mog und Tom"."""
    return _SAID_OF_IT.split(value, maxsplit=1)[0]


_SAID_OF_IT: Final = re.compile(r",? (?:namens|die|der|das|in|mit|von|aus)\b")


def measures(told: TypedFact, how: str = "") -> bool:
    """Whether it tells a number of something, and of what `how` asks for: meters of how "groß" one is."""
    units = f"{_UNITS.get(how, '')} {_SPACE if how == 'gross' else ''} {how}".split()
    if how in _UNITS and set(units).isdisjoint(told.value.split()):
        return False
    return any(values.number(word) is not None for word in told.value.split() if word not in _INDEFINITE)


def of_the_same(told: TypedFact, asked: str) -> bool:
    """Whether a fact and what is asked about name one thing: "bin nach Rom gezogen" and "wohne in Rom"."""
    said, of = ({_LIKE.get(word, word) for word in words_of(text)} for text in (told.relation, asked))
    things, asked_of = said - _DOING, of - _DOING
    if things or asked_of:
        return not (things - EMPTY_WORDS).isdisjoint(asked_of - EMPTY_WORDS)
    return not (said - EMPTY_WORDS).isdisjoint(of - EMPTY_WORDS)


_LIKE: Final = {"geheiratet": "verheiratet", "leben": "wohnen"}
_DOING: Final = (
    (INFINITIVES | word_set("gezogen umgezogen angefangen begonnen gekauft bekommen schon")) - word_set("rauchen")
) | EMPTY_WORDS
"""Words that tell what is done; the others tell of what."""


def day_in(told: TypedFact, now: datetime) -> Anniversary | None:
    """The day that a fact names."""
    value = _ALONG.sub("", told.value)
    for said in (told.value, value, f"am {_DAY_OF.sub('', value)}"):
        found = values.moment(said, now)
        if found is not None and found.day:
            return Anniversary(found.at.date(), bool(_YEAR.search(value)))
    return None


def comes_again(told: TypedFact) -> bool:
    """Whether its day comes each year: a birthday, an anniversary."""
    return told.relation == BORN or told.holder[-1].endswith(("geburtstag", "hochzeitstag", "jahrestag", "namenstag"))


def year_in(told: TypedFact) -> int | None:
    """The year at the end of a fact: "ich bin 1984 geboren", "im Mai 2015"."""
    return _year(_ALONG.sub("", told.value))


def _year(text: str) -> int | None:
    return year_at_end(text.removeprefix("jahr "), values.number)


def years_in(told: TypedFact) -> int | None:
    """The age that a fact tells: "ist sieben Jahre alt", "ist sieben"."""
    return as_age(values.number(told.value.removesuffix(_YEARS)))


def is_correction(said: str) -> bool:
    """Whether it puts something in the place of what was said before: "nein, Eva", "ich meinte Hamburg"."""
    return _CORRECTIONS.right(said) is not None


def corrected(former: str, said: str, *, surely: bool = False) -> str | None:
    """What was kept, with what `said` puts in place of its value; None where it has none that fits.

    `surely`: it is known to be meant so, "eva".
    """
    rest, found = _CORRECTIONS.right(said, lead=surely), _VALUE_IN.fullmatch(former)
    if rest is None or found is None:
        return None
    before = _PREPOSITION.match(found["value"])
    if before and not _PREPOSITION.match(rest):
        is_day = before["prep"].lower() in _AT_A_DAY and _ARTICLE_FIRST.match(rest.lower())
        rest = rest if is_day else f"{before[0]}{rest}"
    tail = "" if found["tail"].strip() and rest.lower().endswith(found["tail"].strip()) else found["tail"]
    return f"{found['head']}{found['adverb']} {rest}{tail}"


def _is_more(text: str) -> bool:
    return asks(text) or is_command(text) or fact(text) is not None


_CORRECTIONS: Final = Corrections(
    openings=(_CORRECTING, _IT_IS), instead=_NOT_BUT, no_value=_NO_VALUE, is_more=_is_more
)
