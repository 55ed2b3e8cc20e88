"""What somebody says in German, taken apart: without what is only said on the way, clause by clause, and how sure."""

from __future__ import annotations

import re

from sottovoce.domain.words import word_set, words_of
from sottovoce.language.clauses import Joints
from sottovoce.language.de import unmarked
from sottovoce.language.de.verbs import FINITE, INFINITIVES

_FILLERS_BEFORE = re.compile(
    r"(?:(?:nein|quatsch|moment|warte|korrektur|entschuldigung|sorry|ich (?:meine|meinte))"
    r"(?=[,;:.!–-]* +(?:mein\w*|unser\w*|ich|wir|nenn)\b)"
    r"|bitte|übrigens|ab (?:jetzt|sofort)|von (?:jetzt|nun) an|okay|ok|oh|ach|hey|ähm?|hm|also|tja|na ja|naja"
    r"|ehrlich gesagt|ehrlich|weißt du|hör mal|nur (?:so )?zur info|zur info|(?:nur )?damit du es weißt"
    r"|danke(?: dir)?"
    r"|du (?:musst|sollst|solltest) wissen|ich (?:muss|wollte|möchte|will) (?:dir )?(?:nur )?sagen|und|dass|das)"
    r"(?:\s*[,;:.!–-]+\s*|\s+)(?=\S)",
    re.IGNORECASE,
)
_THAT = re.compile(r"das\s+(?!ich\b|wir\b|mein|unser)", re.IGNORECASE)
""""Das" before what is no clause of its own is an article."""
_FILLERS_AFTER = re.compile(
    r"(?:(?:\s*[,;:–-]\s*|\s+)(?:bitte|danke(?:schön)?|vielen dank|übrigens|ab jetzt|weißt du)"
    r"|\s*,\s*(?:okay|ok|ja|gell|ne|oder))[\s.!,]*$",
    re.IGNORECASE,
)
_FILLERS_INSIDE = re.compile(r"\s*,\s*(?:bitte|weißt du|übrigens|danke)\s*,\s*|(?<=\S)\s+übrigens\b", re.IGNORECASE)
_NEEDS_MORE = word_set(
    "am an auf aus bei das dass dem den der die ein eine einen für heisse heisst ich im in ist mag mein meine mit "
    "oder sage sagt sind und unser unsere von war wie zu"
)
"""A sentence that would end in one of these has lost its end."""

_COMMAND = re.compile(
    r"(?:(?:bitte|dann|auch|jetzt|nun|noch|mal|kannst du|könntest du|würdest du|willst du) )*"
    r"(?:stell|starte|start|stopp|stoppe|beende|brich|schalte|dreh|drehe|mach|mache|spiel|spiele|pausiere|öffne|schliess"
    r"|schliesse|ruf|rufe|schreib|schreibe|schick|schicke|sende|erinner|erinnere|weck|wecke|kauf|kaufe|hol|hole|such|suche"
    r"|zeig|zeige|lies|lösch|lösche|übersetz|übersetze|buchstabiere|berechne|rechne|definiere|bestell|bestelle|buche|füge"
    r"|drucke|fasse|erklär|erkläre|beschreibe|setz|setze|leg|lege|sperr|sperre|entsperre|sag mir|erzähl|erzähle"
    r"|gib mir|bring|bringe)\b(?! (?:ich|wir|ist|sind)\b)"
    r"|(?:.+ )?(?:an|aus|ein|ab|vor|auf|zu)(?:machen|schalten|rufen|spielen|stellen|lesen|kaufen|nehmen|drehen)$"
)
_TO_DO = re.compile(
    r"(?:.+ )?(?:zu \w+e?n|\w{2,}zu\w{2,}en)|(?:.+ )?(?:an|aus|ein|ab)(?:rufen|kaufen|holen)", re.IGNORECASE
)

