"""German sentences of the user turned into the assistant's: "ich mag meinen hund" becomes "du magst deinen hund".

Only what is sure is turned. Where a verb is not in the tables, or it is not certain whose it is, the user's own words
are quoted: a sentence in wrong grammar may say that somebody else did something.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from sottovoce.domain.words import word_set
from sottovoce.language.de import conjugation as verbs
from sottovoce.language.de.statements import subject_words

_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_END: Final = re.compile(r"[,;:.!?–()]|\s-\s")
_ENDS: Final = ("", "e", "en", "em", "er", "es")
_INSTEAD: Final = (
    {"ich": "du", "mich": "dich", "mir": "dir", "wir": "ihr", "uns": "euch", "unser": "euer", "meins": "deins"}
    | {f"mein{end}": f"dein{end}" for end in (*_ENDS, "etwegen", "erseits")}
    | {f"{our}{end}": f"eur{end}" for our in ("unser", "unsr") for end in _ENDS[1:]}
    | {"unsern": "euren", "unserm": "eurem"}
    | {"du": "ich", "dich": "mich", "dir": "mir"}
    | {f"dein{end}": f"mein{end}" for end in _ENDS}
)
_BEGINNINGS: Final = word_set("du ihr der die das ein eine am im in euer") | frozenset(
    f"{whose}{end}" for whose in ("dein", "eur") for end in _ENDS
)
"""Words that have a capital only where they begin a sentence."""
_NOBODY_KNOWS: Final = re.compile(r"\b(?:euch|euer|eure[mnrs]?)\b|[\"„“”»«‚‘]", re.IGNORECASE)  # noqa: RUF001 - German quotation marks
"""Whom such a sentence speaks to, or quotes, is not certain."""
_WITHIN: Final = str.maketrans('„“”«»"', "‚‘‘‚‘'")  # noqa: RUF001 - German quotation marks
"""Quotation marks to those within a quotation."""
_FORMS: Final = {"ich": verbs.OF_ICH, "wir": verbs.OF_WIR, "du": verbs.OF_DU}
_JOINTS: Final = word_set("und oder aber denn sondern")
_OPENERS: Final = _JOINTS | word_set("also ja nein doch auch nur sogar selbst")
_SUBORDINATE: Final = word_set("dass daß weil wenn obwohl ob falls nachdem bevor damit sobald solange sodass")
"""Words whose clause has its verb at the end."""
_BEFORE_SUBJECT: Final = _SUBORDINATE | word_set(
    "was wo wie wann warum wer wen wem woher wohin womit wofür als bis seit während da der die das den dem denen "
    "deren dessen welche welchen welchem welcher welches"
)
"""Words that do so right before their subject."""
_SAYING: Final = word_set("sagt sagte meint meinte gesagt gemeint ruft fragt behauptet findet")
_ELLIPTIC: Final = word_set("auch nicht schon doch nie immer gern gerne ebenfalls")
_BESIDE: Final = word_set("beide alle selbst")
_ADVERBS: Final = word_set("dann danach auch gern gerne jetzt nie oft immer manchmal nicht heute später deshalb")
_MEANT: Final = (["es"], ["das"])
""""Meine" before these is a verb."""
_ORDERS: Final = re.compile(
    r"(?:nenn|erinner|merk|sag|vergiss|gib|nimm|lies|hilf|sprich|schreib|ruf|zeig|erzähl|mach|lass|weck|schick|hör)e?\b"
    r"(?! (?:ich|wir)\b)",
    re.IGNORECASE,
)
"""How something begins that tells the assistant what to do."""


class _NotSureError(Exception):
    """Whose a verb is, or how it goes, is not certain."""


@dataclass(slots=True)
class _PersonSentence:
    """A sentence whose verbs find their persons."""

    words: list[str]
    """In lower case."""
    starts: list[int]
    """Where each clause, or what may be one, begins; and the end of all."""
    lower: list[bool]
    after_comma: frozenset[int]
    """Clauses that begin behind a sign."""
    instead: dict[int, str] = field(default_factory=dict)
    """By place: a verb in the other person."""

    def end(self, place: int) -> int:
        """Behind the last word of the clause of a word."""
        return next(start for start in self.starts if start > place)

    def start(self, place: int) -> int:
        return max(start for start in self.starts if start <= place)

    def other(self, place: int, person: str) -> str | None:
        """A word as a verb in the other person; None if it is none, or has its subject already."""
        if not 0 <= place < len(self.words) or place in self.instead:
            return None
        return verbs.turned(self.words[place], _FORMS[person])

    def claim(self, place: int, person: str) -> None:
        """Turn a verb.

        Raises:
            _NotSureError: It is no verb that is known.
        """
        other = self.other(place, person)
        if other is None:
            raise _NotSureError
        self.instead[place] = other


def second_person(text: str) -> str:
    """What the user said of himself, said to him: "ich mag meinen hund" becomes "du magst deinen hund"."""
    told = _turned(text)
    return f"du hast gesagt: {quoted(text)}" if told is None else told


def clause(text: str) -> str:
    """The same within a sentence, without a full stop and a capital that it had at its beginning alone.

    Or as it was said, in quotation marks.
    """
    told = _turned(text)
    if told is None:
        return quoted(text)
    begins = told.partition(" ")[0].lower()
    return (begins + told[len(begins) :] if begins in _BEGINNINGS else told).rstrip(".")


def quoted(text: str) -> str:
    """The user's own words, marked as such."""
    plain = " ".join(text.split()).rstrip(".").translate(_WITHIN)
    return f"„{plain[:1].upper()}{plain[1:]}“"


