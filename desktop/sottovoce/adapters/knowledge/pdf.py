"""The text of a PDF: its pages, what was filled into its forms, and what was noted in it."""

from __future__ import annotations

import codecs
import contextlib
import html
import io
import itertools
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.knowledge.cutting import paragraphs
from sottovoce.domain.errors import DocumentLocked, DocumentPartial, DocumentScrambled, DocumentUnreadable
from sottovoce.domain.folding import readable

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdf

    from sottovoce.adapters.knowledge.cutting import Block

MOST_SCRAMBLED = 0.1
"""Of a page's signs, in fonts that do not say which letters they show: beyond, nothing of the page can be read."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_HYPHENATED = re.compile(r"(?<=([^\W\d_]))[-\u2010\u00ad]\n(?=([^\W\d_]))")
_CATALOG = re.compile(rb"(\d{1,9})\s+(\d{1,5})\s+obj\b(?:(?!endobj).){0,4000}?/Type\s*/Catalog\b", re.DOTALL)
_SUBSET = re.compile(r"/[A-Z]{6}\+")
_SYMBOLIC = 4
_NO_LETTERS = frozenset({"/ZapfDingbats", "/Symbol"})
_ARBITRARY = re.compile(r"/(?:[a-zA-Z]{1,3}\d+|\d+|c\d+|glyph\d+|cid\d+|\.notdef)", re.IGNORECASE)
"""Names of glyphs that say nothing of a letter; "/uni0041" and "/A" do."""
_UNREADABLE = re.compile("[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")
_OFF = frozenset({"/Off", "Off", ""})
_MARKUP = frozenset({"/Widget", "/Link", "/Popup"})
"""Annotations that hold no words of their own."""


def pdf_blocks(data: bytes) -> Iterator[Block]:
    """The paragraphs of a PDF, page by page; a broken page is passed over if there is text on others.

    Raises:
        DocumentLocked: It needs a password.
        DocumentScrambled: Its letters can be seen, but nothing says which they are.
        DocumentUnreadable: No page can be read.
        DocumentPartial: Pages are missing, or can't be read; raised after what is there.
    """
    broken = scrambled = found = False
    noted: set[str] = set()
    number, reader = 0, _opened(data)
    for number, page in enumerate(reader.pages, 1):
        text = ""
        try:
            broken = broken or _lacks_contents(page)
            text, hidden = _text_of(page)
            scrambled = scrambled or hidden
        except Exception:  # noqa: BLE001 - pypdf raises anything over a broken file, and its words may quote the file
            broken = True
        with contextlib.suppress(Exception):
            notes = list(_noted(page))
            noted.update(notes)
            text = "\n\n".join(filter(None, (text, *notes)))
        for block in paragraphs(_cleaned(text), f"page {number}"):
            found = True
            yield block
    with contextlib.suppress(Exception):
        for block in paragraphs(
            _cleaned("\n\n".join(text for text in dict.fromkeys(_form(reader)) if text not in noted))
        ):
            found = True
            yield block
    lacking = broken or scrambled or _pages_named(reader) > number
    if lacking and found:
        raise DocumentPartial
    if lacking:
        raise DocumentScrambled if scrambled else DocumentUnreadable


def _lacks_contents(page: pypdf.PageObject) -> bool:
    """Whether what stands on a page is named, but is not there."""
    if "/Contents" not in page:
        return False
    contents = _object(page.raw_get("/Contents"))
    parts = [_object(part) for part in contents] if isinstance(contents, list) else [contents]
    return any(not hasattr(part, "get_data") for part in parts)


def _pages_named(reader: pypdf.PdfReader) -> int:
    """How many pages there should be; 0 if that can't be known."""
    with contextlib.suppress(Exception):
        return int(_object(_object(reader.root_object["/Pages"])["/Count"]))
    return 0


def _cleaned(text: str) -> str:
    text = _CONTROLS.sub("", text).encode("utf-8", "replace").decode()  # half a pair, too
    text = _HYPHENATED.sub(lambda cut: "" if (cut[1] + cut[2]).islower() else cut[0], text)
    return readable(unicodedata.normalize("NFC", text))


def _opened(data: bytes) -> pypdf.PdfReader:
    """The PDF, as it is, else with an end made for it: a broken download lacks its own."""
    import pypdf  # noqa: PLC0415 - 80 ms that texts need not wait for

    try:
        return _unlocked(pypdf.PdfReader(io.BytesIO(data)))
    except DocumentLocked:
        raise
    except Exception:  # noqa: BLE001 - as above
        catalogs = _CATALOG.findall(data)
        root = b"trailer\n<< /Root %s %s R >>\n" % catalogs[-1] if catalogs else b""
        return _unlocked(pypdf.PdfReader(io.BytesIO(b"%s\n%sstartxref\n0\n%%%%EOF\n" % (data, root))))


def _unlocked(reader: pypdf.PdfReader) -> pypdf.PdfReader:
    # Many PDFs are encrypted under the empty password, only to forbid printing or copying.
    if reader.is_encrypted and not reader.decrypt(""):
        raise DocumentLocked
    if not len(reader.pages):
        raise DocumentUnreadable
    return reader


