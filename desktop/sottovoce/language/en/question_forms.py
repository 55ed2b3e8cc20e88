"""What a question asks, by the forms of its words: what it wants to hear, and of which things."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.domain.words import word_set, words_of
from sottovoce.language.en.words import key_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet


class AnswerKind(enum.Enum):
    """What a question wants to hear."""

    THING = enum.auto()
    PERSON = enum.auto()
    TIME = enum.auto()
    PLACE = enum.auto()
    REASON = enum.auto()
    AMOUNT = enum.auto()
    WAY = enum.auto()
    TRUTH = enum.auto()


BE = word_set("is are was were be been being")
_DO = word_set("do does did can could may might must should shall will would has have had")
DETERMINERS = word_set("the a an my our your his her their its this that these those all both every each")
PRONOUNS = word_set("i we you he she they it one please always")
PREPOSITIONS = word_set(
    "about above across after against along around at before behind below beside between by during except for from in "
    "inside into near of off on onto outside over past since through to toward towards under until with without within"
)
_MILD = word_set(
    "use used using take taken keep kept put belong called call named happen exactly actually currently usually"
    " normally again well must please anyway much kind sort"
)
"""Words of a question that no answer need repeat: without them it is about the same."""
_IRREGULAR = {
    form: forms.split()[0]
    for forms in (  # noqa: SIM905 - words read best as words
        "buy bought|lend lent|leave left|feed fed|pay paid|sell sold|give gave given|meet met|make made|get got|go went"
        "|write wrote written|build built|send sent|keep kept|lose lost|find found|hold held|win won|bring brought"
        "|begin began begun|break broke broken|choose chose chosen|eat ate eaten|drive drove driven|fly flew flown"
        "|grow grew grown|hide hid hidden|know knew known|see saw seen|sing sang sung|sleep slept|speak spoke spoken"
        "|spend spent|stand stood|steal stole stolen|take took taken|teach taught|think thought|throw threw thrown"
        "|wear wore worn|sit sat|swim swam swum|ride rode ridden|draw drew drawn|hang hung|come came|tell told|do did"
    ).split("|")
    for form in forms.split()
}

_MY_FILES = r"(?:my|our) (?:\w+ )?(?:files?|documents?|notes?|notebook|diary|journal|pdfs?|papers)\b"
_PLEASE = r"(?:please |can you |could you )*"
_OF_FILES = re.compile(
    rf"(?:according to|based on|from what) .*?{_MY_FILES}"
    rf"|(?:what|who|when|where|which|do|does) .*?{_MY_FILES}(?: [\w.-]+)? (?:say|says|said|tell|tells|mention|mentions"
    r"|state|states|contain|contains|list|lists)\b"
    rf"|{_PLEASE}(?:quote|read|recite|cite|summari[sz]e|sum up|search) (?:me |out |from |through )*{_MY_FILES}"
    rf"|{_PLEASE}(?:what|who|when|where|which|is there|find|look|read)\b(?:(?! (?:should|keep|store|save|put) ).)*? "
    rf"(?:in|from|through) {_MY_FILES}"
)
_NUMERAL = (
    r"(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty"
    r"|half|dozen|hundred|thousand)"
)
_UNIT = r"(?:seconds?|minutes?|hours?|nights?|days?|weeks?|months?|years?|decades?)"
TIMES = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:january|february|april|june|july|august|september|october"
    r"|november|december|spring|summer|autumn|winter|mornings?|noon|midday|midnight|afternoons?|evenings?|nights?"
    r"|tomorrow|tonight|today|yesterday|daily|weekly|monthly|yearly|annually|christmas|easter)\b"
    r"|\b(?:in|by|of|since|until|mid|early|late|from|to|end of|every|last|next|this|on|and) (?:march|may)\b"
    r"|\b(?:march|may) \d|\b\d{1,2}(?:st|nd|rd|th)?\.? (?:of )?(?:march|may)\b"
    r"|\b\d{1,2}:\d\d\b|\b\d{1,2}(?:\.\d\d)? ?(?:am|pm|o'clock)\b|\b(?:19|20)\d\d\b(?!\.\d)|\b\d{1,2}(?:st|nd|rd|th)\b"
    r"|\b\d{1,2}\.\d{1,2}\.|\b\d{4}-\d\d-\d\d\b"
    rf"|\b(?:at|from|until|till|before|after|around|by) {_NUMERAL}(?= *(?:$|[.,;)]|(?:in|on|to|until|and|each|every)\b)"
    r")"
    rf"|\b(?:after|before|until|whenever|when|once|as soon as|while)\b(?! {_NUMERAL})"
    rf"|\b(?:within|in|every|for the next|after|before|each|last|next|first|second|third|\w+th)"
    rf" (?:{_NUMERAL} )?{_UNIT}\b"
    rf"|\b{_NUMERAL} {_UNIT} (?:ago|later|earlier|before|after)\b"
)
_LENGTHS = r"(?:metres?|meters?|centimetres?|kilometres?|cm|km|mm|m|miles?|feet|foot|inch(?:es)?)"
_LENGTH = re.compile(rf"\b{_NUMERAL} ?{_LENGTHS}\b")
_DURATION = re.compile(
    rf"\b(?:{_NUMERAL}|an?|several|few|couple of|whole|all) (?:and a half )?(?:{_UNIT}|{_LENGTHS})\b"
    r"|\b(?:until|overnight|forever)\b|\bfrom .*\bto\b"
)
_AGE = re.compile(rf"\b{_NUMERAL} {_UNIT}(?! ago)\b|\bborn\b")
_SIZE = re.compile(rf"\b{_NUMERAL} ?(?:{_LENGTHS}|square|acres?|hectares?|lit(?:re|er)s?|gigabytes?|gb|people|seats)\b")
_WEIGHT = re.compile(rf"\b{_NUMERAL} ?(?:kg|g|kilos?|kilograms?|grams?|tons?|tonnes?|pounds?)\b")
_SPEED = re.compile(rf"\b{_NUMERAL} ?(?:km/h|mph|knots|kilometres|miles|megabits?)\b")
_FREQUENCY = re.compile(
    rf"\b(?:every|each|once|twice|times|daily|weekly|monthly|yearly|never|always)\b|\ban? {_UNIT}\b"
)
NUMBER = re.compile(rf"\b{_NUMERAL}\b|\bno(?:ne)?\b")
MONEY = re.compile(r"[€$£]|\b(?:euros?|dollars?|pounds?|cents?|francs?|kroner|yen|eur|usd|gbp|chf|free)\b")
_DEGREES = re.compile(r"°|\bdegrees?\b")
_HOW_MUCH = {
    "many": NUMBER,
    "much": NUMBER,
    "long": _DURATION,
    "often": _FREQUENCY,
    "old": _AGE,
    "heavy": _WEIGHT,
    "fast": _SPEED,
}
_HOW_MUCH |= dict.fromkeys(("early", "late", "soon"), TIMES)
_HOW_MUCH |= dict.fromkeys(("hot", "cold", "warm"), _DEGREES)
_HOW_MUCH |= dict.fromkeys(("high", "tall", "far", "wide", "deep", "thick"), _LENGTH)
_HOW_MUCH |= dict.fromkeys(("big", "large", "small"), _SIZE)
_MEASURES = _HOW_MUCH.keys() - {"many", "much", "long", "often"}
_PAYING = word_set("cost costs pay paid spend spent owe earn earned charge charged")

_OURS = word_set("my our")
_TIME_NOUNS = word_set("time day date month year week weekday")
_WH = {
    "what": AnswerKind.THING,
    "which": AnswerKind.THING,
    "who": AnswerKind.PERSON,
    "whom": AnswerKind.PERSON,
    "when": AnswerKind.TIME,
    "where": AnswerKind.PLACE,
    "why": AnswerKind.REASON,
}
_LEAD = re.compile(
    r"(?:(?:and|so|please|hey|okay|ok) )*(?:(?:(?:do|did|can|could|would|will) you )?(?:please )?"
    r"(?:know|remember|tell me|remind me)(?: again)? )?(?:(?:at|in|on|for|to|from|with|of|by) )?"
)
_TOLD = re.compile(r"\b(?:know|remember|me)\b")
_TOKEN = re.compile(r"[^\W_]+(?:['’.,:/+\-]+[^\W_]+)*|[:;,=–—→()\"?]|[€$£°%]")


def _stems(word: str) -> frozenset[str]:
    """What a word may be a form of: "planned" of "plan", "baking" of "bake"; "baker" is a word of its own."""
    word = _IRREGULAR.get(word, word)
    found = {word}
    for ending in ("ed", "ing", "ion"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= (5 if ending == "ion" else 3):
            found |= {stem, f"{stem}e"}
            if stem[-1] == stem[-2]:
                found.add(stem[:-1])
            if stem.endswith("i"):
                found.add(f"{stem[:-1]}y")
    if word.endswith("ie"):  # `key_words` turns "lies" into "ly" and "shoes" into "sho"
        found.add(f"{word[:-2]}y")
    elif word.endswith(("oe", "che", "she", "xe", "sse", "ze")):
        found.add(word[:-1])
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark of a sentence."""

    text: str
    word: str
    """Casefolded."""
    stems: frozenset[str]

    @property
    def owner(self) -> bool:
        """Whether it stands in the genitive."""
        return self.word.endswith(("'s", "’s", "s'"))


