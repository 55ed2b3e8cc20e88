"""The text of bytes of unknown encoding: what it surely is, or none.

charset-normalizer says which code pages could be meant. Of short texts several could, so each is judged by what it
makes of the bytes that are not ASCII: letters that one language has, in words as people write them.
"""

from __future__ import annotations

import codecs
import contextlib
import re
import unicodedata
from typing import TYPE_CHECKING, Final

from sottovoce.adapters.knowledge import letters
from sottovoce.domain.errors import DocumentNotText

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

CONTROL_SHARE = 0.02
"""More control signs than this are no text: random bytes have 11 %, texts none but form feeds."""
SAMPLE_BYTES = 32_768
"""Of lines with more than ASCII in them: enough to judge by."""
BROKEN_SHARE = 0.2
"""Of the bytes that are not ASCII, at most so many may be broken in what is taken for UTF-8."""
BROKEN_PAIRS_SHARE = 0.005
"""Of the signs of UTF-16 and UTF-32, whose byte order mark says that they are; one may be in any text."""
LEAST_LIKELY = 0.9
"""So much of what is not ASCII must be right in a code page that is taken for the one."""
LEAST_READABLE = 0.6
"""Letters, figures and gaps among the signs of a text."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_SHIFTED = (b"\x1b$B", b"\x1b$@")
"""What turns from ASCII to Japanese in ISO-2022-JP, whose bytes all look like ASCII."""

_WESTERN = (
    "äöüß éèêëàâçîïôûùüœæÿ áéíóúüñ ãõáâàçéêíóôúü åäöéæøå áðéíóúýþæö äöåšž àèéìíîòóùú áéíóúàèìòù éëïóüöèê çëêâîöü"
    " àçèéíïóòúü"
)
"""German, French, Spanish, Portuguese, Nordic, Icelandic, Finnish, Italian, Gaelic, Dutch, Turkish loans, Catalan."""
_POLISH = "ąćęłńóśźż"
_CENTRAL = f"{_POLISH} áčďéěíňóřšťúůýžôľĺŕä áéíóöőúüű čšžćđ ăâîșțşţ"
"""Polish, Czech and Slovak, Hungarian, the southern Slavs, Romanian."""
_TURKISH, _BALTIC = "çğıiöşüâîİ", f"ąčęėįšųūž āčēģīķļņšūž äõöüšž {_POLISH}"  # noqa: RUF001 - these they are
_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя абвгґдеєжзиіїйклмнопрстуфхцчшщьюя абвгдђежзијклљмнњопрстћуфхцчџшў"
_GREEK = "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"
_VOWELS = frozenset("аеёиоуыэюяіїєαειουηωάέίόύήώ")
_ACCENTED = frozenset("άέήίόύώ")
MOST_UNACCENTED = 6
"""Letters of Greek of which none has an accent."""
LEAST_VOWELS = 0.25
"""Of Cyrillic and Greek letters; Hebrew, which has none, looks like both in the wrong code page."""
_ENDED = "\0\x1a"
"""What follows a text: zeros that a crash left, and the mark that DOS sets at the end."""
_EVERYDAY = frozenset(f"{_WESTERN}{_CENTRAL}{_TURKISH}{_BALTIC}{_CYRILLIC}{_GREEK}")
_SIGNS = frozenset("“”„‚‘’‹›«»–—…•·€£¥§©®™°¡¿ªº½¼¾²³µ×÷№′″¶†\xa0\x85")  # noqa: RUF001 - these they are
_FULL_WIDTH = frozenset("、。，．・：；？！（）「」『』《》〈〉【】〔〕—…～“”‘’　々〇ー·")  # noqa: RUF001 - as they are
_WORD = re.compile(r"[^\W\d_]+(?:[^\s\w][^\W\d_]+)*")
_JOINING = frozenset("’‘-–—")  # noqa: RUF001 - within a word
_GLUED = re.compile(r"[a-z][\u3041-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
"""As no Latin word goes on."""
_ODD = re.compile(
    r"[а-яёіїєґα-ωά-ώ][А-ЯЁІЇЄҐΑ-ΩΆ-Ώ]|[бвгджзклмнпрстфхцчшщ]й|\b[ьЬ]|[аеёиоуыэюя]ь|щ[бгджзклмпстфхцчшщ]"  # noqa: RUF001 - these they are
)
"""Capitals behind small letters; and what no Cyrillic word has, but Hebrew in the wrong code page."""
_CAPITAL = "[À-ÖØ-ÞĂĄĆČĎĐĘĚĞİŁŃŇŐŒŘŚŞŠŤŮŰŸŹŻŽ]"
_ODD_LATIN = re.compile(rf"(?<=[a-zß-öø-ÿ]){_CAPITAL}|(?<=[A-Z]){_CAPITAL}(?=[a-z])|(?<=[a-z])[„‚†]")  # noqa: RUF001 - as above
"""Capitals within words, and signs that only begin one: what DOS's and Apple's letters are in Windows' code pages."""
_TURKISH_TOO = frozenset("ýþðÝÞÐ")
"""Letters of Icelandic in whose places Turkish has its own; "ý" is rare there, and what Turkish has for it is not."""
SEVERAL_LANGUAGES = 20
"""Letters beside ASCII's from which on they may be of several languages; in the west few are ("crème für")."""
SHORTEST_FOREIGN = 4
"""Letters of a word that in a Latin alphabet can't all be accented."""
LONGEST_KOREAN, SHORTEST_CHINESE = 8, 5
"""Letters between two gaps: Korean has gaps between words, Chinese only where it has to."""
NEARLY = 0.95
"""Of two code pages that fit equally well, the one whose text has the wrong gaps is this less likely."""


