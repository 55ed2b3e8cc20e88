"""What somebody says, taken apart: without what is only said on the way, clause by clause, and how sure it is."""

from __future__ import annotations

import re

from sottovoce.domain.words import word_set, words_of
from sottovoce.language.clauses import Joints
from sottovoce.language.en import unmarked

_FILLERS_BEFORE = re.compile(
    r"(?:(?:no|no wait|wait|sorry|correction|thanks|thank you|i meant|i meant to say|i mean)(?: that)?"
    r"(?=[,;:.!–-]* +(?:my|our|i|i'm|call me|by the way)\b)"
    r"|please|by the way|from now on|okay|ok|oh|hey|um|uh|actually|anyway|honestly|to be honest|you know|also|and|so"
    r"|well|just so you know|for your information|fyi|let me tell you|you (?:should|must) know|i (?:must|have to) say"
    r"|i (?:just )?want(?:ed)? (?:you to know|to say|to tell you|to let you know)|i(?:'d| would) like you to know|that)"
    r"(?:\s*[,;:.!–-]+\s*|\s+)(?=\S)",
    re.IGNORECASE,
)
_FILLERS_AFTER = re.compile(
    r"(?:(?:\s*[,;:–-]\s*|\s+)(?:please|thanks(?: a lot)?|thank you(?: very much| so much)?|by the way|from now on"
    r"|you know|if you don't mind)|\s*,\s*(?:okay|ok|right|all right))[\s.!,]*$",
    re.IGNORECASE,
)
_FILLERS_INSIDE = re.compile(r"\s*,?\s*\bby the way\b\s*,?\s*|\s*,\s*(?:please|you know|thanks)\s*,\s*", re.IGNORECASE)
_NEEDS_MORE = frozenset(
    [
        "a",
        "am",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "called",
        "for",
        "from",
        "in",
        "is",
        "like",
        "my",
        "named",
        "of",
        "or",
        "our",
        "say",
        "says",
        "the",
        "to",
        "was",
        "with",
    ]
)
"""A sentence that would end in one of these has lost its end."""

_COMMANDS = (
    "set start stop cancel turn switch play pause open close call phone ring text email send remind wake buy fetch book"
    " order search show read add delete write translate spell calculate convert define schedule create record snooze"
    " mute dim lock unlock increase decrease raise lower restart shut print help summarize summarise explain describe"
)
_COMMAND = re.compile(
    rf"(?:(?:please|then|also|now|can you|could you|will you|would you|you should|don't forget to|remember to|to) )*"
    rf"(?:{'|'.join(_COMMANDS.split())}|pick up|look up|make (?:a|an|the|me)|tell me|give me|take (?:a|an|me)"
    r"|put (?:on|the))\b"
    r"(?! (?:is|are|was|me (?!back)\w+$)\b)",
    re.IGNORECASE,
)
_TO_DO = re.compile(r"(?:please )?(?:to|about) [a-z]+", re.IGNORECASE)

UNSURE = word_set(
    "although apart before besides but could except excluding hardly if instead less maybe might more neither "
    "no nobody nor nothing none only or otherwise perhaps possibly probably rarely rather sometimes than though "
    "unless until used usually when whenever whether while without wish would should want wanted think thought "
    "guess suppose believe hope almost barely seldom since because anymore once seem seems pretend anything "
    "anyone everything everyone nowhere"
)
"""Words by which a sentence means more, or less, than its main words: then only the whole of it says what was said."""
NOT = word_set(
    "not no never neither nor cannot nobody nothing none nowhere without don't doesn't didn't isn't aren't "
    "wasn't weren't can't couldn't won't wouldn't shouldn't haven't hasn't hadn't mustn't ain't dont doesnt "
    "didnt isnt arent wasnt cant wont hardly barely rarely seldom stopped quit except but hate hates hated "
    "dislike dislikes disliked detest loathe refuse refuses avoid avoids unable lack lacks"
)
"""Words that turn a meaning round."""
_MAY = re.compile(r"\bmay (?:be|have|not)\b|\b(?:i|you|he|she|it|we|they|that) may\b")
"""The verb, not the month."""
_JOINED = word_set(
    "if unless because although though while when whenever until whether who whom which whose than so since "
    "before after think believe guess suppose maybe perhaps said says told thinks hope wish would could might "
    "should or nor neither"
)
"""Words whose clauses belong together."""
_REFERRING = word_set(
    "he she it they him her them his hers its their theirs this that these those there then both one ones same "
    "other another either neither too latter former each"
)
"""Words that mean what another clause names."""
_VERBS = word_set(
    "am is are was were has have had do does did can could will would should must may don't doesn't didn't "
    "isn't aren't can't won't like likes love loves hate hates prefer prefers enjoy enjoys dislike dislikes "
    "live lives work works study studies play plays speak speaks drive drives own owns eat eats drink drinks go "
    "goes want wants need needs know knows moved works bought sold met married sleeps sleep starts start ends "
    "costs comes come turns weighs wears smokes smoke i'm i've we're we've hasn't haven't wasn't weren't keep "
    "keeps collect collects run runs teach teaches cook cooks bakes bake sings sing swims swim"
)
_ELLIPTIC = re.compile(
    r"\b(?:too|either|neither|as well|so|not|do|does|did|don't|doesn't|didn't|is|isn't|are|aren't|can|can't)$"
)
_JOINT = re.compile(
    r"(?:\s*[,;]\s*|\s+)(?:and|but)\s+(?:also\s+|that\s+|please\s+)?|\s*[;]\s*|\s*(?<!\b[A-Za-z])[.!]\s+|\s*,\s+",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"(?:i|i'm|i've|we|we're|my|our|the|call me|[\w-]+'s)\b(?=\s)", re.IGNORECASE)


