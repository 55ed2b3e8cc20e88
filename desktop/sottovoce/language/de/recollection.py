"""How German asks for what was told, and which of it answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sottovoce.domain.memories import MemoryKind
from sottovoce.domain.recalling import Wanted
from sottovoce.domain.words import word_set, words_and_emoji, words_of
from sottovoce.language.de.facts import told_by
from sottovoce.language.de.holders import RELATIONS, SELF, holder_of, holders_in, same
from sottovoce.language.de.statements import NOT, asks, is_sure, without_lead
from sottovoce.language.de.words import EMPTY_WORDS, stem

if TYPE_CHECKING:
    from collections.abc import Iterable

_LIKING = re.compile(r"ich (?:wirklich |auch |immer )*(?:mag|liebe) (?:(?:sehr|auch|wirklich) )*", re.IGNORECASE)
_AGAINST = word_set("hasse hasst verabscheue")
_STRONG = word_set("liebe hasse verabscheue vergöttere bevorzuge")
_INFINITIVES = {"liebe": "lieben", "hasse": "hassen", "verabscheue": "verabscheuen", "vergöttere": "vergöttern",
                "bevorzuge": "bevorzugen"}  # fmt: skip
_MILD = word_set(
    "heisst heisse heissen genannt name namen nennen nennt weisst erinnerst sag sage sagen gesagt erzählt alt "
    "viel viele oft lange eigentlich gerade jetzt noch immer wirklich jemand jemanden etwas irgendetwas art genau "
    "bitte mag magst gelegt liegt lege steht hingelegt getan gehört mögen gern gerne nochmal wohl welche farbe"
)
"""Words of a question that what was told need not repeat."""
_OF_THE_ASSISTANT = re.compile(r"\b(?:du|dich|dir|dein(?:e|er|es|em|en)?)\b")
_PUT = re.compile(r"(?<=^wo )(?:(?:habe|hab|haben) (?:ich|wir)|(?:liegt|steht) mein\w*)\b")
_COLOUR = re.compile(r"(?:welche farbe|was für eine farbe) (?:hat|haben|ist|war)\b")
_COLOURS = word_set(
    "schwarz weiss grau rot grün blau gelb orange lila violett rosa pink braun beige silbern golden türkis bunt "
    "dunkel hell"
)
_WHO = re.compile(r"wer (?:ist|war) [\w-]+")
_WHAT_NOT = re.compile(r"(?:was|wen|wem|wo|welche[rsmn]?) .*\b(?:nicht|nie|niemals)(?: \w+)?")
"""What somebody does not do is not told by what he does."""
_CALLED = word_set("heisse heiss name nennen nenn")
"""How one's name may have been told: "wie heiße ich"."""
_NAMING = word_set("heisse heisst heissen hiess hiessen name namen genannt namens")
_MORE = word_set("mehr jetzt noch nun länger")
_AS_TOLD: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"wie (?:heisst|heissen) (?P<who>(?:mein|unser).+)"), r"\g<who> heisst xy"),
    (re.compile(r"wie ist der name (?P<who>(?:mein|unser).+)"), r"der name \g<who> ist xy"),
    (re.compile(r"wann (?:hat|haben) (?P<who>(?:mein|unser).+) geburtstag"), r"\g<who> hat am x geburtstag"),
    (re.compile(r"wann (?:habe|hab) ich geburtstag|wann ist mein geburtstag"), "ich habe am x geburtstag"),
    (re.compile(r"wann ist der geburtstag (?P<who>.+)"), r"der geburtstag \g<who> ist am x"),
    (re.compile(r"wie heisse? ich|wie ist mein name"), "ich heisse xy"),
    (re.compile(r"wie alt bin ich"), "ich bin 1 jahre alt"),
    (re.compile(r"wie alt (?:ist|sind) (?P<who>.+)"), r"\g<who> ist 1 jahre alt"),
    (re.compile(r"wo (?:wohne|lebe) ich|in welcher stadt (?:wohne|lebe) ich"), "ich wohne in x"),
    (re.compile(r"wo arbeite ich|(?:bei|für) wem? arbeite ich"), "ich arbeite bei x"),
    (re.compile(r"wo studiere ich"), "ich studiere in x"),
    (re.compile(r"wo (?:ist|sind|liegt) (?P<who>.+)"), r"\g<who> ist unter x"),
    (
        re.compile(r"(?:was|wer|wie|welche farbe hat) (?:ist |sind )?(?P<who>(?:mein|unser|der|die|das).+)"),
        r"\g<who> ist x",
    ),
)
"""A question, and a statement that would answer it: both are about the same."""


def tells_name(question: str, text: str) -> bool:
    """Whether a question wants to hear what somebody or something is called, and a statement tells it."""
    return not (_NAMING.isdisjoint(words_of(question)) or _NAMING.isdisjoint(words_of(text)))


def liked(text: str) -> str:
    """The thing of a plain like, in the user's words; empty where it is none."""
    found = _LIKING.match(text)
    fact = told_by(text)
    return text[found.end() :] if found and fact.tastes and fact.kind is MemoryKind.LIKE else ""


def liking(topic: str) -> str:
    """The statement of a like."""
    return f"ich mag {topic}"


def leaves_out(text: str) -> bool:
    """Whether a like leaves something out: "Tee, aber keine Milch"."""
    return not told_by(text).tastes and not NOT.isdisjoint(words_of(text))


