"""What a sentence about the user tells: of what kind it is, about what, and what it makes of earlier ones.

Two facts with the same subject contradict each other, or say the same again: the later one takes the earlier one's
place. "My favorite color is blue" and "my favourite colour is red" have one subject; so have "I like tea" and "I don't
like tea". A sentence of no known form is its own subject: only the same words again have it.

What denies, limits or supposes what it says ("tea and coffee but not milk") is of no certain taste and tells no name:
it is kept and told whole.
"""

from __future__ import annotations

import re

from sottovoce.domain.facts import HOW, MOST_SUBJECT_CHARS, SAID, Fact
from sottovoce.domain.memories import MemoryKind
from sottovoce.domain.words import last_words, word_set, words_and_emoji
from sottovoce.language.en import lasting
from sottovoce.language.en.statements import NOT, asks, is_command, is_sure
from sottovoce.language.en.words import without_smiles

PEOPLE = word_set(
    "aunt boss boyfriend brother cousin dad daughter doctor father fiance fiancee girlfriend granddaughter "
    "grandfather grandma grandmother grandpa grandson husband mom mother mum neighbor neighbour nephew niece "
    "partner sister son teacher uncle wife"
)
"""Whom one has one of, or speaks of as if one had: a second name for one of them corrects the first."""
SEVERAL = word_set(
    "acquaintance band book brothers cat cats child children colleague colleagues dog dogs film friend friends "
    "game hobby hobbies kid kids movie neighbors neighbours pet pets plan plans sisters song thing"
)
"""What one often has several of: a second one is no contradiction."""

_TASTE = re.compile(
    r"i (?:(?:really|also|always|still|do|just|simply|absolutely|truly) )*"
    r"(?P<not>(?:don't|do not|dont|never|no longer) )?(?:(?:really|always|particularly|even) )*"
    r"(?P<verb>like|love|prefer|enjoy|adore|hate|dislike|detest|loathe|(?:can't|cannot|can not) (?:stand|bear))s?"
    r" (?:to )?(?P<what>.+)"
)
_FOND = re.compile(
    r"i(?:'m| am) (?P<not>not )?(?:(?:really|very|so|also|particularly|too) )*"
    r"(?:fond of|a (?:big |huge |great )?fan of|into|keen on|crazy about) (?P<what>.+)"
)
_NAME = re.compile(r"(?:my name is|i am called|i'm called|call me|people call me) (?P<what>.+)")
_CALLED = re.compile(r"my (?P<who>.+?) (?:is|are) (?:called|named) (?P<what>.+)")
_WHOSE_NAME = re.compile(r"my (?P<who>.+?)(?:'s)? name is (?P<what>.+)")
_MINE = re.compile(r"(?P<who>(?:my|the|our) .+?) (?:is|are|=) (?P<what>.+)")
_PLACE = re.compile(
    r"(?:i|i'm|i am) (?:(?:now|currently) )*(?P<verb>live|living|work|working|study|studying) (?P<what>.+)"
)
_AGE = re.compile(r"i(?:'m| am) (?:now )?[\w-]+(?: [\w-]+)? years old(?: now)?")
_MOVED = re.compile(r"(?:i|i've|i have|we|we've|we have) (?:(?:just|recently|now) )*moved (?:back )?to .+")
_THEY_LIVE = re.compile(
    r"(?P<who>(?:my|our) (?!.*\b(?:not|never)\b).+?) (?:(?:now|currently) )?"
    r"(?:lives? in|(?:has |have )?(?:(?:just|recently|now) )*moved (?:back )?to) .+"
)
"""Where somebody of the user's lives: in one place at a time."""
_NO_MORE = re.compile(r" (?:anymore|any more|any longer)$")
_WHERE = word_set("above at behind beside between in inside near over under")
_WHEN = word_set("after before during for from on since until with without")
_THE_PLACE = {"live": {"in"}, "work": {"at", "for"}, "study": {"at"}}
"""Before what there is one of at a time: who lives in one town does not live in another."""
_NO_NAMES = word_set(
    "a after again an at back before by for if in it later maybe not now on soon that the this today tomorrow "
    "tonight when"
)
_HOW_A_NAME_IS = word_set(
    "common difficult easy hard long misspelled pretty private pronounced quite rare rather really secret short "
    "spelled spelt strange unknown unusual weird wrong"
)
"""What begins no name, and may end one: "my name is long" beside "my name is Nia Long"."""
_NO_NAMES |= _HOW_A_NAME_IS
_NO_NAME_HAS = word_set(
    "a an and are because but for from her his in is it my not of on or so that the to too very which with written "
    "your none"
)
MOST_NAME_WORDS = 3
_HATES = word_set("hate dislike detest loathe") | {
    f"{can} {bear}" for can in ("can't", "cannot", "can not") for bear in ("stand", "bear")
}
_FINITE = word_set("is are was were am has had does did will can i'm it's that's")
"""Words of another clause."""
_NO_THING = word_set("i you he she we they it him them that this what where how who my's me")
_HOW_ONE_IS = word_set(
    "abroad alive alone angry asleep away awake back bad bald better big blind blonde blue bored broke broken "
    "busy clean clever closed cold cool cute dead deaf depressed dirty divorced done down drunk dying empty "
    "engaged famous fast fat fine free full funny gone good great green happy healthy heavy here high home hot "
    "hungry ill injured kind late lazy lonely lost lovely low mad married mean missing new nice off ok okay old "
    "open out pregnant quiet ready retired rich sad safe sick single slim slow small smart sorry strong sweet "
    "tall there thin tired ugly unhappy unwell vegan vegetarian warm weak well widowed worried young"
)
"""How somebody or something may be for a while: it takes the place of no name, make or colour."""
_FAVORITE = ("favorite ", "preferred ")
_SPELLINGS = {"favourite": "favorite", "colour": "color", "neighbour": "neighbor", "mum": "mother", "mom": "mother"}
_VERBS = {"living": "live", "working": "work", "studying": "study"}