def sentence(text: str) -> str:
    """`text` with a capital at its start and a full stop at its end."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def _turned(text: str) -> str | None:
    """A sentence said to the one who said it; None where that is not sure."""
    plain = " ".join(text.split())
    found = list(_WORD.finditer(plain))
    words = [word[0].lower() for word in found]
    if not _is_plain(plain, words):
        return None
    said = _PersonSentence(words, *_clauses(plain, found))
    try:
        _turn_all(said)
    except _NotSureError:
        return None
    parts, end = [], 0
    for place, word in enumerate(found):
        other = said.instead.get(place) or _INSTEAD.get(words[place], word[0])
        is_capital = word[0][:1].isupper() and words[place] not in {"ich", "wir", "du"}
        parts += [plain[end : word.start()], other[:1].upper() + other[1:] if is_capital else other]
        end = word.end()
    return "".join([*parts, plain[end:]])


def _is_plain(text: str, words: list[str]) -> bool:
    """Whether it tells something, in words that are nobody else's."""
    personal = not _INSTEAD.keys().isdisjoint(words)
    told_by_others = any(not _INSTEAD.keys().isdisjoint(_WORD.findall(part.lower())) for part in text.split(":")[1:])
    return not ((personal and (_ORDERS.match(text) or _NOBODY_KNOWS.search(text))) or told_by_others)


def _clauses(text: str, found: list[re.Match[str]]) -> tuple[list[int], list[bool], frozenset[int]]:
    starts, after_comma = [0], set()
    for place in range(1, len(found)):
        if _END.search(text, found[place - 1].end(), found[place].start()):
            starts.append(place)
            after_comma.add(place)
        elif found[place][0].lower() in _JOINTS:
            starts.append(place)
    lower = [word[0][:1].islower() for word in found]
    return [*starts, len(found)], lower, frozenset(after_comma)


def _turn_all(said: _PersonSentence) -> None:
    """Find the verb of each subject, then those that go on with the same one.

    Raises:
        _NotSureError: One was not found, or one is left over.
    """
    subjects = {place: word for place, word in enumerate(said.words) if word in _FORMS}
    persons: dict[int, str] = {}
    for place in subjects:
        persons[place] = _Subject(said, place).find()
    for start in said.starts[:-1]:
        before = [place for place in persons if place < start]
        if before and not any(start <= place < said.end(start) for place in persons):
            _go_on(said, start, persons[before[-1]], before[-1])
    left = {word for place, word in enumerate(said.words) if place not in said.instead}
    if not left.isdisjoint(verbs.ONLY_ICH) or not left.isdisjoint(verbs.ONLY_DU):
        raise _NotSureError


