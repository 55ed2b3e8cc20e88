"""Somebody who is spoken of and then only pointed at: "my sister's name is carol", "when is her birthday"."""

from __future__ import annotations

import re
from typing import Final

from sottovoce.domain.words import word_set
from sottovoce.language.en.holders import RELATIONS

_ALSO: Final = word_set("mummy mommy daddy granny nan")
_THEIRS: Final = "|".join(sorted(map(re.escape, RELATIONS | _ALSO), key=len, reverse=True))
_NAMED: Final = re.compile(
    rf"\b(?:my|our) (?:[\w-]+ )??(?:{_THEIRS})(?:'s (?:[\w-]+ )??(?:{_THEIRS}))*\b(?!-)", re.IGNORECASE
)
"""Somebody, and somebody of theirs: "my sister", "my older brother", "my sister's husband"."""
_MEN: Final = word_set(
    "boyfriend brother dad father fiance grandfather grandpa grandson husband nephew son stepfather stepson stepbrother"
    " uncle guy man godfather landlord daddy"
)
_WOMEN: Final = word_set(
    "aunt daughter fiancee girlfriend girl granddaughter grandma grandmother landlady mother mum mom niece sister wife"
    " stepmother stepdaughter woman godmother mummy mommy granny nan"
)
_HE: Final = word_set("he he's his him")
_SHE: Final = word_set("she she's her hers")
_THEY: Final = word_set("they they're their them")
_BEGINS: Final = re.compile(
    r"(?:(?:and|so|oh|okay|ok|well|actually|no|yes|um|uh|do you know|tell me|wait|then|but|remember|remember that"
    r"|please remember) )*(?:how|when|when's|what|what's|where|where's|who|who's|which|is|does|did|has|was|are|do|have"
    r"|were|he|he's|his|she|she's|her|they|they're|their)\b",
    re.IGNORECASE,
)
"""A question or a statement; an order may mean anybody: "call her"."""
_WHO: Final = re.compile(
    r"(?:(?:and|so|oh|okay|ok|well|actually|um|do you know|tell me|then|but) )*who(?:'s|se)?\b(?! (?:am i|are you)\b)",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[\w'\N{RIGHT SINGLE QUOTATION MARK}-]+")
_NO_NOUN: Final = word_set(
    "a an the my in on at to for from with by about now today again so too very not called named live lives work works"
    " like likes have has get and or but if when is was born do does"
)
"""Before these "her" is none of "her birthday"."""
_IT_IS: Final = re.compile(
    r"(?:(?:oh|well|okay|ok|so|actually|um|uh) )*(it's|it is|that's|that is|they're|they are) ", re.IGNORECASE
)
_DEGREES: Final = (
    r"(?:(?:so|too|very|really|such|quite|just|all|not|no|a|an|the|pretty|rather|kind of|bit|little|only|totally|nearly"
    r"|almost|getting|always|never|still|more|as|that) )*"
)
_REMARKED: Final = (
    "okay|ok|fine|alright|right|good|great|nice|lovely|bad|sad|sorry|funny|odd|strange|weird|cool|awesome|amazing|awful"
    "|terrible|horrible|perfect|wonderful|shame|pity|secret|private|personal|true|false|wrong|lie|joke|late|early|cold"
    "|hot|warm|dark|raining|snowing|sunny|windy|hard|difficult|easy|complicated|impossible|possible|important"
    "|interesting|boring|silly|stupid|crazy|ridiculous|annoying|helpful|useless|useful|unfortunate|disappointing|fair"
    "|unfair|sure|unclear|obvious|enough|nothing|everything|all|none|use|matter|problem|question|mistake|point|soon|time"
    "|lunchtime|bedtime|dinnertime|done|over|surprise|start"
)
_GOES_ON: Final = (
    "outside|inside|in|out|here|there|to|that|of|for|from|with|on|i|i'll|i'm|i've|you|we|she|he|they|it|then|though"
    "|anyway|now|again|today|thanks|thank|and|but|so|if|because|either|really|actually|isn't|my"
)
_ANYTHING: Final = "it|this|that|me|him|her|us|you|yours?|what|why|how|who|when|where|because|if|been|got|gone|had"
_REMARK: Final = re.compile(
    rf"{_DEGREES}(?:(?:{_REMARKED})(?: (?:{_REMARKED}))*(?: (?:{_GOES_ON})\b|$)|(?:{_ANYTHING})\b"
    r"|up to you|about time|(?:for|between) (?:me|us)\b|on the tip of)",
    re.IGNORECASE,
)
"""What is remarked of anything: "a shame", "so late", "what i thought"; not "secret santa"."""
_HAS: Final = word_set("got been had become gotten gone")
"""Behind these "he's" has, and is not."""
_OWN: Final = re.compile(r"(?:my|our|the) ", re.IGNORECASE)
_UNTIL_THEN: Final = re.compile(r"\b(until|till|til|to|before|is) (?:then|that day|that date)$", re.IGNORECASE)
_TOLD_OF: Final = re.compile(
    r"(?:(?:remember|please|that|and|so|oh) )*((?:my|our) [\w' -]+?) (?:is|are) (?!it\b|that\b)", re.IGNORECASE
)
_IS_IT: Final = re.compile(
    r"^(when is|when's|what is|what's|where is|where's|who is|who's) (?:it|that)$", re.IGNORECASE
)


def named_in(text: str) -> str:
    """How somebody of the user's is named first, as in "my older sister"; empty where nobody is."""
    found = _NAMED.search(text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    return found[0] if found else ""


def with_named(text: str, who: str) -> str:
    """The text with `who` for each pronoun, where it asks or tells something of one who may be meant."""
    if not _BEGINS.match(text) or _NAMED.search(text):
        return text
    last = who.rsplit(maxsplit=1)[-1].casefold()
    meant = _HE if last in _MEN else _SHE if last in _WOMEN else _THEY if last.endswith("s") else _HE | _SHE | _THEY

    def put(found: re.Match[str]) -> str:
        word = found[0].casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        if word not in meant:
            return found[0]
        behind = _WORD.search(text, found.end())
        if "'" in word:
            has = behind and behind[0].casefold() in _HAS
            return f"{who} {'are' if word.startswith('they') else 'has' if has else 'is'}"
        of_theirs = word in {"his", "their"} or (word == "her" and behind and behind[0].casefold() not in _NO_NOUN)
        return f"{who}{_owner(who)}" if of_theirs else who

    return _WORD.sub(put, text)


def asks_for_another(text: str) -> bool:
    """Whether it asks for somebody who is none of the user's: "who wrote hamlet"."""
    plain = text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return _WHO.match(plain) is not None and not named_in(plain)


def told_of(text: str) -> str:
    """What a plain fact of the user's tells of, as in "my cousin's birthday"; empty where it is none."""
    found = _TOLD_OF.match(text)
    return found[1] if found else ""


def with_about(text: str, about: str) -> str:
    """The question with what was told of in place of the "it", or the "then", in which it ends."""
    return with_day(_IS_IT.sub(lambda found: f"{found[1]} {about}", text), about)


def with_day(text: str, day: str) -> str:
    """The text with a `day` in place of the "then" up to which it counts: "how many days until then"."""
    return _UNTIL_THEN.sub(lambda found: f"{found[1]} {day}", text)


def as_told(text: str, asked: str) -> str:
    """The text with `asked` for the "it" with which it begins: "it's in june", of "my sister's birthday".

    A remark tells nothing of it: "it's a shame".
    """
    found = _IT_IS.match(text)
    if found is None or _REMARK.match(text, found.end()):
        return text
    thing = asked if _OWN.match(asked) else f"my {asked}"
    return f"{thing} {'are' if found[1].casefold().startswith('they') else 'is'} {text[found.end() :]}"


def _owner(who: str) -> str:
    return "'" if who.endswith("s") else "'s"
