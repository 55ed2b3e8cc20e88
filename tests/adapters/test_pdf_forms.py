"""What is filled in and noted in a PDF is its text, however its maker wrote it down."""

from __future__ import annotations

import pytest

from sottovoce.adapters.knowledge.pdf import pdf_blocks


def made(
    *objects: str, fields: str = "", notes: str = "", content: str = "BT /F1 12 Tf 14 TL 50 700 Td (Page) Tj ET"
) -> bytes:
    """A PDF of one page; `objects` are numbered from 6."""
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    whole = (
        f"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [{fields}] >> >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> /Annots [{notes}] >>",
        stream(content),
        font,
        *objects,
    )
    body = "".join(f"{number} 0 obj\n{one}\nendobj\n" for number, one in enumerate(whole, 1))
    return f"%PDF-1.7\n{body}trailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n".encode("latin-1")


def stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def widget(name: str, more: str) -> str:
    return f"<< /Subtype /Widget /FT /Tx /T ({name}) {more} >>"


def read(data: bytes) -> list[str]:
    return [block.text for block in pdf_blocks(data)][1:]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ([widget("Name", "/V 7 0 R"), stream("A long text")], "Name: A long text"),
        ([widget("Name", "/V 7 0 R"), stream("\xfe\xff\0A\0n\0n\0a")], "Name: Anna"),
        ([widget("Name", "/RV (<body><p>Anna &amp; Tom</p></body>)")], "Name: Anna & Tom"),
        ([widget("Amount", "/V 42")], "Amount: 42"),
        (["<< /Subtype /Widget /FT /Ch /T (Land) /V (de) /Opt [[(de) (Germany)] [(fr) (France)]] >>"], "Land: Germany"),
        (["<< /Subtype /Widget /FT /Ch /T (Land) /V [(de) (it)] /Opt [(de) (it)] >>"], "Land: de, it"),
        (["<< /Subtype /FreeText /RC (<body><p>Call</p><p>Anna</p></body>) >>"], "Call\nAnna"),
        ([widget("Name", "/Ff (x) /V (Anna)")], "Name: Anna"),
    ],
)
def test_values_in_every_form_are_read(fields: list[str], told: str) -> None:
    assert read(made(*fields, notes="6 0 R")) == [told]


def test_fields_that_stand_on_no_page_are_read_once() -> None:
    above = "<< /FT /Tx /T (Name) /V (Anna) /Kids [7 0 R 6 0 R] >>"
    assert read(made(above, widget("a", "/Parent 6 0 R"), fields="6 0 R")) == ["a: Anna"]
    assert read(made(widget("Name", "/V (Anna)"), fields="6 0 R")) == ["Name: Anna"]
    assert read(made(widget("Name", "/V (Anna)"), fields="6 0 R", notes="6 0 R")) == ["Name: Anna"]
    assert read(made("<< /FT /Tx /T (Pin) /Ff 8192 /V (1234) >>", fields="6 0 R")) == []


def test_one_note_that_cannot_be_read_hides_no_other() -> None:
    bad = "<< /Subtype /Widget /FT /Tx /T 99 /V [1 0 R << >>] /Kids 5 >>"
    good = widget("Name", "/V (Anna)")
    assert read(made(bad, good, notes="6 0 R 99 0 R null 7 0 R", fields="6 0 R")) == ["Name: Anna"]


def test_words_parted_at_an_end_of_a_line_are_one_in_every_alphabet() -> None:
    def page(first: str, second: str) -> list[str]:
        content = f"BT /F1 12 Tf 14 TL 50 700 Td (a) Tj T* T* ({first}) Tj T* ({second}) Tj ET"
        return [block.text for block in pdf_blocks(made(content=content))]

    assert page("it is an ex-", "ample").pop().endswith("example")
    assert page("soft\xad", "ly").pop().endswith("softly")
    assert page("\x9aar\x9e-", "\x9ak").pop().endswith("šaržšk")
    assert page("Anna-", "Maria").pop().endswith("Maria")
    assert "AnnaMaria" not in page("Anna-", "Maria").pop()
