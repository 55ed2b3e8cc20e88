"""How often languages have which letters: of several alphabets that fit a text, whose it is.

A text in the wrong code page has letters that its own language has, too, but not those that it has often: "Łódź" read
in another code page is "£ódŸ", and "Schůzka" could be "Schùzka", which no Italian would write with all the rest.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Final

MOST_LETTERS = 2000
"""Of a text: more make nothing clearer."""
_COMMONEST, _STEP = -2.0, 0.13
"""Logarithm of how often the first letter stands, and how much less each next one; fits all of these within a third."""
NOISE: Final = -4.0
"""Texts have -3.2 a letter, noise less than -5."""
_ELSEWHERE: Final = -8.0
"""The same for a letter that the language does not have, and for signs that few texts have."""
_SIGN: Final = -4.5
_WITHIN: Final = re.compile(
    r"(?<=[^\W\dA-Z_])(?:(?:[^\w\s\x00-\x7f’‘·—…°®™\u0300-\u036f]|[\xa0½¼¾µ])(?=[^\W\dA-Z_])|[½¼¾]|[—–](?= ))"  # noqa: RUF001 - these
)
"""Signs within and behind a word where nobody sets them: what a letter becomes in a wrong code page."""
_SIGNS: Final = frozenset("“”„‚‘’‹›«»–—…•·€£§©°¡¿ªº½µ\xa0")  # noqa: RUF001 - these they are

_LATIN: Final = {
    "en": "etaoinshrdlcumwfgypbvkjxqzé",
    "de": "enisratdhulcgmobwfkzüväpßjöyxqé",
    "fr": "esaitnrulodcmpévqfbghjàxèêyzçôâîùkwûëœïæÿ",
    "es": "eaosrnidltcumpbgvyqóíáhfzéjñxúükw",
    "pt": "aeosridmntculpvgqhbfzãáçjêéíxóõôúâàkwyü",
    "it": "eaionlrtscdupmvghfbzqàèùòìéjkwxy",
    "sv": "eantrslidomgkvähfupåöbcyjxzqwéü",
    "da": "enrtdisaglomkfvubhpåøyæjcxzwqéö",
    "is": "arnieðlsutgkmfvhóþjáíoöbdéúypýæxcwqz",
    "fi": "aintesloukämvrjhypdögbfcwåxzqšž",
    "nl": "enatirodslghvkmubpwjczfëxyïéqöüèóêá",
    "ca": "eaisrnltodcumpgvbfqàéhóèxíjòúçïü·zkyw",
    "ga": "ainhrsecltogmdáíufbéópúvkjwxyzq",
    "pl": "aoieznwrcsykdtpłmujlęąbgóżhśćfńźvqx",
    "cs": "eoantilsvrkdpímuázjyěchbřéčýžšůgfúňxťóďwq",
    "sk": "aoeintrsvlkdpmujcázybčhéíšýžúťľfôgóxňäďĺŕwq",
    "hu": "eatlsnkizrogámébyvdhpjuófcöőíúüűxwq",
    "ro": "eiaurntlcosădpmîșțşţfgvbzâhjxkqwy",
    "hr": "aioenjrstukvdlmpzbgčcšžćhfđxqwy",
    "tr": "aeinrlıkdmyutsbüoşzgğcöçvhpfjâîûxwq",  # noqa: RUF001 - Turkish
    "et": "aieslutnkdmovrjgpähõbüföšžzcxyqw",
    "lv": "aisterunlokmādpvēījzgbcšģķļņžčūfhxyqw",
    "lt": "iaseorntukmldvjėpygbzšųcąžįčūhęfxqw",
}
_OTHERS: Final = {
    "ru": "оеаинтсрвлкмдпуяыьзбгйчжхшюцщэфъё",
    "uk": "оаніиертвслкудмпзьябгчйхжцюшїєщфґ",
    "bg": "аоиетнрсвлкдпмзуябгъчщцжйшюхфь",
    "sr": "аиоенрјстукдмвлпгзбшчцжћхфљњђџ",
    "el": "αοιετσνηυρπκμλςόίάγέωήύδχθφβξζώψϊϋΐΰ",
    "he": "יולהאתרבמשנכחדעקפםגצטזסןךףץ",
    "ar": "اليمنترودبهعفسقكحجشةطصخأضىذثغظءإئؤآ",
}
LANGUAGES: Final = _LATIN | _OTHERS


@cache
def _weights(language: str) -> dict[str, float]:
    return {letter: _COMMONEST - _STEP * rank for rank, letter in enumerate(LANGUAGES[language])}


def likelihood(text: str, languages: str) -> float:
    """How likely the letters of a text are in the likeliest of some languages.

    Args:
        text: What was read in some code page; with letters.
        languages: Their tags, parted by commas.

    Returns:
        A natural logarithm, to be compared with that of the same bytes in another code page.
    """
    letters = Counter(_letters(text))
    return max(_in_language(letters, tag) for tag in languages.split(","))


def _in_language(letters: Counter[str], language: str) -> float:
    weights = _weights(language)
    return sum(
        count * weights.get(letter, _SIGN if letter in _SIGNS else _ELSEWHERE) for letter, count in letters.items()
    )


def are_of_one(text: str, languages: str) -> bool:
    """Whether its letters are as frequent as in a text of one of these languages, and not as in noise."""
    return likelihood(text, languages) > NOISE * len(_letters(text))


def _letters(text: str) -> str:
    text = _WITHIN.sub("\ufffd", text[: 2 * MOST_LETTERS])
    found = "".join(c for c in text if c.isalpha() or not c.isascii())[:MOST_LETTERS]
    return found.replace("İ", "i").lower()
