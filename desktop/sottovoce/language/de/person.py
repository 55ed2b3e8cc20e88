"""German sentences of the user turned into the assistant's: "ich mag meinen hund" becomes "du magst deinen hund"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sottovoce.domain.words import word_set
from sottovoce.language.de.statements import subject_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_END: Final = re.compile(r"[,;:.!?]")
_YOURS: Final = (
    {"ich": "du", "mich": "dich", "mir": "dir", "wir": "ihr", "uns": "euch", "unser": "euer", "meins": "deins"}
    | {f"mein{end}": f"dein{end}" for end in ("", "e", "en", "em", "er", "es", "etwegen")}
    | {f"unser{end}": f"eur{end}" for end in ("e", "en", "em", "er", "es")}
)
_MINE: Final = {"du": "ich", "dich": "mich", "dir": "mir"} | {
    f"dein{end}": f"mein{end}" for end in ("", "e", "en", "em", "er", "es")
}
"""What the user says to the assistant, said by the assistant."""
_OF_DU: Final = {
    "bin": "bist",
    "darf": "darfst",
    "esse": "isst",
    "fahre": "fährst",
    "falle": "fällst",
    "gebe": "gibst",
    "hab": "hast",
    "habe": "hast",
    "halte": "hältst",
    "hasse": "hasst",
    "helfe": "hilfst",
    "kann": "kannst",
    "lade": "lädst",
    "lasse": "lässt",
    "laufe": "läufst",
    "lese": "liest",
    "mag": "magst",
    "möcht": "möchtest",
    "muss": "musst",
    "nehme": "nimmst",
    "schlafe": "schläfst",
    "sehe": "siehst",
    "soll": "sollst",
    "spreche": "sprichst",
    "sterbe": "stirbst",
    "trage": "trägst",
    "treffe": "triffst",
    "treibe": "treibst",
    "vergesse": "vergisst",
    "wachse": "wächst",
    "war": "warst",
    "wasche": "wäschst",
    "weiß": "weißt",
    "werde": "wirst",
    "will": "willst",
    "wurde": "wurdest",
    "würde": "würdest",
}
"""Verbs of "ich" as "du" has them, where no rule makes them."""
_OF_ICH: Final = {"bist": "bin", "hast": "habe", "kannst": "kann", "magst": "mag", "sollst": "soll", "warst": "war"}
_OF_IHR: Final = {"sind": "seid", "waren": "wart", "tun": "tut"}
_OF_OTHERS: Final = word_set(
    "ist sind war waren hat haben hatte hatten mag mögen kann können will wollen muss müssen darf soll wird werden "
    "weiß wohnen leben heißen arbeiten"
)
"""Verbs of somebody else that end in no "t", or are shorter than most."""
_NO_VERBS: Final = word_set(
    "alle beide bitte danke deine diese eine eure gerade gerne heute ihre jede keine leute manche meine mehrere "
    "ohne seine unsere viele welche"
)
"""Words that end as a verb does and stand beside "ich"."""
_HARD: Final = re.compile(r"(?:[td]|[^aeiouäöülrmnh][mn]|ch[mn])$")
"""What a stem ends in before "est"."""
_SHORT_L: Final = re.compile(r"(?<=[^aeiouäöülrh])l$")
"""As in "ich sammle, du sammelst"."""
_HISSING: Final = ("s", "ß", "z", "x")


def second_person(text: str) -> str:
    """What the user said of himself, said to him: "ich mag meinen hund" becomes "du magst deinen hund"."""
    plain = " ".join(text.split())
    words = list(_WORD.finditer(plain))
    addressed = bool(words) and words[0][0].lower() in {"du", "dein", "deine"}
    instead = {
        place: _yours(word[0], _MINE if addressed and place == 0 else _YOURS) for place, word in enumerate(words)
    }
    for place, word in enumerate(words):
        spoken = word[0].lower()
        if spoken in {"ich", "wir"} or (addressed and place == 0 and spoken == "du"):
            form = _FORMS[spoken]
            for near in _where_verbs_stand(plain, words, place):
                if changed := form(words[near][0].lower()):
                    instead[near] = changed
                    break
    parts, end = [], 0
    for place, word in enumerate(words):
        parts += [plain[end : word.start()], instead[place]]
        end = word.end()
    return "".join([*parts, plain[end:]])


def clause(text: str) -> str:
    """The same as a part of a sentence: without a full stop at its end."""
    return second_person(text).rstrip(".")


def main_clause(text: str) -> str:
    """What followed on "dass" with its verb in the second place: "ich katzen mag" becomes "ich mag katzen"."""
    words = text.split()
    subject = subject_words(words) or 1
    if len(words) <= subject or not _ends_a_clause(words[0].lower(), words[-1].lower()):
        return text
    return " ".join([*words[:subject], words[-1], *words[subject:-1]])


def _ends_a_clause(subject: str, verb: str) -> bool:
    """Whether a word may be the verb of a subject that begins so."""
    if subject == "ich":
        return _of_du(verb) is not None
    if subject == "wir":
        return _of_ihr(verb) is not None
    return verb in _OF_OTHERS or (verb.endswith("t") and len(verb) > len("ist"))


def sentence(text: str) -> str:
    """`text` with a capital at its start and a full stop at its end."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def _where_verbs_stand(text: str, words: list[re.Match[str]], subject: int) -> list[int]:
    """Places of the words that may be the verb of a subject: behind it, before it, at the clause's end."""
    last = subject
    while last + 1 < len(words) and not _END.search(text, words[last].end(), words[last + 1].start()):
        last += 1
    near = [subject + 1] if subject < last else []
    before = (
        [subject - 1] if subject and not _END.search(text, words[subject - 1].end(), words[subject].start()) else []
    )
    return [*near, *before, *([last] if last > subject + 1 else [])]


def _yours(word: str, table: dict[str, str]) -> str:
    instead = table.get(word.lower(), word)
    return instead[:1].upper() + instead[1:] if word[:1].isupper() and word.lower() not in {"ich", "wir"} else instead


def _of_du(verb: str) -> str | None:
    """A verb of "ich" as "du" has it: "wohne" becomes "wohnst"; None if it is none."""
    if verb in _OF_DU:
        return _OF_DU[verb]
    if not verb.endswith("e") or verb in _NO_VERBS or len(verb) < 4:  # noqa: PLR2004 - "die", "wie", "see"
        return None
    stem = verb[:-1]
    if stem.endswith(_HISSING):
        return f"{stem}t"
    stem = _SHORT_L.sub("el", stem)
    return f"{stem}est" if _HARD.search(stem) else f"{stem}st"


def _of_ihr(verb: str) -> str | None:
    """A verb of "wir" as "ihr" has it: "wohnen" becomes "wohnt"; None if it is none."""
    if verb in _OF_IHR:
        return _OF_IHR[verb]
    if not verb.endswith("n") or len(verb) < 4:  # noqa: PLR2004 - "in", "an", "den"
        return None
    stem = verb.removesuffix("en") if verb.endswith("en") else verb[:-1]
    return f"{stem}et" if _HARD.search(stem) else f"{stem}t"


_FORMS: Final[Mapping[str, Callable[[str], str | None]]] = {"ich": _of_du, "wir": _of_ihr, "du": _OF_ICH.get}
