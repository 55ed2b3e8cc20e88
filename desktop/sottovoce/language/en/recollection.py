"""How English asks for what was told, and which of it answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sottovoce.domain.holders import Holder
from sottovoce.domain.memories import MemoryKind
from sottovoce.domain.recalling import Wanted
from sottovoce.domain.words import word_set, words_and_emoji, words_of
from sottovoce.language.en.facts import told_by
from sottovoce.language.en.holders import RELATIONS, SELF, holder_of, holders_in, in_other_words, same
from sottovoce.language.en.question_forms import tokens_of
from sottovoce.language.en.statements import NOT, asks, is_sure
from sottovoce.language.en.words import EMPTY_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sottovoce.language.en.question_forms import Token

_LIKING = re.compile(r"^i (?:really |also |always )*(?:like|love|prefer|enjoy|adore) ", re.IGNORECASE)
_AGAINST = word_set("hate dislike detest loathe")
_STRONG = word_set("love prefer adore enjoy hate detest loathe")
_AS_STRONG = {"enjoy": {"love", "adore"}, "love": {"adore"}, "adore": {"love"}, "detest": {"hate", "loathe"}}
_AS_STRONG |= {"hate": {"detest", "loathe"}, "loathe": {"hate", "detest"}}
_MILD = word_set(
    "called named name names call calls old age know remember tell told say said have has had own got get anybody "
    "anyone somebody someone anything something thing kind sort exactly currently now still really also again "
    "please ever much many often long go goes whether any all about put leave left keep kept"
)
"""Words of a question that what was told need not repeat."""


def liked(text: str) -> str:
    """The thing of a plain like, in the user's words; empty where it is none."""
    return _LIKING.sub("", text) if _LIKING.match(text) and told_by(text).tastes else ""


def liking(topic: str) -> str:
    """The statement of a like."""
    return f"i like {topic}"


def leaves_out(text: str) -> bool:
    """Whether a like leaves something out: "tea but not milk"."""
    return not is_sure(text) and not NOT.isdisjoint(words_of(text))


def where(does: str) -> tuple[str, str, str]:
    """As `about`, for where the user does something ("live")."""
    return f"where do i {does}", f"where i {does}", f"i {does} in"


def wants_all(question: str) -> bool:
    """Whether all is wanted that was told of somebody or something."""
    return "about" in words_of(question)


def about(topic: str, question: str) -> tuple[str, str, str]:
    """What is asked of a topic, how it is named, and a statement about the same."""
    mine = f"my {topic.removeprefix('my ')}"
    return mine, mine if _mine(topic, question) else topic, mine


def tells_name(question: str, text: str) -> bool:
    """Whether a question wants to hear what somebody or something is called, and a statement tells it."""
    asked = _NAME_ASKED.search(" ".join(words_of(question)))
    return asked is not None and not _NAMING.isdisjoint(words_of(text))


def wanted(question: str) -> Wanted | None:
    """What must be told to answer a question of no known form; None where nothing can."""
    if not asks(question) or not _OF_THE_ASSISTANT.isdisjoint(_without_lead(question).split()):
        return None
    whom = _about_whom(question)
    plain = " ".join(words_of(question))
    # A name, or somebody who is not named: whoever it belongs to, that one is told of.
    anybody = not whom.path and bool(_WHO.fullmatch(plain) or (plain.startswith("who ") and not whom.own))
    words = needed(question)
    if not words:
        return None
    if whom.own and whom.path and all(RELATIONS.isdisjoint(names) for names in whom.path):  # "my car's mot"
        whom, words = Holder(own=True), (*words, *(_forms(name) for names in whom.path for name in names))

    def fits(text: str) -> bool:
        if not (anybody or any(holder.answers(whom) for holder in holders_in(text))) or not has(text, words):
            return False
        return not _COLOUR.match(plain) or not _COLOURS.isdisjoint(words_of(text))

    return Wanted(tuple(_other_forms(words)), fits)


def _mine(topic: str, question: str) -> bool:
    """Whether it is asked for as the user's own: then it is named so."""
    return f" my {' '.join(words_of(topic))} " in f" {' '.join(words_of(question))} "


_NO_MORE = word_set("anymore any more longer now still")
_NAMING = word_set("called named name names")
_NAME_ASKED = re.compile(r"\b(?:called|named|names?)$|\bnames? of\b")