_PLAINLY_ASKED = re.compile(
    r"(?:what|who|whose|where|when|why|how|which)(?:'s| (?:is|are|was|were|do|does|did|can|could|will|would|should|am"
    r"|time|day|date|many|much|old|long|far))\b"
    r"|(?:is|are|was|were|do|does|did|can|could|will|would|should|have|has)(?:n't)? (?:it|you|there|i|we|they|he|she|my"
    r"|our|the|your|anybody|anyone|[\w-]+'s)\b|am i\b",
    re.IGNORECASE,
)


def stated(text: str) -> str:
    """A statement without what is only said on the way: "please", "by the way", "from now on", "thanks"."""
    said = _FILLERS_INSIDE.sub(" ", f" {text} ").strip() or text.strip()
    while True:
        rest = _FILLERS_BEFORE.sub("", said, count=1) if _FILLERS_BEFORE.match(said) else said
        end = _FILLERS_AFTER.sub("", rest)
        if end != rest and words_of(end) and words_of(end)[-1] not in _NEEDS_MORE:
            rest = end
        if rest == said:
            return said
        said = rest


def is_command(text: str) -> bool:
    """Whether it asks for something to be done, and tells nothing."""
    return bool(_COMMAND.match(" ".join(words_of(text))))


def is_question(text: str) -> bool:
    """Whether it asks, and tells nothing; "what I like is tea" tells."""
    return text.rstrip().endswith("?") or bool(_PLAINLY_ASKED.match(" ".join(words_of(text))))


def is_to_do(text: str) -> bool:
    """Whether what is to be remembered is something to be done: "to call mum"."""
    return bool(_TO_DO.match(text.strip()))


def is_nothing(text: str) -> bool:
    """Whether what is to be remembered is nothing: "nothing of this", but not "nothing is in the box"."""
    return bool(_NOTHING.match(text.strip()))


_NOTHING = re.compile(
    r"(?:nothing|none)(?: (?:at all|of|about|from|i|we|you|that i|that we|more|else)\b|$)", re.IGNORECASE
)


def _stands_alone(clause: str) -> bool:
    """Whether it says something, and needs no other clause for that."""
    words = words_of(clause)
    if not _SUBJECT.match(clause) or not _REFERRING.isdisjoint(words) or _ELLIPTIC.search(" ".join(words)):
        return False
    verb = next((place for place, word in enumerate(words) if word in _VERBS or word == "call"), None)
    return verb is not None and verb + 1 < len(words)


clauses = Joints(
    joint=_JOINT,
    joined=_JOINED,
    subject=_SUBJECT,
    is_question=is_question,
    is_command=is_command,
    stands_alone=_stands_alone,
).clauses
"""The facts and commands of a sentence, each for itself; the whole where they can't be told apart for certain."""


def is_sure(text: str) -> bool:
    """Whether nothing in it takes back, limits or supposes what its main words say."""
    words = words_of(text)
    return UNSURE.isdisjoint(words) and not _MAY.search(" ".join(words))


_ASKS = re.compile(
    r"(?:(?:in|on|at|for|to|from|with|of|by) (?=what|which|who))?"
    r"(?:what|who|whom|whose|which|when|where|why|how|is|are|was|were|am|do|does|did|can|could|will|would|should|shall|may"
    r"|have|has|had|don't|isn't|aren't|doesn't)\b"
)


_LEAD = re.compile(
    r"^(?:(?:and|so|please|hey|okay|ok) )*(?:(?:do|did|can|could|would|will) you )?(?:please )?"
    r"(?:(?:know|remember|tell me|remind me)(?: again)? )?"
)


def asks(text: str) -> bool:
    """Whether it has the form of a question."""
    plain = " ".join(words_of(text))
    rest = _LEAD.sub("", plain, count=1)
    wants = bool(re.search(r"\b(?:tell|remind) me\b|\byou (?:know|remember)\b", plain.removesuffix(rest)))
    return text.rstrip().endswith("?") or wants or bool(_ASKS.match(rest)) or bool(_ASKS.match(plain))


holds_request = unmarked.holds_request
"""See `Statements.holds_request`."""