@dataclass(slots=True)
class _Subject:
    """An "ich", "wir" or "du" that looks for its verb."""

    said: _PersonSentence
    place: int

    def find(self) -> str:
        """Turn the verb; the person it is in: "wir" for "meine Frau und ich"."""
        person = self.said.words[self.place]
        if self._word(1) == "und":
            return self._first_of_two()
        if self._word(-1) == "und" and self.place > 1 and self._is_second_of_two(person):
            return "wir"
        self._alone(person)
        return person

    def _word(self, step: int) -> str:
        place = self.place + step
        return self.said.words[place] if 0 <= place < len(self.said.words) else ""

    def _first_of_two(self) -> str:
        """As in "ich und meine Frau wohnen"."""
        said = self.said
        if said.words[self.place] != "ich" or said.end(self.place) in said.after_comma:
            raise _NotSureError
        if said.other(self.place - 1, "wir"):
            said.claim(self.place - 1, "wir")
        else:
            said.claim(self.place + 2 + (subject_words(said.words[self.place + 2 :]) or 1), "wir")
        return "wir"

    def _is_second_of_two(self, person: str) -> bool:
        """As in "meine Frau und ich wohnen", "gestern waren meine Frau und ich krank"."""
        said, joint = self.said, self.place - 1
        before = said.start(joint - 1)
        if joint in said.after_comma or said.other(self.place + 1, person):
            return False
        if said.words[before] in _FORMS or (person != "ich" and said.words[joint - 1] not in _FORMS):
            raise _NotSureError
        end = said.end(self.place) - 1
        if said.words[before] in _SUBORDINATE:
            said.claim(end, "wir")
            return True
        for verb in range(before, joint - 1):
            group = said.words[verb + 1 : joint]
            if said.other(verb, "wir") and (subject_words(group) or 1) == len(group):
                said.claim(verb, "wir")
                return True
        if said.other(self.place + 1, "wir"):
            said.claim(self.place + 1, "wir")
            return True
        return False

    def _alone(self, person: str) -> None:
        said, place = self.said, self.place
        start, end = said.start(place), said.end(place)
        rest = said.words[place + 1 : end]
        is_first = _OPENERS.issuperset(said.words[start:place]) or place - 1 in said.instead
        before = None if is_first else said.other(place - 1, person)
        if not before and _ELLIPTIC.issuperset(rest) and (rest or self._word(-1) in {"als", "wie", "außer"}):
            return
        if self._word(-1) in _SAYING:
            raise _NotSureError
        if not before and (self._word(-1) in _BEFORE_SUBJECT or not _SUBORDINATE.isdisjoint(said.words[start:place])):
            self._at_the_end(person)
            return
        behind = place + 1 + (person == "wir" and bool(rest) and rest[0] in _BESIDE)
        if before:
            if person != "wir" and said.other(behind, person):
                raise _NotSureError
            said.claim(place - 1, person)
            return
        if not is_first and (person != "ich" or self._word(-1).endswith("e")):
            raise _NotSureError
        said.claim(behind, person)

    def _at_the_end(self, person: str) -> None:
        """The verb of a clause with "dass"; and of one that a list makes longer: "weil ich Kaffee und Tee mag"."""
        said, end = self.said, self.said.end(self.place)
        following = next((at for at in range(self.place + 1, end) if said.words[at] in _FORMS), None)
        if following is not None:
            end = following - bool(said.other(following - 1, said.words[following]))
        elif said.other(self.place + 1, person) and self._word(2) in {"ist", "sind", "war", "waren"}:
            end = self.place + 2  # "was ich mag ist Tee"
        elif not said.other(end - 1, person) and end < len(said.words) and end not in said.after_comma:
            longer = said.end(end)
            end = longer if longer - end == len(("und", "Tee", "mag")) else end
        others = set(said.words[self.place + 1 : end - 1])
        if person == "wir" and said.words[end - 1] not in verbs.MODAL and not others.isdisjoint(verbs.MODAL):
            raise _NotSureError
        said.claim(end - 1, person)


def _go_on(said: _PersonSentence, start: int, person: str, subject: int) -> None:
    """Turn the verb of a clause that has its subject from the one before: "… und arbeite in Bonn".

    Raises:
        _NotSureError: It may be another word, or somebody else's.
    """
    first = start + (said.words[start] in _JOINTS)
    if first < len(said.words) and said.words[first] in _ADVERBS:
        first += 1
        if said.other(first, person) and said.words[first] not in verbs.ONLY_ICH | verbs.ONLY_DU:
            raise _NotSureError
    is_verb = first < said.end(start) and said.lower[first] and said.other(first, person)
    if not is_verb or (said.words[first] in _INSTEAD and said.words[first + 1 : first + 2] not in _MEANT):
        return
    word, is_alone = said.words[first], first + 1 == said.end(start)
    if word in verbs.ONLY_ICH | verbs.ONLY_DU:
        said.claim(first, person)
    elif person == "wir":
        _go_on_with_wir(said, first, is_alone=is_alone)
    elif word in verbs.SHARED and _SUBORDINATE.isdisjoint(said.words[:start]) and subject + 1 in said.instead:
        said.claim(first, person)
    else:
        raise _NotSureError


def _go_on_with_wir(said: _PersonSentence, first: int, *, is_alone: bool) -> None:
    """As in "wir wohnen hier und arbeiten dort", and not "wir wollen schwimmen und wandern"."""
    verb = said.words[max(said.instead)]
    if verb in verbs.MODAL and said.other(first - 2, "wir"):
        return
    if verb in verbs.MODAL or is_alone:
        raise _NotSureError
    said.claim(first, "wir")