def where(does: str) -> tuple[str, str, str]:
    """As `about`, for where the user does something ("wohne", "arbeite")."""
    return f"wo {does} ich", f"wo ich {does}", f"ich {does} in x"


_BEST = re.compile(r"(?:welche[rsnm]?|was für eine?n?) (?P<what>.+) (?:mag|liebe|habe) ich (?:am liebsten|am meisten)")
_OF_ONES_WORK = re.compile(
    r"(?:was|als was|wo) arbeite ich(?: beruflich)?|was (?:mache|bin) ich(?: beruflich| von beruf)"
)
_OF_A_SORT = re.compile(
    r"(?:welche[rsnm]?|was für eine?n?) \w+ (?P<does>(?:mag|liebt?|trinkt|trinke|isst|esse|spielt|spiele|fährt"
    r"|fahre|spricht"
    r"|spreche|trägt|trage|sammelt|sammle|liest|lese) .+)"
)


def otherwise_asked(question: str) -> tuple[str, ...]:
    """The same question in other words, in which it may have been told: "welche Farbe mag ich am liebsten"."""
    plain = without_lead(" ".join(words_of(question)))
    if found := _BEST.fullmatch(plain):
        return (f"was ist meine lieblings{found['what']}",)
    if _OF_ONES_WORK.fullmatch(plain):
        return ("als was arbeite ich", "wo arbeite ich")
    if found := _OF_A_SORT.fullmatch(plain):
        return (f"was {found['does']}",)
    return ()


def wants_all(question: str) -> bool:
    """Whether all is wanted that was told of somebody or something."""
    return bool(re.search(r"\b(?:über|von|alles)\b", " ".join(words_of(question))))


def about(topic: str, question: str) -> tuple[str, str, str]:
    """What is asked of a topic, how it is named, and a statement about the same."""
    asked = without_lead(" ".join(words_of(question)))
    statement = next((found.expand(told) for form, told in _AS_TOLD if (found := form.fullmatch(asked))), topic)
    return asked, topic, statement


def wanted(question: str) -> Wanted | None:
    """What must be told to answer a question of no known form; None where nothing can."""
    asked = without_lead(" ".join(words_of(question)))
    if not asks(question) or _OF_THE_ASSISTANT.search(asked):
        return None
    whom = holder_of(_PUT.sub(" ", asked))
    anybody = not whom.path and bool(_WHO.fullmatch(asked) or (asked.startswith("wer ") and not whom.own))
    words = needed(asked)
    if not words:
        return None
    wants_denial = bool(_WHAT_NOT.fullmatch(asked))

    def fits(text: str) -> bool:
        if not (anybody or any(holder.answers(whom) for holder in holders_in(text))) or not has(text, words):
            return False
        if wants_denial and NOT.isdisjoint(words_of(text)):
            return False
        return not _COLOUR.match(asked) or not _COLOURS.isdisjoint(words_of(text))

    return Wanted(tuple(form for forms in words for form in sorted(forms)), fits)


def needed(question: str) -> tuple[frozenset[str], ...]:
    """The words that what was told must have, each in its forms: all that name something but whose it is."""
    named = [word for word in words_of(question) if word not in EMPTY_WORDS | _MILD]
    things = [word for word in named if same(word) not in RELATIONS]
    aged = [word for word in words_of(question) if word == "alt"]  # "wie alt bin ich"
    if not (things or named or aged) and _CALLED.isdisjoint(words_of(question)):
        return ()
    return tuple(_forms(word) for word in things or named or aged) or (_CALLED,)


def _forms(word: str) -> frozenset[str]:
    return frozenset((word, same(word), stem(word)))


def has(text: str, wanted: Iterable[frozenset[str]]) -> bool:
    """Whether a statement has all words that are needed, each in one of its forms."""
    there = frozenset(form for word in words_and_emoji(text) for form in _forms(word)) | frozenset(words_of(text))
    return all(forms & there for forms in wanted)


def takes_back(later: str, earlier: str) -> bool:
    """Whether a later statement denies an earlier one, or takes back its denial."""
    words, before = words_of(later), words_of(earlier)
    if NOT.isdisjoint(words) == NOT.isdisjoint(before) or holder_of(later) != holder_of(earlier):
        return False
    if not is_sure(" ".join(word for word in words if word not in NOT | _MORE)):
        return False
    named, then = (frozenset(there) - EMPTY_WORDS - NOT - _MORE for there in (words, before))
    return bool(named) and (named == then if NOT.isdisjoint(words) else named <= then)


def is_own_taste(text: str, topic: str) -> bool:
    """Whether it tells of the user, and of a thing of the same one: "den Kuchen meiner Oma" is not "Kuchen"."""
    whose, asked = holder_of(text), holder_of(topic)
    thing = holder_of(" ".join(word for word in words_of(text) if word not in SELF))
    return whose.own and not whose.path and (not asked.path or thing.names(asked))


def verdict(text: str, asked: str, topic: str) -> bool | None:
    """Yes or no, where a statement says so of just this thing; None where it does not."""
    fact, things = told_by(text), told_by(liking(topic)).tastes
    forms = {stem(thing) for thing in fact.tastes}
    if not things or not {stem(thing) for thing in things} <= forms:
        return None
    verb = next((word for word in words_of(asked) if word in _AGAINST | _STRONG), "")
    likes = fact.kind is MemoryKind.LIKE
    if likes == (verb in _AGAINST):
        return False
    return True if not verb or _INFINITIVES.get(verb) == fact.strength else None
