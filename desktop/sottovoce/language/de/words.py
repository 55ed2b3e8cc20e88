"""German words by what they do: those that name nothing, those that tell nothing of a topic, and their plurals."""

from __future__ import annotations

import re

from sottovoce.domain import words
from sottovoce.domain.folding import pairs
from sottovoce.domain.words import word_set, words_of

EMPTY_WORDS = word_set(
    "aber alle allem allen aller alles als also am an auch auf aus bei beim bin bis bist bitte da damit dann das "
    "dass dein deine deinem deinen deiner deines dem den denn der des dich die dies diese diesem diesen dieser "
    "dieses dir du ein eine einem einen einer eines er es euch eure für ganz gern gerne habe haben hast hat hatte "
    "hatten ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in ins ist ja kann kannst können man mein meine "
    "meinem meinen meiner meines mich mir mit möchte muss nach nicht noch nur ob oder sehr sein seine seinem "
    "seinen seiner seit sich sie sind so soll sollte über um und uns unser unsere unserem unseren unserer unter "
    "vom von vor war waren was weil welche welchem welchen welcher welches wem wen wenn wer werde werden wie "
    "wieso wir wird wo woher wohin würde zu zum zur doch mal denn halt eben warum wann wessen"
)
"""Words that name nothing: two sentences that share only these have nothing in common."""

_CALLING = word_set(
    "am an auf aus bei bin das dem den der die ein eine einen für heisse heisst ich im in ist kein keine keinen "
    "liebe mag hasse mein meine meinen mit nicht oder sind und unser unsere von war zu"
)
"""Words that another one follows: an emoji after them is that word, and no smile at the end."""

_OF_COMMANDS = word_set(
    "antwort antworten antworte ausführlich ausführlicher bisschen danke datum datei dateien dank erinnere "
    "erinnerung erkläre erzähl erzähle etwas finde gestern gibt geht gute guten hallo heissen heisse heisst heute "
    "hilfe jahr kennst kurz kurze kürzer langsam langsamer lauter leiser machen mach mache magst merke merk mehr "
    "minute minuten möchten monat morgen nichts notiz notizen rede sage sagen schnell schneller schon sprich "
    "spricht suche stimme stell stelle uhrzeit vergiss viel viele vielen weiss weisst wieder wissen wieviel "
    "wieviele woche zeig zeige zeit alles stopp"
)
"""Words of what can be asked: they tell what is wanted, not what it is about."""
NO_TOPICS = EMPTY_WORDS | _OF_COMMANDS
"""What no topic is called."""

HERE = frozenset({"hier", "bei mir", "bei uns", "wo ich bin", "zuhause", "zu hause", "hier bei uns"})
"""Names the place where the user is."""
POINTING = word_set("es das da dies diese dieser dort fertig falsch richtig vorbei wahr")
"""What begins a remark on what was said or happened just now, not a fact."""
KIND = re.compile(
    r"\b(danke(schön)?|vielen dank|bitte|guten (morgen|tag|abend)|gute nacht|hallo|hi|moin|servus|grüß (dich|gott))\b",
    re.IGNORECASE,
)
"""Thanks and greetings."""
FIRST_PERSON = word_set(
    "ich mich mir mein meine meinen meinem meiner meines wir uns unser unsere unseren unserem unserer unseres"
)
"""By which somebody tells of themselves."""
JOINING = word_set("bin ist sind war waren ein eine einen einem einer der die das den dem des von zu in im am")
"""What a sentence has to have, and what says nothing of itself."""
PAST = word_set("war waren fiel gewesen")
"""Verbs that tell of what has been."""
MOMENT = word_set("heute jetzt gerade momentan noch bald kürzlich eben aktuell")
"""What tells of the moment rather than of what lasts."""

_SPOKEN_OF = word_set(
    "alle alles bereits besagt datei dateien dokument dokumente dokumenten dokuments eigentlich etwas finde "
    "finden geht gib gibt hinter immer irgendetwas jede jeder jedes kein keine keinen mach machen mehr nachdem "
    "notiz notizen oft sag sage sagen sagt schon sonst steht stehen suche suchen unterlagen unterlage viel viele "
    "vielen vorher wieder wieviel wissen weiss worin wovon wurde wurden zeig zeige zwischen"
)
"""By these a question speaks of files, or of itself, rather than of what is in the files."""

ABBREVIATION = re.compile(
    r"(?:^|[\s(.])(?:z\. ?b|d\. ?h|u\. ?a|o\. ?ä|i\. ?d\. ?r|s\. ?o|s\. ?u|v\. ?a|u\. ?s\. ?w|usw|bzw|evtl|ggf|inkl"
    r"|exkl|zzgl|bspw|sog|vgl|geb|gest|nr|str|abs|kap|tel|hr|frl|dipl|ing|mio|mrd|jh|jhd|mind|max|ca|dr|prof|st)$",
    re.IGNORECASE,
)
"""At the end of a text whose last full stop ends no sentence."""
_UMLAUTS = str.maketrans("äöü", "aou")
_ENDINGS = ((6, ("ern",)), (5, ("em", "er", "en", "es")), (4, ("e", "n")))
"""Letters that a word has at least, and what is taken from its end then."""
_LONG, _WITH_S = 4, tuple("bdfghklmnrtaoiy")


def without_smiles(text: str) -> str:
    """A text without the emoji and signs at its ends, which tell nothing; all of it where one stands for a word."""
    return words.without_smiles(text, _CALLING)


def content_words(text: str) -> str:
    """The words of a topic that name something, as they were written; all of them if none does."""
    return words.naming_words(text, EMPTY_WORDS)


def key_words(text: str) -> frozenset[str]:
    """The words of a text that name something: casefolded, and each in one form as far as their ending tells.

    Of a script without gaps between words, each two letters that follow each other are one.
    """
    named = (word for word in words_of(text) if word not in EMPTY_WORDS and word not in _SPOKEN_OF)
    return frozenset(stem(part) for word in named for part in pairs(word))


def stem(word: str) -> str:
    """One form for "Tomate" and "Tomaten", "Haus" and "Häuser": it need not be a word, both must come to the same."""
    word = word.translate(_UMLAUTS)
    for least, endings in _ENDINGS:
        for ending in endings:
            if len(word) > least and word.endswith(ending):
                return word.removesuffix(ending)
    return word[:-1] if len(word) > _LONG and word.endswith("s") and word[-2] in _WITH_S else word
