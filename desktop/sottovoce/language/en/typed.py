"""English sentences as facts, and English questions as what they want to hear of facts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sottovoce.domain.typed import Anniversary, TypedFact, TypedQuestion, Want
from sottovoce.domain.words import word_set, words_of
from sottovoce.language.en import values
from sottovoce.language.en.holders import RELATIONS, same
from sottovoce.language.en.statements import NOT, asks, is_command, is_sure
from sottovoce.language.en.words import EMPTY_WORDS
from sottovoce.language.hearing.told_values import Corrections, as_age, year_at_end

if TYPE_CHECKING:
    from datetime import datetime

    from sottovoce.domain.typed import Path

MOST_HOLDER_WORDS: Final = 6
_ONES: Final = {"mine": "my", "our": "my", "we": "i", "we're": "i", "i'm": "i", "us": "i", "me": "i"}
_PLURALS: Final = {"children": "child", "kids": "child", "kid": "child", "wives": "wife", "people": "person"}
_NOT: Final = r"(?P<not>not |never |no longer )?"
_BE: Final = r"(?:is|are|am|was|were)(?P<no>n't)?"
_CALLED: Final = re.compile(rf"(?P<who>.+?)(?:'s| {_BE}) {_NOT}(?:called|named) (?P<value>.+)")
_NAME_IS: Final = re.compile(rf"(?P<who>.+?)(?:'s|s')? names? {_BE} {_NOT}(?P<value>.+)")
_BORN: Final = re.compile(rf"(?P<who>.+?)(?:'s| {_BE}) {_NOT}(?P<verb>born|married) (?:on |in |at )?(?P<value>.+)")
_IS: Final = re.compile(rf"(?P<who>.+?)(?:'m|'re| {_BE}) {_NOT}(?P<value>.+)")
_SHORT_IS: Final = re.compile(rf"(?P<who>.+?)'s {_NOT}(?P<value>.+)")
_DID: Final = re.compile(
    r"(?P<who>i|we|my \S+|[a-z]+) (?:(?:have|has) )?(?P<verb>(?:got|started|began|moved|bought|joined|quit"
    r"|met|opened)(?: \S+)*?) (?:on|in|since) (?P<value>.+)"
)
_HAVE: Final = re.compile(
    r"(?P<who>i|we|(?:my|our) .+?|[a-z]+) (?P<aux>don't |doesn't |do not |does not |never |no longer )?"
    r"(?P<verb>have|has|owns|(?<=i )own|'ve got|have got|has got) (?P<value>.+)"
)
_DO: Final = re.compile(
    r"(?P<who>i|we|(?:my|our) .+?|[a-z]+)"
    r" (?P<aux>don't |doesn't |do not |does not |never |no longer |can't |cannot |can |also )*"
    r"(?P<verb>speaks?|plays?|drives?|rides?|eats?|drinks?|smokes?|wears?|studies|study|likes?|loves?|collects?"
    r"|teach(?:es)?|works?|lives?|weighs?|runs?|takes?|needs?|uses?) (?P<value>.+)"
)
_NOT_WORDS: Final = word_set("don't doesn't do not does never can't cannot no")
_BASES: Final = {"studies": "study", "teaches": "teach", "has": "have", "own": "have", "owns": "have", "got": "have"}
_ARTICLE: Final = re.compile(r"^(?:a|an|the|some|any|my|our) ")
_HAVE_SHORT: Final = re.compile(r"\b(i|we|they)'ve\b")
_TURNS: Final = re.compile(
    r"(?P<who>.+?) (?:turns|is turning|will be|will turn|becomes) (?P<age>[\w -]+?) (?:on|in) (?P<value>.+)"
)
_ALONG: Final = re.compile(r"^(?:in|at|on|for|from|to|with|near|by|as) ")

_UNTIL: Final = re.compile(
    r"(?:how (?:long|much longer|much time|many (?P<unit>days|weeks|months|years))(?: is it| are there| is there"
    r"| are left| left| remain| to go)* (?:until|till|to|before)|(?P<when>when is it)) (?P<who>.+)"
)
_WEEKDAY: Final = re.compile(
    r"(?:on )?(?:what|which) (?:day(?: of the week)?|weekday) (?:is|does|was|will) (?P<who>.+?)(?: fall on"
    r"| be on| on)?"
)
_AGE: Final = re.compile(r"(?:how old|what age) (?:am|is|are|was) (?P<who>.+)|what(?:'s| is) (?P<whose>.+?)(?:'s)? age")
_SINCE: Final = re.compile(
    r"(?:how long|since when|for how long) (?:have|has|had|am|is|are) (?P<who>i|we|(?:my|our) \S+|\S+) (?P<rest>\S.*)"
)
_COUNT: Final = re.compile(
    r"how many (?P<what>[a-z ]+?) (?:do|does|have|has) (?P<who>.+?)(?: (?:have|got|own|have got))"
)
_WHETHER_BE: Final = re.compile(r"(?:am|is|are|was|were) (?P<who>.+)")
_WHETHER_DO: Final = re.compile(
    r"(?:do|does|can|did) (?:(?P<whose>(?:my|our) (?:\S+ ){0,2}?\S+) (?P<does>have|own|speak|play|drive|ride|eat|drink"
    r"|smoke|wear|study|like|love|hate|collect|teach|work|live|weigh|run|take|need|use|know|want|get|go)"
    r"|(?P<who>i|we|(?!my\b|our\b)[a-z]+) (?P<verb>[a-z]+)) (?P<value>.+)"
)
_BIRTHDAY: Final = re.compile(r"when(?:'s| is| was) (?P<who>.+?)(?:'s)? birthday|when (?:was|were) (?P<whom>.+?) born")
_WHICH: Final = re.compile(r"(?:what|which) (?P<what>[a-z]+)s? (?:do|does|can) (?P<who>.+?) (?P<verb>[a-z]+)")
_HOW: Final = re.compile(
    r"how (?P<how>tall|big|large|long|wide|deep|high|heavy|far|much|fast|expensive)(?: [a-z]+)?"
    r" (?:is|are|am|do|does|can) (?P<who>.+?)(?: (?P<verb>weigh|run|cost|walk|drive|ride|swim|have|pay|earn|measure))?"
)
_LEAD: Final = re.compile(r"^(?:(?:and|so|then|do you know|do you remember|can you tell me|tell me|remember) )+")
_ONESELF: Final[dict[Path, Path]] = {("my",): ("i",)}
_MINE: Final[dict[Path, Path]] = {("i",): ("my",)}
_SLACK: Final = word_set("please again now exactly currently there ago already")

_CORRECTING: Final = re.compile(
    r"(?:(?:no|nope|sorry|wait|wrong|that's wrong|that is wrong|not right|that's not right|actually|correction"
    r"|i meant(?: to say)?|i mean|i said|it should be)[,;:. ]+)+"
)
_IT_IS: Final = re.compile(
    r"(?:it|that|he|she|they|its name|his name|her name|their names?|the name)(?:'s|'re| is| are) (?:called |named )?"
)
_NOT_BUT: Final = re.compile(
    r"not .+?(?: but|,? (?:it|he|she|that)(?:'s| is)(?: called| named)?) (?P<right>.+)", re.IGNORECASE
)
_NO_VALUE: Final = word_set(
    "not i you he she we they it that this what who when where why how thanks thank okay late early dark raining "
    "snowing here gone ready busy tired hungry asleep awake true weird fine nice"
)
_VALUE_BEHIND: Final = re.compile(
    r"(?P<head>.+?(?:'s|'m|'re| is| are| am| was| were)(?: (?:called|named))?|i (?:live|work|study|like|love|hate"
    r"|prefer|enjoy|speak|play|drive|have|own|take|eat|drink)|my \S+ (?:lives|works|likes|has|plays)) (?P<value>.+)"
)
_PREPOSITION: Final = re.compile(r"(?P<prep>(?:in|at|on|under|behind|near|for|above|below|inside|beside|from|by)) ")
_YEARS: Final = " years old"
_YEAR: Final = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:eighteen|nineteen|twenty) (?:\w+teen|ten|eleven|twelve|\w+ty|oh)\b|\bthousand\b"
)


def path_of(words: str) -> Path:
    """Whom words name, each in one form: "my sister's age" as my, sister, age; () where it is nobody certain."""
    plain = [word.removesuffix("'s").removesuffix("'") for word in words_of(words)]
    plain = [same(_PLURALS.get(_ONES.get(word, word), _ONES.get(word, word))) for word in plain]
    if plain[:1] == ["the"]:
        plain = plain[1:]
    return tuple(plain) if 0 < len(plain) <= MOST_HOLDER_WORDS else ()


_NO_MORE: Final = re.compile(r" (?:anymore|any more|any longer)$")
_BY_NOW: Final = re.compile(r"(?<=\w) (?:now|again)$")


def _without_end(plain: str) -> str:
    """Without the end that says it was otherwise before: who is "not married anymore" is not married."""
    return (_BY_NOW if NOT.isdisjoint(plain.split()) else _NO_MORE).sub("", plain)


def fact(text: str) -> TypedFact | None:
    """What a plain statement tells; None where that is not certain, and the whole of it says what was said."""
    plain = _without_end(_HAVE_SHORT.sub(r"\1 have", " ".join(words_of(text))))
    if not plain or asks(text) or is_command(text) or not is_sure(plain.replace("no longer ", "")):
        return None
    for form, relation in _FORMS:
        if found := form.fullmatch(plain):
            return _fact(found, relation or _base(found["verb"]), text)
    found = _IS.fullmatch(plain) or _SHORT_IS.fullmatch(plain)
    return _fact(found, "be", text) if found else None


_FORMS: Final = (
    (_CALLED, "be called"),
    (_NAME_IS, "be called"),
    (_BORN, ""),
    (_TURNS, "turn"),
    (_HAVE, "have"),
    (_DO, ""),
    (_DID, ""),
)


def _fact(found: re.Match[str], relation: str, text: str) -> TypedFact | None:
    holder, groups = path_of(found["who"]), found.groupdict()
    if not holder or found["who"] in {"it", "that", "this", "there", "he", "she", "they", "you"}:
        return None
    denied = [groups.get(name) for name in ("not", "no")]
    if (aux := groups.get("aux")) and not _NOT_WORDS.isdisjoint(aux.split()):
        denied.append(aux)
    value = found["value"]
    things = tuple(_bare(one) for one in values.things(value))
    return TypedFact(
        holder=holder,
        relation=relation,
        value=value,
        values=things if len(things) > 1 else (),
        positive=not any(denied),
        text=text,
    )


def _base(verb: str) -> str:
    return _BASES.get(verb) or verb.removesuffix("s")


def _bare(value: str) -> str:
    return _ARTICLE.sub("", value.strip())


def wish(question: str) -> TypedQuestion | None:  # noqa: C901, PLR0911 - a row for each form of question
    """What a question wants to hear; None where its form is not known."""
    plain = " ".join(word for word in words_of(question) if word not in _SLACK)
    plain = _LEAD.sub("", plain)
    if found := _UNTIL.fullmatch(plain):
        return _wish(Want.UNTIL, found["who"], unit=found["unit"] or "")
    if found := _WEEKDAY.fullmatch(plain):
        return _wish(Want.WEEKDAY, found["who"])
    if found := _AGE.fullmatch(plain):
        return _wish(Want.AGE, found["who"] or found["whose"], search="born birthday years old")
    if found := _COUNT.fullmatch(plain):
        return _wish(Want.COUNT, found["who"], "have", found["what"])
    if found := _SINCE.fullmatch(plain):
        return _wish(Want.SINCE, found["who"], value=found["rest"], search="started got since moved")
    if found := _BIRTHDAY.fullmatch(plain):
        return _wish(Want.VALUE, found["who"] or found["whom"], "born", search="born")
    if found := _HOW.fullmatch(plain):
        verb = "" if found["verb"] in _COSTING else _base(found["verb"] or "")
        return _wish(Want.VALUE, found["who"], verb, found["how"], search=found["verb"] or _units(found["how"]))
    if (found := _WHICH.fullmatch(plain)) and found["verb"] not in {"like", "have"}:
        return _wish(Want.VALUE, found["who"], _base(found["verb"]), search=found["verb"])
    if found := _WHETHER_DO.fullmatch(plain):
        who, verb = found["who"] or found["whose"], found["verb"] or found["does"]
        own_taste = verb == "like" and path_of(who) == ("i",)
        return None if own_taste else _wish(Want.WHETHER, who, _base(verb), found["value"], verb)
    if found := _WHETHER_BE.fullmatch(plain):
        return _whether_be(found["who"])
    return None


def _wish(
    want: Want, who: str, relation: str = "", value: str = "", search: str = "", unit: str = ""
) -> TypedQuestion | None:
    holder = path_of(who)
    holder = _ONESELF.get(holder, holder)
    if not holder or holder[0] in {"you", "your", "it", "that", "this", "there"}:
        return None
    return TypedQuestion(
        want=want, holder=holder, relation=relation, value=value, search=f"{who} {value} {search}".strip(), unit=unit
    )


def _whether_be(words: str) -> TypedQuestion | None:
    """As in "am i allergic to nuts", "is my car red": whom it is about ends where it can end."""
    parts = words.split()
    if parts[0] in {"i", "we"}:
        size = 1
    elif parts[0] in {"my", "our"}:
        size = next((at + 1 for at, word in enumerate(parts) if at and word.removesuffix("'s") == word), 0)
    else:
        return None
    if not 0 < size < len(parts):
        return None
    return _wish(Want.WHETHER, " ".join(parts[:size]), "be", " ".join(parts[size:]))


def named(told: TypedFact) -> tuple[str, Path] | None:
    """A name and whose it is; None where it tells no name for certain."""
    if not told.positive or told.values:
        return None
    if told.relation == "be called" and len(told.value.split()) <= 2 and told.holder[-1] in RELATIONS:  # noqa: PLR2004
        return told.value, told.holder
    owners = "'s" in " ".join(words_of(told.text)[: len(told.holder)])
    if told.holder[:1] == ("my",) and len(told.holder) == 3 and told.holder[1] in RELATIONS and not owners:  # noqa: PLR2004
        return told.holder[2], told.holder[:2]  # "my sister anna lives in rome"
    of = path_of(told.value)
    if told.relation == "be" and len(told.holder) == 1 and of[:1] == ("my",) and of[-1] in RELATIONS:
        return told.holder[0], of
    return None


def renamed(text: str, name: str, path: Path) -> str | None:
    """A text with somebody by the other of two names ("anna" and my sister); None where it has neither."""
    tokens = text.split()
    plain = [one[0] if len(one := path_of(token)) == 1 else token for token in tokens]
    wanted = words_of(name)
    for there, instead in ((wanted, " ".join(path)), (list(path), name)):
        for at in range(len(plain) - len(there) + 1):
            if plain[at : at + len(there)] == there:
                end = at + len(there)
                ending = "'s" if tokens[end - 1].endswith("'s") else ""
                return " ".join([*tokens[:at], f"{instead}{ending}", *tokens[end:]])
    return None


def born(told: TypedFact) -> Path | None:
    """Whose birth it tells the day or year of; None where it tells none."""
    if not told.positive:
        return None
    if told.relation in {"born", "turn"}:
        name = named(told)
        return name[1] if name and told.holder[: len(name[1])] == name[1] else told.holder
    if told.relation == "be" and told.holder[-1] == "birthday" and len(told.holder) > 1:
        return _ONESELF.get(told.holder[:-1], told.holder[:-1])
    return None


def belonging(holder: Path, thing: str) -> Path:
    """Somebody's things: i and "brothers" as my, brother."""
    return (*_MINE.get(holder, holder), *path_of(thing))