def _alphabets(languages: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(letters + letters.upper().replace("SS", "")) for letters in languages.split())


def _foreign(text: str) -> list[str]:
    return [c for c in text if not c.isascii()]


def _latin(languages: str) -> Callable[[str], float]:
    """By the letters that one language has beside ASCII's, in words of which most letters are ASCII's."""
    alphabets = _alphabets(languages)
    every = frozenset().union(*alphabets)

    def likely(text: str) -> float:
        odd = 0
        for word in _WORD.findall(text):
            inside = _foreign(word)
            signs = sum(not c.isalpha() and c not in _JOINING for c in inside)
            odd += len(inside) if signs or (len(inside) == len(word) >= SHORTEST_FOREIGN) else 0
        odd += len(_ODD_LATIN.findall(text))
        foreign = _foreign(text)
        letters = [c for c in foreign if c not in _SIGNS]
        of_one = max(sum(c in alphabet for c in letters) for alphabet in alphabets)
        several = languages == _WESTERN or len(letters) >= SEVERAL_LANGUAGES
        of_all = sum(c in every for c in letters) if several else 0
        known = max(of_one, NEARLY * of_all)
        if languages == _WESTERN and "ý" in letters and _TURKISH_TOO.issuperset(letters):
            known /= 2
        return (known + len(foreign) - len(letters) - odd) / len(foreign)

    return likely


def _other(languages: str = "", low: int = 0, high: int = -1, *, nearly: bool = False) -> Callable[[str], float]:
    """By letters of another alphabet, in words that have none of ASCII's; `nearly` where all bytes are such letters."""
    alphabets = _alphabets(languages) or (frozenset(map(chr, range(low, high + 1))),)

    def likely(text: str) -> float:
        odd = 0
        for word in _WORD.findall(text):
            inside = _foreign(word)
            mixed = 0 < sum(c.isalpha() for c in inside) < sum(c.isalpha() for c in word)
            odd += len(inside) if mixed or _ODD.search(word) else 0
        foreign = _foreign(text)
        letters = [c for c in foreign if c not in _SIGNS]
        known = max(sum(c in alphabet for c in letters) for alphabet in alphabets)
        share = (known + len(foreign) - len(letters) - odd) / len(foreign)
        if not letters or (languages and sum(c.lower() in _VOWELS for c in letters) < LEAST_VOWELS * len(letters)):
            return share / 2
        loud = sum(map(str.isupper, letters)) > len(letters) / 2  # a wrong code page turns small letters into capitals
        bare = languages == _GREEK and len(letters) > MOST_UNACCENTED and not any(c in _ACCENTED for c in letters)
        return share * (NEARLY if nearly or loud or bare else 1.0)

    return likely


def _japanese(text: str) -> float:
    foreign = _foreign(text)
    kana = sum("\u3041" <= c <= "\u30ff" for c in foreign)
    good = sum("\u3041" <= c <= "\u30ff" or "\u4e00" <= c <= "\u9fff" or c in _FULL_WIDTH for c in foreign)
    # Half-width kana are what other code pages' bytes look like; real Japanese has full-width ones.
    return good / len(foreign) * (1.0 if kana >= len(foreign) / 8 else 0.5)


def _chinese(encoding: str, first: int, last: int) -> Callable[[str], float]:
    """By the share of everyday characters, which both code pages have in their first level."""

    def likely(text: str) -> float:
        good = 0
        for c in (foreign := _foreign(text)):
            code = c.encode(encoding, "replace")
            good += c in _FULL_WIDTH or ("\u4e00" <= c <= "\u9fff" and first <= code[0] <= last)
        return (
            good
            / len(foreign)
            * (NEARLY if _run_length(text) < SHORTEST_CHINESE <= len(foreign) or _GLUED.search(text) else 1.0)
        )

    return likely