def takes_back(later: str, earlier: str) -> bool:
    """Whether a later statement denies an earlier one, or takes back its denial."""
    words, before = words_of(later), words_of(earlier)
    if NOT.isdisjoint(words) == NOT.isdisjoint(before) or holder_of(later) != holder_of(earlier):
        return False
    if not is_sure(" ".join(word for word in words if word not in NOT | _NO_MORE)):
        return False
    little = EMPTY_WORDS | NOT | _NO_MORE | _NAMING | {"does"}
    named, then = (frozenset(word.removesuffix("'s") for word in there) - little for there in (words, before))
    return bool(named) and (named == then if NOT.isdisjoint(words) else named <= then)


def is_own_taste(text: str, topic: str) -> bool:
    """Whether it tells of the user, and of a thing of the same one: "my sister's cooking" is not "my brother's"."""
    whose, asked = holder_of(text), holder_of(topic)
    thing = holder_of(" ".join(word for word in words_of(text) if word not in SELF))
    somebodys = asked.own or "'" in " ".join(words_of(topic))  # and not just "cats"
    return whose.own and not whose.path and (not somebodys or thing.names(asked))


def verdict(text: str, asked: str, topic: str) -> bool | None:
    """Yes or no, where a statement says so of just this thing; None where it does not."""
    fact = told_by(text)
    things = told_by(liking(topic)).tastes
    if not things or not set(things) <= set(fact.tastes):
        return None
    verbs = [word for word in words_of(asked) if word in _AGAINST | _STRONG | {"like"}]
    verb = verbs[0] if verbs else "like"
    likes = fact.kind is MemoryKind.LIKE
    if likes == (verb in _AGAINST):
        return False
    strength = fact.strength.removeprefix("not ")
    if (
        verb not in _STRONG
        or (verb == strength and not fact.strength.startswith("not "))
        or strength in _AS_STRONG.get(verb, ())
    ):
        return True
    return None


def _about_whom(question: str) -> Holder:
    """Who did something is not whose it is: "where did i put the key" asks for any key."""
    return holder_of(_PUT.sub(" is ", _COUNTED.sub("", _without_lead(question))))


def _without_lead(question: str) -> str:
    """What is asked, without "do you know" or "tell me"."""
    return _LEAD.sub("", " ".join(words_of(question)))


_OF_THE_ASSISTANT = word_set("you your yours yourself you're")


_LEAD = re.compile(
    r"^(?:(?:and|so|please|hey|okay|ok) )*(?:(?:do|did|can|could|would|will) you )?(?:please )?"
    r"(?:know|remember|tell me|remind me)(?: again)? "
)


_COUNTED = re.compile(r"^how (?:many|much) [\w-]+ ")
_PUT = re.compile(
    r" (?:did|have|had) (?:i|we) (?:last )?(?:put|leave|left|keep|kept|hide|hidden|store|stored|see|seen|park|parked)\b"
)
_COLOUR = re.compile(r"(?:what|which) colou?rs? (?:is|are|was|were|does|do|did|has|have)\b")
_COLOURS = word_set(
    "black white grey gray red green blue yellow orange purple violet pink brown beige silver gold golden turquoise "
    "navy cream maroon teal magenta cyan lilac olive bronze dark light bright colour color coloured colored striped"
)
_WHO = re.compile(r"who(?:'s| is| was) (?:[\w-]+)")


def needed(question: str) -> tuple[frozenset[str], ...]:
    """The words that what was told must have, each in its forms: all that name something but whose it is."""
    empty = _MILD | EMPTY_WORDS
    question = _plainly(question)
    if _WHEN.match(question):
        empty |= _OF_TIME
    tokens = [token for token in tokens_of(question) if token.word[:1].isalnum() and token.word not in empty]
    things = [token for token in tokens if not token.owner and token.word not in RELATIONS]
    if _COLOUR.match(" ".join(words_of(question))):
        things = [token for token in things if not token.word.startswith("colo")]
    aged = [token for token in tokens_of(question) if token.word == "old"]  # "how old am i"
    return tuple(map(_forms_of, things or tokens or aged))


def _forms_of(token: Token) -> frozenset[str]:
    return token.stems | {token.word, same(token.word)}


def _forms(word: str) -> frozenset[str]:
    return frozenset(form for token in tokens_of(word) for form in _forms_of(token))