def bare(value: str) -> str:
    """Without the article, or what joins it to the verb."""
    return _ALONG.sub("", _bare(value))


_COSTING: Final = frozenset({"cost", "measure"})
_UNITS: Final = {
    **dict.fromkeys(
        ("tall", "long", "wide", "deep", "big", "large", "far"),
        "foot feet inches inch metre metres meter meters centimetres centimeters cm kilometres kilometers miles"
        " mile yards",
    ),
    "heavy": "kilos kilo kilograms kilogram grams pounds stone tons ton tonnes",
    "fast": "miles kilometres kilometers",
    "expensive": "pounds euros dollars francs quid",
}
_SPACE: Final = "square acres hectares rooms litres liters gigabytes people"


def _units(how: str) -> str:
    """What the answer to how tall or heavy something is may be counted in."""
    return _UNITS.get(how, "")


def measures(told: TypedFact, how: str = "") -> bool:
    """Whether it tells a number of something, and of what `how` asks for: feet of how "tall" one is."""
    words = told.value.split()
    if not any(values.number(word) is not None for word in words if word not in {"a", "an"}):
        return False
    units = f"{_units(how)} {_SPACE if how in {'big', 'large'} else ''} {how}".split()
    return how not in _UNITS or not set(units).isdisjoint(words)