def told_by(text: str) -> Fact:
    """What `text` tells, in the user's words and first person."""
    return _told_by(without_smiles(text)) or _told_by(text) or Fact(MemoryKind.FACT, _cut(f"{SAID}{_plain(text)}"))


is_passing = lasting.is_passing
"""See `Facts.is_passing`."""


def is_bare(text: str) -> bool:
    """Whether it only names something ("my doctor") and tells nothing of it."""
    return told_by(text).subject.startswith(SAID)


_COUNTS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_NUMBER = rf"{_COUNTS}|a|\w+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|\d[\d.,]*"
_MEASURE = (
    r"(?:met(?:er|re)s?|kilomet(?:er|re)s?|feet|foot|inches|miles|euros?|dollars?|pounds?|francs?|kilos?|grams?|degrees"
    r"|percent|lit(?:er|re)s?|years old)"
)
_HAD = (
    r"(?:a |an )?(?:brothers?|sisters?|siblings|children|child|kids?|sons?|daughters?|cats?|dogs?|pets?|horses?"
    r"|cousins?|uncles?|aunts?|nephews?|nieces?|grandchildren|car|bike|garden|twins?)"
)
_KIN = (
    r"(?:brother|sister|mother|father|mum|mom|dad|son|daughter|wife|husband|partner|girlfriend|boyfriend|cousin|uncle|aunt"
    r"|nephew|niece|boss|neighbou?r|colleague|friend|doctor|dentist|teacher|landlord|landlady|roommate|flatmate|cat|dog)s?"
)
_NOBODY = (
    r"(?:that|this|it|there|what|who|where|when|why|how|which|everybody|everyone|somebody|someone|nobody|anybody|he|she"
    r"|they|we|you|i|one|life|time|love|the|a|an|all|dinner|lunch|breakfast|today|tomorrow|yesterday|something|nothing"
    r"|everything|here|now|then|so|but|and|not|no|yes|my|your|our|his|her|their|its|let|people|god)"
)
"""What begins no sentence about somebody with a name."""
_PLAIN = re.compile(
    r"i(?:'m| am) (?:not |no longer )?(?:allergic to|fond of|a fan of|called) (?P<a>.+)"
    r"|i (?:can't|cannot|can not) (?:stand|bear) (?P<b>.+)"
    r"|i (?:(?:really|also|just|absolutely) )*(?:adore|detest|loathe|like|love|hate) (?P<c>.+)"
    r"|i (?:don't|do not|no longer) (?:live|work|study) (?:in|at|for|near) (?P<f>.+)"
    r"|i no longer (?P<f2>(?:eat|drink|smoke|drive|wear|own|speak|play|have)(?: .+)?)"
    r"|(?:i'm|i am|we're|we are) (?:not|no longer) (?P<f3>.+) (?:anymore|any more|any longer)"
    r"|(?:my|our) [^?]+? (?:doesn't|does not|no longer) (?P<f4>(?:has|have|owns?|eats?|drinks?|smokes?|drives?) .+)"
    r"|(?:i|we)(?:'ve| have)? (?:(?:just|recently|now) )*moved (?:back )?to (?P<g>.+)"
    r"|i(?:'m| am) (?:now )?(?P<h>[\w-]+(?: [\w-]+)?) years old(?: now)?"
    r"|my [^?]+? (?:lives|works|studies|(?:doesn't|does not) (?:live|work|study)) (?:in|at|for|near) (?P<d>.+)"
    r"|my [^?]+? (?:likes|loves|hates|(?:doesn't|does not) like) (?P<e>.+)"
    r"|(?:i|my [^?]+?|[a-z]+) (?:was|were) born (?:on|in|at) (?P<i>.+)"
    r"|we (?:got|are|were) married (?:on|in|since) (?P<j>.+)"
    r"|i (?:speak|collect|drive|play|teach|weigh) (?P<k>.+)"
    rf"|i(?:'ve got| have| have got) (?P<l>(?:no |(?:{_COUNTS}) )?{_HAD}(?: and .+| now| again)?)"
    r"|i(?:'m| am) (?P<m>.+ (?:tall|married|divorced|engaged|retired)"
    r"|(?:not |no longer )?(?:married|divorced|retired|engaged|vegetarian|vegan)"
    r"|(?:not )?an? \w+(?:ian|er|or|ist|ant|an|nurse|cook))"
    r"|i (?:don't|do not|never) (?P<n>(?:eat|drink|smoke|drive|wear|own|speak|play|have)(?: .+)?)"
    r"|we (?:don't|do not) have (?P<o>.+)|our [a-z]+ (?:is|are) (?P<ii>(?:on|in|at|called) .+)"
    rf"|(?!{_NOBODY}\b)(?P<who>[a-z]+)(?: (?:and [a-z]+))? (?:lives|works|live|work) (?:in|at|for|near) (?P<p>.+)"
    rf"|(?!{_NOBODY}\b)[a-z]+ (?:is|are) (?P<q>(?:my|our) (?:\w+ )?{_KIN})"
    rf"|(?!{_NOBODY}\b)[a-z]+'s (?:\w+ )?(?:birthday|{_KIN}|name|address|number) (?:is|are) (?P<r>.+)"
    rf"|(?!{_NOBODY}\b)[a-z]+ is (?P<s>(?:{_COUNTS}|\w+ty[ -]\w+|\w+teen|\w+ty|\d+)(?: years old)?)"
    rf"|(?!{_NOBODY}\b)[a-z]+ is (?P<t>(?:not )?(?:allergic to .+|vegetarian|vegan|married|retired))"
    r"|i (?:put|left|parked|hid|stored|keep|hung) (?:the|my|our|a) .+? (?P<u>(?:in|on|under|behind|at|near|inside|above"
    r"|beside|next to) .+)"
    r"|i(?:'m| am)? parked (?P<park>(?:in|on|under|behind|at|near|outside|next to|opposite) .+)"
    r"|(?:i|we) (?:take|drink|like|have) (?:my|our) (?P<cup>(?:tea|coffee) .+)"
    r"|i (?:lent|gave|sold) (?:the|my|our|a) .+? (?P<v>to .+)"
    r"|i (?:met|know) [a-z]+ (?P<w>(?:in|at|from) .+)"
    r"|i (?:started|began) (?:my|the) .+? (?P<x>(?:on|in) .+)"
    r"|(?:my|the|our) .+? (?:ends|starts|begins|expires|closes|opens) (?P<y>(?:on|in|at) .+)"
    r"|the (?:rent|\w+ (?:password|code|pin|number|combination)|password|code|pin) (?:is|are) (?P<z>.+)"
    r"|the [a-z]+ is called (?P<aa>.+)|my [a-z]+ (?:has|have|costs?|weighs?|earns?) (?P<bb>.+)"
    r"|(?!my name\b)my [^?]+? (?:isn't|is not|aren't|are not) (?P<cc>.+)|i take my (?P<dd>.+ at .+)"
    rf"|(?!{_NOBODY}\b)[a-z]+ (?:likes|loves|hates|(?:doesn't|does not) like) (?P<ff>.+)"
    rf"|(?:the|our) [a-z]+ is (?P<gg>(?:about )?(?:{_NUMBER})\b.*{_MEASURE})"
    rf"|i (?:run|walk|cycle|swim|drive|weigh|earn|pay) (?P<hh>(?:about )?(?:{_NUMBER})\b.*)"
    r"|the [a-z]+ said (?:that )?i should (?P<ee>.+)",
    re.IGNORECASE,
)
"""What the templates do not hold: these words can be typed, and the model that ships does not hear them all."""