def _korean(text: str) -> float:
    foreign = _foreign(text)
    good = sum("\uac00" <= c <= "\ud7a3" or c in _FULL_WIDTH for c in foreign)
    return good / len(foreign) * (NEARLY if _run_length(text) > LONGEST_KOREAN or _GLUED.search(text) else 1.0)


def _run_length(text: str) -> float:
    """How many signs that are not ASCII stand between two gaps, on average."""
    runs = [length for part in text.split() if (length := len(_foreign(part)))]
    return sum(runs) / len(runs)


_PAGES: Final[dict[str, Callable[[str], float]]] = {
    "cp1252": _latin(_WESTERN),
    "cp1251": _other(_CYRILLIC),
    "koi8_u": _other(_CYRILLIC),
    "koi8_r": _other(_CYRILLIC),
    "cp1250": _latin(_CENTRAL),
    "iso8859_2": _latin(_CENTRAL),
    "gb18030": _chinese("gb2312", 0xB0, 0xD7),
    "cp932": _japanese,
    "euc_jp": _japanese,
    "big5": _chinese("big5", 0xA4, 0xC6),
    "cp949": _korean,
    "cp866": _other(_CYRILLIC),
    "iso8859_5": _other(_CYRILLIC),
    "cp1253": _other(_GREEK),
    "iso8859_7": _other(_GREEK),
    "cp1254": _latin(_TURKISH),
    "cp1257": _latin(_BALTIC),
    "cp1255": _other("", 0x05B0, 0x05F4),
    "cp1256": _other("", 0x0600, 0x06FF, nearly=True),
    "iso8859_6": _other("", 0x0600, 0x06FF, nearly=True),
    "cp874": _other("", 0x0E01, 0x0E5B, nearly=True),
    "iso8859_15": _latin(_WESTERN),
    "mac_roman": _latin(_WESTERN),
    "cp850": _latin(_WESTERN),
    "cp437": _latin(_WESTERN),
    "cp852": _latin(_CENTRAL),
    "mac_cyrillic": _other(_CYRILLIC),
    "mac_greek": _other(_GREEK),
    "cp737": _other(_GREEK),
    "cp865": _latin(_WESTERN),
    "cp857": _latin(_TURKISH),
    "mac_turkish": _latin(_TURKISH),
    "mac_latin2": _latin(_CENTRAL),
    "cp860": _latin(_WESTERN),
    "cp861": _latin(_WESTERN),
    "cp775": _latin(_BALTIC),
    "cp1125": _other(_CYRILLIC),
    "cp720": _other("", 0x0600, 0x06FF, nearly=True),
}
"""What text files are in that are not in Unicode, the commoner one of equals first."""
_IN_WEST: Final = "en,de,fr,es,pt,it,sv,da,is,fi,nl,ca,ga,et"
_IN_CENTRE: Final = "en,de,pl,cs,sk,hu,ro,hr"
_IN_CYRILLIC: Final = "ru,uk,bg,sr"
_WRITTEN_IN: Final[dict[str, str]] = {
    **dict.fromkeys(("cp1252", "iso8859_15", "mac_roman", "cp850", "cp437", "cp865", "cp860", "cp861"), _IN_WEST),
    **dict.fromkeys(("cp1250", "iso8859_2", "cp852", "mac_latin2"), _IN_CENTRE),
    **dict.fromkeys(("cp1254", "cp857", "mac_turkish"), "tr,en,de,fr"),
    **dict.fromkeys(("cp1257", "cp775"), "lv,lt,et,pl,en,de"),
    **dict.fromkeys(("cp1251", "koi8_u", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic", "cp1125"), _IN_CYRILLIC),
    **dict.fromkeys(("cp1253", "iso8859_7", "cp737", "mac_greek"), "el"),
    "cp1255": "he",
    **dict.fromkeys(("cp1256", "iso8859_6", "cp720"), "ar"),
}
"""Languages that are written in a code page with an alphabet."""
NEAR = 0.12
"""Code pages that are so little less likely than the best are judged by how often languages have their letters."""
WEIGHT = 20.0
"""What a whole unit of likelihood counts, as a logarithm."""
RARER = 0.1
"""How much less likely each code page is than the one before: of equals the commoner is taken."""


def decoded(data: bytes) -> str:
    """The text of a text file: by its byte order mark, else as UTF-8, else in the code page that it is surely in.

    Single broken bytes of an UTF-8 text are left out. So is what only says that it ends.

    Raises:
        DocumentNotText: It holds something else, or its code page can't be known.
    """
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    if marked is None and any(shift in data for shift in _SHIFTED):
        marked = "iso2022_jp"
    text = _marked(data, marked) if marked else _utf_8(data)
    if text is None:
        text = _guessed(data.rstrip(_ENDED.encode()))
    whole, text = text, text.rstrip(_ENDED)
    if "\0" in text or (whole and not text) or len(_CONTROLS.findall(text)) > CONTROL_SHARE * len(text):
        raise DocumentNotText
    return unicodedata.normalize("NFC", text)


def _marked(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
    eight = encoding == "utf-8-sig"
    most = BROKEN_SHARE * len(_NOT_ASCII.findall(data)) if eight else max(1, BROKEN_PAIRS_SHARE * len(text))
    if text.count("\ufffd") > most or set(text) == {"\ufffd"}:
        raise DocumentNotText
    return text.replace("\ufffd", "")


def _utf_8(data: bytes) -> str | None:
    """Decode as UTF-8, or CESU-8, which writes the halves of UTF-16; None if it is something else."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    with contextlib.suppress(UnicodeDecodeError):
        return data.decode("utf-8", "surrogatepass").encode("utf-16", "surrogatepass").decode("utf-16")
    whole = [c for c in text if not c.isascii() and c != "\ufffd"]
    broken = text.count("\ufffd")
    few = broken <= BROKEN_SHARE * len(_NOT_ASCII.findall(data))
    # By chance the bytes of another code page make no letters of a language, or few among many that are broken.
    if whole and (few or (broken <= len(whole) and all(map(_is_everyday, whole)))):
        return text.replace("\ufffd", "")
    return None


def _is_everyday(sign: str) -> bool:
    return sign.lower() in _EVERYDAY or sign in _SIGNS or "\u4e00" <= sign <= "\u9fff" or sign >= "\U0001f300"


def _sample(data: bytes) -> bytes:
    """Lines that hold more than ASCII."""
    found: list[bytes] = []
    size = 0
    for line in data.splitlines(keepends=True):
        if _NOT_ASCII.search(line):
            found.append(line[:SAMPLE_BYTES])
            size += len(found[-1])
            if size >= SAMPLE_BYTES:
                break
    return b"".join(found)


def _guessed(data: bytes) -> str:
    """The text in the likeliest code page."""
    if b"\0" in data:  # no code page has it
        raise DocumentNotText
    sample = _sample(data)
    likely = sorted(
        ((_likelihood(sample, encoding), -order, encoding) for order, encoding in enumerate(_possible(sample))),
        reverse=True,
    )
    for encoding in _by_letters(sample, [(likelihood, encoding) for likelihood, _, encoding in likely]):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DocumentNotText


def _by_letters(sample: bytes, likely: list[tuple[float, str]]) -> list[str]:
    """The likely code pages; of alphabets first that whose letters a language has as often."""
    likely = [one for one in likely if one[0] >= LEAST_LIKELY]
    if not likely:
        return []
    best, first = likely[0]
    order = {encoding: place for place, encoding in enumerate(_PAGES)}
    near = [
        (
            letters.likelihood(text, _WRITTEN_IN[encoding]) + WEIGHT * likelihood - RARER * order[encoding],
            encoding,
        )
        for likelihood, encoding in likely
        if likelihood >= best - NEAR and encoding in _WRITTEN_IN
        for text in [sample.decode(encoding, "replace")]
    ]
    chosen = [encoding for _, encoding in sorted(near, reverse=True)]
    if first not in _WRITTEN_IN and not (
        chosen and letters.are_of_one(sample.decode(chosen[0], "replace"), _WRITTEN_IN[chosen[0]])
    ):
        chosen.insert(0, first)
    return [*chosen, *(encoding for _, encoding in likely if encoding not in chosen)]


def _possible(sample: bytes) -> Iterable[str]:
    """Code pages that the bytes could be in, in our order."""
    import charset_normalizer  # noqa: PLC0415 - 20 ms that other texts need not wait for

    found = charset_normalizer.from_bytes(sample, cp_isolation=list(_PAGES), threshold=1.0, explain=False)
    names = {encoding for match in found for encoding in match.could_be_from_charset}
    return [encoding for encoding in _PAGES if encoding in names]


def _likelihood(sample: bytes, encoding: str) -> float:
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError:
        text = sample[: sample.rfind(b"\n") + 1].decode(encoding, "replace")
    readable = sum(c.isalnum() or c.isspace() for c in text)
    if not _foreign(text) or _CONTROLS.search(text) or readable < LEAST_READABLE * len(text):
        return 0.0
    return round(_PAGES[encoding](text), 2)
