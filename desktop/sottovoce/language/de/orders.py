"""German orders and questions whose verb stands at the end, as those that begin with it.

Whoever is polite puts the verb last: "kannst du einen Timer stellen", "ich möchte, dass du einen Timer stellst", "wärst
du so nett, den Timer auszuschalten", "weißt du, wie spät es ist". Templates have "stell einen Timer", "wie spät ist
es".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sottovoce.domain.words import word_set
from sottovoce.language.de.verbs import FINITE

if TYPE_CHECKING:
    from collections.abc import Iterator

_VERBS: Final = word_set(
    "stellen setzen machen starten stoppen beginnen legen geben schalten drehen löschen brechen halten lassen fahren "
    "zeigen nennen sagen lesen schreiben nehmen streichen werfen wecken erinnern spielen suchen finden öffnen "
    "schliessen rechnen merken vergessen wiederholen erzählen buchstabieren pausieren unterbrechen überspringen "
    "verlängern verkürzen kürzen verschieben verlegen ändern leeren erstellen notieren packen kaufen entfernen beenden "
    "tragen fügen springen spulen mischen helfen sprechen reden antworten singen erhöhen senken verringern reduzieren "
    "sperren würfeln wählen ziehen zählen addieren teilen multiplizieren übersetzen erklären prüfen heben deaktivieren "
    "aktivieren abbrechen fassen bleiben hören warten tun klingeln schlummern planen diktieren tippen kopieren räumen "
    "bringen holen messen richten teilen umwandeln wandeln umrechnen zusammenfassen verraten speichern behalten hängen"
)
"""What is asked for: in the infinitive."""
_APART: Final = (
    *(
        "hinzu",
        "zurück",
        "weiter",
        "herunter",
        "hinunter",
        "runter",
        "herauf",
        "rauf",
        "hoch",
        "heraus",
        "raus",
        "hinein",
    ),
    *("rein", "dazu", "drauf", "fort", "vor", "auf", "aus", "ein", "an", "ab", "um", "mit", "nach", "weg", "zu", "los"),
    *(
        "stumm",
        "leise",
        "lauter",
        "leiser",
        "fest",
        "frei",
        "fertig",
        "neu",
        "bescheid",
        "zusammen",
        "durch",
        "her",
        "bei",
    ),
)
"""What is parted from its verb in an order: "ausschalten" is "schalte aus"."""
_STRONG: Final = {
    "geben": "gib",
    "nehmen": "nimm",
    "lesen": "lies",
    "sprechen": "sprich",
    "werfen": "wirf",
    "helfen": "hilf",
    "vergessen": "vergiss",
    "brechen": "brich",
    "unterbrechen": "unterbrich",
    "messen": "miss",
    "abbrechen": "brich",
}
"""Whose order has another vowel."""
_OTHER_PERSON: Final = {
    "gibst": "geben",
    "nimmst": "nehmen",
    "liest": "lesen",
    "sprichst": "sprechen",
    "wirfst": "werfen",
    "hilfst": "helfen",
    "vergisst": "vergessen",
    "brichst": "brechen",
    "hältst": "halten",
    "lässt": "lassen",
    "unterbrichst": "unterbrechen",
    "liesst": "lesen",
    "fährst": "fahren",
    "tust": "tun",
    "trägst": "tragen",
}
"""With "du", where it is not made by a rule."""
_UNSURE: Final = word_set("nicht nie niemals kein keine keinen keinem nichts")
"""What an order that is only asked about may deny: it is left as it was said."""
_ASKS: Final = re.compile(
    r"(?:wie (?:viel uhr|viele? \w+|spät|lange?|weit|hoch|laut|alt|gross|groß|voll|warm)|welche[rsnm]? \w+"
    r"|(?:auf|an|in|für) (?:welche[rsnm]?|was|wie viel) ?\w*"
    r"|was für (?:ein\w* )?\w+|was|wann|wo|wer|wie|woran|worüber)\b"
)
"""How a question begins, up to where its verb stands."""
_AT_THE_END: Final = FINITE | word_set("hast bist kannst weisst klingelt läuft endet dauert fällt")
"""Verbs of questions."""
_SUBORDINATE: Final = word_set("dass daß ob was wie wann wo wer")
"""What a clause begins with that stands behind the verb: "kannst du aufschreiben, dass es regnet"."""
_BESIDE: Final = word_set("daran dran bescheid")
"""Behind a verb that stands so, there may be more: "kannst du mich daran erinnern, Milch zu kaufen"."""
_WHETHER: Final = "ob"
_HOW_MUCH: Final = len(("wie", "viel"))
MOST_WORDS: Final = 20
"""A longer sentence is none of these."""


def direct(text: str) -> Iterator[str]:
    """The same with its verb in front, in each form that an order has: "stell einen timer", "stelle einen timer".

    What German scatters inside ("mal", "bitte", "denn") is left out, then what says little ("noch", "mir").
    """
    words = text.split()
    if not 1 < len(words) <= MOST_WORDS:
        return
    seen = [words]
    yield from _in_front(words)
    for little in (_PARTICLES, _PARTICLES | _LITTLE):
        words = _without(words, little)
        if len(words) > 1 and words not in seen:
            seen.append(words)
            yield " ".join(words)
            yield from _in_front(words)


def _in_front(words: list[str]) -> Iterator[str]:
    plain = [word.casefold() for word in words]
    if plain[0] == _WHETHER or _ASKS.match(" ".join(plain)):
        yield from _questions(words, plain)
    elif _UNSURE.isdisjoint(plain):
        yield from _orders(words, plain)


def _without(words: list[str], little: frozenset[str]) -> list[str]:
    """Without particles, and without "kannst du" where it stands inside: "den Timer kannst du löschen"."""
    left = [word for word in words if word.casefold() not in little]
    for at in range(1, len(left) - 1):
        if left[at].casefold() in _ABLE and left[at + 1].casefold() == "du":
            return left[:at] + left[at + 2 :]
    return left


_PARTICLES: Final = word_set(
    "mal bitte denn doch eben überhaupt eigentlich einfach vielleicht wohl nochmals bitteschön äh ähm"
)
"""What is said inside, and says nothing."""
_LITTLE: Final = word_set("noch auch so da kurz schnell gerade jetzt schon mir dir uns")
"""What is left out only where nothing else is understood."""
_ABLE: Final = word_set("kannst könntest darfst sollst musst")


def _orders(words: list[str], plain: list[str]) -> Iterator[str]:
    """With the verb at the end, or before another clause, in front; what is parted from it stands behind its things."""
    last = len(plain) - 1
    for at in range(last, -1, -1):
        before = plain[at - 1] if at else ""
        if at < last and plain[at + 1] not in _SUBORDINATE and before not in _BESIDE:
            continue
        verb, apart = _known(plain[at])
        if not verb or (verb in _ALSO_PAST and not _HAVE.isdisjoint(plain)):
            continue
        left = at - (before == "zu" and not apart)
        things, more = words[plain[0] in _JOINTS : left], words[at + 1 :]
        for order in _imperatives(verb):
            yield " ".join([order, *things, *([apart] if apart else []), *more])


_ALSO_PAST: Final = word_set("vergessen behalten lassen")
_HAVE: Final = word_set("habe hab hast hat haben hatte hatten")
"""With these it was done: "gestern hab ich den Timer vergessen"."""
_JOINTS: Final = word_set("und dann")


def _known(word: str) -> tuple[str, str]:
    """A verb in the infinitive, and what is parted from it; from "ausschalten", "auszuschalten", "ausschaltest"."""
    if word in _VERBS and word != "abbrechen":
        return word, ""
    if verb := _of_you(word):
        return verb, ""
    for apart in _APART:
        rest = word.removeprefix(apart)
        if rest == word:
            continue
        bare = rest.removeprefix("zu") if rest.removeprefix("zu") in _VERBS else rest
        if bare in _VERBS:
            return bare, apart
        if verb := _of_you(bare):
            return verb, apart
    return "", ""


def _of_you(word: str) -> str:
    """The infinitive of what stands with "du"."""
    if word in _OTHER_PERSON:
        return _OTHER_PERSON[word]
    if word.endswith("zt"):
        return f"{word[:-1]}en" if f"{word[:-1]}en" in _VERBS else ""
    if not word.endswith("st"):
        return ""
    stem = word.removesuffix("st")
    return next((one for one in (f"{stem}en", f"{stem.removesuffix('e')}en", f"{stem}n") if one in _VERBS), "")


def _imperatives(verb: str) -> tuple[str, ...]:
    if verb in _STRONG:
        return (_STRONG[verb],)
    stem = verb.removesuffix("n") if verb.endswith(("ern", "eln")) else verb.removesuffix("en")
    if verb == "tun":
        return ("tu",)
    return stem, f"{stem}e", *((f"{stem[:-2]}le",) if stem.endswith("el") else ())


def _questions(words: list[str], plain: list[str]) -> Iterator[str]:
    """As in "wie spät es ist", "ob ein wecker gestellt ist": the verb at the end comes before its subject."""
    if plain[-1] not in _AT_THE_END:
        return
    found = _ASKS.match(" ".join(plain))
    asking = 1 if found is None else len(found[0].split())
    lead = [] if plain[0] == _WHETHER else words[:asking]
    places = [(lead, words[asking:-1])]
    if plain[:2] == ["wie", "viel"] and asking > _HOW_MUCH:  # "wie viel zehn mal drei ist"
        places.append((words[:_HOW_MUCH], words[_HOW_MUCH:-1]))
    for first, rest in places:
        if rest:
            yield " ".join([*first, words[-1], *rest])


# --- As it is written -------------------------------------------------------------------------------------------------


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split(": ") for pair in text.split(", "))


_WORD: Final = re.compile(r"(?<![\w'])'?\w+(?:'\w+)?")
_AS_WRITTEN: Final = _pairs(
    "hab: habe, brauch: brauche, heut: heute, nen: einen, 'nen: einen, ne: eine, 'ne: eine, nem: einem, 'nem: "
    "einem, ner: einer, 'ner: einer, 'n: ein, n: ein, is: ist, isses: ist es, isset: ist es, ist's: ist es, "
    "gibts: gibt es, gibt's: gibt es, aufm: auf dem, auf'm: auf dem, aufn: auf den, aufs: auf das, fürn: für den, "
    "fürs: für das, les: lies, ess: iss, nimmer: nicht mehr, nich: nicht, net: nicht, nix: nichts, kannste: "
    "kannst du, haste: hast du, willste: willst du, weißte: weißt du, biste: bist du, könnteste: könntest du, "
    "würdeste: würdest du, mach's: mach es, machs: mach es, geht's: geht es, was'n: was, wie's: wie es, "
    "sämtliche: alle, sämtlichen: alle, zwo: zwei, möcht: möchte, hätt: hätte, würd: würde, könnt: könnte, "
    "nochmal: noch mal, rauf: hoch, übern: über den, unterm: unter dem, hinterm: hinter dem, jetz: jetzt"
)
"""What is swallowed, or said in one."""
_STRANGER: Final = re.compile(r"\b(\w+) sie(?: bitte)?\b(?: (sich)\b)?", re.IGNORECASE)
_FRIEND: Final = _pairs(
    "können: kannst du, könnten: könntest du, würden: würdest du, wollen: willst du, möchten: möchtest du, wären: "
    "wärst du, sind: bist du, haben: hast du, wissen: weißt du, kennen: kennst du, hätten: hättest du, dürfen: "
    "darfst du, sollen: sollst du, mögen: magst du, sollten: solltest du, müssen: musst du, heißen: heißt du, "
    "seien: sei, verstehen: verstehst du"
)


def written(text: str) -> str:
    """See `Orders.written`."""
    friendly = _STRANGER.sub(_to_a_friend, text)
    if friendly != text:
        friendly = re.sub(r"\b(?:ihnen|sich)\b", "dir", friendly)
    return _WORD.sub(lambda found: _AS_WRITTEN.get(found[0].casefold(), found[0]), friendly)


def _to_a_friend(found: re.Match[str]) -> str:
    """What a stranger is asked, as a friend: "könntest du", "stell"; what is neither stays."""
    said = found[1].casefold()
    verb = said if said in _VERBS else ""
    friend = _FRIEND.get(said) or (_imperatives(verb)[0] if verb else "")
    return f"{friend} dir" if friend and found[2] else friend or found[0]