UNSURE = word_set(
    "ungern aber ausser ohne statt anstatt sondern vielleicht eventuell womöglich wahrscheinlich möglicherweise "
    "vermutlich wohl kaum selten manchmal gelegentlich meistens eigentlich nur bloss lieber eher wenn falls ob "
    "obwohl während bevor nachdem weil würde würden wäre wären hätte hätten könnte könnten sollte sollten möchte "
    "möchten wollte wollten glaube glaub denke denk dachte vermute schätze hoffe wünsche früher damals einmal nie "
    "niemals niemand niemanden niemandem nichts als oder weder entweder fast beinahe scheint scheinen angeblich "
    "nirgends nirgendwo alles jeder jedem jeden jemals irgendwann solange sobald sofern bis ansonsten höchstens "
    "zumindest meist irgendwie theoretisch"
)
"""Words by which a sentence means more, or less, than its main words: then only the whole of it says what was said."""
NOT = word_set(
    "nicht nie niemals kein keine keinen keinem keiner keines keinerlei nichts niemand niemanden niemandem "
    "nirgends nirgendwo weder ohne kaum ausser selten aufgehört hasse hasst hassen verabscheue verabscheut "
    "vermeide vermeidet weigere weigert nimmer"
)
"""Words that turn a meaning round."""
_JOINED = word_set(
    "wenn falls ob obwohl während bevor nachdem weil dass damit sobald solange sodass als glaube denke vermute "
    "meine vielleicht sagt sagte gesagt meint hoffe würde könnte sollte oder weder entweder sondern deshalb "
    "deswegen darum denn bis der dessen deren"
) - {"meine", "der"}
"""Words whose clauses belong together."""
_REFERRING = word_set(
    "er sie es ihm ihn ihr ihnen sein seine seinen seiner ihre ihren ihrem das dies dieser diese dieses dort dann "
    "beide derselbe dieselbe dasselbe anderer andere anderes auch"
)
"""Words that mean what another clause names."""
_ELLIPTIC = re.compile(r"\b(?:auch|auch nicht|nicht|schon|doch)$")
_JOINT = re.compile(
    r"(?:\s*[,;]\s*|\s+)(?:und|aber)\s+(?:auch\s+|dass\s+|bitte\s+)?|\s*[;]\s*|\s*(?<!\b[A-Za-z])(?<!\d)[.!]\s+|\s*,\s+",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"(?:ich|wir|mein|meine|unser|unsere|der|die|das|mir|nenn mich)\b(?=\s)", re.IGNORECASE)
_W_WORD = (
    r"(?:was|wer|wem|wen|wessen|wo|wohin|woher|wann|warum|wieso|weshalb|womit|wofür|wovon|worüber|wie(?: \w+)?"
    r"|welche[rsmn]?(?: \w+)?)"
)
_LEAD = re.compile(
    r"^(?:(?:und|also|bitte|hey|okay|ok|na) )*(?:(?:weisst|kennst|erinnerst) du (?:dich )?(?:noch |daran )?"
    r"|(?:kannst|könntest|würdest) du (?:mir )?(?:bitte )?(?:sagen |verraten )?"
    r"|(?:sag|sage|verrat|erzähl|erinnere?)(?: mich| mir)(?: noch ?mal| nochmal| bitte| daran)* )?"
)

_TOLD = re.compile(r"\b(?:sagen?|sag|verrat|verraten|erzähl|weisst|erinner\w+)\b")


def stated(text: str) -> str:
    """A statement without what is only said on the way, its verb where a main clause has it: "dass ich Tee mag"."""
    said = _FILLERS_INSIDE.sub(" ", f" {text} ").strip() or text.strip()
    while True:
        rest = said
        if _FILLERS_BEFORE.match(said) and not _THAT.match(said):
            rest = _FILLERS_BEFORE.sub("", said, count=1)
        end = _FILLERS_AFTER.sub("", rest)
        if end != rest and words_of(end) and words_of(end)[-1] not in _NEEDS_MORE:
            rest = end
        if rest == said:
            return main_clause(said)
        said = rest


_ADJECTIVE = re.compile(
    r"(?:neu|alt|klein|gro(?:ß|ss)|best|gut|ält|jüng|lieb|erst|zweit|dritt|früher|ehemalig|eigen|jung|link|recht|ältest|jüngst)"
    r"(?:e|er|en|es|ere|erer|eren|eres|ste|ster|sten)?",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"(?:mein|unser|dein|ein|kein)(?:e|er|es)?|der|die|das", re.IGNORECASE)