def plain(text: str) -> str:
    """What a plain statement tells that no template may know; empty where it is none."""
    if asks(text):
        return ""
    found = _PLAIN.fullmatch(text.rstrip(" .!"))
    if found:
        return str(next(filter(None, found.groups())))
    return text if lasting.lasts(text) and not is_command(text) else ""


def _told_by(text: str) -> Fact | None:
    plain = _plain(text)
    return _of_oneself(text, plain) or _of_something(text, plain)


def _plain(text: str) -> str:
    return " ".join(_SPELLINGS.get(word, word) for word in words_and_emoji(text))


def _of_oneself(text: str, plain: str) -> Fact | None:
    if (found := _NAME.fullmatch(plain)) and _is_name(found["what"]):
        return Fact(MemoryKind.FACT, "my name", display_name=_as_written(text, found["what"]))
    if taste := _taste(plain):
        return taste
    if (found := _PLACE.fullmatch(plain)) and is_sure(plain):
        return _doing(_VERBS.get(found["verb"], found["verb"]), _first(found["what"]))
    if _MOVED.fullmatch(plain) and is_sure(plain):
        return Fact(MemoryKind.FACT, "i live")
    return Fact(MemoryKind.FACT, "i years old") if _AGE.fullmatch(plain) else None


def _is_name(what: str) -> bool:
    """Whether somebody may be called so: few words, none of a sentence."""
    words = what.split()
    return len(words) <= MOST_NAME_WORDS and words[0] not in _NO_NAMES and _NO_NAME_HAS.isdisjoint(words)