_SHORT = re.compile(r"\b(what|who|when|where|how)'s\b", re.IGNORECASE)
_WHEN = re.compile(r"(?:on |at )?(?:what|which) (?:day|time|date|month|year)\b", re.IGNORECASE)
_OF_TIME = word_set("day days time date month year out")
"""What need not be said of a thing when it is asked for its day: "what day do the bins go out"."""
_EXPIRES = re.compile(r"\b(?:runs?|ran|running) out\b|\b(?:is|are) valid until\b|\bexpir(?:es|ed|y)\b", re.IGNORECASE)


def _plainly(text: str) -> str:
    """A text with the same words for the same, whoever said it."""
    text = text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return _EXPIRES.sub("expire", _SHORT.sub(r"\1 is", text))


_BEST = re.compile(r"(?:what|which) (?P<what>.+?) do i (?:like|love|enjoy|prefer)(?: (?:best|most|the most|the best))?")
_OF_A_SORT = re.compile(
    r"(?:what|which) (?:[\w-]+ )?[\w-]+ (?P<does>(?:do|does|did|can) .+ (?:like|love|hate|enjoy|prefer|eat|drink|drive"
    r"|play|speak|wear|collect|read|grow|support|teach|study|own|take|use))"
)
_OF_ONES_WORK = re.compile(
    r"what (?:do|does) (?P<who>.+?) do(?: for (?:a living|work|a job)| as a job)?"
    r"|what(?:'s| is) (?P<whose>my|our|.+?'s) (?:job|profession|occupation|trade|work)"
)
_LIVING = re.compile(r"where (?:do|does) (?P<who>.+?) live(?: now)?")
_SIZE = re.compile(r"(?:what|which) size (?:of )?(?P<what>[\w-]+) (?:do|does) (?P<who>.+?) (?:wear|take|have|need)")
_NAME_OF = re.compile(r"what(?:'s| is| are|'re) the (?P<what>[\w-]+) of (?P<whose>(?:my|our) .+)")


def otherwise_asked(question: str) -> tuple[str, ...]:  # noqa: PLR0911 - a row for each form of question
    """The same question in other words, in which it may have been told: "which colour do i like best"."""
    plain = _without_lead(question)
    if found := _BEST.fullmatch(plain):
        return (f"what is my favorite {found['what']}", f"what do i {_last(plain)}")
    if found := _OF_ONES_WORK.fullmatch(plain):
        who = found["who"] or {"my": "i", "our": "we"}.get(found["whose"], (found["whose"] or "").removesuffix("'s"))
        return tuple(f"what {'do' if who in {'i', 'we'} else 'does'} {who} {work}" for work in ("work as", "work for"))
    if found := _LIVING.fullmatch(plain):
        return (f"where did {found['who']} move", f"what is {_whose(found['who'])} address")
    if found := _SIZE.fullmatch(plain):
        sizes = dict.fromkeys((found["what"].removesuffix("s"), found["what"]))  # a shoe size; of jeans
        return tuple(f"what is {_whose(found['who'])} {what} size" for what in sizes)
    if found := _NAME_OF.fullmatch(plain):
        return (f"what is {found['whose']}'s {found['what']}",)
    if found := _OF_A_SORT.fullmatch(plain):
        return (f"what {found['does']}",)
    return ()


def _whose(who: str) -> str:
    return {"i": "my", "we": "our"}.get(who, f"{who}'s")


def _last(question: str) -> str:
    return next(word for word in reversed(question.split()) if word in {"like", "love", "enjoy", "prefer"})


def _other_forms(wanted: Iterable[frozenset[str]]) -> Iterable[str]:
    """How else what is needed may have been said: "do i smoke" is answered by "i quit smoking"."""
    for forms in wanted:
        if "expire" in forms:
            yield from ("runs", "run", "out", "valid")
        yield from (other for form in forms for other in in_other_words(form).split()[1:])
        for base in sorted(forms, key=len)[:2]:
            ending = base.removesuffix("e")
            yield from (base, f"{base}s", f"{base}es", f"{ending}ing", f"{ending}ed", f"{base}{base[-1:]}ing")


def has(text: str, wanted: Iterable[frozenset[str]]) -> bool:
    """Whether a statement has all words that are needed, each in one of its forms."""
    there = frozenset(
        form for token in tokens_of(_plainly(text)) for form in (*token.stems, token.word, same(token.word))
    )
    there |= frozenset(words_and_emoji(text))
    return all(forms & there for forms in wanted)