def tokens_of(text: str) -> tuple[Token, ...]:
    """The words and marks of a text, in their order."""
    found = []
    for match in _TOKEN.finditer(text):
        word = match[0].casefold()
        stems = frozenset(stem for key in key_words(word) for stem in _stems(key))
        found.append(Token(match[0], word, stems))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionForm:
    """What is asked, by the words of the question."""

    wants: AnswerKind
    words: frozenset[str]
    """All of them: what the question says already is no answer to it."""
    noun: Sequence[Token] = ()
    """What "which", "what" or "how many" asks among."""
    body: Sequence[Token] = ()
    """What stands behind that and behind "is" or "does"."""
    being: bool = False
    """Whether it asks with "is" alone: what something is, or who, where, when."""
    verb: str = ""
    """The "is", "does" or the like that it asks with; empty if it has none."""
    amount: re.Pattern[str] = NUMBER
    measure: str = ""
    """The "old" or "high" of how old or high something is."""

    @property
    def doing(self) -> bool:
        """Whether it asks with "does" or the like, so that its subject comes before its verb."""
        return self.verb in _DO

    @property
    def needed(self) -> tuple[Token, ...]:
        """The words an answer must repeat, in their order."""
        return naming((*self.noun, *self.body))

    @property
    def core(self) -> tuple[Token, ...]:
        """The subject and what follows it up to the first preposition."""
        return naming(up_to_preposition(self.body))

    def names(self, there: AbstractSet[str]) -> int:
        """How many of its words name something, if the answer has these: the mild ones only if it repeats them."""
        # So "our landlady" is one that is meant, and "how old" tells what is said of her.
        repeated = {self.measure, *(token.word for token in self.body if token.stems)} - {t.word for t in self.needed}
        return len(self.needed) + bool(_OURS & self.words & there) + bool(self.being and repeated & there)

    def fresh(self, tokens: Iterable[Token]) -> list[Token]:
        """What the question did not say."""
        said = frozenset(stem for token in self.needed for stem in token.stems)
        return [token for token in tokens if token.word not in self.words and not token.stems & said]