def _taste(plain: str) -> Fact | None:
    """What the user likes or does not; of no taste for certain where more is said than that."""
    found = _TASTE.fullmatch(plain) or _FOND.fullmatch(plain)
    if not found:
        return None
    verb = found["verb"] if "verb" in found.re.groupindex else "like"
    denied, hates, what = bool(found["not"]), verb in _HATES, found["what"]
    what = _NO_MORE.sub("", what) if denied else what
    subject = _cut(f"taste: {_bare(what)}")
    if denied and hates:  # who does not hate something need not like it
        return Fact(MemoryKind.FACT, subject)
    kind = MemoryKind.DISLIKE if denied or hates else MemoryKind.LIKE
    things = tuple(_bare(thing) for thing in re.split(r" and | or ", what) if thing)
    parts = set(what.split())
    more_is_said = not _FINITE.isdisjoint(parts) or not NOT.isdisjoint(parts)
    either = "or" in parts and kind is MemoryKind.LIKE
    rather = verb == "prefer" and {"to", "over"} & parts
    if more_is_said or either or rather or not is_sure(what.replace(" or ", " and ")):
        return Fact(kind, _cut(f"{SAID}{plain}"))
    if not _NO_THING.isdisjoint(parts):
        return Fact(kind, subject)
    return Fact(kind, subject, tastes=things, strength="not " + verb if denied else verb)


