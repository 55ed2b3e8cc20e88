"""What a question or an order begins with in English that follows a statement without any mark."""

from __future__ import annotations

import re
from typing import Final

from sottovoce.domain.words import word_set
from sottovoce.language.unmarked import Unmarked

_IS: Final = (
    r"(?:(?:is|are|was|were|do|does|did|can|could|will|would|should|has|have|had)(?:n't)?|am|won't|can't|shall|may)"
)
_IT: Final = r"(?:it|that|this|there|i|you|we|they|he|she|my|our|the|his|her|their|a|an|any|[\w-]+'s)"
_QUESTION: Final = re.compile(
    rf"(?:(?:and|so|then|but|okay|ok|please) )*(?:(?:on|in|at|by|for|to|until|till) (?=what|which|how))?(?:"
    rf"(?:what|which) (?!{_IS}\b)[\w-]+(?: [\w-]+)? {_IS}\b"
    r"|what(?: (?:is|are|was|were)|'s) (?:it|that|this|there|the|my|our|his|her|their|[\w-]+'s)\b"
    rf"|what (?:do|does|did|can|could|will|would|should|am|have|has) {_IT}\b"
    r"|how (?:many|much|old|long|far|often|tall|big|late|soon|early|heavy|high|hot|cold|fast|come)\b"
    rf"|how (?:{_IS} {_IT}|about)\b|(?:where|when|why) {_IS} {_IT}\b|(?:where|when|why|how)'s (?!been\b)\w+"
    r"|who (?:is|was) (?:it|that)\b|who (?:did|do|does|should|can) \w+"
    rf"|{_IS} (?:it|there|i|you|we|they|he|she) \w+)"
)
_VERBS: Final = (
    "set stop cancel turn switch play pause open close phone ring text email send remind wake book search show read add"
    " delete remove drop lose kill scrap ditch write translate spell calculate convert schedule create mute snooze move"
    " push shift put get pop stick pencil tell give make start check find look save note jot take clear wipe mark count"
    " roll flip pick block silence dismiss bin erase change remember postpone reschedule plan arrange log copy"
    " type lock call"
)
_ORDER: Final = re.compile(
    r"(?:(?:so|then|please|now|just|okay|ok|go ahead and|be so kind and|kindly) )*"
    rf"(?:(?!save for\b)(?:{'|'.join(_VERBS.split())}) "
    r"(?:(?:it|that|this|them|these|those|the|an?|all|every|up|out|off|on|down|back|us|him|her|another|some|any|my|our"
    r"|for|in)\b|me (?:up|the|an?|my|to|when|if|at|in|that|what|how|about|out|something|some|back)\b"
    r"|(?:alarm|timer|reminder|note)s?\b)"
    r"|(?:don't let me|let me know|keep (?:it|that) in mind|make sure)\b)"
)
_NO_ORDER: Final = re.compile(
    r"\b(?:to|not|\w+n't|never|i|you|we|they|he|she|who|that|which|it|can|could|will|would|should|may|might|must|and|or"
    r"|but|if|because|than|as|always|often|sometimes|usually|still|really|only|even|do|did|does|the|an?|my|our"
    r"|his|her|their|your|with|of|for|in|on|at|by|from|about|when|while|where|what|how|let's|rather|better)$"
    r"|\b(?:let|lets|makes?|made|helps?|helped|watch\w*|see\w*|hear\w*) (?:\S+ )?\S+$"
    r"|\b(?:have|has|had) (?:me|us|him|her|them)$"
)
_VERB: Final = word_set(
    "am is are was were has have had can could will would should must may don't doesn't didn't isn't aren't wasn't "
    "weren't can't won't hasn't haven't i'm i've i'd i'll we're we've like likes love loves hate hates prefer prefers "
    "enjoy enjoys live lives works studies plays speaks drives wants needs weighs turns starts ends comes got gets goes"
    " went leaves arrives begins opens closes finishes costs plays eats drinks sleeps stays"
)
_OPEN: Final = word_set(
    "a am an and are as at be by called for from i in is like my named not of or our that the to was were with who what"
    " which when where how if than but because know knew told tell asked ask wonder forgot forget remember said say see"
    " neither nor so"
)
"""What no statement ends with; before the last of them a question is told, not asked."""
_I: Final = word_set("i we i'm i've i'd i'll we're we've we'll")
_RELATIVE: Final = word_set("who which whose that when while where if because how what")


def _tells(words: list[str]) -> bool:
    verbs = [at for at, word in enumerate(words) if word in _VERB or (at and word.endswith("'s"))]
    if words[0] in _I:
        verbs = sorted({0 if "'" in words[0] else 1, *verbs})
    begins = words[0] in _I | {"my", "our", "the", "it's", "there's"} or words[0].endswith("'s")
    if not begins or words[-1] in _OPEN or not verbs or verbs[0] + 1 >= len(words):
        return False
    return _RELATIVE.isdisjoint(words) or len(verbs) > 1


holds_request: Final = Unmarked(tells=_tells, question=_QUESTION, order=_ORDER, no_order=_NO_ORDER).holds_request
"""See `Statements.holds_request`."""