def main_clause(text: str) -> str:
    """A clause whose one verb stands at its end, with it behind the subject: "ich Tee mag" becomes "ich mag Tee"."""
    bare = text.rstrip(" .!")
    words = bare.split()
    behind = subject_words(words)
    if not behind or behind + 1 >= len(words):
        return text
    last, second = (_folded(words[place]) for place in (-1, behind))
    if last not in FINITE or second in FINITE or "," in bare or _folded(words[-2]) == "zu":
        return text
    if last in INFINITIVES and _folded(words[0]) not in _SEVERAL:
        return text
    return " ".join([*words[:behind], words[-1], *words[behind:-1]]) + text[len(bare) :]


_PRONOUNS = word_set("ich du er sie es wir ihr man")
_GENITIVE = re.compile(r"(?:mein|unser|dein|sein|ihr)(?:er|es)|des", re.IGNORECASE)
_SEVERAL = word_set("wir meine unsere die sie")
"""What several begin with, whose verb is like the infinitive."""


def subject_words(words: list[str]) -> int:
    """How many words the subject at the beginning has; 0 where that is not certain."""
    if not words:
        return 0
    if _folded(words[0]) in _PRONOUNS:
        return 1
    if not _ARTICLE.fullmatch(words[0]):
        return 1 if words[0][:1].isupper() else 0
    place = 1
    while place < len(words) and _ADJECTIVE.fullmatch(words[place]):
        place += 1
    place += 1
    if place < len(words) and _GENITIVE.fullmatch(words[place]):  # "der Chef meiner Frau"
        return place + 2
    return place


def _folded(word: str) -> str:
    return " ".join(words_of(word))


def is_command(text: str) -> bool:
    """Whether it asks for something to be done, and tells nothing."""
    return bool(_COMMAND.match(" ".join(words_of(text))))


def is_question(text: str) -> bool:
    """Whether it asks, and tells nothing; "was ich mag ist Tee" tells."""
    words = words_of(text)
    return text.rstrip().endswith("?") or _asked(words)


def _asked(words: list[str]) -> bool:
    """Whether a verb stands before its subject, or right behind a word that asks."""
    if len(words) > 1 and words[0] in FINITE | {"hast", "bist", "kannst", "weisst", "magst"}:
        return words[1] in _SUBJECTS or words[1].startswith(("mein", "unser", "dein"))
    found = re.match(rf"{_W_WORD}\b", " ".join(words))
    behind = found[0].split() if found else []
    return any(len(words) > at and words[at] in _ASKING_VERBS for at in {1, len(behind)}) if found else False


_SUBJECTS = word_set("ich du er sie es wir ihr man der die das jemand")
_ASKING_VERBS = FINITE | word_set("bist hast kannst weisst magst heisst gibt steht")


def is_to_do(text: str) -> bool:
    """Whether what is to be remembered is something to be done: "Mama anzurufen"."""
    return bool(_TO_DO.fullmatch(text.strip(" .!"))) and not _SUBJECT.match(text.strip())


def is_nothing(text: str) -> bool:
    """Whether what is to be remembered is nothing: "nichts davon", but not "nichts ist in der Kiste"."""
    return bool(_NOTHING.match(text.strip()))


_NOTHING = re.compile(r"(?:gar |überhaupt )?nichts(?: (?:davon|von|über|aus|mehr|was|weiter)\b|$)", re.IGNORECASE)


def _stands_alone(clause: str) -> bool:
    """Whether it says something, and needs no other clause for that."""
    words = words_of(clause)
    if not _SUBJECT.match(clause) or not _REFERRING.isdisjoint(words[1:]):
        return False
    if _ELLIPTIC.search(" ".join(words)) and "nicht" not in words[2:]:
        return False
    verb = next((place for place, word in enumerate(words) if word in FINITE or word == "nenn"), None)
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
    return UNSURE.isdisjoint(words_of(text))


def asks(text: str) -> bool:
    """Whether it has the form of a question."""
    plain = " ".join(words_of(text))
    rest = without_lead(plain)
    wants = bool(_TOLD.search(plain.removesuffix(rest)))
    asking = bool(re.match(rf"{_W_WORD}\b", rest)) and not re.match(r"was (?:ich|wir|mir|mein)\b.*\bist\b", rest)
    return text.rstrip().endswith("?") or wants or asking or _asked(plain.split()) or _asked(rest.split())


def without_lead(plain: str) -> str:
    """What is asked, without "weißt du" or "sag mir"."""
    return _LEAD.sub("", plain, count=1)


holds_request = unmarked.holds_request
"""See `Statements.holds_request`."""
