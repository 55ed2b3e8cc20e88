"""What a German question wants to hear; that a sentence of a file answers one is not told in German yet."""

from __future__ import annotations

import re

from sottovoce.domain.words import words_of

_FILES = (
    r"(?:meine[nrs]?|unsere[nrs]?) (?:\w+ )?(?:dateien|datei|dokumenten?|notizen|notizbuch|tagebuch|unterlagen|pdfs)\b"
)
_OF_FILES = re.compile(
    rf"(?:laut|gemäss|nach|entsprechend) {_FILES}"
    rf"|(?:was|wer|wann|wo|welche[rsmn]?|wie) .*?(?:steht|stehen|sag(?:en|t)|erwähn(?:en|t)|finde[nt]* sich) "
    rf".*?{_FILES}"
    rf"|(?:was|wer|wann|wo|welche[rsmn]?) (?:sagen|sagt|erwähnen|erwähnt|enthalten) {_FILES}"
    rf"|(?:bitte )?(?:zitiere|lies|fasse|suche?|durchsuche|finde|schau|sieh)\b.*?{_FILES}"
    rf"|steht .*?{_FILES}"
)


def asks_of_files(question: str) -> bool:
    """Whether it wants to hear what stands in the user's files: only who has read them can tell."""
    return bool(_OF_FILES.match(" ".join(words_of(question))))


def answers(question: str, sentence: str, around: str = "") -> bool:  # noqa: ARG001 - the port's form
    """Never: without the forms of German sentences, no answer is sure enough to be given unasked."""
    return False