def head_of(value: str) -> str:
    """The thing that a value names, without what is said of it: "two cats" of "two cats called mog and tiger"."""
    return _SAID_OF_IT.split(value, maxsplit=1)[0]


_SAID_OF_IT: Final = re.compile(r" (?:called|named|in|with|from|at|who|that|on|for)\b")


def of_the_same(told: TypedFact, asked: str) -> bool:
    """Whether a fact and what is asked about name one thing: "started my job" and "had my job"."""
    return not (set(words_of(told.relation)) - EMPTY_WORDS).isdisjoint(words_of(asked))


def day_in(told: TypedFact, now: datetime) -> Anniversary | None:
    """The day that a fact names."""
    value = _ALONG.sub("", told.value)
    found = values.moment(value, now) or values.moment(f"on {value}", now)
    return Anniversary(found.at.date(), bool(_YEAR.search(value))) if found is not None and found.day else None


def comes_again(told: TypedFact) -> bool:
    """Whether its day comes each year: a birthday, an anniversary."""
    return told.relation in {"born", "turn"} or told.holder[-1] in {"birthday", "anniversary"}


def year_in(told: TypedFact) -> int | None:
    """The year at the end of a fact: "i was born in 1984", "we moved here in may 2015"."""
    return year_at_end(_ALONG.sub("", told.value), values.number)


