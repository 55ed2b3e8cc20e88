"""The recovery code as a printable page: a PDF of one page with the fonts every reader has."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sottovoce.adapters.durable_file import why
from sottovoce.domain.errors import PlacesUnusable
from sottovoce.domain.said import said
from sottovoce.language import words

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

PAGE_WIDTH, PAGE_HEIGHT = 595, 842
"""A4 in points; what is written also fits on US Letter."""
_LEFT = 72
_GROUPS_A_LINE = 4
_TITLE, _TEXT, _CODE = (("F1", 20), ("F2", 11), ("F3", 26))
_LINE_HEIGHT = 1.5
BOLD, MONOSPACED = ("F1", "F3"), ("F3",)
"""Fonts of the page that are so."""

PrintedLine = tuple[tuple[str, int], str]


def reserve(path: Path) -> int:
    """Make the file, for its user alone, so that a code is made only if it can be written; gives its descriptor.

    Raises:
        PlacesUnusable: There is a file already, or it can't be made.
    """
    try:
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        wrong = said("error-places-unusable-there", name=path.name)
    except OSError as error:
        wrong = said("error-places-unusable-unwritable", name=path.name, why=why(error))
    raise PlacesUnusable(wrong)


def save(path: Path, content: bytes) -> None:
    """Write a file that is not there yet; nothing stays of it if that fails.

    Raises:
        PlacesUnusable: There is one, or it can't be written.
    """
    descriptor = reserve(path)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
    except OSError as error:
        problem = why(error)
    else:
        return
    path.unlink(missing_ok=True)
    raise PlacesUnusable(said("error-places-unusable-unwritable", name=path.name, why=problem))


def sheet(code: str, database: str, made: datetime) -> bytes:
    """The page as a PDF; see `sheet_lines`."""
    return _document(_content(sheet_lines(code, database, made)))


def sheet_lines(code: str, database: str, made: datetime) -> list[PrintedLine]:
    """What stands on the page: font and size in points, and words.

    Args:
        code: In groups of four, separated by spaces.
        database: The folder it belongs to.
        made: When the code was made.
    """
    groups = code.split()
    return [
        (_TITLE, words("sheet-title")),
        (_TEXT, ""),
        (_TEXT, words("sheet-opens-all")),
        (_TEXT, words("sheet-keep")),
        (_TEXT, ""),
        *[(_CODE, " ".join(groups[at : at + _GROUPS_A_LINE])) for at in range(0, len(groups), _GROUPS_A_LINE)],
        (_TEXT, ""),
        (_TEXT, words("sheet-use")),
        (_TEXT, words("sheet-letters")),
        (_TEXT, ""),
        (_TEXT, words("sheet-database", folder=database)),
        (_TEXT, words("sheet-made", made=f"{made:%Y-%m-%d %H:%M}")),
    ]


def _content(lines: list[PrintedLine]) -> bytes:
    """The page's drawing operators."""
    drawn = ["BT", f"{_LEFT} {PAGE_HEIGHT - 90} Td"]
    for (font, size), text in lines:
        drawn += [f"/{font} {size} Tf", f"0 {-round(size * _LINE_HEIGHT)} Td", f"({_escaped(text)}) Tj"]
    return "\n".join([*drawn, "ET"]).encode("cp1252", "replace")


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _document(content: bytes) -> bytes:
    """A PDF 1.4 file with one page of that content."""
    fonts = " ".join(f"/F{number} {number + 4} 0 R" for number in (1, 2, 3))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PAGE_WIDTH} {PAGE_HEIGHT}] /Contents 4 0 R"
        f" /Resources << /Font << {fonts} >> >> >>".encode(),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        *[
            b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>" % name
            for name in (b"Helvetica-Bold", b"Helvetica", b"Courier-Bold")
        ],
    ]
    written = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(written)