def _text_of(page: pypdf.PageObject) -> tuple[str, bool]:
    """A page's text; none, and True, if it is in fonts that do not name their letters."""
    signs = hidden = 0
    named: dict[int, bool] = {}

    def visit(text: str, _cm: Any, _tm: Any, font: Any, _size: Any) -> None:  # noqa: ANN401 - pypdf's objects
        nonlocal signs, hidden
        count = len("".join(text.split()))
        signs += count
        if font is not None and id(font) not in named:
            named[id(font)] = _names_letters(font)
        hidden += count if font is not None and not named[id(font)] else len(_UNREADABLE.findall(text))

    text = page.extract_text(visitor_text=visit)
    if hidden > MOST_SCRAMBLED * max(signs, 1):
        return "", True
    return _UNREADABLE.sub("", text), False


def _names_letters(font: Any) -> bool:  # noqa: ANN401 - a dictionary of pypdf's
    """Whether it can be known which letters a font shows."""
    if "/ToUnicode" in font:
        return True
    encoding = _object(font.get("/Encoding"))
    if font.get("/Subtype") == "/Type0":
        return encoding not in {"/Identity-H", "/Identity-V"}
    if isinstance(encoding, dict) and "/Differences" in encoding:
        names = [str(name) for name in _object(encoding["/Differences"]) if isinstance(name, str)]
        return sum(_ARBITRARY.fullmatch(name) is not None for name in names) <= len(names) / 2
    if font.get("/Subtype") == "/Type3":
        return encoding is not None
    described = _object(font.get("/FontDescriptor")) or {}
    symbolic = int(described.get("/Flags", 0)) & _SYMBOLIC and any(f"/FontFile{n}" in described for n in ("", "2", "3"))
    name = str(font.get("/BaseFont", ""))
    return encoding is not None or not symbolic or not _SUBSET.match(name) or name in _NO_LETTERS


def _object(found: Any) -> Any:  # noqa: ANN401 - an object of pypdf's or a reference to one
    return found.get_object() if hasattr(found, "get_object") else found


def _noted(page: pypdf.PageObject) -> Iterator[str]:
    """What is filled in, and what is noted: a line each. One that can't be read hides no other."""
    for reference in _object(page.get("/Annots")) or ():
        with contextlib.suppress(Exception):
            note = _object(reference)
            if isinstance(note, dict) and (
                text := _filled(note) if note.get("/Subtype") == "/Widget" else _comment(note)
            ):
                yield text


def _form(reader: pypdf.PdfReader) -> Iterator[str]:
    """What is filled into a form, whether its fields stand on a page or not."""
    form = _object(reader.root_object.get("/AcroForm"))
    fields = list(_object(form.get("/Fields")) or ()) if isinstance(form, dict) else []
    for reference in itertools.islice(fields, MOST_FIELDS):
        with contextlib.suppress(Exception):
            field = _object(reference)
            below = _object(field.get("/Kids")) or ()
            fields += below[: max(MOST_FIELDS - len(fields), 0)]
            if not below and (text := _filled(field)):
                yield text


def _comment(note: dict[str, Any]) -> str:
    return "" if note.get("/Subtype") in _MARKUP else _words_of(note.get("/Contents")) or _plain(note.get("/RC"))


def _words_of(value: Any) -> str:  # noqa: ANN401 - an object of pypdf's
    """A text, which a long one may be as a stream, or a number; empty for anything else."""
    value = _object(value)
    if hasattr(value, "get_data"):
        data = value.get_data()
        utf_16 = data.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE))
        value = data.decode("utf-16" if utf_16 else "utf-8-sig", "replace")
    elif isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    return str(value).removeprefix("/").strip()


def _plain(rich: Any) -> str:  # noqa: ANN401 - as above
    """The words of rich text (XHTML)."""
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", _words_of(rich)))).strip()


def _filled(field: dict[str, Any]) -> str:
    """A field of a form with its value; nothing if it has none."""
    value = _object(_inherited(field, "/V"))
    kind = _inherited(field, "/FT")
    parts = [_words_of(part) for part in (value if isinstance(value, list) else [value])]
    if kind == "/Ch":
        shown = _choices(_inherited(field, "/Opt"))
        parts = [shown.get(part, part) for part in parts]
    value = ", ".join(filter(None, parts)) or _plain(_inherited(field, "/RV"))
    if value in _OFF or (kind == "/Btn" and field.get("/AS") in _OFF):
        return ""
    flags = _inherited(field, "/Ff")
    if kind == "/Sig" or (flags & _PASSWORD if isinstance(flags, int) else 0):
        return ""
    name = _inherited(field, "/TU") or _inherited(field, "/T")
    return f"{str(name).strip().rstrip(':')}: {value}" if name else value


def _choices(options: Any) -> dict[str, str]:  # noqa: ANN401 - an object of pypdf's
    """What a list shows, by what it keeps."""
    pairs = [_object(option) for option in options] if isinstance(options, list) else []
    return {_words_of(pair[0]): _words_of(pair[1]) for pair in pairs if isinstance(pair, list) and len(pair) == _PAIR}


_PAIR = 2
_BREAK, _TAG = re.compile(r"</p>|<br\s*/?>", re.IGNORECASE), re.compile(r"<[^<>]*>")
MOST_FIELDS = 5000
"""Of a form."""
_PASSWORD = 1 << 13
MOST_PARENTS = 16
"""Fields above a field; a circle of them ends here."""


def _inherited(field: dict[str, Any], key: str) -> Any:  # noqa: ANN401 - an object of pypdf's
    """What a field says, or one above it."""
    for _ in range(MOST_PARENTS):
        if key in field:
            return _object(field[key])
        above = _object(field.get("/Parent"))
        if not isinstance(above, dict):
            break
        field = above
    return None