def naming(tokens: Iterable[Token]) -> tuple[Token, ...]:
    """Those that name something."""
    return tuple(token for token in tokens if token.stems and token.word not in _MILD)


def up_to_preposition(tokens: Sequence[Token]) -> Sequence[Token]:
    """What stands before the first preposition, "the boss" of "the boss of Anna"."""
    end = next((at for at, token in enumerate(tokens) if token.word in PREPOSITIONS), len(tokens))
    return tokens[:end]


def asked(question: str) -> QuestionForm | None:
    """The parts of a question; None if it is none, or asks for more than a sentence can tell."""
    text = re.sub(r"\b(what|who|where|when|how)'s\b", r"\1 is", " ".join(words_of(question)))
    asked_for = _LEAD.sub("", text, count=1)
    told = bool(_TOLD.search(text.removesuffix(asked_for)))
    first, *rest = asked_for.split() or [""]
    words = frozenset(text.split())
    if first == "how" and rest:
        return _how(words, rest)
    if first in _WH:
        return _which(words, first, rest, told=told)
    if told:
        # "tell me a joke" asks for no certain one
        definite = (first in DETERMINERS and first not in {"a", "an"}) or first.endswith("'s")
        return (
            QuestionForm(wants=AnswerKind.THING, words=words, body=tokens_of(asked_for), being=True)
            if definite
            else None
        )
    if first in BE or first in _DO:
        return QuestionForm(wants=AnswerKind.TRUTH, words=words, body=tokens_of(" ".join(rest)), verb=first)
    return None