def years_in(told: TypedFact) -> int | None:
    """The age that a fact tells: "is seven years old", "is seven"."""
    return as_age(values.number(told.value.removesuffix(_YEARS)))


def is_correction(said: str) -> bool:
    """Whether it puts something in the place of what was said before: "no, it's eva", "i meant eva"."""
    return _CORRECTIONS.right(said) is not None


def corrected(former: str, said: str, *, surely: bool = False) -> str | None:
    """What was kept, with what `said` puts in place of its value; None where it has none that fits.

    `surely`: it is known to be meant so, "eva".
    """
    rest, head = _CORRECTIONS.right(said, lead=surely), _VALUE_BEHIND.fullmatch(former)
    if rest is None or head is None:
        return None
    value = head["value"]
    if kept := _before_its_like(value, rest):
        return f"{head['head']} {kept} {rest}"
    before = _PREPOSITION.match(value)
    if before and not _PREPOSITION.match(rest):
        rest = f"{before[0]}{rest}"
    if value.endswith(_YEARS) and values.number(rest) is not None:
        rest += _YEARS
    return f"{head['head']} {rest}"


def _before_its_like(value: str, rest: str) -> str:
    """What stands before that which `rest` corrects: "parked on", of "level four" and "level five"; else empty."""
    first, *more = rest.split()
    kept, _, tail = value.partition(f" {first} ")
    alike = first not in EMPTY_WORDS and len(tail.split()) == len(more)
    return kept if tail and alike else ""


def _is_more(text: str) -> bool:
    return asks(text) or is_command(text) or fact(text) is not None


_CORRECTIONS: Final = Corrections(
    openings=(_CORRECTING, _IT_IS), instead=_NOT_BUT, no_value=_NO_VALUE, is_more=_is_more
)
