"""Files for the tests of the knowledge folder."""

from __future__ import annotations

import contextlib
import io
import os
from typing import TYPE_CHECKING

import pypdf
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

NOBODY = 65534


@contextlib.contextmanager
def as_an_ordinary_user(folder: str) -> Iterator[None]:
    """Be nobody, to whom permissions mean something, and own `folder`; whoever is not root is ordinary already."""
    if os.geteuid() != 0:
        yield
        return
    os.chown(folder, NOBODY, NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def pdf(*pages: str, password: str = "", owner: str = "") -> bytes:
    """A PDF with these lines of text, each page's given as one text; a page without text has none.

    Args:
        pages: Plain ASCII without parentheses.
        password: What opens it; empty for nothing.
        owner: What would let it be changed; it opens without.
    """
    writer = pypdf.PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for text in pages:
        page = writer.add_blank_page(width=595, height=842)
        if not text:
            continue
        shown = "".join(f"({line}) Tj 0 -14 Td " for line in text.splitlines())
        content = DecodedStreamObject()
        content.set_data(f"BT /F1 12 Tf 50 800 Td {shown} ET".encode("ascii"))
        page[NameObject("/Contents")] = writer._add_object(content)  # noqa: SLF001 - as pypdf's own manual does
        fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})  # noqa: SLF001 - as above
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    if password or owner:
        writer.encrypt(password, owner or None, algorithm="AES-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


STANDARD_FONT = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}


def as_object(value: object) -> PdfObject:
    """A value as PDF has it: text with a slash before it is a name."""
    if isinstance(value, dict):
        return DictionaryObject({NameObject(name): as_object(inside) for name, inside in value.items()})
    if isinstance(value, list):
        return ArrayObject([as_object(inside) for inside in value])
    if isinstance(value, str):
        return NameObject(value) if value.startswith("/") else TextStringObject(value)
    if isinstance(value, int):
        return NumberObject(value)
    assert isinstance(value, PdfObject)
    return value


def pdf_page(content: bytes, font: dict[str, object] | None = None, *notes: dict[str, object]) -> bytes:
    """A PDF of one page.

    Args:
        content: Its operators, in which /F1 is the font and /F2 Helvetica.
        font: What /F1 is.
        notes: Its annotations.
    """
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(width=595, height=842)
    stream = DecodedStreamObject()
    stream.set_data(content)
    page[NameObject("/Contents")] = writer._add_object(stream)  # noqa: SLF001 - as above
    page[NameObject("/Resources")] = as_object({"/Font": {"/F1": font or STANDARD_FONT, "/F2": STANDARD_FONT}})
    rectangle = [0, 0, 9, 9]
    page[NameObject("/Annots")] = as_object([{"/Type": "/Annot", "/Rect": rectangle} | note for note in notes])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