def _how(words: frozenset[str], rest: Sequence[str]) -> QuestionForm | None:
    kind, *more = rest
    if kind in _DO or kind == "to":
        return QuestionForm(wants=AnswerKind.WAY, words=words, body=tokens_of(" ".join(more)), verb="do")
    if kind not in _HOW_MUCH:
        return None
    noun, body, verb = _parted(more)
    counted, more_body = _counted(noun if verb else body)
    noun, body = counted, (*more_body, *(body if verb else ()))
    amount = _HOW_MUCH[kind]
    if kind == "much" and ((verb in BE and not noun) or words & _PAYING):
        amount = MONEY
    return QuestionForm(
        wants=AnswerKind.AMOUNT,
        words=words,
        noun=noun,
        body=body,
        being=verb in BE and not noun and kind not in {"long", "often"},
        verb=verb,
        amount=amount,
        measure=kind if kind in _MEASURES else "",
    )


def _which(words: frozenset[str], first: str, rest: Sequence[str], *, told: bool) -> QuestionForm:
    wants = _WH[first]
    noun, body, verb = _parted(rest)
    if wants is not AnswerKind.THING or (told and not body):
        noun, body = (), (*noun, *body)
    amount = NUMBER
    if noun and noun[-1].word in _TIME_NOUNS:
        noun, wants = (), AnswerKind.TIME
    elif noun and noun[-1].word == "temperature":
        noun, wants, amount = (), AnswerKind.AMOUNT, _DEGREES
    return QuestionForm(
        wants=wants,
        words=words,
        noun=noun,
        body=body,
        verb=verb,
        being=verb in BE and not noun and bool(body) and body[-1].word not in PREPOSITIONS,
        amount=amount,
    )


def _counted(tokens: Sequence[Token]) -> tuple[Sequence[Token], Sequence[Token]]:
    """What is counted, and the rest: "tablets" and "a day"."""
    end = next((at for at, token in enumerate(tokens) if token.word in PREPOSITIONS | DETERMINERS), len(tokens))
    return tokens[:end], tokens[end:]


def _parted(words: Sequence[str]) -> tuple[Sequence[Token], Sequence[Token], str]:
    """What stands before the first "is", "does" or the like, what behind it, and that word; "" if there is none."""
    at = next((at for at, word in enumerate(words) if word in BE or word in _DO), None)
    if at is None:
        return (), tokens_of(" ".join(words)), ""
    return tokens_of(" ".join(words[:at])), tokens_of(" ".join(words[at + 1 :])), words[at]


def asks_of_files(question: str) -> bool:
    """Whether it wants to hear what stands in the user's files: only who has read them can tell."""
    return bool(_OF_FILES.match(" ".join(words_of(question))))