def _of_something(text: str, plain: str) -> Fact | None:
    if (found := _THEY_LIVE.fullmatch(plain)) and is_sure(plain):
        return Fact(MemoryKind.FACT, _cut(f"{found['who']} lives"))
    if (found := _CALLED.fullmatch(plain) or _WHOSE_NAME.fullmatch(plain)) and _is_name(found["what"]):
        if not found["who"].startswith(_FAVORITE):
            return _named(found["who"], text)
        return _about(found["who"], found["what"], text)
    if (found := _MINE.fullmatch(plain)) and is_sure(plain):
        owner, _, who = found["who"].partition(" ")
        return _about(who, found["what"], text, owner)
    return None


def _doing(verb: str, begins: str) -> Fact | None:
    """Living, working, studying: "I live with my sister" says nothing against "I live in Berlin"."""
    if begins in _THE_PLACE[verb]:
        return Fact(MemoryKind.FACT, f"i {verb}")
    return Fact(MemoryKind.FACT, f"i {verb} {begins}") if begins in _WHERE | _WHEN | {"as"} else None


def _named(who: str, text: str) -> Fact:
    """What something of the user's is called, apart from how it is: a sick sister is called Anna still."""
    last = who.rsplit(maxsplit=1)[-1]
    kind = MemoryKind.PERSON if last in PEOPLE else MemoryKind.FACT
    return Fact(kind, _cut(f"{SAID}{' '.join(words_and_emoji(text))}" if last in SEVERAL else f"my {who}'s name"))


def _about(who: str, what: str, text: str, owner: str = "my") -> Fact:
    sort = _sort_of(what.removeprefix("not "))
    if who == "name" or (what.startswith("not ") and not sort):  # what it is not takes the place of no other
        return Fact(MemoryKind.FACT, _cut(f"{SAID}{_plain(text)}"))
    last = who.rsplit(maxsplit=1)[-1]
    kind = MemoryKind.PERSON if owner != "the" and last in PEOPLE else MemoryKind.FACT
    if who.startswith(_FAVORITE):
        return Fact(kind, _cut(f"{owner} {who}"), (_cut(who), _as_written(text, what)))
    if last in SEVERAL:
        return Fact(kind, _cut(f"{SAID}{' '.join(words_and_emoji(text))}"))
    return Fact(kind, _cut(f"{owner} {who}{sort}"))


def _sort_of(what: str) -> str:
    """What is told of it: "the meeting is on monday" says nothing against "the meeting is in the hall"."""
    begins = _first(what)
    if begins in _WHERE or (begins == "with" and what.endswith(" now")):  # it was elsewhere before
        return " where"
    if begins in _WHEN:
        return f" {begins}"
    if what.endswith("years old"):
        return " years old"
    if _HOW_ONE_IS.intersection(what.split()) or begins.endswith("ing"):
        return HOW
    return " a" if begins in {"a", "an"} else ""


def _first(words: str) -> str:
    return words.split(maxsplit=1)[0]


def _bare(what: str) -> str:
    """Without what may come and go: "tea a lot", "the beatles"."""
    return re.sub(r"^(?:the|a|an) | (?:a lot|very much|so much|too|anymore|any more|now)$", "", what)


def _cut(subject: str) -> str:
    return subject[:MOST_SUBJECT_CHARS]


def _as_written(text: str, words: str) -> str:
    """The last words of `text`, as many as `words` has, with their capitals."""
    return last_words(text, len(words.split()))[:MOST_SUBJECT_CHARS]
